"""A collector put together from a campaign's folder and the environment, ready for any door."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from generator.config import SiteConfig

from .core import Keys
from .desk import Desk
from .mails import Queue, recipient
from .settings import Library, mail_key, public_key, read_config, secret
from .stores import Store
from .vault import Vault
from .writer import Job

SIGNUPS = "data/signups"
"""Where sealed submissions lie under the root, unless the settings name a bucket."""


@dataclass(frozen=True)
class Collector:
    """Everything that a door needs. `smtp` is the mail server's address, empty when there is none."""

    config: SiteConfig
    desk: Desk
    job: Job
    queue: Queue
    smtp: str

    @cached_property
    def vault(self) -> Vault:
        """The vault, for what this process does itself."""
        return self.job.vault()

    @property
    def sender(self) -> str:
        """The address that mails come from."""
        return self.config.contact.email or self.config.town.email


def open_store(root: Path, config: SiteConfig) -> Store:
    """Give the store that the settings choose."""
    return Job(root / SIGNUPS, config.signups_store, "", "").store()


def assemble(root: Path, environment: Mapping[str, str], clock: Callable[[], float] = time.time) -> Collector:
    """Put a collector together. Raises NotReady, in French, when something that it needs is missing."""
    config = read_config(root)
    sealing, keys, mails = public_key(config), Keys.of(secret(environment)), mail_key(environment)
    job = Job(root.resolve() / SIGNUPS, config.signups_store, sealing, recipient(mails))
    desk = Desk(config, Library(root, config, clock), keys, clock)
    return Collector(config, desk, job, Queue(job.store(), mails), environment.get("VILLE_SMTP_URL", ""))
