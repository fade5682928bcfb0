"""Press releases sealed in a public folder: age files (age-encryption.org/v1) that the press key alone opens.

Sealing takes the public key, which is in the settings. Opening takes the private one, which is never in the folder: an
environment variable holds it, or the name of a file that does.
"""

from collections.abc import Mapping
from pathlib import Path

from .faults import Fault

VARIABLE = "VILLE_PRESS_KEY"
ENDING = ".age"
_MARK = "AGE-SECRET-KEY-1"


def press_key(environment: Mapping[str, str]) -> str | None:
    """Give the private press key, None when nobody gave it. Raises Fault when what was given holds none."""
    given = environment.get(VARIABLE, "").strip()
    if not given:
        return None
    text = given
    if not given.startswith(_MARK):
        try:
            text = Path(given).expanduser().read_text("utf-8")
        except (OSError, UnicodeDecodeError):
            text = ""
    found = next((line.strip() for line in text.splitlines() if line.startswith(_MARK)), None)
    if found is None:
        hint = "Donnez la clé que « ville press keygen » a faite, ou le nom de son fichier."
        raise Fault(0, 0, "press-key", f"La variable {VARIABLE} ne donne pas de clé privée.", hint)
    return found


def seal(content: bytes, public_key: str) -> bytes:
    """Seal bytes to a public key. They differ each time."""
    import pyrage

    return bytes(pyrage.encrypt(content, [pyrage.x25519.Recipient.from_str(public_key)]))


def unseal(sealed: bytes, key: str) -> bytes:
    """Give what is sealed. Raises Fault when the key is not the right one, or the file is damaged."""
    import pyrage

    try:
        return bytes(pyrage.decrypt(sealed, [pyrage.x25519.Identity.from_str(key)]))
    except (pyrage.DecryptError, pyrage.IdentityError):
        message = "Ce brouillon scellé ne s'ouvre pas : ce n'est pas sa clé, ou le fichier est abîmé."
        hint = f"Vérifiez {VARIABLE}, ou remettez le fichier tel qu'il était."
        raise Fault(0, 0, "sealed-unopened", message, hint) from None
