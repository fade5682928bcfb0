"""The campaigns that tests and measurements stand on: valid, whole, the same for the same arguments."""

import subprocess
import sys
from pathlib import Path

import pytest

from generator.campaign.models import KINDS
from tests.benchmarks.generate import write_campaign
from tests.benchmarks.markdown_pages import read_records

APART = {"labels", "method"}
"""The files of data/ that hold no single record."""

SCRIPT = Path(__file__).with_name("generate.py")


def _bytes(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_the_same_arguments_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "other"):
        write_campaign(tmp_path / name, records=80, documents=20, pictures=3)
    assert _bytes(tmp_path / "one") == _bytes(tmp_path / "other")


def test_another_seed_gives_another_campaign(tmp_path: Path) -> None:
    for seed in (1, 2):
        write_campaign(tmp_path / str(seed), records=80, documents=20, pictures=3, seed=seed)
    assert _bytes(tmp_path / "1") != _bytes(tmp_path / "2")


@pytest.mark.parametrize(("records", "documents", "pictures"), [(60, 12, 0), (333, 40, 7)])
def test_a_campaign_of_any_size_has_no_problem(tmp_path: Path, records: int, documents: int, pictures: int) -> None:
    write_campaign(tmp_path, records, documents, pictures)
    command = [sys.executable, "-m", "generator", "check", "--root", str(tmp_path), "--now", "2026-11-23T12:00"]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stdout) == (0, "")


def test_it_has_as_many_records_documents_and_pictures_as_asked(tmp_path: Path) -> None:
    write_campaign(tmp_path, records=400, documents=50, pictures=9)
    paths = [path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file()]
    one_a_file = sum(path.suffix == ".yml" and path.parts[0] == "data" and path.stem not in APART for path in paths)
    in_the_method = (tmp_path / "data/method.yml").read_text("utf-8").count("\n  - id:")
    assert one_a_file + in_the_method == 400
    assert sum(path.suffix == ".md" for path in paths) == 50
    assert sum(path.suffix == ".jpg" for path in paths) == 9


def test_it_has_every_kind_of_record_with_a_page(small_campaign: Path) -> None:
    records = read_records(small_campaign)
    assert {name for name, entries in records.items() if entries} == {
        kind.name for kind in KINDS.values() if kind.section is not None and kind.name != "kit_version"
    }


def test_too_few_records_for_every_kind_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="more are needed"):
        write_campaign(tmp_path, records=20, documents=20)


def test_a_folder_in_use_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("kept", "utf-8")
    command = [sys.executable, str(SCRIPT), "--records", "60", "--documents", "12", str(tmp_path)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (result.returncode, [path.name for path in tmp_path.iterdir()]) == (2, ["mine.txt"])
