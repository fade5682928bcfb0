"""The signed credentials that a campaign keeps: those that still say what its records say are published as they are."""

import json
import os
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from generator.campaign.faults import Fault
from generator.campaign.files import CREDENTIALS, read_bytes
from generator.campaign.models.charter import Charter
from generator.campaign.models.fields import PARIS
from generator.campaign.outline import Key, Outline
from generator.campaign.reading import Entry
from generator.config import SiteConfig
from generator.problems import Problem
from generator.site import credentials

Signed = dict[Key, bytes]
"""The credentials to publish, byte for byte as signed, by record."""


def current_credentials(
    root: Path,
    config: SiteConfig,
    charter: Charter,
    outlines: Iterable[Outline],
    entries: Mapping[Key, Entry],
    now: datetime,
) -> tuple[Signed, list[Problem]]:
    """Give the credentials that still say what the records say, and a warning for each of the others.

    Those of records that are not shown yet stay where they are. Without a public key in the settings, there are none.
    """
    files = _files(root) if config.badge_keys else []
    if not files:
        return {}, []
    owners = {claim.value: each for each in outlines for claim in each.claims if each.key in entries}
    found: Signed = {}
    problems = []
    for path, serial in files:
        owner = owners.get(serial)
        if owner is None:
            problems.append(_warning(path, "credential-unknown", f"Aucune fiche ne porte le numéro {serial}.", _DELETE))
            continue
        record: Any = entries[owner.key].record
        first = credentials.since(record)
        if not owner.shown or not first or first > now.astimezone(PARIS).date():
            continue
        content = _content(root, path)
        if content is None or not credentials.still_says(content[1], record, config, charter):
            message = "Cette attestation ne dit plus ce que dit la fiche : elle n'est pas publiée."
            problems.append(_warning(path, "credential-outdated", message, f"Signez-la de nouveau : {_SIGN} {serial}."))
        else:
            found[owner.key] = content[0]
    return found, problems


_SIGN = "ville badges sign"
_DELETE = "Supprimez ce fichier, ou corrigez le numéro de la fiche."


def _files(root: Path) -> list[tuple[str, str]]:
    """Give the path and the serial of each signed credential, in order."""
    try:
        names = sorted(os.listdir(root / CREDENTIALS))
    except OSError:
        return []
    return [(f"{CREDENTIALS}/{name}", name.removesuffix(".json")) for name in names if name.endswith(".json")]


def _content(root: Path, path: str) -> tuple[bytes, credentials.Document] | None:
    try:
        content = read_bytes(root, path)
        document = json.loads(content)
    except (Fault, ValueError, RecursionError):
        return None
    return (content, document) if isinstance(document, dict) else None


def _warning(path: str, code: str, message: str, hint: str) -> Problem:
    return Problem(path, 0, 0, "warning", code, message, hint)


def credential_files(
    config: SiteConfig, signed: Signed, entries: Mapping[Key, Entry], withdrawn: Iterable[Key], now: datetime
) -> dict[str, bytes]:
    """Give what the site publishes for whoever verifies: credentials, the issuer's keys, the list of withdrawals.

    By path from the site's root, without a leading slash. Without a public key in the settings, nothing.
    """
    if not config.badge_keys:
        return {}
    gone: list[Any] = [entries[key].record for key in withdrawn]
    revoked = credentials.revocations(config, gone, now.astimezone(PARIS).date())
    files = {credentials.path(key): content for key, content in signed.items()}
    files[credentials.did_path(config)] = _json(credentials.did_document(config))
    files[credentials.REVOCATIONS] = _json(revoked)
    return {path[1:]: content for path, content in files.items()}


def _json(document: credentials.Document) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()
