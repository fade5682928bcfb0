"""Personal data and private keys in clear: found where they must not be, and only there."""

import subprocess
from pathlib import Path

import pytest

from generator.signups.leaks import leaks

ROOT = Path(__file__).parents[2]
KEY = "AGE-SECRET-KEY-1" + "Q" * 58


@pytest.fixture
def campaign(tmp_path: Path) -> Path:
    (tmp_path / "data" / "initiatives").mkdir(parents=True)
    (tmp_path / "content" / "kits").mkdir(parents=True)
    (tmp_path / "site_config.yml").write_text("town:\n  email: mairie@ville.example\n  phone: 02 61 91 40 00\n")
    (tmp_path / "data" / "initiatives" / "potager.yml").write_text(
        "title: Potager\ncontact:\n  email: potager@asso.example\n  phone: 06 39 98 11 11\n"
    )
    return tmp_path


def found(root: Path, site: Path | None = None) -> list[tuple[str, int, str]]:
    return [(problem.path, problem.line, problem.code) for problem in leaks(root, site)]


@pytest.mark.parametrize(
    "text",
    [
        "Écrivez à marie.dupont@courrier.example.",
        "Mon numéro : 06 39 98 22 33",
        "+33 6 39 98 22 33",
        "0639982233",
        "06.39.98.22.33",
        "tel0639982233merci",
    ],
)
def test_a_person_s_address_or_number_in_a_text_is_an_error(campaign: Path, text: str) -> None:
    (campaign / "content" / "kits" / "canicule.md").write_text(f"# Kit\n\n{text}\n")
    assert found(campaign) == [("content/kits/canicule.md", 3, "personal-data")]


@pytest.mark.parametrize(
    "text",
    [
        "Écrivez à potager@asso.example ou appelez le 06 39 98 11 11 (ou +33 6 39 98 11 11).",
        "accueil@ville.example, nom@exemple.fr, 02 61 91 40 00",
        "Appelez le 0 800 06 66 66, le 15, le 112 ou le 3939.",
        "lat: 47.0612345678, 2026-05-29, 1 200 000 euros, 36999, SIRET 12345678901234",
        "@context, @media, a@b, 10.0612345678",
        "https://exemple.fr/0612345678901",
        "sha256$4fa10639982233be7c1d2e3f4a5b6c7d8e9f00aa11bb22cc33dd44ee55ff6677",
    ],
)
def test_contacts_public_numbers_and_mere_figures_are_not(campaign: Path, text: str) -> None:
    (campaign / "content" / "kits" / "canicule.md").write_text(text)
    assert found(campaign) == []


@pytest.mark.parametrize("name", ["cle-privee.txt", "data/notes.yml", ".env", "deploy.key"])
def test_a_private_key_is_an_error_wherever_it_is_tracked(campaign: Path, name: str) -> None:
    (campaign / name).write_text(f"cle: {KEY}\n")
    assert ((name, 1, "private-key")) in found(campaign)


def test_what_git_ignores_is_left_alone(campaign: Path) -> None:
    subprocess.run(["git", "init", "-q", campaign], check=True)
    (campaign / ".gitignore").write_text("/data/signups/\n")
    (campaign / "data" / "signups").mkdir()
    (campaign / "data" / "signups" / "notes.txt").write_text("marie.dupont@courrier.example")
    assert found(campaign) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("index.html", '<p>Écrivez à <a href="mailto:marie@courrier.example">Marie</a></p>'),
        ("index.html", "<p>06 39 98&nbsp;22&nbsp;33</p>"),
        ("index.html", '<script type="application/ld+json">{"email": "marie@courrier.example"}</script>'),
        ("flux/tout.xml", "<item>marie@courrier.example</item>"),
        ("donnees/x.csv", "nom;0639982233"),
    ],
)
def test_the_built_site_is_looked_at_too(campaign: Path, name: str, text: str) -> None:
    page = campaign / "site" / name
    page.parent.mkdir(parents=True)
    page.write_text(text)
    assert found(campaign, campaign / "site") == [(f"site/{name}", 0, "personal-data")]


def test_drawings_scripts_and_contacts_of_the_site_are_not(campaign: Path) -> None:
    page = campaign / "site" / "index.html"
    page.parent.mkdir()
    page.write_text(
        '<svg><path d="M06 39 98 22 33z"/></svg><style>@media{a:0}</style><script>x="0639982233"</script>'
        '<a href="mailto:potager@asso.example">Potager</a> <a href="tel:+33639981111">06 39 98 11 11</a>'
    )
    assert found(campaign, campaign / "site") == []


def test_the_example_campaign_leaks_nothing() -> None:
    assert leaks(ROOT) == []
