"""Who makes which kind of document: one function each, a line in `MAKERS`."""

from .kits import booklet
from .making import Maker
from .sharing import share_card

MAKERS: dict[str, Maker] = {
    "livret": booklet,
    "partage": share_card,
}
"""The maker of each kind that `generator.site.documents` plans."""
