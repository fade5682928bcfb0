"""The store of documents: what it gives is what was put in, whatever happened in between."""

import fcntl
import os
from pathlib import Path

from generator.documents.store import Store, sweep

ONE, OTHER = "a" * 24, "b" * 24


def put(root: Path, **documents: bytes) -> None:
    (root / ".cache/documents").mkdir(parents=True, exist_ok=True)
    with Store.opened(root) as store:
        for fingerprint, content in documents.items():
            store.keep(fingerprint, content)


def content(root: Path, fingerprint: str) -> bytes | None:
    with Store.opened(root) as store:
        found = store.find(fingerprint)
        return found.path.read_bytes() if found and found.is_whole() else None


def test_a_store_that_is_not_there_is_empty(tmp_path: Path) -> None:
    with Store.opened(tmp_path) as store:
        assert not store
        assert store.find(ONE) is None
    assert list(tmp_path.iterdir()) == []


def test_a_document_is_found_by_its_fingerprint(tmp_path: Path) -> None:
    put(tmp_path, **{ONE: b"livret", OTHER: b"affiche"})
    assert content(tmp_path, ONE) == b"livret"
    assert content(tmp_path, OTHER) == b"affiche"


def test_a_document_cut_short_is_not_found(tmp_path: Path) -> None:
    put(tmp_path, **{ONE: b"livret"})
    next((tmp_path / ".cache/documents").iterdir()).write_bytes(b"liv")
    with Store.opened(tmp_path) as store:
        assert store.find(ONE) is None


def test_a_damaged_document_of_the_same_length_is_told(tmp_path: Path) -> None:
    put(tmp_path, **{ONE: b"livret"})
    next((tmp_path / ".cache/documents").iterdir()).write_bytes(b"LIVRET")
    assert content(tmp_path, ONE) is None
    put(tmp_path, **{ONE: b"livret"})
    assert content(tmp_path, ONE) == b"livret"


def test_foreign_and_half_written_files_are_no_documents(tmp_path: Path) -> None:
    put(tmp_path, **{ONE: b"livret"})
    folder = tmp_path / ".cache/documents"
    for name in ("notes.txt", f"{OTHER}.12.part", f"{OTHER}.3", f"{OTHER}.-3.00000000"):
        (folder / name).write_bytes(b"abc")
    assert content(tmp_path, OTHER) is None


def test_sweeping_leaves_what_is_current(tmp_path: Path) -> None:
    put(tmp_path, **{ONE: b"livret", OTHER: b"affiche"})
    (tmp_path / ".cache/documents" / f"{OTHER}.12.part").write_bytes(b"aff")
    (tmp_path / ".cache/documents/pictures-x1").mkdir()
    assert sweep(tmp_path, {ONE}) == 1
    assert [path.name[:24] for path in (tmp_path / ".cache/documents").iterdir()] == [ONE]


def test_nothing_is_swept_while_a_build_publishes(tmp_path: Path) -> None:
    put(tmp_path, **{ONE: b"livret"})
    with Store.opened(tmp_path) as store:
        assert sweep(tmp_path, set()) == 0
        assert store.find(ONE)
    assert sweep(tmp_path, set()) == 1


def test_two_builds_use_the_store_at_once(tmp_path: Path) -> None:
    put(tmp_path, **{ONE: b"livret"})
    with Store.opened(tmp_path) as first, Store.opened(tmp_path) as second:
        assert first.find(ONE) == second.find(ONE)


def test_the_lock_goes_with_the_process_that_held_it(tmp_path: Path) -> None:
    put(tmp_path, **{ONE: b"livret"})
    with Store.opened(tmp_path):
        pass
    handle = os.open(tmp_path / ".cache/documents", os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    os.close(handle)
