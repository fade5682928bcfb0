"""Templates of the frame compiled once: Jinja's own way to find again what an earlier run compiled."""

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from .kept import Kept


class KeptBytecode(BytecodeCache):
    """Finds the code of templates among what is kept; Jinja names it after the template, its stamp is the source's."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give a template its code, if it was kept."""
        bucket.code = self._kept.get(bucket.key, bucket.checksum)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template that Jinja just compiled."""
        self._kept.put(bucket.key, bucket.checksum, bucket.code)
