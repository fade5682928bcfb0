import json
from pathlib import Path
from shutil import copytree

import pytest

from generator.build import build
from generator.site.search import FOLDER, NotIndexed, index

from .towns import NOW


@pytest.fixture(scope="module")
def built(bare_campaign: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = copytree(bare_campaign, tmp_path_factory.mktemp("search") / "campaign")
    build(root, root / "site", NOW, 1)
    return root / "site"


def test_every_page_about_a_record_is_indexed_in_french(built: Path) -> None:
    pages = [path for path in built.rglob("*.html") if "data-pagefind-body" in path.read_text("utf-8")]
    assert index(built) == len(pages) > 80
    entry = json.loads((built / FOLDER / "pagefind-entry.json").read_text("utf-8"))
    assert list(entry["languages"]) == ["fr"]


def test_an_index_takes_the_place_of_the_one_before(built: Path) -> None:
    (built / FOLDER).mkdir(exist_ok=True)
    (built / FOLDER / "vieux.txt").write_text("ancien")
    index(built)
    assert not (built / FOLDER / "vieux.txt").exists()
    assert (built / FOLDER / "pagefind.js").is_file()
    assert not list(built.glob(".pagefind-part*"))


def test_a_folder_without_a_site_is_a_clear_problem(tmp_path: Path) -> None:
    with pytest.raises(NotIndexed) as caught:
        index(tmp_path)
    assert caught.value.problem.code == "no-site"
    assert list(tmp_path.iterdir()) == []
