"""The issuer's pair of keys: made once, the private half outside the campaign, the public one in its settings."""

import re
from datetime import date
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key

from generator.staff import Trouble, settings_beside, write_secret

from .proof import multikey

PRIVATE = "cle-attestations.pem"
VARIABLE = "VILLE_BADGES_KEY"
"""The environment variable that may hold the private key, as the file does."""

ADVICE = """La clé privée est dans {private}

  C'est elle qui signe, au nom de la ville. Volée, n'importe qui délivre des labels.
  1. Copiez-la sur deux supports rangés dans deux coffres différents.
  2. Gardez-la sur le seul poste qui signe, ou dans un secret de la forge nommé {variable}.
     Jamais dans git, jamais par courriel.
  3. Perdue ? Faites-en une autre avec cette même commande : les attestations déjà signées restent vérifiables.

La clé publique est inscrite en tête de « badge_keys », dans {settings} : elle est faite pour être publiée.
Signez maintenant : ville badges sign
"""


def make_key(root: Path, folder: Path, today: date) -> str:
    """Make a pair of keys; give what staff must know. Raises Trouble rather than put the secret in the wrong place."""
    settings = settings_beside(root, folder)
    key = Ed25519PrivateKey.generate()
    text = _with_key(settings.read_text("utf-8"), multikey(key.public_key()))
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    private = folder / PRIVATE
    if private.exists():
        # A new key follows one that was lost or stolen: the former file stays for whoever must look at it.
        private = folder / f"cle-attestations-{today.isoformat()}.pem"
    write_secret(private, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    settings.write_text(text, encoding="utf-8")
    return ADVICE.format(private=private, settings=settings, variable=VARIABLE)


def _with_key(text: str, public: str) -> str:
    """Give the settings with one more key, before those that signed until now."""
    line = f"  - {public}\n"
    if re.search(r"^badge_keys:[ ]*$", text, re.MULTILINE):
        return re.sub(r"^(badge_keys:[ ]*\n)", rf"\g<1>{line}", text, count=1, flags=re.MULTILINE)
    if re.search(r"^badge_keys:", text, re.MULTILINE):
        raise Trouble("Dans site_config.yml, écrivez les clés de « badge_keys » une par ligne, après un tiret.")
    return f"{text.rstrip()}\n\nbadge_keys:\n{line}"


def read_key(path: Path, environment: str | None) -> Ed25519PrivateKey:
    """Give the private key of an environment variable's value, else of a file. Raises Trouble."""
    if environment:
        return _load(environment.replace("\\n", "\n").encode(), f"La variable {VARIABLE}")
    try:
        content = path.read_bytes()
    except OSError:
        raise Trouble(
            f"La clé privée n'est pas ici : {path}. Donnez son fichier avec --key, ou son texte dans {VARIABLE}."
        ) from None
    return _load(content, f"Le fichier {path}")


def _load(content: bytes, where: str) -> Ed25519PrivateKey:
    try:
        key = load_pem_private_key(content, password=None)
    except (ValueError, TypeError):
        key = None
    if not isinstance(key, Ed25519PrivateKey):
        raise Trouble(f"{where} ne contient pas la clé privée que « ville badges keygen » a faite.")
    return key
