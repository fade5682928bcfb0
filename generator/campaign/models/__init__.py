"""The kinds of records that a campaign has, one class each, and the table that names them all."""

from typing import NamedTuple

from .actors import Initiative, Organisation, Scheme
from .documents import Document, Kit, KitVersion, Lesson, Page, PressRelease
from .forms import Form
from .honours import Award, Portrait
from .places import Building, Indicator, Neighbourhood, PilotSite
from .programme import Alert, Event, Factor, Step
from .record import Record


class Kind(NamedTuple):
    """A kind of record: where it is written, what it is called, where its pages stand.

    `source` is a path under the campaign's root: for records, `data/<source>/` holds one file per record and
    `data/<source>.yml` a list (either or both); for documents, `content/<source>/` holds Markdown.
    `section` is the first part of its pages' URLs, None when it has no page of its own.
    """

    name: str
    model: type[Record]
    source: str
    section: str | None
    singular: str
    plural: str

    @property
    def is_document(self) -> bool:
        """Whether it is written in Markdown."""
        return issubclass(self.model, Document)

    def url(self, record_id: str) -> str:
        """Give the path of a record's page, from the site's root: `/initiatives/potager/`."""
        if self.section is None:
            raise ValueError(f"{self.name} has no page of its own")
        # The dot of a version's id, `canicule.en`, is a folder in its address.
        return f"/{self.section}/{record_id.replace('.', '/')}/" if self.section else f"/{record_id}/"


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("neighbourhood", Neighbourhood, "neighbourhoods", "quartiers", "quartier", "quartiers"),
        Kind("initiative", Initiative, "initiatives", "initiatives", "initiative", "initiatives"),
        Kind("organisation", Organisation, "organisations", "partenaires", "organisation", "organisations"),
        Kind("scheme", Scheme, "schemes", "dispositifs", "dispositif", "dispositifs"),
        Kind("building", Building, "buildings", "immeubles", "immeuble", "immeubles"),
        Kind("portrait", Portrait, "portraits", "portraits", "portrait", "portraits"),
        Kind("award", Award, "awards", "distinctions", "diplôme", "diplômes"),
        Kind("event", Event, "events", "agenda", "rendez-vous", "rendez-vous"),
        Kind("indicator", Indicator, "indicators", None, "indicateur", "indicateurs"),
        Kind("pilot_site", PilotSite, "pilot_sites", "sites-pilotes", "site pilote", "sites pilotes"),
        Kind("step", Step, "method", "methode", "étape", "étapes"),
        Kind("factor", Factor, "factors", None, "facteur de succès", "facteurs de succès"),
        Kind("alert", Alert, "alerts", None, "alerte", "alertes"),
        Kind("form", Form, "forms", "participer", "formulaire", "formulaires"),
        Kind("kit", Kit, "kits", "kits", "kit", "kits"),
        Kind("kit_version", KitVersion, "kits", "kits", "version de kit", "versions de kits"),
        Kind("press_release", PressRelease, "press", "presse", "communiqué", "communiqués"),
        Kind("lesson", Lesson, "lessons", "enseignements", "enseignement", "enseignements"),
        Kind("page", Page, "pages", "", "page", "pages"),
    )
}
"""Every kind, by name. `linking`, `schema`, `pages` and the readers loop over it: adding a kind starts here.

Of two that share a folder, the first is meant unless the file's name says otherwise.
"""
