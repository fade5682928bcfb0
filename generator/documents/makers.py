"""Who makes which kind of document: one function each, a line in `MAKERS`."""

from .kits import booklet
from .making import Maker

MAKERS: dict[str, Maker] = {
    "livret": booklet,
}
"""The maker of each kind that `generator.site.documents` plans."""
