"""The example campaign, built whole and read page by page: what a validator, a crawler and a proofreader would say."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit
from xml.etree import ElementTree

import pytest
from justhtml import JustHTML, Node

from generator.build import build
from generator.campaign.models.fields import PARIS
from generator.problems import has_errors

ROOT = Path(__file__).parents[1]
SITE = "https://solidaire.aubrenay.example"
NOW = datetime(2026, 11, 23, 12, tzinfo=PARIS)
HEATWAVE = datetime(2026, 7, 12, 10, tzinfo=PARIS)


class Built:
    """A built site; pages are parsed once, when first asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.urls = sorted(_url(path.relative_to(folder).as_posix()) for path in folder.rglob("*.html"))
        self.page = cache(self._parse)

    def _parse(self, url: str) -> JustHTML:
        return JustHTML(self.source(url), sanitize=False, collect_errors=True)

    def source(self, url: str) -> str:
        path = self.folder / (url[1:] + "index.html" if url.endswith("/") else url[1:])
        return path.read_text("utf-8")

    def pages(self) -> Iterator[tuple[str, JustHTML]]:
        for url in self.urls:
            yield url, self.page(url)


def _url(path: str) -> str:
    return "/" + path.removesuffix("index.html")


def make(folder: Path, now: datetime) -> Built:
    report = build(ROOT, folder, now, 1)
    assert not has_errors(report.problems), report.problems
    return Built(folder)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return make(tmp_path_factory.mktemp("example") / "site", NOW)


def attribute(node: Node, name: str) -> str:
    return (node.attrs or {}).get(name) or ""


def attributes(page: JustHTML, selector: str, name: str) -> list[str]:
    return [attribute(node, name) for node in page.query(selector)]


def _raw(node: Node) -> str:
    return "".join(str(child.data) for child in node.children or ())


def text_of(node: Node) -> str:
    return " ".join(node.to_text().split())


# --- what a validator would say


def test_every_page_is_well_formed(site: Built) -> None:
    faults = {url: [str(error) for error in page.errors[:2]] for url, page in site.pages() if page.errors}
    assert faults == {}


def _language(node: Any) -> str:
    """Give the language that an element is in: its own, or that of the nearest around it."""
    while node is not None and not attribute(node, "lang"):
        node = node.parent
    return attribute(node, "lang") if node is not None else ""


def test_every_page_is_in_its_language_with_one_title_one_main_and_one_first_heading(site: Built) -> None:
    for url, page in site.pages():
        other = re.match(r"/kits/[^/]+/(ar|en)/(?:lecture-confortable/)?$", url)
        assert attributes(page, "html", "lang") == [other[1] if other else "fr"], url
        assert [_language(node) for node in page.query("header.md-header, footer.md-footer")] == ["fr", "fr"], url
        assert len(page.query("h1")) == len(page.query("main")) == len(page.query("title")) == 1, url


def test_headings_never_skip_a_level(site: Built) -> None:
    for url, page in site.pages():
        levels = [int(node.name[1]) for node in page.query("main h1, main h2, main h3, main h4, main h5, main h6")]
        assert all(after <= before + 1 for before, after in pairwise(levels)), (url, levels)


def test_no_id_stands_twice_on_a_page(site: Built) -> None:
    for url, page in site.pages():
        twice = [id_ for id_, count in Counter(attributes(page, "[id]", "id")).items() if count > 1]
        assert twice == [], url


def test_every_name_that_one_element_gives_another_exists(site: Built) -> None:
    for url, page in site.pages():
        ids = set(attributes(page, "[id]", "id"))
        for name in ("for", "aria-labelledby", "aria-describedby", "aria-controls"):
            named = {part for value in attributes(page, f"[{name}]", name) for part in value.split()}
            assert named <= ids, (url, name, named - ids)


def test_every_link_and_button_says_something(site: Built) -> None:
    for url, page in site.pages():
        for node in page.query("a, button, summary, label:not(.md-overlay), h1, h2, h3, h4, th"):
            assert text_of(node) or attribute(node, "aria-label") or _pictured(node), (url, node.to_html())


def _pictured(node: Node) -> bool:
    return any(attribute(image, "alt").strip() for image in node.query("img"))


def test_every_picture_has_its_text_and_its_size(site: Built) -> None:
    for url, page in site.pages():
        for image in page.query("img"):
            assert {"alt", "width", "height"} <= (image.attrs or {}).keys(), (url, image.to_html())


# --- what a crawler would find


def test_every_link_leads_to_a_page_or_file_of_the_site_and_to_an_anchor_that_is_there(site: Built) -> None:
    lost = []
    for url, page in site.pages():
        for target in _addresses(page):
            path, anchor = _followed(url, target)
            if path is not None and not _is_there(site, path, anchor):
                lost.append((url, target))
    assert lost == []


def _is_there(site: Built, path: str, anchor: str) -> bool:
    if not (site.folder / _file(path)).is_file():
        return False
    return not anchor or not path.endswith("/") or anchor in attributes(site.page(path), "[id]", "id")


def _addresses(page: JustHTML) -> list[str]:
    found = [value for name in ("href", "src", "poster") for value in attributes(page, f"[{name}]", name)]
    found += attributes(page, "[data-solver]", "data-solver")
    found += [part.split()[0] for value in attributes(page, "[srcset]", "srcset") for part in value.split(", ")]
    return [value for value in found if value]


def _followed(url: str, target: str) -> tuple[str | None, str]:
    """Give the path and the anchor that a link on a page leads to; no path for what lies elsewhere."""
    whole = urljoin(SITE + url, target)
    address, anchor = urldefrag(whole)
    parts = urlsplit(address)
    return (parts.path, anchor) if f"{parts.scheme}://{parts.netloc}" == SITE else (None, "")


def _file(path: str) -> str:
    return path[1:] + "index.html" if path.endswith("/") else path[1:]


def test_every_page_can_be_reached_from_the_home_page(site: Built) -> None:
    seen = {"/"}
    waiting = ["/"]
    while waiting:
        url = waiting.pop()
        paths = {_followed(url, target)[0] for target in attributes(site.page(url), "a[href]", "href")}
        fresh = {path for path in paths if path and path.endswith("/")} - seen
        seen |= fresh
        waiting += fresh
    left = {url for url, page in site.pages() if page.query("meta[http-equiv], .page--withdrawn")}
    assert set(site.urls) - seen - left == {"/404.html"}


def test_no_browser_would_fetch_anything_from_elsewhere(site: Built) -> None:
    fetched = "img, script, iframe, source, video, audio, embed, object, form, link:not([rel=canonical], [hreflang])"
    for url, page in site.pages():
        for node in page.query(fetched):
            for name in ("src", "srcset", "href", "data", "action"):
                assert "//" not in attribute(node, name), (url, node.to_html())
    for file in (*site.folder.rglob("*.css"), *site.folder.rglob("*.svg")):
        targets = re.findall(r"url\(\s*['\"]?([^)'\"]*)|@import\s+['\"]([^'\"]*)", file.read_text("utf-8"))
        assert not [target for pair in targets for target in pair if "//" in target], file


def test_nothing_on_a_page_needs_an_unsafe_policy(site: Built) -> None:
    for url, page in site.pages():
        assert page.query("style, [style], base, iframe, object, embed") == [], url
        scripts = [node for node in page.query("script") if attribute(node, "type") != "application/ld+json"]
        assert all(attribute(node, "src") and not text_of(node) for node in scripts), url
        for node in page.query("*"):
            assert not [name for name in node.attrs or () if name.startswith("on")], (url, node.name)


def test_every_title_is_unique(site: Built) -> None:
    titles = Counter(text_of(page.query("title")[0]) for _, page in site.pages())
    assert [title for title, count in titles.items() if count > 1] == []


def test_every_page_says_where_it_stands_and_what_it_is(site: Built) -> None:
    for url, page in site.pages():
        (canonical,) = attributes(page, "link[rel=canonical]", "href")
        if not page.query("meta[http-equiv]") and "noindex" not in attributes(page, "meta[name=robots]", "content"):
            assert canonical == SITE + url
        shared = {attribute(node, "property"): attribute(node, "content") for node in page.query("meta[property]")}
        assert shared["og:url"] == canonical
        assert shared["og:title"]
        assert shared.get("og:locale", "") == ("fr_FR" if attributes(page, "html", "lang") == ["fr"] else "")
        (description,) = attributes(page, "meta[name=description]", "content")
        assert description


def test_every_page_makes_feeds_known_that_are_there(site: Built) -> None:
    for url, page in site.pages():
        known = attributes(page, "link[rel=alternate][type$=xml]", "href")
        assert known or url == "/404.html" or page.query("meta[http-equiv]"), url
        assert all((site.folder / urljoin(url, target)[1:]).is_file() for target in known), url


def test_structured_data_of_every_page_parses(site: Built) -> None:
    types: Counter[str] = Counter()
    for _, page in site.pages():
        for node in page.query("script[type=application/ld+json]"):
            block = json.loads(_raw(node))
            assert block["@context"] == "https://schema.org"
            types[block["@type"]] += 1
    assert {"GovernmentOrganization", "BreadcrumbList", "NewsArticle", "Event", "Person", "Place"} <= types.keys()


def test_the_sitemap_holds_every_page_to_be_found_and_no_other(site: Built) -> None:
    tree = ElementTree.parse(site.folder / "sitemap.xml")
    listed = [node.text for node in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    hidden = {url for url, page in site.pages() if "noindex" in attributes(page, "meta[name=robots]", "content")}
    assert {"/404.html", "/recherche/"} <= hidden
    assert len(listed) == len(set(listed))
    assert set(listed) == {SITE + url for url in site.urls if url not in hidden}


def test_robots_are_welcome_and_shown_the_sitemap(site: Built) -> None:
    lines = (site.folder / "robots.txt").read_text("utf-8").splitlines()
    assert lines == ["User-agent: *", "Allow: /", f"Sitemap: {SITE}/sitemap.xml"]


# --- what a proofreader would underline

_UNREAD = {"script", "style", "code", "pre", "kbd", "samp", "textarea", "template"}
_BLOCKS = "p, li, h1, h2, h3, h4, dt, dd, td, th, figcaption, summary, label, button, a, title, legend, option, strong"

_FAULTS = {
    "straight apostrophe": r"\w'\w",
    "straight quotation mark": r'"',
    "three dots": r"\.\.\.",
    "ordinary space before a high sign": r"[ \n][;:!?»]",
    "no space before a high sign": r"\w[;!?](?:\s|$)",
    "ordinary space inside quotation marks": r"«[ \n]",
    "two spaces": r"  ",
    "space before a comma or a full stop": r"\s[,.](?:\s|$)",
    "a number cut from its sign": r"\d[ \n](?:%|€)",
    "minutes of one figure": r"\d\sh\s\d(?!\d)",
    "template syntax": r"\{\{|\}\}|\{%|%\}",
    "a value that is none": r"\bNone\b|\bundefined\b|\bNaN\b|Markup\(|\[\]",
    "a letter that is no letter": "[\x00-\x08\x0b-\x1f\ufffd]",
}


def _visible(node: Any) -> str:
    if node.name == "#text":
        return str(node.data)
    if node.name in _UNREAD or node.name.startswith(("#comment", "!")):
        return ""
    if node.name == "br":
        return "\n"
    if attribute(node, "lang") not in ("", "fr"):
        return "…"
    return "".join(_visible(child) for child in node.children)


def _prose(page: JustHTML) -> set[str]:
    """Give the French texts of a page as read: white space of the source counts once, except in a text's own words."""
    french = [node for node in page.query(_BLOCKS) if _language(node) == "fr"]
    found = {re.sub(r"[ \t\n]+", " ", _visible(node)).strip(" ") for node in french}
    for name in ("alt", "aria-label", "title", "placeholder", "content"):
        values = [attribute(node, name) for node in page.query(f"[{name}]") if _language(node) == "fr"]
        found |= {value for value in values if not value.startswith(("http", "width"))}
    return found


@pytest.fixture(scope="module")
def texts(site: Built) -> dict[str, str]:
    """Give every text of the site, and one page where it stands."""
    return {text: url for url, page in site.pages() for text in _prose(page)}


@pytest.mark.parametrize("fault", _FAULTS)
def test_no_text_has_a_fault_of_typography(texts: dict[str, str], fault: str) -> None:
    pattern = re.compile(_FAULTS[fault])
    assert [(url, text[:200]) for text, url in texts.items() if pattern.search(text)] == []


def test_the_example_says_on_every_page_that_it_is_one(site: Built) -> None:
    for url, page in site.pages():
        assert "commune fictive" in text_of(page.query("footer")[0]), url


_REAL_NUMBERS = {"15", "18", "112", "114", "0800066666", "0969390000"}


def test_every_telephone_number_is_fictitious_or_an_official_one(texts: dict[str, str]) -> None:
    number = re.compile(r"(?<!\d)0\d(?:[\s.]?\d\d){4}(?!\d)|(?<!\d)0[\s.]?8\d\d(?:[\s.]?\d\d){3}(?!\d)")
    found = {re.sub(r"\D", "", match): url for text, url in texts.items() for match in number.findall(text)}
    assert {digits for digits in found if not digits.startswith(("026191", "063998"))} <= _REAL_NUMBERS, found


def test_every_mailbox_is_fictitious(texts: dict[str, str]) -> None:
    found = {box: url for text, url in texts.items() for box in re.findall(r"[\w.-]+@[\w.-]+\w", text)}
    assert found
    assert all(box.endswith("@aubrenay.example") for box in found), found


# --- what the law and the mission ask for


@pytest.mark.parametrize(
    ("url", "facts"),
    [
        (
            "/mentions-legales/",
            {
                "Commune éditrice": "Aubrenay",
                "Adresse": "1 place de la République, 36999 Aubrenay",
                "Téléphone": "02 61 91 40 00",
                "Direction de la publication": "Solène Marchevaud, maire d’Aubrenay",
                "Adresse de l’hébergeur": "14 rue du Dépôt, 36999 Aubrenay",
                "Téléphone de l’hébergeur": "02 61 91 49 00",
            },
        ),
        ("/vie-privee/", {"Protection des données": "Délégué à la protection des données de la ville"}),
        ("/accessibilite/", {"État": "Non conforme", "Audit": "Aucun à ce jour"}),
    ],
)
def test_legal_pages_state_the_facts_of_the_settings(site: Built, url: str, facts: dict[str, str]) -> None:
    page = site.page(url)
    labels = [text_of(node) for node in page.query("dl.facts dt")]
    shown = dict(zip(labels, [text_of(node) for node in page.query("dl.facts dd")], strict=True))
    assert facts.items() <= {label: " ".join(value.split()) for label, value in shown.items()}.items()


def test_the_known_defects_stand_in_the_accessibility_statement(site: Built) -> None:
    assert "Le site n’a pas encore été audité par un tiers." in text_of(site.page("/accessibilite/").query("main")[0])


def test_the_example_has_enough_of_everything(site: Built) -> None:
    least = {
        "/quartiers/": 6,
        "/initiatives/": 24,
        "/partenaires/": 21,
        "/dispositifs/": 5,
        "/immeubles/": 12,
        "/portraits/": 10,
        "/distinctions/": 6,
        "/agenda/": 12,
        "/sites-pilotes/": 2,
        "/methode/": 9,
        "/kits/": 6,
        "/presse/": 4,
        "/enseignements/": 4,
        "/participer/": 5,
    }
    parts = ("/page-", "/quartier-", "/theme-", "/passes/")
    for section, number in least.items():
        pages = [url for url in site.urls if url.startswith(section) and not any(part in url for part in parts)]
        assert len(pages) - 1 >= number, section


def test_buildings_show_every_state_of_the_label(site: Built) -> None:
    shown = text_of(site.page("/immeubles/").query("main")[0])
    for state in (
        "Label en cours de validité",
        "Label à renouveler",
        "Label expiré",
        "Label retiré",
        "Candidat au label",
    ):
        assert state in shown


def test_survey_figures_are_cited_with_their_survey_and_their_year(site: Built) -> None:
    for url in ("/", "/presse/"):
        figures = [text_of(node) for node in site.page(url).query("ul.figures > li")]
        assert [figure.split("%")[0].strip() for figure in figures] == ["72", "90", "74"]
        assert all("Viavoice" in figure and "mai 2014" in figure for figure in figures)


def test_every_step_of_the_method_shows_its_deliverable(site: Built) -> None:
    links = site.page("/methode/").query(".step__deliverable a")
    assert len(links) == 9
    for step in site.page("/methode/").query(".step__title a"):
        url = urljoin("/methode/", attribute(step, "href"))
        assert "Le livrable" in text_of(site.page(url).query("main")[0])


# --- emergencies


def test_an_alert_is_on_every_page_and_its_kit_first_on_the_home_page(tmp_path: Path) -> None:
    alerted = make(tmp_path / "site", HEATWAVE)
    for url in alerted.urls:
        banner = re.search(r'class="alert alert--orange".*?href="([^"]*)"', alerted.source(url), re.DOTALL)
        assert banner, url
        assert _followed(url, banner[1])[0] == "/kits/canicule/", url
    links = attributes(alerted.page("/"), "main a[href]", "href")
    kits = [link for link in links if re.search(r"kits/[a-z]", link)]
    assert kits[0].endswith("kits/canicule/")


def test_out_of_its_dates_an_alert_is_nowhere(site: Built) -> None:
    assert not [url for url in site.urls if 'class="alert' in site.source(url)]
