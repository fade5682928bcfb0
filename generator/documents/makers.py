"""Who makes which kind of document: one function each, a line in `MAKERS`."""

from .events import event_sheet, programme
from .honours import diploma, page_code, plaque
from .kits import booklet, sheet
from .making import Maker
from .neighbourhoods import door_hangers, lobby_poster
from .press_kits import press_kit
from .releases import release_pdf
from .sharing import share_card

MAKERS: dict[str, Maker] = {
    "livret": booklet,
    "affiche": sheet,
    "invitation": sheet,
    "accroche-porte": door_hangers,
    "affiche-de-hall": lobby_poster,
    "rendez-vous": event_sheet,
    "programme": programme,
    "plaque": plaque,
    "diplome": diploma,
    "code-qr": page_code,
    "communique": release_pdf,
    "dossier-de-presse": press_kit,
    "partage": share_card,
}
"""The maker of each kind that `generator.site.documents` plans."""
