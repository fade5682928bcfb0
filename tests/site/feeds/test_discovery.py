import pytest

from generator.build.gathering import Gathered
from generator.site.feeds.plan import FOLDER
from tests.site.towns import views_of


@pytest.mark.parametrize(
    ("url", "names"),
    [
        ("/presse/", ["presse", "tout"]),
        ("/kits/canicule/", ["kits", "tout"]),
        ("/agenda/passes/", ["agenda", "tout"]),
        ("/quartiers/", ["tout"]),
        ("/quartiers/la-gare/", ["quartier-la-gare", "tout"]),
        ("/initiatives/quartier-la-gare/", ["quartier-la-gare", "initiatives", "tout"]),
        ("/", ["tout", "presse", "kits", "portraits", "initiatives", "agenda", "enseignements"]),
        ("/404.html", []),
    ],
)
def test_a_page_makes_the_feeds_known_that_fit_it_best(url: str, names: list[str], bare: Gathered) -> None:
    known = views_of(bare)(url).head.feeds
    assert [link.url for link in known if link.type == "application/rss+xml"] == [f"/flux/{name}.xml" for name in names]
    others = {link.url: link.type for link in known if link.type != "application/rss+xml"}
    assert others == (
        {f"/flux/{names[0]}.atom": "application/atom+xml", f"/flux/{names[0]}.json": "application/feed+json"}
        if names
        else {}
    )


def test_every_feed_that_a_page_names_is_there(bare: Gathered) -> None:
    view = views_of(bare)
    made = {f"/{path}" for document in bare.feeds for path in document.paths}
    assert {link.url for page in bare.pages for link in view(page.url).head.feeds} <= made


def test_the_page_about_feeds_leads_to_all_of_them(bare: Gathered) -> None:
    page = views_of(bare)(FOLDER)
    listed = [feed.name for feeds in page.extra.values() for feed in feeds]
    assert sorted(listed) == sorted(document.feed.name for document in bare.feeds if not document.part)
