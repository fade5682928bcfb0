"""Feeds of a campaign written without building its site: what the tests of feeds start from."""

from datetime import datetime
from pathlib import Path

from generator.build.fingerprints import for_feeds
from generator.build.gathering import Gathered
from generator.site.feeds.writer import FeedWriter
from tests.site.towns import NOW, gathered, library_of

ASSETS = {"apple-touch-icon.png": "/assets/icone.png", "feed.css": "/assets/feed.css"}
SITE = "https://solidaire.aubrenay.example"


def feeds(root: Path, now: datetime = NOW) -> dict[str, bytes]:
    """Give every document of every feed by its address from the site's root."""
    return feeds_of(gathered(root, now))


def feeds_of(result: Gathered) -> dict[str, bytes]:
    """Give the same of a campaign already gathered."""
    writer = FeedWriter(for_feeds(library_of(result)), ASSETS)
    return {f"/{path}": content for document in result.feeds for path, content in writer.files(document)}
