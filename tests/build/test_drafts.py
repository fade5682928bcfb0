"""A draft shows what the next build will, byte for byte, or leaves it to the build."""

import re
import shutil
from datetime import datetime
from pathlib import Path

import pytest

from generator.build import build_whole
from generator.build.drafts import Drafts, Wait
from generator.campaign.models.fields import PARIS

NOW = datetime(2026, 11, 23, 12, tzinfo=PARIS)
THEME = Path(__file__).parents[2] / "theme"


def built(root: Path, last: Drafts | None = None) -> Drafts:
    report = build_whole(root, root / "site", NOW, 1)
    assert report.known, report.problems
    gathered, chrome = report.known
    assert gathered.library
    return Drafts(root, gathered, gathered.library, chrome, last)


def first(root: Path, folder: str) -> Path:
    return min(path for path in (root / folder).iterdir() if path.suffix in (".yml", ".md"))


def html(root: Path, url: str) -> str:
    return (root / "site" / url[1:] / "index.html").read_text()


EDITS = [
    ("data/portraits", r"story: \|\n", "story: |\n  Une phrase **tout juste** écrite.\n\n"),
    ("data/initiatives", r"title: .*", "title: Un autre titre"),
    ("data/buildings", r"summary: .*", "summary: Un autre résumé."),
    ("content/kits", "## Avant\n", "## Avant la fête\n\nUn mot de plus, et [un lien](/kits/).\n"),
    ("data/neighbourhoods", r"summary: .*", "summary: Un quartier raconté autrement."),
]


@pytest.mark.parametrize(("folder", "pattern", "replacement"), EDITS)
def test_a_draft_of_changed_words_is_what_the_build_makes(
    campaign: Path, folder: str, pattern: str, replacement: str
) -> None:
    drafts = built(campaign)
    path = first(campaign, folder)
    path.write_text(re.sub(pattern, replacement, path.read_text(), count=1))
    section = {"data/buildings": "immeubles", "data/neighbourhoods": "quartiers"}.get(folder, path.parent.name)
    url = f"/{section}/{path.stem}/"
    drawn = drafts.draw([path.relative_to(campaign).as_posix()], [url, "/plan-du-site/"], NOW)
    assert list(drawn.pages) == [url]
    assert drawn.pages[url] != html(campaign, url)
    built(campaign, drafts)
    assert drawn.pages[url] == html(campaign, url)


def test_a_draft_of_a_changed_theme_is_what_the_build_makes(campaign: Path) -> None:
    shutil.copytree(THEME, campaign / "theme", ignore=shutil.ignore_patterns("node_modules"))
    (campaign / "theme/node_modules").symlink_to(THEME / "node_modules")
    drafts = built(campaign)
    with (campaign / "theme/assets/site.css").open("a") as sheet:
        sheet.write("\n.essai { color: red; }")
    with (campaign / "theme/pages/kit.html").open("a") as template:
        template.write("\n<!-- essai -->")
    url = f"/kits/{first(campaign, 'content/kits').stem}/"
    drawn = drafts.draw(["theme/assets/site.css", "theme/pages/kit.html"], [url], NOW)
    built(campaign, drafts)
    assert drawn.pages == {url: html(campaign, url)}
    made = {f"/{path.relative_to(campaign / 'site')}" for path in (campaign / "site/assets").iterdir()}
    assert drawn.assets.keys() == made


@pytest.mark.parametrize(
    ("pattern", "replacement"),
    [
        (r"neighbourhood: .*", "neighbourhood: plateau-des-ecoles"),
        (r"neighbourhood: .*", "neighbourhood: nulle-part"),
        (r"title: .*", "title: ["),
        (r"summary: .*\n", ""),
    ],
)
def test_what_changes_more_than_words_waits_for_the_build(campaign: Path, pattern: str, replacement: str) -> None:
    drafts = built(campaign)
    path = first(campaign, "data/initiatives")
    path.write_text(re.sub(pattern, replacement, path.read_text(), count=1))
    with pytest.raises(Wait):
        drafts.draw([path.relative_to(campaign).as_posix()], [f"/initiatives/{path.stem}/"], NOW)


@pytest.mark.parametrize("path", ["site_config.yml", "data/initiatives/nouvelle.yml", "data/portraits/lea.jpg"])
def test_so_does_what_no_record_came_from(campaign: Path, path: str) -> None:
    with pytest.raises(Wait):
        built(campaign).draw([path], ["/"], NOW)


def test_a_name_that_stands_on_other_records_cards_waits_too(campaign: Path) -> None:
    drafts = built(campaign)
    path = first(campaign, "data/neighbourhoods")
    path.write_text(re.sub(r"title: .*", "title: Le quartier rebaptisé", path.read_text()))
    with pytest.raises(Wait):
        drafts.draw([path.relative_to(campaign).as_posix()], [f"/quartiers/{path.stem}/"], NOW)


def rename(root: Path, path: Path, stem: str) -> Path:
    for other in [*root.rglob("*.yml"), *root.rglob("*.md")]:
        other.write_text(other.read_text().replace(path.stem, stem))
    return path.rename(path.with_stem(stem))


def test_a_renamed_record_is_known_by_its_alias_its_title_or_for_being_the_only_one(campaign: Path) -> None:
    before = built(campaign)
    (one, two), other, third = (
        sorted((campaign / "data/schemes").glob("*.yml"))[:2],
        first(campaign, "data/awards"),
        first(campaign, "data/pilot_sites"),
    )
    rename(campaign, one, "dispositif-un")
    aliased = rename(campaign, two, "dispositif-deux")
    aliased.write_text(f"aliases: [{two.stem}]\n{re.sub('title: .*', 'title: Autre chose', aliased.read_text())}")
    rename(campaign, other, "un-autre-diplome")
    edited = rename(campaign, third, "un-autre-site")
    edited.write_text(re.sub("title: .*", "title: Autre chose", edited.read_text()))
    assert before.moves(built(campaign)) == {
        f"/dispositifs/{one.stem}/": "/dispositifs/dispositif-un/",
        f"/dispositifs/{two.stem}/": "/dispositifs/dispositif-deux/",
        f"/distinctions/{other.stem}/": "/distinctions/un-autre-diplome/",
        f"/sites-pilotes/{third.stem}/": "/sites-pilotes/un-autre-site/",
    }
