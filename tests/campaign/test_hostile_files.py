"""Files that no editor would send on purpose: too big, unreadable, elsewhere, not files at all."""

import os
import random
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from generator.build.gathering import gather
from generator.campaign import markup
from generator.campaign.files import Source, find_sources, read_bytes
from generator.campaign.reading import read_source
from generator.campaign.sources import Fault

from .test_campaigns import CAMPAIGNS, NOW, lay, line

RECORD = "title: Un essai\nsummary: Pour voir.\nstory: |\n  Une histoire.\nactor: habitants\nverified: 2026-10-01\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return lay(CAMPAIGNS / "valid" / "json-is-yaml", tmp_path / "campaign")


def found(root: Path) -> list[str]:
    """Give the problems of a campaign as `expected.txt` does."""
    return [line(problem) for problem in sorted(gather(root, NOW, None).problems)]


def initiative(root: Path, content: str | bytes) -> list[str]:
    """Give the codes of the problems that one initiative's file has."""
    (root / "data/initiatives/essai.yml").write_bytes(content.encode() if isinstance(content, str) else content)
    reading = read_source(root, Source("data/initiatives/essai.yml", "initiative", False))
    return [problem.code for problem in reading.problems]


def test_fifty_megabytes_are_refused_without_being_read(root: Path) -> None:
    with (root / "data/initiatives/essai.yml").open("wb") as file:
        file.truncate(50_000_000)
    assert found(root) == ["data/initiatives/essai.yml:0:0 file-too-long"]


def test_a_line_of_ten_megabytes_is_refused(root: Path) -> None:
    (root / "content/kits/canicule.md").write_text("---\ntitle: x\n---\n" + "mot " * 2_500_000, encoding="utf-8")
    assert found(root) == ["content/kits/canicule.md:0:0 file-too-long"]


def test_a_record_of_almost_a_megabyte_is_read(root: Path) -> None:
    assert initiative(root, RECORD + "offers:\n" + "  - un peu de temps\n" * 45_000) == []


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("title: " + "[" * 100_000, "too-deep"),
        ("title: " + "{a: " * 100_000, "too-deep"),
        ("".join(" " * depth + "- \n" for depth in range(1200)), "too-deep"),
        ("- " * 100_000, "too-deep"),
        ("? " * 100_000, "yaml-syntax"),
        ("a: &a [x]\n" + "".join(f"b{n}: [{', '.join(['*a'] * 50)}]\n" for n in range(2000)), "yaml-feature"),
        ("title: !!python/object/apply:os.system ['true']\n", "yaml-feature"),
        ("title: " + "'" * 500_001, "yaml-syntax"),
        ('title: "' + "\\x41" * 200_000, "yaml-syntax"),
        ("a" * 1_000_000, "wrong-type"),
        ("a" * 2000 + ": b", "yaml-syntax"),
        ("%TAG ! tag:essai.example,2026:\n---\ntitle: !x y\n", "yaml-feature"),
        ("\n".join(f"{n}: x" for n in range(100_000)), "unknown-field"),
        ("title: x\n" * 100_000, "duplicate-key"),
        ("# " + "a" * 900_000 + "\n", "empty-file"),
        (b"\x00" * 1000, "not-utf-8"),
        (b"\xff\xfe" + RECORD.encode("utf-16-le"), "not-utf-8"),
        (RECORD.encode("utf-16-be"), "not-utf-8"),
        (random.Random(1).randbytes(100_000), None),
    ],
    ids=lambda value: repr(value)[:24],
)
def test_yaml_made_to_harm_gives_problems(root: Path, content: str | bytes, code: str | None) -> None:
    codes = initiative(root, content)
    assert codes
    assert code is None or code in codes


# The alarm may ring inside another callback, which Python lets pass with this warning; it rings again.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize(
    "body",
    [
        ">" * 100_000 + " a", "> " * 50_000 + "a", "[" * 100_000, "![" * 50_000, "[a](" * 25_000, "*a " * 33_000,
        "**" * 25_000 + "a" + "**" * 25_000, "`" * 100_000, "<" * 100_000, "<a " * 33_000, "<!--" * 25_000,
        "<div>" * 20_000, "<b>" * 30_000, "<![CDATA[" * 11_000, "- " * 50_000, "1. " * 33_000,
        "« a" + " " * 100_000 + "b",
        "!" * 100_000 + "a", "1" * 100_000 + "a", "1 " * 50_000, '"' * 100_000, "« " * 50_000, "a" * 100_000 + " @",
        "&a;" * 33_000, "&#0;" * 25_000, "[^1]" * 25_000 + "\n\n[^1]: x", "|a" * 50_000 + "\n" + "|-" * 50_000,
        "".join(f"*[A{n}]: x\n" for n in range(3000)) + "A1 " * 9000, "\\" * 100_000, "# a {" + "#" * 99_000 + "}",
        "a\n: b\n" * 16_000, "!!! note\n" * 11_000, "```\n" * 25_000, "<p " + "a=" * 50_000 + ">",
    ],
    ids=lambda body: repr(body[:9]),
)  # fmt: skip
def test_markdown_made_to_harm_gives_a_text_or_a_problem(
    root: Path, body: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(markup, "MAX_SECONDS", 0.2)
    story = RECORD.replace("  Une histoire.\n", "".join(f"  {each}\n" for each in body[:99_000].split("\n")))
    assert set(initiative(root, story)) <= {"too-complex", "html-left-out"}
    document = f"---\ntitle: x\nsummary: x\nseason: ete\nupdated: 2026-10-01\n---\n{body}\n"
    (root / "content/kits/essai.md").write_text(document, encoding="utf-8")
    reading = read_source(root, Source("content/kits/essai.md", "kit", False))
    assert {problem.code for problem in reading.problems} <= {"too-complex", "html-left-out", "missing-alt"}


def test_links_that_leave_the_root_are_refused(root: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.yml").write_text(RECORD, encoding="utf-8")
    (root / "data/initiatives/secret.yml").symlink_to(outside / "secret.yml")
    (root / "data/initiatives/relatif.yml").symlink_to("../../../outside/secret.yml")
    (root / "data/initiatives/boucle.yml").symlink_to("boucle.yml")
    (root / "data/initiatives/casse.yml").symlink_to("absent.yml")
    (root / "data/initiatives/dedans.yml").symlink_to("potager.yml")
    (root / "data/portraits").symlink_to(outside)
    (root / "content/press").symlink_to("press")
    assert found(root) == [
        "content/press:0:0 unreadable",
        "data/initiatives/boucle.yml:0:0 unreadable",
        "data/initiatives/casse.yml:0:0 unreadable",
        "data/initiatives/relatif.yml:0:0 outside-root",
        "data/initiatives/secret.yml:0:0 outside-root",
        "data/portraits:0:0 outside-root",
    ]


@pytest.mark.parametrize("name", ["data", "content", "site_config.yml"])
def test_even_the_top_of_a_campaign_may_not_lie_elsewhere(root: Path, tmp_path: Path, name: str) -> None:
    (root / name).rename(tmp_path / "elsewhere")
    (root / name).symlink_to(tmp_path / "elsewhere")
    assert f"{name}:0:0 outside-root" in found(root)


def test_a_picture_may_not_be_fetched_through_a_link(root: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.jpg").write_bytes(b"secret")
    (root / "data/initiatives/photo.jpg").symlink_to(tmp_path / "secret.jpg")
    (root / "data/initiatives/tour.jpg").symlink_to("tour.jpg")
    picture = "picture: {{file: {}, alt: Un essai, credit: La ville}}\n"
    (root / "data/initiatives/essai.yml").write_text(RECORD + picture.format("photo.jpg"), encoding="utf-8")
    (root / "data/initiatives/autre.yml").write_text(RECORD + picture.format("tour.jpg"), encoding="utf-8")
    assert found(root) == [
        "data/initiatives/autre.yml:7:17 unreadable-picture",
        "data/initiatives/essai.yml:7:17 picture-path",
        "data/initiatives/photo.jpg:0:0 outside-root",
        "data/initiatives/tour.jpg:0:0 unreadable",
    ]


def test_what_is_no_file_is_said_to_be_none(root: Path) -> None:
    os.mkfifo(root / "data/initiatives/tuyau.yml")
    (root / "data/initiatives/dossier.yml").mkdir()
    with socket.socket(socket.AF_UNIX) as listener:
        here = Path.cwd()
        os.chdir(root / "data/initiatives")
        listener.bind("prise.yml")
        os.chdir(here)
        assert found(root) == ["data/initiatives/prise.yml:0:0 unreadable", "data/initiatives/tuyau.yml:0:0 unreadable"]


@contextmanager
def without_rights(path: Path) -> Iterator[None]:
    """Take the right to read a path away, from root too (which only another user has not)."""
    path.chmod(0)
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(user)
        path.chmod(0o755)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("data/initiatives/potager.yml", ["data/initiatives/potager.yml:0:0 unreadable"]),
        ("data/initiatives", ["data/initiatives:0:0 unreadable"]),
        ("site_config.yml", ["site_config.yml:0:0 unreadable"]),
        ("content", ["content:0:0 unreadable"]),
    ],
)
def test_what_may_not_be_read_is_told(root: Path, name: str, expected: list[str]) -> None:
    gather(root, NOW, None)
    for folder in (root, *root.parents):
        if folder.owner() == root.owner() and os.geteuid() == 0 and "pytest" in str(folder):
            folder.chmod(0o755)
    with without_rights(root / name):
        problems = [line(problem) for problem in sorted(gather(root, NOW, None).problems)]
    assert set(expected) <= set(problems)


def test_names_that_are_not_utf_8_are_told_in_a_way_that_prints(root: Path) -> None:
    Path(os.fsdecode(os.fsencode(root) + b"/data/initiatives/f\xeate.yml")).write_text(RECORD, encoding="utf-8")
    (problem,) = gather(root, NOW, None).problems
    assert problem.code == "file-name"
    assert problem.path.encode().decode() == "data/initiatives/f\ufffdte.yml"


def test_the_two_ways_to_write_an_accent_are_both_refused_as_names(root: Path) -> None:
    for name in ("été", "e\u0301te\u0301"):
        (root / f"data/initiatives/{name}.yml").write_text(RECORD, encoding="utf-8")
    assert [problem.code for problem in gather(root, NOW, None).problems] == ["slug-form", "slug-form"]


def test_names_with_line_ends_and_colours_do_no_harm(root: Path) -> None:
    (root / "data/initiatives/a\n\x1b[31mb.yml").write_text(RECORD, encoding="utf-8")
    (problem,) = gather(root, NOW, None).problems
    assert problem.code == "slug-form"
    assert problem.message.isprintable()


def test_folders_in_folders_without_end_are_not_followed(root: Path) -> None:
    folder = root / "data/initiatives"
    (folder / "retour").symlink_to("..")
    (folder / "encore").symlink_to(".")
    for _ in range(60):
        folder /= "d"
    folder.mkdir(parents=True)
    assert found(root) == []


def test_a_file_that_goes_away_while_being_read_is_told(root: Path) -> None:
    sources, _ = find_sources(root)
    (root / "data/initiatives/potager.yml").unlink()
    (gone,) = [source for source in sources if source.stem == "potager"]
    reading = read_source(root, gone)
    assert [line(problem) for problem in reading.problems] == ["data/initiatives/potager.yml:0:0 missing-file"]
    assert reading.unread == {("initiative", "potager")}


@pytest.mark.parametrize("name", ["data", "site_config.yml"])
def test_a_campaign_without_its_top_is_told(root: Path, name: str) -> None:
    (root / name).rename(root / "ailleurs")
    codes = {"data": "data:0:0 missing-folder", "site_config.yml": "site_config.yml:0:0 no-settings"}
    assert codes[name] in found(root)


def test_nothing_is_read_from_outside_even_when_asked(root: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("x", encoding="utf-8")
    (root / "lien").symlink_to("../secret")
    with pytest.raises(Fault) as refusal:
        read_bytes(root, "lien")
    assert refusal.value.code == "outside-root"
