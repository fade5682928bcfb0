"""What templates see: small frozen values, with text ready to show and URLs from the site's root.

A template reads nothing else, so a page's fingerprint is a digest of its view: whatever could change the
page's bytes is in there.

URLs here begin with a slash (`/kits/canicule/`). A template writes `{{ base }}{{ card.url }}`: `base` climbs
back to the site's root (`../..`), so that a site works under any address, a folder of another site included.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from markupsafe import Markup

_NOTHING: Mapping[str, Any] = {}


class Derivative(NamedTuple):
    """One file made from a picture."""

    url: str
    width: int


class PictureView(NamedTuple):
    """A picture in all its sizes, smallest first. `width` and `height` are those of the largest, in pixels.

    `shareable`: whether social networks may show it beside a link to the page.
    """

    alt: str
    credit: str
    caption: str | None
    width: int
    height: int
    avif: tuple[Derivative, ...]
    webp: tuple[Derivative, ...]
    jpeg: tuple[Derivative, ...]
    shareable: bool = True


class Tag(NamedTuple):
    """A short state or category: « Label expiré ». `tone` is one of neutral, good, warn, bad, theme."""

    text: str
    tone: str = "neutral"


class Card(NamedTuple):
    """What a record looks like on other records' pages.

    `kicker` is the small line above the title (« Portrait », « Quartier des Tilleuls »). `when` is the French
    text of a date, `iso` the same for machines.
    """

    kind: str
    id: str
    url: str
    title: str
    summary: str = ""
    kicker: str = ""
    when: str = ""
    iso: str = ""
    tags: tuple[Tag, ...] = ()
    picture: PictureView | None = None


class Fact(NamedTuple):
    """A line of a page's fact list: « Logements : 48 ». With `url`, the value is a link.

    `url` is from the site's root, or complete (https:, mailto:, tel:).
    """

    label: str
    value: str
    url: str = ""


class Download(NamedTuple):
    """A document that a page offers: its link's words, its address from the root, its format and its size as text.

    `language` is that of the document (BCP 47); when it isn't French, `label` says it in words.
    """

    label: str
    url: str
    format: str
    size: str
    language: str = "fr"


class Group(NamedTuple):
    """A titled list of cards on a page; `more` is the URL of the whole list, if there is one."""

    id: str
    title: str
    cards: tuple[Card, ...]
    more: str = ""
    more_text: str = ""


class Link(NamedTuple):
    """A text and where it leads; `current` marks the page itself or its section, `size` the entries behind it."""

    title: str
    url: str
    current: bool = False
    size: int | None = None


class VersionView(NamedTuple):
    """A language in which a text may be read: its own name, where, its tag (BCP 47) and direction.

    `indexed` is the tag by which search engines know it, empty when they have none for it.
    """

    name: str
    url: str
    tag: str
    direction: str
    indexed: str
    current: bool


class Filter(NamedTuple):
    """A way to narrow a list through real pages: « Par quartier ». `current` is where its link to the page leads.

    All pages of a list share its links: a large town has thousands, on as many pages. They stand at an `anchor`.
    """

    title: str
    links: tuple[Link, ...]
    anchor: str
    current: str = ""

    @property
    def narrows(self) -> bool:
        """Whether another link than the first, which leads to the whole list, is the page's own."""
        return self.current not in ("", self.links[0].url)


class Pagination(NamedTuple):
    """Where a list page stands: `pages` holds links to the pages near by, the first, the last and each tenth."""

    number: int
    total: int
    previous: str
    following: str
    pages: tuple[Link, ...]


class AlertView(NamedTuple):
    """An emergency under way, for the banner on every page."""

    level: str
    level_text: str
    title: str
    message: str
    kit_title: str
    kit_url: str


class FeedLink(NamedTuple):
    """A feed that a page makes known: what it is called, its address from the site's root, its media type."""

    title: str
    url: str
    type: str


class Image(NamedTuple):
    """The picture that networks show beside a link to a page: complete URL, text for who can't see it, type, pixels."""

    url: str
    alt: str
    type: str
    width: int
    height: int


class Head(NamedTuple):
    """What goes into `<head>` and the share cards: complete URLs, as crawlers want them.

    `kind` is the Open Graph type. `json_ld` holds schema.org blocks, serialised and safe inside a script. `alternates`
    are the same page's languages (`hreflang`) and addresses.
    """

    title: str
    description: str
    canonical: str
    kind: str = "website"
    image: Image | None = None
    robots: str = ""
    json_ld: tuple[str, ...] = ()
    feeds: tuple[FeedLink, ...] = ()
    alternates: tuple[tuple[str, str], ...] = ()


class PageView(NamedTuple):
    """Everything that a page's template reads besides the settings.

    - `url`: path from the root, ends in a slash (`/kits/canicule/`), or a file (`/404.html`);
    - `layout`: the template `theme/pages/<layout>.html`;
    - `section`: the menu entry to mark as current (`kits`);
    - `record`: the record that the page is about, None on lists;
    - `text`: its Markdown fields as safe HTML, by field name (`story`, `description`, `body`);
    - `extra`: what only this layout needs, named in `generator.site.layouts`.
    """

    url: str
    layout: str
    section: str
    title: str
    head: Head
    lead: str = ""
    kicker: str = ""
    tags: tuple[Tag, ...] = ()
    breadcrumbs: tuple[Link, ...] = ()
    picture: PictureView | None = None
    record: Any = None
    text: Mapping[str, Markup] = _NOTHING
    facts: tuple[Fact, ...] = ()
    groups: tuple[Group, ...] = ()
    cards: tuple[Card, ...] = ()
    filters: tuple[Filter, ...] = ()
    pagination: Pagination | None = None
    previous: Link | None = None
    following: Link | None = None
    downloads: tuple[Download, ...] = ()
    language: str = "fr"
    extra: Mapping[str, Any] = _NOTHING
