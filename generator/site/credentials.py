"""Labels and diplomas as Open Badges 3.0 credentials, and what the site publishes beside them; nothing is signed here.

Sources: W3C, « Verifiable Credentials Data Model v2.0 »; 1EdTech, « Open Badges Specification v3.0 » (its classes
AchievementCredential and IdentityObject) and « 1EdTech Revocation List Status Method v1.0 »; W3C CCG, « did:web Method
Specification ».
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Any
from urllib.parse import quote, urlsplit

from generator.campaign.models import KINDS
from generator.campaign.models.charter import Charter
from generator.campaign.models.fields import PARIS
from generator.campaign.models.honours import Award
from generator.campaign.models.places import Building
from generator.campaign.outline import Key
from generator.config import SiteConfig

from . import dates
from .metadata import absolute
from .register import CHARTER_URL
from .sketches import DIPLOMAS

Document = dict[str, Any]
"""A JSON object."""

CONTEXTS = (
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json",
)
SCHEMA = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json"

REVOCATIONS = "/attestations/retraits.json"
"""The list of what was withdrawn, as credentials name it."""


def did(config: SiteConfig) -> str:
    """Give the issuer's decentralised identifier: the site's address as did:web writes it, its folder included."""
    parts = urlsplit(config.url)
    host = (parts.hostname or "") + (f"%3A{parts.port}" if parts.port else "")
    return ":".join(["did:web", host, *(quote(part) for part in parts.path.split("/") if part)])


def did_path(config: SiteConfig) -> str:
    """Give where the site must publish the issuer's document for did:web to find it, from the site's root."""
    return "/did.json" if urlsplit(config.url).path.strip("/") else "/.well-known/did.json"


def did_document(config: SiteConfig) -> Document:
    """Give the issuer's document: the public keys in use, former ones included, for its earlier signatures."""
    issuer = did(config)
    methods = [f"{issuer}#{key}" for key in config.badge_keys]
    return {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": issuer,
        "alsoKnownAs": [absolute(config, "/")],
        "verificationMethod": [
            {"id": method, "type": "Multikey", "controller": issuer, "publicKeyMultibase": key}
            for method, key in zip(methods, config.badge_keys, strict=True)
        ],
        "assertionMethod": methods,
    }


def revocations(config: SiteConfig, records: Iterable[Building | Award], today: date) -> Document:
    """Give the list of the credentials withdrawn on a day, with the day of each."""
    return {
        "id": absolute(config, REVOCATIONS),
        "issuer": did(config),
        "revokedCredentials": [
            {"id": address(config, record), "revoked": True, "revocationReason": f"Retiré le {dates.day(end)}"}
            for record in records
            if (end := withdrawn(record)) and end <= today
        ],
    }


def withdrawn(record: Building | Award) -> date | None:
    """Give the day of a label's or a diploma's withdrawal."""
    if isinstance(record, Building):
        return record.label.withdrawn if record.label else None
    return record.withdrawn


def path(key: Key) -> str:
    """Give where the site publishes a record's signed credential, from the site's root: beside its page."""
    return f"{KINDS[key[0]].url(key[1])}attestation.json"


def address(config: SiteConfig, record: Building | Award) -> str:
    """Give a credential's id: its complete address."""
    return absolute(config, path(("building" if isinstance(record, Building) else "award", record.id)))


def serial(record: Building | Award) -> str | None:
    """Give the serial of a label that was granted, or of a diploma: None while there is nothing to attest."""
    if isinstance(record, Award):
        return record.serial
    return record.label.serial if record.label and record.label.granted else None


def since(record: Building | Award) -> date | None:
    """Give the first day of a label or a diploma."""
    if isinstance(record, Award):
        return record.date
    return record.label.granted if record.label else None


def credential(
    record: Building | Award, config: SiteConfig, charter: Charter, hidden: Document | None = None
) -> Document | None:
    """Give the credential of a label or a diploma, to be signed; None while there is nothing to attest.

    `hidden` is the identity of a holder whose name is not published, as `generator.badges.holders` makes it. Without
    it, such a diploma can't be attested.
    """
    parts = _label(record, config, charter) if isinstance(record, Building) else _diploma(record, config, hidden)
    if parts is None:
        return None
    subject, dates_of, name = parts
    return {
        "@context": list(CONTEXTS),
        "id": address(config, record),
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {
            "id": did(config),
            "type": ["Profile"],
            "name": config.town.name,
            "url": absolute(config, "/"),
        },
        "name": name,
        **dates_of,
        "credentialSubject": {"type": ["AchievementSubject"], "licenseNumber": serial(record), **subject},
        "credentialStatus": {"id": absolute(config, REVOCATIONS), "type": "1EdTechRevocationList"},
        "credentialSchema": [{"id": SCHEMA, "type": "1EdTechJsonSchemaValidator2019"}],
    }


Parts = tuple[Document, Mapping[str, str], str]
"""What differs between credentials: the subject, its dates, its name."""


def _label(building: Building, config: SiteConfig, charter: Charter) -> Parts | None:
    label = building.label
    level = charter.level(label.level) if label else None
    if label is None or level is None or label.granted is None or label.expires is None or label.serial is None:
        return None
    titles = {criterion.id: criterion.title for criterion in charter.criteria}
    name = f"Label « Immeuble solidaire », niveau {level.title}"
    required = "".join(f"\n- {titles[each]}" for each in level.required)
    achievement = {
        "id": f"{absolute(config, CHARTER_URL)}#niveau-{level.id}",
        "type": ["Achievement"],
        "achievementType": "Certification",
        "inLanguage": "fr",
        "name": name,
        "description": level.summary,
        "criteria": {"id": absolute(config, CHARTER_URL), "narrative": f"{level.summary}{required}"},
    }
    town = f"{building.postcode} {config.town.name}" if building.postcode else config.town.name
    subject = {
        "id": absolute(config, KINDS["building"].url(building.id)),
        "identifier": [_named(f"{building.title}, {building.address}, {town}")],
        "achievement": achievement,
    }
    end = datetime.combine(label.expires, time(23, 59, 59), PARIS)
    return subject, {"validFrom": _moment(label.granted), "validUntil": end.isoformat()}, name


def _diploma(award: Award, config: SiteConfig, hidden: Document | None) -> Parts | None:
    identity = _named(award.holder) if award.holder else hidden
    if identity is None:
        return None
    name = f"Diplôme « {DIPLOMAS[award.diploma]} »"
    register = absolute(config, f"/{KINDS['award'].section}/diplome-{award.diploma}/")
    achievement = {
        "id": register,
        "type": ["Achievement"],
        "achievementType": "Award",
        "inLanguage": "fr",
        "name": name,
        "description": "La ville remercie celles et ceux qui font vivre leur immeuble.",
        "criteria": {"id": register, "narrative": award.citation},
    }
    return {"identifier": [identity], "achievement": achievement}, {"validFrom": _moment(award.date)}, name


def _named(name: str) -> Document:
    return {"type": "IdentityObject", "hashed": False, "identityHash": name, "identityType": "ext:name"}


def _moment(day: date) -> str:
    return datetime.combine(day, time(), PARIS).isoformat()


def hidden_identity(signed: Document) -> Document | None:
    """Give the hashed identity that a signed credential holds, None when it holds none: only the key can make one."""
    try:
        (identity,) = signed["credentialSubject"]["identifier"]
        hashed = identity["hashed"] is True and set(identity) == {*_named(""), "salt"}
    except (KeyError, TypeError, ValueError):
        return None
    return identity if hashed else None


def still_says(signed: Document, record: Building | Award, config: SiteConfig, charter: Charter) -> bool:
    """Tell whether a signed credential says what the record says today. Its signature is not looked at."""
    methods = [f"{did(config)}#{key}" for key in config.badge_keys]
    proof = signed.get("proof")
    known = isinstance(proof, dict) and proof.get("verificationMethod") in methods
    said = {name: value for name, value in signed.items() if name != "proof"}
    return known and said == credential(record, config, charter, hidden_identity(signed))
