from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.site.kept import Kept

VALUE = (b"<html>", "é", (1, None))


def written(folder: Path) -> Path:
    """Keep a value in a folder, and give its file."""
    Kept(folder, "program").put("frame", "all that it is made from", VALUE)
    (file,) = folder.iterdir()
    return file


def test_what_is_kept_is_found_by_the_next_build(tmp_path: Path) -> None:
    written(tmp_path)
    assert Kept(tmp_path, "program").get("frame", "all that it is made from") == VALUE


def test_code_is_kept_whole(tmp_path: Path) -> None:
    Kept(tmp_path, "program").put("code", "", compile("answer = 6 * 7", "<kept>", "exec"))
    names: dict[str, int] = {}
    exec(Kept(tmp_path, "program").get("code", ""), names)
    assert names["answer"] == 42


@pytest.mark.parametrize(("program", "made_from"), [("another", "all that it is made from"), ("program", "else")])
def test_what_another_program_left_or_what_was_made_from_something_else_is_not_used(
    tmp_path: Path, program: str, made_from: str
) -> None:
    written(tmp_path)
    assert Kept(tmp_path, program).get("frame", made_from) is None


def test_a_file_put_in_the_place_of_another_is_not_used(tmp_path: Path) -> None:
    file = written(tmp_path)
    kept = Kept(tmp_path, "program")
    kept.put("another frame", "all that it is made from", VALUE)
    (other,) = set(tmp_path.iterdir()) - {file}
    other.write_bytes(file.read_bytes())
    assert kept.get("another frame", "all that it is made from") is None


@given(data=st.data())
def test_a_file_changed_anywhere_or_cut_is_not_used(data: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        file = written(Path(folder))
        content = file.read_bytes()
        place = data.draw(st.integers(0, len(content) - 1))
        other = data.draw(st.integers(1, 255))
        file.write_bytes(content[:place] + bytes([content[place] ^ other]) + content[place + 1 :])
        assert Kept(Path(folder), "program").get("frame", "all that it is made from") is None
        file.write_bytes(content[:place])
        assert Kept(Path(folder), "program").get("frame", "all that it is made from") is None


def test_a_build_afresh_uses_nothing_and_leaves_what_it_made(tmp_path: Path) -> None:
    written(tmp_path)
    afresh = Kept(tmp_path, "program", afresh=True)
    assert afresh.get("frame", "all that it is made from") is None
    afresh.put("frame", "all that it is made from", "new")
    assert Kept(tmp_path, "program").get("frame", "all that it is made from") == "new"


@pytest.mark.parametrize("afresh", [False, True])
def test_what_is_ready_is_found_first_and_never_written(tmp_path: Path, afresh: bool) -> None:
    ready = tmp_path / "ready"
    file = written(ready)
    kept = Kept(tmp_path / "cache", "program", ready=ready, afresh=afresh)
    assert kept.get("frame", "all that it is made from") == VALUE
    before = file.read_bytes()
    kept.put("frame", "something else", "new")
    assert kept.get("frame", "something else") == (None if afresh else "new")
    assert file.read_bytes() == before


@given(data=st.data())
def test_what_is_ready_but_changed_anywhere_or_cut_is_looked_for_in_the_cache(data: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        file = written(Path(folder) / "ready")
        kept = Kept(Path(folder) / "cache", "program", ready=file.parent)
        kept.put("frame", "all that it is made from", "of the cache")
        content = file.read_bytes()
        place = data.draw(st.integers(0, len(content) - 1))
        other = data.draw(st.integers(1, 255))
        for wrong in (content[:place] + bytes([content[place] ^ other]) + content[place + 1 :], content[:place]):
            file.write_bytes(wrong)
            assert kept.get("frame", "all that it is made from") == "of the cache"


def test_without_a_folder_nothing_is_kept() -> None:
    kept = Kept()
    kept.put("frame", "", VALUE)
    assert kept.get("frame", "") is None


def test_a_folder_that_can_not_be_made_costs_nothing_but_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    kept = Kept(tmp_path / "file", "program")
    kept.put("frame", "", VALUE)
    assert kept.get("frame", "") is None
