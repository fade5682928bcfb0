"""A collector put together from a campaign's folder and the environment, ready for any door."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.config import SiteConfig

from .core import Keys
from .desk import Desk
from .mails import Queue
from .settings import Library, mail_key, public_key, read_config, secret
from .stores import Folder, Store
from .vault import Vault

SIGNUPS = "data/signups"
"""Where sealed submissions lie under the root, unless the settings name a bucket."""


@dataclass(frozen=True, slots=True)
class Collector:
    """Everything that a door needs. `smtp` is the mail server's address, empty when there is none."""

    config: SiteConfig
    desk: Desk
    vault: Vault
    queue: Queue
    smtp: str

    @property
    def sender(self) -> str:
        """The address that mails come from."""
        return self.config.contact.email or self.config.town.email


def open_store(root: Path, config: SiteConfig) -> Store:
    """Give the store that the settings choose."""
    if config.signups_store is None:
        return Folder(root / SIGNUPS)
    from .bucket import Bucket

    return Bucket(config.signups_store)


def assemble(root: Path, environment: Mapping[str, str], clock: Callable[[], float] = time.time) -> Collector:
    """Put a collector together. Raises NotReady, in French, when something that it needs is missing."""
    config = read_config(root)
    recipient, keys, mails = public_key(config), Keys.of(secret(environment)), mail_key(environment)
    store = open_store(root, config)
    queue = Queue(store, mails)
    desk = Desk(config, Library(root, config, clock), keys, queue, clock)
    return Collector(config, desk, Vault(store, recipient), queue, environment.get("VILLE_SMTP_URL", ""))
