"""Whether records that came, went or changed leave all others as they are but for lists, cards and groups."""

from collections.abc import Collection, Iterator

from generator.build.ledger import Ledger
from generator.campaign.models import KINDS
from generator.campaign.outline import Key, Outline
from generator.campaign.reading import Entry
from generator.site.links import resolve
from generator.site.pages import Library
from generator.site.planned import WITHDRAWN
from generator.site.replanning import REPLANNABLE

from .rereading import Reread
from .unfit import Unfit

_ATTESTED = {"building", "award"}
"""The kinds that the town signs."""
_PLANNED_BY = {"kit": ("season", "updated"), "kit_version": ("source_updated",)}
"""What a plan reads of whole records, where it is known: fields by kind."""


def are_planned_alike(before: Entry, after: Entry) -> bool:
    """Tell whether a record that was read whole while planning has nothing but other words in it."""
    fields = _PLANNED_BY.get(before.key[0])
    return fields is not None and all(getattr(before.record, each) == getattr(after.record, each) for each in fields)


def check_fit(anew: Reread, keys: Collection[Key], ledger: Ledger, library: Library) -> None:
    """Raise Unfit where a whole build has more to look at, or to say, than the pages that show these records."""
    for key in keys:
        before = anew.before[key].outline if key in anew.before else None
        after = anew.after[key].outline if key in anew.after else None
        if any(_misfits(key, before, after, anew, ledger, library)):
            raise Unfit


def _misfits(
    key: Key, before: Outline | None, after: Outline | None, anew: Reread, ledger: Ledger, library: Library
) -> Iterator[bool]:
    kind = KINDS[key[0]]
    yield kind.name not in REPLANNABLE or key in ledger.outlook.opened
    yield (before is None) == (key in ledger)
    yield bool(library.config.badge_keys) and kind.name in _ATTESTED
    yield _illustrated(before) != _illustrated(after)
    yield kind.name == "portrait" and bool(_illustrated(after)) and _channels(before) != _channels(after)
    urls, former = _urls(after), _urls(before)
    yield any(map(ledger.layout, urls - former))
    if urls != former or (before and after and before.anchors != after.anchors):
        yield not ledger.bonds.linked.isdisjoint(urls | former | ({kind.url(key[1])} if kind.section else set()))
    if after is None:
        yield any(key in _names(anew.after[each].outline) for each in _naming(key, ledger) if each in anew.after)
        yield any(each not in anew.before for each in _naming(key, ledger))
        return
    known = {f"{claim.name} {claim.value}" for claim in before.claims} if before else set()
    claims = {f"{claim.name} {claim.value}" for claim in after.claims} - known
    yield not ledger.bonds.claims.isdisjoint(claims)
    yield any(not _is_there(*name, anew, ledger, library) for name in _names(after))
    links = set(after.links).difference(before.links if before else ())
    yield any(ledger.layout(resolve(link, after.folder)) in ("", WITHDRAWN) for link in links)


def _illustrated(outline: Outline | None) -> object:
    """Give the pictures that a record names, and whether it is shown: none is made ready for one that isn't."""
    if outline is None or not (outline.picture or outline.images):
        return ()
    return outline.picture, outline.images, outline.folder, outline.shown


def _channels(outline: Outline | None) -> object:
    return outline and outline.channels


def _urls(outline: Outline | None) -> set[str]:
    """Give the addresses at which the site has something of a record."""
    kind = KINDS[outline.kind] if outline else None
    if outline is None or kind is None or kind.section is None or not outline.shown:
        return set()
    return {kind.url(each) for each in (outline.id, *outline.aliases)}


def _naming(key: Key, ledger: Ledger) -> Collection[Key]:
    return ledger.note(key).referrers


def _names(outline: Outline) -> set[Key]:
    return {(named.kind, named.id) for named in outline.names}


def _is_there(kind: str, id_: str, anew: Reread, ledger: Ledger, library: Library) -> bool:
    if kind == "theme":
        return any(theme.id == id_ for theme in library.config.themes)
    key = kind, id_
    return key in anew.after or (key in ledger and key not in anew.before)
