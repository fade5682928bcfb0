"""A town whose vault holds sign-ups, and the command line that staff use."""

import argparse
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from generator.collector.desk import Keep
from generator.collector.messages import Request
from generator.collector.running import Collector, assemble
from generator.collector.vault import Outcome
from generator.signups.commands import add_commands
from tests.collector.town import SIGN_UP, Town, token_for

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)


def collector_at(town: Town, moment: datetime) -> Collector:
    """Put a collector together whose clock says a given moment."""
    return assemble(town.root, town.environment, moment.timestamp)


def sign_up(town: Town, moment: datetime = NOW, form: str = "devenir-voisin-solidaire", **changed: Any) -> str:
    """Keep a sign-up as if it had come at a given moment; give its id."""
    import json
    import time

    collector = collector_at(town, moment)
    token = token_for(form, age=time.time() - moment.timestamp() + 60)
    answers = {**SIGN_UP, **changed} if form == "devenir-voisin-solidaire" else changed
    body = json.dumps({**answers, "token": token}).encode()
    step = collector.desk.open(Request("POST", f"/forms/{form}", "", {"content-type": "application/json"}, body))
    assert isinstance(step, Keep), getattr(step, "body", b"").decode()
    assert step.perform(collector.vault) is Outcome.KEPT
    return step.entry.place.id


def confirm(town: Town) -> None:
    """Confirm everything that waits for it."""
    from generator.signups.archive import signups

    collector = collector_at(town, NOW)
    for signup in signups(collector.vault.store):
        if signup.confirmed is False:
            collector.vault.confirm(signup.place, b"{}")


def ville(town: Town, *words: str, now: datetime = NOW) -> int:
    """Run `ville signups …` on a town; give its exit status."""
    parser = argparse.ArgumentParser()
    add_commands(parser.add_subparsers())
    given = [*words, "--root", str(town.root), "--now", now.isoformat()]
    if words[0] in {"export", "erase", "accept"}:
        given += ["--key", str(key_file(town))]
    arguments = parser.parse_args(["signups", *given])
    status: int = arguments.run(arguments)
    return status


def key_file(town: Town) -> Path:
    """Give the file of the town's private key, beside the town."""
    path = town.root.parent / f"{town.root.name}-cle.txt"
    path.write_text(f"# la clé\n{town.private_key}\n")
    return path
