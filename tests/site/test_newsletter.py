"""The letter as a sending tool and a mail program take it."""

import re
import shutil
from datetime import date
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from justhtml import JustHTML, Node
from PIL import Image

from generator.cli import main
from generator.site.newsletter import draw, newsletter
from tests.site.towns import NOW, add, gathered, library_of

PROJECT = Path(__file__).parents[2]
SINCE = date(2026, 10, 1)


def written(root: Path, since: date = SINCE) -> dict[str, bytes]:
    library = library_of(gathered(root))
    letter = newsletter(library, since)
    assert letter
    return draw(letter, library, PROJECT / "theme")


def page(root: Path) -> JustHTML:
    return JustHTML(written(root)["html"].decode(), sanitize=False, collect_errors=True)


def attribute(node: Node, name: str) -> str:
    return (node.attrs or {}).get(name) or ""


@pytest.fixture
def town(campaign: Path) -> Path:
    """Give a campaign with something new of each kind."""
    add(campaign, "press_release", "fete", title="Fête dans 54 rues & cours", date="2026-11-20 10:00")
    add(campaign, "event", "soupe", title="Soupe du samedi", start="2026-12-05 18:00", end="2026-12-05 21:00")
    consent = {"reference": "A-2", "date": "2026-01-01", "channels": ["site", "flux"], "until": "2028-01-01"}
    add(campaign, "portrait", "lea", title="Léa de la lettre", date="2026-11-01", consent=consent)
    add(campaign, "kit", "neige", title="Kit Neige", updated="2026-11-02")
    return campaign


def test_a_mail_program_reads_both_forms_and_prefers_the_html(town: Path) -> None:
    message = message_from_bytes(written(town)["eml"], policy=default)
    assert isinstance(message, EmailMessage)
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert message["Subject"] == "Fête dans 54 rues & cours"
    assert message["Date"].datetime == NOW
    assert message["Content-Language"] == "fr"
    assert not message.defects
    body = message.get_body(("html",))
    plain = message.get_body(("plain",))
    assert body
    assert plain
    assert "Fête dans 54 rues &amp; cours" in body.get_content()
    assert "Fête dans 54 rues & cours" in plain.get_content()
    assert max(map(len, written(town)["eml"].splitlines())) <= 998  # RFC 5322, section 2.1.1


def test_each_kind_of_news_has_its_part(town: Path) -> None:
    text = written(town)["txt"].decode()
    parts = ["LES PROCHAINS RENDEZ-VOUS", "PORTRAITS", "DES KITS REMIS À JOUR"]
    assert [part for part in parts if part in text] == parts
    for title in ("Soupe du samedi", "Léa de la lettre", "Kit Neige"):
        assert f"* {title}\n" in text
    assert "samedi 5\u00a0décembre\u00a02026, de 18\u202fh à 21\u202fh" in text


def test_the_tool_finds_its_unsubscribe_mark_in_both_forms(town: Path) -> None:
    settings = town / "site_config.yml"
    for mark in ("{{ unsubscribe }}", "*|UNSUB|*", "[[UNSUB_LINK_FR]]"):
        text = re.sub(r"\nnewsletter:.*\n.*", "", settings.read_text("utf-8")).rstrip()
        settings.write_text(f'{text}\nnewsletter:\n  unsubscribe: "{mark}"\n', "utf-8")
        files = written(town)
        assert f'<a href="{mark}"' in files["html"].decode()
        assert f"Se désinscrire : {mark}\n" in files["txt"].decode()


def test_nothing_in_the_html_needs_a_style_sheet_or_the_site_around_it(town: Path) -> None:
    html = page(town)
    assert not html.errors
    for node in html.query("[href], [src]"):
        address = attribute(node, "href") or attribute(node, "src")
        assert address.startswith(("https://", "{{ unsubscribe }}")), address
    assert all(attribute(node, "style") for node in html.query("td.item, h2, h3, a, img"))
    assert all(attribute(node, "alt") for node in html.query("img"))
    assert not html.query("link, script, form, iframe, video")
    assert all(attribute(node, "role") == "presentation" for node in html.query("table"))
    assert [attribute(node, "lang") for node in html.query("html")] == ["fr"]
    assert written(town)["html"].index(b"<meta charset") < 1024


def test_what_is_old_hidden_or_not_allowed_out_is_left_out(town: Path) -> None:
    add(town, "press_release", "avant", title="Canari ancien", date="2026-09-30 23:59")
    add(town, "press_release", "apres", title="Canari futur", date="2026-11-24 10:00")
    add(
        town,
        "event",
        "non",
        title="Canari annulé",
        start="2026-12-05 18:00",
        end="2026-12-05 21:00",
        cancelled="oui",
    )
    add(town, "event", "loin", title="Canari lointain", start="2027-12-05 18:00", end="2027-12-05 21:00")
    add(town, "portrait", "max", title="Canari sans flux", date="2026-11-01")
    embargo = {"date": "2026-11-01 10:00", "embargo_until": "2026-11-24 10:00"}
    add(town, "press_release", "embargo", title="Canari sous embargo", **embargo)
    for content in written(town).values():
        assert b"Canari" not in content


def test_what_was_under_embargo_is_new_on_the_day_it_falls(town: Path) -> None:
    add(town, "press_release", "tard", title="Enfin public", date="2026-08-01 10:00", embargo_until="2026-11-22 10:00")
    assert "Enfin public" in written(town)["txt"].decode()


def test_a_face_that_may_not_leave_the_site_illustrates_nothing(town: Path) -> None:
    consent = {"reference": "A-3", "date": "2026-01-01", "channels": ["site"], "until": "2028-01-01"}
    words = {"alt": "Un visage.", "credit": "Nous"}
    add(town, "portrait", "max", title="Max", date="2020-01-01", picture={"file": "max.jpg", **words}, consent=consent)
    picture = {"file": "../../data/portraits/max.jpg", **words}
    add(town, "press_release", "avec-max", title="Avec Max", date="2026-11-22 10:00", picture=picture)
    Image.new("RGB", (700, 900), "teal").save(town / "data/portraits/max.jpg")
    assert "Avec Max" in written(town)["txt"].decode()
    assert b"images/max-" not in written(town)["html"]


def test_the_letter_stays_under_what_gmail_shows_however_much_is_new(town: Path) -> None:
    for number in range(40):
        words = f"{number} " + "anticonstitutionnellement & " * 4
        summary = "Une longue phrase & des mots. " * 10
        add(town, "press_release", f"p{number}", title=words, summary=summary, date="2026-11-20 10:00")
        add(town, "kit", f"k{number}", title=words, summary=summary, updated="2026-11-02")
        add(town, "lesson", f"l{number}", title=words, summary=summary, date="2026-11-02")
    files = written(town)
    assert len(files["html"]) < 100_000
    assert files["txt"].decode().count("Voir toute la liste : https://") == 3


def test_the_same_campaign_gives_the_same_letter(town: Path) -> None:
    assert written(town) == written(town)


def test_the_command_writes_three_files_or_says_why_not(
    town: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (town / "theme").symlink_to(PROJECT / "theme")
    arguments = ["newsletter", "--root", str(town), "--now", NOW.isoformat(), "--jobs", "1"]
    assert main([*arguments, "--since", "2026-11-01"]) == 0
    assert sorted(path.suffix for path in (town / "lettres").iterdir()) == [".eml", ".html", ".txt"]
    capsys.readouterr()
    add(town, "kit", "casse", updated="hier")
    assert main([*arguments, "--since", "2026-11-01", "--output", str(tmp_path / "autre")]) == 1
    assert "day-form" in capsys.readouterr().err
    assert not (tmp_path / "autre").exists()
    with pytest.raises(SystemExit):
        main([*arguments, "--since", "novembre"])
    assert "--since : « novembre » n'est pas une date" in capsys.readouterr().err


def test_without_anything_new_there_is_no_letter(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = shutil.copytree(PROJECT / "tests" / "campaigns" / "base", tmp_path / "campaign")
    arguments = ["newsletter", "--root", str(root), "--jobs", "1"]
    assert main([*arguments, "--now", "2040-01-01T12:00", "--since", "2039-12-01"]) == 1
    assert "Rien de nouveau depuis le 01/12/2039" in capsys.readouterr().err
    assert not (root / "lettres").exists()
