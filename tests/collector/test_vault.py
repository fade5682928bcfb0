"""The vault: kept once, whole, sealed; nothing acknowledged that a power cut could take back."""

import errno
import itertools
import json
import os
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pyrage
import pytest

from generator.collector.stores import Folder, Staged
from generator.collector.vault import Entry, Outcome, Place, Vault, fingerprint, identify

PAIR = pyrage.x25519.Identity.generate()


def entry(nonce: str = "n", text: str = "bonjour", *, mail: bool = False) -> Entry:
    place = Place("essai", "2026-11", identify(nonce))
    stub = {"day": "2026-11-23", "neighbourhood": None, "confirm": False, "digest": fingerprint(nonce, text)}
    mails = ((f".queue/{place.id}.0.1", b"mail"),) if mail else ()
    return Entry(place, text.encode(), stub, mails)


def vault(root: Path) -> Vault:
    return Vault(Folder(root), str(PAIR.to_public()), str(PAIR.to_public()))


def opened(root: Path) -> list[str]:
    return sorted(pyrage.decrypt(path.read_bytes(), [PAIR]).decode() for path in root.glob("essai/*/*.age"))


def test_a_submission_is_one_sealed_file_with_a_stub_that_says_nothing(tmp_path: Path) -> None:
    text = "Zoë, la voisine"
    assert vault(tmp_path).keep([entry(text=text)]) == [Outcome.KEPT]
    assert opened(tmp_path) == [text]
    stub = json.loads(next(tmp_path.glob("essai/*/*.json")).read_text())
    assert set(stub) == {"day", "neighbourhood", "confirm", "digest"}
    # What is sealed looks like chance, which now and then holds two given letters.
    sealed = next(tmp_path.glob("essai/*/*.age")).read_bytes()
    assert not any(word.encode() in sealed for word in ("Zoë", "voisine"))


def test_files_are_for_the_collector_s_eyes_only(tmp_path: Path) -> None:
    vault(tmp_path).keep([entry()])
    assert {path.stat().st_mode & 0o077 for path in tmp_path.rglob("*")} == {0}


def test_the_same_again_is_kept_once_and_other_answers_are_told_apart(tmp_path: Path) -> None:
    keeper = vault(tmp_path)
    assert keeper.keep([entry(), entry()]) == [Outcome.KEPT, Outcome.KEPT]
    assert vault(tmp_path).keep([entry(), entry(text="autre")]) == [Outcome.KEPT, Outcome.OTHER]
    assert opened(tmp_path) == ["bonjour"]
    assert keeper.holds(entry())
    assert not keeper.holds(entry(text="autre"))
    assert not keeper.holds(entry(nonce="inconnu"))


def test_a_mail_is_queued_once(tmp_path: Path) -> None:
    keeper = vault(tmp_path)
    keeper.keep([entry(mail=True)])
    for queued in tmp_path.glob(".queue/*"):
        queued.unlink()
    keeper.keep([entry(mail=True)])
    assert not list(tmp_path.glob(".queue/*"))


def test_writers_that_race_for_one_token_keep_one_record(tmp_path: Path) -> None:
    keepers = [vault(tmp_path) for _ in range(8)]
    barrier = threading.Barrier(8)
    found: list[tuple[str, Outcome]] = []

    def race(number: int) -> None:
        barrier.wait()
        for turn in range(20):
            text = f"réponse {number % 2}"
            found.append((f"{turn} {text}", keepers[number].keep([entry(f"nonce {turn}", text)])[0]))

    threads = [threading.Thread(target=race, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(opened(tmp_path)) == 20
    winners = {name for name, outcome in found if outcome is Outcome.KEPT}
    assert len(winners) == 20
    assert {outcome for _, outcome in found} == {Outcome.KEPT, Outcome.OTHER}


def test_what_a_dead_process_left_is_swept_and_a_living_one_s_is_not(tmp_path: Path) -> None:
    living = Folder(tmp_path)
    living.stage("essai/2026-11/a.age", b"en cours")
    dead = tmp_path / ".incoming" / "mort"
    dead.mkdir()
    (dead / "reste").write_bytes(b"abc")
    Folder(tmp_path).open()
    assert not dead.exists()
    assert len(list(tmp_path.glob(".incoming/*/*"))) == 1


def test_a_folder_that_was_removed_is_made_again(tmp_path: Path) -> None:
    import shutil

    root = tmp_path / "signups"
    keeper = vault(root)
    keeper.keep([entry("1")])
    shutil.rmtree(root)
    assert keeper.keep([entry("2", "revenu")]) == [Outcome.KEPT]
    assert opened(root) == ["revenu"]


class Failing(Folder):
    """A folder whose n-th call to the disk fails."""

    def __init__(self, root: Path, fails_at: int, error: int) -> None:
        super().__init__(root)
        self.calls = 0
        self._fails_at, self._error = fails_at, error

    def _call(self, work: Callable[[], Any]) -> Any:
        self.calls += 1
        if self.calls == self._fails_at:
            raise OSError(self._error, os.strerror(self._error))
        return work()

    def stage(self, name: str, data: bytes) -> Staged:
        return self._call(lambda: Folder.stage(self, name, data))  # type: ignore[no-any-return]

    def harden(self, files: Sequence[Staged]) -> None:
        self._call(lambda: Folder.harden(self, files))

    def publish(self, staged: Staged) -> bool:
        return self._call(lambda: Folder.publish(self, staged))  # type: ignore[no-any-return]

    def settle(self, names: Iterable[str]) -> None:
        self._call(lambda: Folder.settle(self, names))

    def read(self, name: str) -> bytes | None:
        return self._call(lambda: Folder.read(self, name))  # type: ignore[no-any-return]


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO, errno.EROFS, errno.EMFILE])
def test_whichever_call_fails_nothing_false_is_acknowledged_and_sending_again_heals(tmp_path: Path, error: int) -> None:
    for call in itertools.count(1):
        root = tmp_path / f"{error}-{call}"
        store = Failing(root, call, error)
        keeper = Vault(store, str(PAIR.to_public()), str(PAIR.to_public()))
        outcomes = keeper.keep([entry("1", "un", mail=True), entry("2", "deux")])
        for text, outcome in zip(("un", "deux"), outcomes, strict=True):
            assert outcome in {Outcome.KEPT, Outcome.FAILED}
            assert outcome is Outcome.FAILED or text in opened(root)
        if store.calls < call:
            assert outcomes == [Outcome.KEPT] * 2
            break
        assert Outcome.FAILED in outcomes
        assert keeper.keep([entry("1", "un", mail=True), entry("2", "deux")]) == [Outcome.KEPT] * 2
        assert opened(root) == ["deux", "un"]
        assert not list(root.glob(".incoming/*/*"))
        assert len(list(root.glob(".queue/*"))) == 1


class Recording(Folder):
    """A folder that notes each call, in order: what was written, made durable, and put under its name."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.calls: list[tuple[str, ...]] = []

    def harden(self, files: Sequence[Staged]) -> None:
        super().harden(files)
        self.calls += [("fsync", name) for name, _ in files]

    def publish(self, staged: Staged) -> bool:
        made = super().publish(staged)
        self.calls.append(("link", staged[0]))
        return made

    def settle(self, names: Iterable[str]) -> None:
        listed = list(names)
        super().settle(listed)
        self.calls += [("fsync folder", os.path.dirname(name)) for name in listed]


def test_after_a_power_cut_at_any_moment_what_was_acknowledged_is_there(tmp_path: Path) -> None:
    """Replay the vault's calls: a link lasts once its folder is fsynced; before, it may be there or not."""
    store = Recording(tmp_path)
    keeper = Vault(store, str(PAIR.to_public()), str(PAIR.to_public()))
    acknowledged_at: dict[str, int] = {}
    for number in range(4):
        group = [entry(f"{number}-{each}", mail=each == 0) for each in range(3)]
        for kept, outcome in zip(group, keeper.keep(group), strict=True):
            assert outcome is Outcome.KEPT
            acknowledged_at[kept.place.stem] = len(store.calls)
    for moment in range(len(store.calls) + 1):
        synced = {name for call, name in store.calls[:moment] if call == "fsync"}
        durable = set(durable_links(store.calls[:moment]))
        possible = {name for call, name in store.calls[:moment] if call == "link"}
        assert possible <= synced, "a name never leads to bytes that are not on the disk"
        for stem, when in acknowledged_at.items():
            if when <= moment:
                assert {f"{stem}.age", f"{stem}.json"} <= durable


def durable_links(calls: list[tuple[str, ...]]) -> Iterator[str]:
    for position, (call, name) in enumerate(calls):
        if call == "link" and ("fsync folder", os.path.dirname(name)) in calls[position:]:
            yield name
