"""Erasing a person's sign-ups (RGPD, article 17), and purging those kept long enough (article 5-1-e)."""

import calendar
import json
import secrets
from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, timedelta

import pyrage

from generator.campaign.models.forms import Form
from generator.collector.links import LIFETIME
from generator.collector.stores import Store
from generator.staff import Trouble

from .archive import open_record, orphans, remove, signups

PROOFS = "effacements/"
"""Where the store keeps the proofs of erasure: when, how many, of which forms, and nothing of whom."""


def erase(store: Store, address: str, key: pyrage.x25519.Identity, now: datetime) -> Counter[str]:
    """Remove everything that was sent with an e-mail address, and keep a proof of it. Give the count by form.

    Every submission is opened before the first is removed: Trouble is raised if one can't be, and nothing is lost.
    """
    wanted = address.strip().casefold()
    found, unopened = [], 0
    for signup in signups(store):
        try:
            answers = open_record(store, signup.place, key)["answers"].values()
        except Trouble:
            unopened += 1
            continue
        if any(isinstance(answer, str) and answer.strip().casefold() == wanted for answer in answers):
            found.append(signup)
    if unopened:
        raise Trouble(
            f"{unopened} envoi(s) ne s'ouvrent pas avec cette clé : rien n'a été effacé. Prenez la bonne clé."
        )
    for signup in found:
        remove(store, signup.place)
    count = Counter(signup.place.form for signup in found)
    if found:
        proof = {"at": now.isoformat(timespec="seconds"), "erased": count}
        name = f"{PROOFS}{now.date().isoformat()}-{secrets.token_hex(4)}.json"
        staged = store.stage(name, json.dumps(proof, sort_keys=True).encode())
        store.harden([staged])
        store.publish(staged)
        store.settle([name])
    return count


def purge(store: Store, forms: Mapping[str, Form], today: date) -> Counter[str]:
    """Remove what was kept for as long as its form says, and what nobody confirmed in time. Give the count by form.

    A form that is no longer there keeps its submissions: who removed its file must say what becomes of them.
    """
    removed: Counter[str] = Counter()
    waits = timedelta(seconds=LIFETIME)
    for signup in signups(store):
        form = forms.get(signup.place.form)
        over = form is not None and today > months_after(signup.day, form.privacy.retention_months)
        if over or (signup.confirmed is False and today > signup.day + waits):
            remove(store, signup.place)
            removed[signup.place.form] += 1
    for place, day in list(orphans(store)):
        if today > day + timedelta(days=1):
            remove(store, place)
    return removed


def months_after(day: date, months: int) -> date:
    """Give the same day some months later, or the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
