"""What is noted of records, brought up to date with what was read again."""

from dataclasses import replace

from generator.build.fingerprints import card_state, for_feeds, record_state
from generator.build.ledger import Ledger
from generator.build.new_ledger import bonds_of
from generator.build.notes import Bonds, Note
from generator.campaign.models import KINDS
from generator.campaign.models.honours import Channel
from generator.campaign.outline import Key
from generator.site.cards import card
from generator.site.feeds.plan import FEEDS, is_told, planned_item
from generator.site.pages import Library

from .differences import Differences, names
from .reopened import ReopenedShelf
from .rereading import Reread, State

Noted = dict[Key, Note | None]
"""What was noted before of each record that is not as it was, None of those that came."""


def hidden_anew(anew: Reread, ledger: Ledger, library: Library) -> Library:
    """Give a library that knows which addresses are not to be led to, and note it."""
    hidden = set(library.unpublished)
    for key in anew.keys:
        kind = KINDS[key[0]]
        if kind.section is not None:
            after = anew.after.get(key)
            (hidden.add if after and not after.outline.shown else hidden.discard)(kind.url(key[1]))
    if hidden == library.unpublished:
        return library
    outlook = ledger.outlook
    ledger.look_out(outlook._replace(library=replace(outlook.library, unpublished=frozenset(hidden))))
    return replace(library, unpublished=frozenset(hidden))


def renote(anew: Reread, differences: Differences, ledger: Ledger, shelf: ReopenedShelf, library: Library) -> Noted:
    """Note what records are like now, who names whom, and the cards that bear a neighbourhood's new name.

    Records that went stay noted as they were until they are dropped.
    """
    keys = anew.keys
    noted: Noted = {key: ledger.note(key) if key in ledger else None for key in keys}
    for key, state in anew.after.items():
        if key in noted:
            ledger.change(key, _note(key, state, noted[key], shelf, library))
        else:
            ledger.change(key, ledger.note(key)._replace(entry=state.entry, path=state.outline.path))
    places = [key for key in keys if key[0] == "neighbourhood" and differences.in_name(key)]
    for key in dict.fromkeys(each for place in places for each in ledger.note(place).referrers):
        note = ledger.note(key)
        if note.card and key not in noted:
            item = shelf.items[key]
            shown = card(item, shelf)
            if shown != note.card:
                noted[key] = note
                ledger.change(key, note._replace(card=shown, card_state=card_state(item.sketch, shown)))
    for key in keys:
        _tie(key, anew, ledger)
    _bind(anew, ledger)
    return noted


def _note(key: Key, state: State, before: Note | None, shelf: ReopenedShelf, library: Library) -> Note:
    outline, sketch, entry = state
    shown = told = None
    if outline.shown:
        item = shelf.items[key]
        shown = card(item, shelf)
        if is_told(item, shelf):
            told = planned_item(item, shelf, library.pictures.within(Channel.FEED))
    fed = record_state(outline, for_feeds(library)) if shown and key[0] in FEEDS and outline.images else ""
    return Note(
        record_state(outline, library),
        card_state(sketch, shown) if shown else "",
        fed,
        shown,
        told,
        entry,
        outline.path,
        before.referrers if before else (),
    )


def _tie(key: Key, anew: Reread, ledger: Ledger) -> None:
    """Note by whom records are named."""
    was, now = names(anew.before.get(key)), names(anew.after.get(key))
    for target in was ^ now:
        if target in ledger:
            note = ledger.note(target)
            others = [each for each in note.referrers if each != key]
            ledger.change(target, note._replace(referrers=(*others, key) if target in now else tuple(others)))


def _bind(anew: Reread, ledger: Ledger) -> None:
    linked, claims = bonds_of(state.outline for state in anew.after.values())
    bonds = Bonds(ledger.bonds.linked | linked, ledger.bonds.claims | claims)
    if bonds != ledger.bonds:
        ledger.bind(bonds)
