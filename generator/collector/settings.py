"""What a collector runs with: the town's settings, its forms, and secrets from the environment.

- `VILLE_SECRET`: signs form tokens, challenges and links; 32 characters at least;
- `VILLE_MAIL_KEY`: an age identity that seals the queue of mails;
- `VILLE_SMTP_URL`: the mail server, see `generator.collector.mailer`.

`ville signups keygen` makes the first two. The private key that opens the vault is never among them.
"""

import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from pydantic import ValidationError

from generator.campaign.faults import Fault
from generator.campaign.models.forms import Form, QuestionType
from generator.campaign.sources import decode, parse
from generator.config import SiteConfig

from .forms import Unreadable, read_forms, stamp
from .notice import text_version

SHORTEST_SECRET = 32
FRESH = 5.0
"""Seconds during which forms are not looked at again."""


class NotReady(Exception):
    """The collector can't run; the message is French and says what to do."""


def read_config(root: Path) -> SiteConfig:
    """Give the town's settings. Raises NotReady when they can't be read."""
    try:
        return SiteConfig.model_validate(parse(decode((root / "site_config.yml").read_bytes())))
    except OSError:
        raise NotReady("Il manque site_config.yml ici. Donnez le dossier de la campagne avec --root.") from None
    except (Fault, ValidationError):
        raise NotReady("site_config.yml a une erreur : « ville check » la montre.") from None


def public_key(config: SiteConfig) -> str:
    """Give the key that submissions are sealed to. Raises NotReady when the town has none yet."""
    if config.signups_public_key is None:
        raise NotReady(
            "Aucune clé ne protège encore les inscriptions. Lancez « ville signups keygen » : "
            "la commande crée les clés et dit où les mettre."
        )
    return config.signups_public_key


def secret(environment: Mapping[str, str]) -> bytes:
    """Give the secret that signs. Raises NotReady when it is missing or short."""
    value = environment.get("VILLE_SECRET", "")
    if len(value) < SHORTEST_SECRET:
        raise NotReady(
            f"La variable VILLE_SECRET manque, ou a moins de {SHORTEST_SECRET} signes. "
            "« ville signups keygen » en crée une dans collecteur.env."
        )
    return value.encode()


def mail_key(environment: Mapping[str, str]) -> str:
    """Give the key of the queue of mails. Raises NotReady when it is missing."""
    value = environment.get("VILLE_MAIL_KEY", "")
    if not value.startswith("AGE-SECRET-KEY-1"):
        raise NotReady("La variable VILLE_MAIL_KEY manque. « ville signups keygen » en crée une dans collecteur.env.")
    return value


class Library:
    """The campaign's forms, read again when their files change, so that a running collector follows the site.

    By form: `versions` are digests of what it says about privacy, `several` its questions with several answers.
    """

    def __init__(self, root: Path, config: SiteConfig, clock: Callable[[], float] = time.time) -> None:
        self._root = root
        self._config = config
        self._clock = clock
        self._checked = 0.0
        self._stamp: object = None
        self.forms: dict[str, Form] = {}
        self.versions: dict[str, str] = {}
        self.several: dict[str, frozenset[str]] = {}
        self.refresh()

    def refresh(self) -> None:
        """Read the forms if they changed, or if an hour has gone by (an event ends). Faulty files change nothing."""
        now = self._clock()
        if self.forms and 0 <= now - self._checked < FRESH:
            return
        self._checked = now
        found = (int(now // 3600), stamp(self._root))
        if found == self._stamp:
            return
        try:
            forms = read_forms(self._root, datetime.fromtimestamp(now, UTC))
        except (Unreadable, OSError) as error:
            if not self.forms:
                raise NotReady(str(error)) from None
            return
        self._stamp = found
        self.forms = forms
        self.several = {
            name: frozenset(question.id for question in form.questions if question.type is QuestionType.CHOICES)
            for name, form in forms.items()
        }
        self.versions = {name: text_version(form, self._config) for name, form in forms.items()}
