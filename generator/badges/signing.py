"""The credentials of a campaign, signed into its folder `data/credentials`, from where any build publishes them."""

import json
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import NamedTuple

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from generator.campaign.files import CREDENTIALS
from generator.campaign.models.honours import Award
from generator.campaign.models.places import Building
from generator.problems import nearest
from generator.site import credentials
from generator.site.credentials import Document
from generator.staff import Trouble

from . import holders
from .proof import is_signed_by, multikey, public_key, sign
from .register import Register


class Signed(NamedTuple):
    """A label or a diploma dealt with: its serial, its title, whether it was just signed, its hidden holder's code."""

    serial: str
    title: str
    anew: bool
    code: str | None


def sign_all(root: Path, register: Register, key: Ed25519PrivateKey, chosen: Collection[str]) -> Iterator[Signed]:
    """Sign each label and diploma whose credential is missing or no longer says what the record says.

    `chosen` are the serials to deal with, all when it is empty. Raises Trouble for a key that is not the town's, and
    for a serial that names nothing.
    """
    public = multikey(key.public_key())
    if register.config.badge_keys[:1] != (public,):
        raise Trouble(
            "Cette clé privée ne va pas avec la première clé de « badge_keys », dans site_config.yml. "
            f"Sa clé publique est {public}."
        )
    for serial in chosen:
        if serial not in register.records:
            raise Trouble(f"« {serial} » n'est le numéro de rien. {nearest(serial, register.records)}".strip())
    for serial, record in register.records.items():
        end = credentials.withdrawn(record)
        if (chosen and serial not in chosen) or (end and end <= register.today):
            continue
        yield _sign(root / CREDENTIALS / f"{serial}.json", serial, record, register, key)


def _sign(file: Path, serial: str, record: Building | Award, register: Register, key: Ed25519PrivateKey) -> Signed:
    hidden = isinstance(record, Award) and record.holder is None
    code = holders.code(key, serial) if hidden else None
    if _is_good(file, record, register):
        return Signed(serial, record.title, False, code)
    identity = holders.identity(key, serial) if hidden else None
    document = credentials.credential(record, register.config, register.charter, identity)
    if document is None:
        raise Trouble(f"{serial} ne peut pas être attesté : son niveau manque dans data/labels.yml.")
    signed = sign(document, key, f"{document['issuer']['id']}#{multikey(key.public_key())}")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(signed, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return Signed(serial, record.title, True, code)


def _is_good(file: Path, record: Building | Award, register: Register) -> bool:
    try:
        signed: Document = json.loads(file.read_bytes())
    except (OSError, ValueError):
        return False
    if not isinstance(signed, dict) or not credentials.still_says(signed, record, register.config, register.charter):
        return False
    return is_signed_by(signed, public_key(signed["proof"]["verificationMethod"].partition("#")[2]))
