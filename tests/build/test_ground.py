"""What a build stood on, compared with what is there now."""

from datetime import UTC, datetime
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from generator.build.ground import Change, Ground, alias, by_column
from generator.build.inputs import Inputs
from generator.build.signatures import UNTOLD

_SIGNATURES = st.none() | st.binary(min_size=32, max_size=32).filter(lambda each: each != UNTOLD)
_NAMES = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1)
_INPUTS = st.dictionaries(_NAMES, _SIGNATURES, max_size=8)


def ground(read: Inputs) -> Ground:
    now = datetime(2026, 11, 23, tzinfo=UTC)
    return Ground(by_column(read), alias("\0".join(read)), frozenset(), now, (0, 0), 0, [], b"", 0)


@given(_INPUTS, st.randoms(use_true_random=False), st.data())
def test_edited_files_are_found_in_whatever_order_folders_give_them(
    read: Inputs, random: Random, data: st.DataObject
) -> None:
    now = {path: data.draw(st.just(signature) | _SIGNATURES) for path, signature in read.items()}
    mixed = dict(random.sample(list(now.items()), len(now)))
    edited = {path: mixed[path] for path in mixed if mixed[path] is None or mixed[path] != read[path]}
    assert ground(read).change(mixed) == Change(edited)
    assert ground(read).change(now) == Change(edited)


@given(_INPUTS, _INPUTS)
def test_files_that_came_or_went_are_told_from_those_edited(read: Inputs, now: Inputs) -> None:
    change = ground(read).change(now)
    assert set(change.came) == now.keys() - read.keys()
    assert change.edited.keys() <= now.keys() & read.keys()
    assert (change.paths is None) == (read.keys() == now.keys())
    if change.paths is not None:
        assert change.paths == "\0".join(now)


@given(_INPUTS, _INPUTS, st.randoms(use_true_random=False))
def test_what_was_read_anew_is_what_the_next_build_stands_on(read: Inputs, now: Inputs, random: Random) -> None:
    mixed = dict(random.sample(list(now.items()), len(now)))
    before = ground(read)
    after = before.after(before.change(mixed))
    for path, signature in now.items():
        assert after.has(path, signature or UNTOLD)
    assert after.length == len(now)


@given(_INPUTS, st.data())
def test_edited_files_keep_their_place(read: Inputs, data: st.DataObject) -> None:
    edited = {path: data.draw(_SIGNATURES) for path in read if data.draw(st.booleans())}
    assert ground(read).after(Change(edited)).files == by_column(read | edited)
