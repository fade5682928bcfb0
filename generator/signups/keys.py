"""Making the keys: a pair that seals and opens sign-ups, and the collector's own secrets."""

import re
import secrets
from datetime import date
from pathlib import Path

import pyrage

from generator.staff import Trouble, write_secret

SETTINGS = "site_config.yml"
PRIVATE = "cle-privee.txt"
ENVIRONMENT = "collecteur.env"

ADVICE = """La clé privée est dans {private}

  C'est elle, et elle seule, qui ouvre les inscriptions. Perdue, rien ne les rouvrira ; volée, tout se lit.
  1. Copiez-la sur deux supports (une clé USB, un papier imprimé) rangés dans deux coffres différents.
  2. Gardez-la sur le seul poste qui exporte les inscriptions. Jamais sur le serveur, jamais dans git,
     jamais par courriel.
  3. Notez qui y a accès dans le registre des traitements.

Les secrets du collecteur sont dans {environment}

  Copiez ce fichier sur le serveur qui lance « ville collect », lisible de lui seul, et complétez
  VILLE_SMTP_URL. Ces secrets n'ouvrent aucune inscription.

La clé publique est inscrite dans {settings} : elle peut être publiée.
"""


def make_keys(root: Path, folder: Path, today: date) -> str:
    """Make every key; give what staff must know. Raises Trouble rather than put a secret in the wrong place."""
    settings = root / SETTINGS
    if folder.resolve().is_relative_to(root.resolve()):
        raise Trouble("La clé privée ne doit pas être dans le dossier du site. Donnez un autre dossier avec --output.")
    if not settings.is_file():
        raise Trouble("Il manque site_config.yml ici. Donnez le dossier de la campagne avec --root.")
    text = settings.read_text("utf-8")
    if re.search(r"^signups_public_key:", text, re.MULTILINE):
        raise Trouble(
            "Une clé publique est déjà inscrite dans site_config.yml. La remplacer rendrait les inscriptions suivantes "
            "illisibles avec l'ancienne clé privée : retirez d'abord cette ligne, si c'est bien ce que vous voulez."
        )
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    pair = pyrage.x25519.Identity.generate()
    private = f"# créée le {today.isoformat()}\n# clé publique : {pair.to_public()}\n{pair}\n"
    environment = (
        f"VILLE_SECRET={secrets.token_urlsafe(48)}\n"
        f"VILLE_MAIL_KEY={pyrage.x25519.Identity.generate()}\n"
        "VILLE_SMTP_URL=\n"
    )
    write_secret(folder / PRIVATE, private.encode())
    write_secret(folder / ENVIRONMENT, environment.encode())
    with settings.open("a", encoding="utf-8") as file:
        file.write(("" if text.endswith("\n") else "\n") + f"\nsignups_public_key: {pair.to_public()}\n")
    return ADVICE.format(private=folder / PRIVATE, environment=folder / ENVIRONMENT, settings=settings)
