"""Making the keys: a pair that seals and opens sign-ups, and the collector's own secrets."""

import secrets
from datetime import date
from pathlib import Path

import pyrage

from generator.staff import ENVIRONMENT, make_age_pair, settings_beside

PRIVATE = "cle-privee.txt"

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
    settings = settings_beside(root, folder)
    environment = (
        f"VILLE_SECRET={secrets.token_urlsafe(48)}\n"
        f"VILLE_MAIL_KEY={pyrage.x25519.Identity.generate()}\n"
        "VILLE_SMTP_URL=\n"
    )
    taken = (
        "Une clé publique est déjà inscrite dans site_config.yml. La remplacer rendrait les inscriptions suivantes "
        "illisibles avec l'ancienne clé privée : retirez d'abord cette ligne, si c'est bien ce que vous voulez."
    )
    make_age_pair(settings, "signups_public_key", folder / PRIVATE, today, taken, environment)
    return ADVICE.format(private=folder / PRIVATE, environment=folder / ENVIRONMENT, settings=settings)
