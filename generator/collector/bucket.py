"""A store in any S3-compatible bucket, with the conditional `PUT` (If-None-Match) that such stores offer.

Address and credentials come from the usual variables: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN,
AWS_REGION, AWS_ENDPOINT_URL (the provider's address).
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from urllib.parse import urlsplit

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError, NotFoundError
from obstore.store import S3Store

from .stores import Staged
from .versions import erase_versions


class Bucket:
    """A store in a bucket, under the address `s3://bucket/prefix`. A file is durable once its PUT is answered."""

    writers = 16

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._name = parts.netloc
        self._prefix = f"{parts.path.strip('/')}/".lstrip("/")
        # A slow provider must be answered « not kept » before the resident's browser gives up.
        self._store = S3Store(
            parts.netloc,
            client_options={
                "timeout": timedelta(seconds=5),
                "connect_timeout": timedelta(seconds=3),
                "allow_http": True,
            },
            retry_config={"max_retries": 1, "retry_timeout": timedelta(seconds=6)},
        )

    def stage(self, name: str, data: bytes) -> Staged:
        """Keep the bytes in memory."""
        return name, data

    def harden(self, files: Sequence[Staged]) -> None:
        """Do nothing: an answered PUT is durable."""

    def publish(self, staged: Staged) -> bool:
        """Put the object, unless there is one."""
        name, data = staged
        try:
            obstore.put(self._store, self._prefix + name, data, mode="create", use_multipart=False)
        except AlreadyExistsError:
            return False
        except BaseError as error:
            raise _failure(error) from None
        return True

    def discard(self, staged: Staged) -> None:
        """Forget the bytes."""

    def settle(self, names: Iterable[str]) -> None:
        """Do nothing: an answered PUT is durable."""

    def read(self, name: str) -> bytes | None:
        """Give an object's bytes, None when there is none."""
        try:
            return bytes(obstore.get(self._store, self._prefix + name).bytes())
        except (NotFoundError, FileNotFoundError):
            return None
        except BaseError as error:
            raise _failure(error) from None

    def names(self, prefix: str) -> Iterator[str]:
        """Give the names under a folder; what stands under a name with a leading dot only when asked for."""
        try:
            for objects in obstore.list(self._store, (self._prefix + prefix).rstrip("/") or None):
                for found in objects:
                    name = found["path"].removeprefix(self._prefix)
                    if prefix.startswith(".") or not name.startswith("."):
                        yield name
        except BaseError as error:
            raise _failure(error) from None

    def move(self, name: str, other: str) -> bool:
        """Put the object under its other name, which only one can, then remove the first.

        Who stops in between leaves both; a mail under two names may then leave twice, never not at all.
        """
        data = self.read(name)
        if data is None or not self.publish((other, data)):
            return False
        self.delete(name)
        return True

    def delete(self, name: str) -> bool:
        """Remove an object and every older version of it."""
        try:
            known = self.read(name) is not None
            if known:
                obstore.delete(self._store, self._prefix + name)
        except BaseError as error:
            raise _failure(error) from None
        erase_versions(self._name, self._prefix + name)
        return known


def _failure(error: BaseError) -> OSError:
    # The provider's words may hold names of objects: only the kind of failure goes on.
    return OSError(type(error).__name__)
