"""A credential verified, ours or another town's: what was found, in French."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from http.client import HTTPException
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit
from urllib.request import Request, urlopen

from generator.campaign.models.fields import PARIS
from generator.problems import reason
from generator.site import credentials, dates
from generator.site.credentials import Document

from . import holders
from .proof import SUITE, is_signed_by, public_key
from .register import Register

_LONGEST = 1_000_000


class Finding(NamedTuple):
    """One thing found. `good` is None for what is neither right nor wrong."""

    good: bool | None
    text: str


class Unreadable(Exception):
    """A document can't be had, or is none; the message is a French sentence."""


def read(name: str) -> Document:
    """Read a credential from a file, or from the web: its own address or that of its verification page.

    Raises Unreadable.
    """
    if not name.startswith(("http://", "https://")):
        try:
            return _parse(Path(name).read_bytes())
        except OSError as error:
            raise Unreadable(f"Le fichier ne peut pas être lu : {reason(error)}.") from None
    parts = urlsplit(name)
    path = f"{parts.path}attestation.json" if parts.path.endswith("/") else parts.path
    return fetch(f"{parts.scheme}://{parts.netloc}{path}")


def fetch(url: str) -> Document:
    """Fetch a JSON object from the web. Raises Unreadable."""
    if not url.startswith(("http://", "https://")):
        raise Unreadable(f"« {url} » n'est pas une adresse du web.")
    try:
        with urlopen(Request(url, headers={"Accept": "application/json"}), timeout=10) as answer:
            return _parse(answer.read(_LONGEST))
    except (OSError, HTTPException, ValueError) as error:
        raise Unreadable(f"{url} ne répond pas comme il faut ({error}).") from None


def _parse(content: bytes) -> Document:
    try:
        document = json.loads(content, object_pairs_hook=_once)
    except (ValueError, RecursionError):
        document = None
    if not isinstance(document, dict):
        raise Unreadable("Ce n'est pas une attestation : un objet JSON est attendu.")
    return document


def _once(pairs: list[tuple[str, Any]]) -> Document:
    """Give an object none of whose names stands twice: readers disagree on which of the two counts."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name stands twice")
    return found


@dataclass(frozen=True, slots=True)
class Verifier:
    """Verifies at a moment. Of the town's own credentials, `register` knows the keys and the withdrawals."""

    now: datetime
    register: Register | None = None

    def findings(self, signed: Document, code: str = "") -> list[Finding]:
        """Give all that is found about a credential, whether it counts first of all; `code` is its holder's."""
        try:
            found = [*self._about(signed), self._signature(signed), *self._dates(signed), self._status(signed)]
            return [*found, *_holder(signed, code)]
        except (KeyError, TypeError, AttributeError, ValueError):
            return [Finding(False, "Ce n'est pas une attestation Open Badges 3.0 : il y manque l'essentiel.")]

    def _about(self, signed: Document) -> list[Finding]:
        if "OpenBadgeCredential" not in signed["type"]:
            raise ValueError
        subject, issuer = signed["credentialSubject"], signed["issuer"]
        number = f", numéro {subject['licenseNumber']}" if "licenseNumber" in subject else ""
        return [
            Finding(None, f"{subject['achievement']['name']}{number}."),
            Finding(None, f"Délivré par : {issuer['name']} ({issuer['id']})."),
        ]

    def _signature(self, signed: Document) -> Finding:
        proof = signed["proof"]
        if (proof["type"], proof["cryptosuite"], proof["proofPurpose"]) != (
            "DataIntegrityProof",
            SUITE,
            "assertionMethod",
        ):
            return Finding(False, f"La signature n'est pas de la sorte attendue ({SUITE}).")
        issuer, method = signed["issuer"]["id"], proof["verificationMethod"]
        if method.partition("#")[0] != issuer:
            return Finding(False, "La clé qui a signé n'est pas celle de qui l'attestation dit venir.")
        try:
            key = self._key(issuer, method)
        except Unreadable as trouble:
            return Finding(False, f"La clé publique de {issuer} est introuvable. {trouble}")
        if key is None:
            return Finding(False, f"{issuer} ne reconnaît pas la clé qui a signé.")
        if is_signed_by(signed, public_key(key)):
            return Finding(True, "La signature est juste : rien n'a changé depuis qu'elle a été faite.")
        return Finding(False, "La signature est fausse : le contenu a changé, ou la ville ne l'a pas signé.")

    def _key(self, issuer: str, method: str) -> str | None:
        """Give a public key that the issuer owns up to for signing, None when it does not."""
        if self.register and issuer == credentials.did(self.register.config):
            document = credentials.did_document(self.register.config)
        else:
            document = fetch(did_url(issuer))
        if document["id"] != issuer or method not in document["assertionMethod"]:
            return None
        keys = {each["id"]: each["publicKeyMultibase"] for each in document["verificationMethod"]}
        return keys.get(method)

    def _dates(self, signed: Document) -> list[Finding]:
        first = datetime.fromisoformat(signed["validFrom"])
        if self.now < first:
            return [Finding(False, f"Ne vaut qu'à partir du {_day(first)}.")]
        if "validUntil" not in signed:
            return [Finding(True, f"Vaut depuis le {_day(first)}, sans terme.")]
        last = datetime.fromisoformat(signed["validUntil"])
        if self.now > last:
            return [Finding(False, f"N'est plus valable : a expiré après le {_day(last)}.")]
        return [Finding(True, f"Vaut du {_day(first)} au {_day(last)} inclus.")]

    def _status(self, signed: Document) -> Finding:
        status = signed.get("credentialStatus")
        if not status:
            return Finding(None, "Rien ne dit si cette attestation peut être retirée.")
        if status["type"] != "1EdTechRevocationList":
            return Finding(False, f"La liste des retraits est d'une sorte inconnue ici ({status['type']}).")
        try:
            listed = self._revocations(signed["issuer"]["id"], status["id"])
        except Unreadable as trouble:
            return Finding(False, f"La liste des retraits est introuvable. {trouble}")
        for each in listed["revokedCredentials"]:
            if each["id"] == signed["id"] and each.get("revoked", True):
                why = each.get("revocationReason", "")
                return Finding(False, f"N'est plus valable : attestation retirée{f' ({why})' if why else ''}.")
        return Finding(True, "N'a pas été retirée.")

    def _revocations(self, issuer: str, url: str) -> Document:
        if self.register and issuer == credentials.did(self.register.config):
            return credentials.revocations(self.register.config, self.register.records.values(), self.register.today)
        return fetch(url)


def _holder(signed: Mapping[str, Any], code: str) -> list[Finding]:
    found = []
    for identity in signed["credentialSubject"].get("identifier", []):
        if not identity["hashed"]:
            found.append(Finding(None, f"Pour : {identity['identityHash']}."))
        elif not code:
            found.append(Finding(None, "Le nom du titulaire n'est pas publié ; son code le prouve (--code)."))
        elif holders.is_holder(identity, code):
            found.append(Finding(True, "Le code est bien celui du titulaire."))
        else:
            found.append(Finding(False, "Le code n'est pas celui du titulaire."))
    return found


def did_url(did: str) -> str:
    """Give where a did:web identifier's document stands (did:web specification, section 2.5.2). Raises Unreadable."""
    if not did.startswith("did:web:"):
        raise Unreadable("Seuls les émetteurs « did:web » sont connus ici.")
    host, *folders = (unquote(part) for part in did.removeprefix("did:web:").split(":"))
    # Only a site on this machine may do without a certificate: the preview.
    scheme = "http" if host.partition(":")[0] in ("localhost", "127.0.0.1") else "https"
    return f"{scheme}://{host}/{'/'.join(folders) or '.well-known'}/did.json"


def _day(moment: datetime) -> str:
    return dates.day(moment.astimezone(PARIS).date())
