"""What machines read of a page: title, description, Open Graph, schema.org JSON-LD."""

import json
from collections.abc import Callable, Iterable
from json.encoder import encode_basestring as quoted
from typing import Any

from generator.config import SiteConfig

from .views import FeedLink, Head, Image, Link, PictureView, VersionView


def absolute(config: SiteConfig, path: str) -> str:
    """Give the complete address of a path from the site's root."""
    return config.url.rstrip("/") + path


def head(
    config: SiteConfig,
    url: str,
    title: str,
    description: str,
    *,
    kind: str | None = None,
    record: Any = None,
    picture: PictureView | None = None,
    image: Image | None = None,
    breadcrumbs: tuple[Link, ...] = (),
    robots: str = "",
    feeds: tuple[FeedLink, ...] = (),
    versions: Iterable[VersionView] = (),
) -> Head:
    """Give a page's head.

    `url` is where the page's content stands: for a moved page, its new address; for a text in another form, its
    ordinary page. `title` is the page's, the site's left out. `versions` are the languages of the text. `kind` is the
    kind of the record that the page is about, if any; `picture` is that record's own, `image` what networks show
    beside a link.
    """
    canonical = absolute(config, url)
    blocks = [_breadcrumbs(config, breadcrumbs)] if breadcrumbs else []
    if url == "/":
        blocks.append(_encode(_organisation(config)))
    if kind in _THINGS:
        thing = {"@context": "https://schema.org", **_THINGS[kind](record, config), "url": canonical}
        if picture:
            thing["image"] = absolute(config, picture.jpeg[-1].url)
        blocks.append(_encode(thing))
    return Head(
        title=title if url == "/" else f"{title} · {config.title}",
        description=description or config.description,
        canonical=canonical,
        kind="article" if kind in _ARTICLES else "website",
        image=image,
        robots=robots,
        # Within a script element no text may close it (HTML, « script » restrictions).
        json_ld=tuple([block.replace("<", "\\u003c") for block in blocks]),
        feeds=feeds,
        alternates=_alternates(config, [each for each in versions if each.indexed]),
    )


def _alternates(config: SiteConfig, versions: list[VersionView]) -> tuple[tuple[str, str], ...]:
    """Give each language's address (RFC 8288, « alternate »); who reads none of them is sent to the French page."""
    if len(versions) < 2:
        return ()
    pairs = [(each.indexed, absolute(config, each.url)) for each in versions]
    return (*pairs, ("x-default", pairs[0][1]))


def shared_image(config: SiteConfig, card: Link | None, *pictures: PictureView | None) -> Image | None:
    """Give what networks show beside a link: the page's card, else the first picture that may be shared."""
    if card:
        kind = "image/png" if card.url.endswith(".png") else "image/jpeg"
        return Image(absolute(config, card.url), f"{card.title}, {config.title}", kind, *CARD_SIZE)
    picture = next((each for each in pictures if each and each.shareable), None)
    if picture is None:
        return None
    return Image(absolute(config, picture.jpeg[-1].url), picture.alt, "image/jpeg", picture.width, picture.height)


CARD_SIZE = (1200, 630)
"""The size of a social card in pixels: what the readers of Open Graph ask for a large picture."""

_ARTICLES = {"press_release", "portrait", "lesson", "kit", "kit_version", "initiative"}


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _breadcrumbs(config: SiteConfig, links: tuple[Link, ...]) -> str:
    """Give a breadcrumb list, encoded: every page has one, and only its texts need an encoder."""
    root = absolute(config, "")
    items = ",".join(
        [
            f'{{"@type":"ListItem","position":{rank},"name":{quoted(link.title)},"item":{quoted(root + link.url)}}}'
            for rank, link in enumerate(links, 1)
        ]
    )
    return f'{{"@context":"https://schema.org","@type":"BreadcrumbList","itemListElement":[{items}]}}'


def _organisation(config: SiteConfig) -> dict[str, Any]:
    town = config.town
    return {
        "@context": "https://schema.org",
        **_publisher(config),
        "email": town.email,
        "telephone": town.phone,
        "address": {
            "@type": "PostalAddress",
            "streetAddress": town.address,
            "postalCode": town.postcode,
            "addressLocality": town.name,
            "addressCountry": "FR",
        },
    }


def _publisher(config: SiteConfig) -> dict[str, Any]:
    return {"@type": "GovernmentOrganization", "name": config.town.name, "url": config.town.website or config.url}


def _article(record: Any, config: SiteConfig) -> dict[str, Any]:
    revised = {"dateModified": record.updated.isoformat()} if record.updated else {}
    return {
        "@type": "NewsArticle",
        "headline": record.title,
        "description": record.summary,
        "datePublished": record.date.isoformat(),
        **revised,
        "inLanguage": "fr",
        "publisher": _publisher(config),
        "author": _publisher(config),
    }


def _event(record: Any, config: SiteConfig) -> dict[str, Any]:
    state = "EventCancelled" if record.cancelled else "EventScheduled"
    return {
        "@type": "Event",
        "name": record.title,
        "description": record.summary,
        "startDate": record.start.isoformat(),
        "endDate": record.end.isoformat(),
        "eventStatus": f"https://schema.org/{state}",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "isAccessibleForFree": True,
        "location": {"@type": "Place", "name": record.place, "address": record.address or config.town.name},
        "organizer": _publisher(config),
    }


def _person(record: Any, config: SiteConfig) -> dict[str, Any]:
    note = " Personne inventée, donnée en exemple." if record.example else ""
    return {"@type": "Person", "name": record.title, "description": record.summary + note}


def _place(record: Any, config: SiteConfig) -> dict[str, Any]:
    thing = {"@type": "Place", "name": record.title, "description": record.summary}
    if record.location:
        thing["geo"] = {"@type": "GeoCoordinates", "latitude": record.location.lat, "longitude": record.location.lon}
    return thing


_THINGS: dict[str | None, Callable[[Any, SiteConfig], dict[str, Any]]] = {
    "press_release": _article,
    "event": _event,
    "portrait": _person,
    "neighbourhood": _place,
    "building": _place,
}
