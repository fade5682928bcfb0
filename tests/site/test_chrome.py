import pickle
import re
import subprocess
import sys
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest

from generator.config import SiteConfig
from generator.site.assets import Assets, collect
from generator.site.chrome import MENU, Chrome
from generator.site.renderer import Renderer
from generator.site.views import AlertView, PageView, PictureView
from tests.site.samples import ALERT, CONFIG, THEME, card, every_layout, group, page

PARENTS = {"detail", "overview"}


@pytest.fixture(scope="module")
def assets() -> Assets:
    return collect(THEME)


def make_chrome(
    assets: Assets, config: SiteConfig = CONFIG, theme: Path = THEME, alerts: tuple[AlertView, ...] = ()
) -> Chrome:
    return Chrome(config, theme, MENU, alerts, assets)


@pytest.fixture(scope="module")
def renderer(assets: Assets) -> Renderer:
    return Renderer(make_chrome(assets))


@pytest.fixture(scope="module")
def alerted(assets: Assets) -> Renderer:
    return Renderer(make_chrome(assets, alerts=(ALERT, ALERT._replace(level="rouge"))))


def named(view: PageView) -> str:
    return view.layout


@pytest.mark.parametrize("view", every_layout(), ids=named)
def test_a_page_joined_with_its_frame_is_the_page_drawn_whole(
    renderer: Renderer, alerted: Renderer, view: PageView
) -> None:
    assert renderer.page(view) == renderer.plain(view)
    assert alerted.page(view) == alerted.plain(view)


@pytest.mark.parametrize(
    "url", ["/", "/kits/", "/kits/canicule/", "/initiatives/quartier/la-gare/page-2/", "/404.html"]
)
@pytest.mark.parametrize("section", ["", "kits", "quartiers", "immeubles"])
def test_joined_and_whole_are_the_same_in_every_section_and_depth(renderer: Renderer, url: str, section: str) -> None:
    view = page("event", url, section=section)
    assert renderer.page(view) == renderer.plain(view)


def test_every_layout_of_the_theme_has_a_sample_here() -> None:
    layouts = {path.stem for path in (THEME / "pages").glob("*.html")} - PARENTS
    assert {view.layout for view in every_layout()} == layouts


class Outline(HTMLParser):
    """What a page holds: elements counted, links, identifiers."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.mark.parametrize("view", every_layout(), ids=named)
def test_a_page_has_one_title_its_landmarks_and_no_identifier_twice(renderer: Renderer, view: PageView) -> None:
    outline = Outline(renderer.page(view))
    assert outline.all("html")[0]["lang"] == view.language
    for once in ("title", "h1", "header.md-header", "main", "footer"):
        tag, _, kind = once.partition(".")
        found = [each for each in outline.all(tag) if not kind or each.get("class") == kind]
        assert len(found) == 1, once
    identifiers = [attributes["id"] for _, attributes in outline.elements if "id" in attributes]
    assert len(identifiers) == len(set(identifiers))
    assert "contenu" in identifiers


@pytest.mark.parametrize("view", every_layout(), ids=named)
def test_headings_go_down_one_level_at_a_time(renderer: Renderer, view: PageView) -> None:
    outline = Outline(renderer.page(view))
    levels = [int(tag[1]) for tag, _ in outline.elements if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("view", every_layout(), ids=named)
def test_no_script_or_style_is_written_into_a_page(alerted: Renderer, view: PageView) -> None:
    outline = Outline(alerted.page(view))
    assert not outline.all("style")
    for script in outline.all("script"):
        assert "src" in script or script["type"] == "application/ld+json"
    for tag, attributes in outline.elements:
        assert "style" not in attributes, tag
        assert not [name for name in attributes if name.startswith("on")], tag


@pytest.mark.parametrize("view", every_layout(), ids=named)
def test_every_file_and_page_named_is_reached_from_the_page_itself(renderer: Renderer, view: PageView) -> None:
    outline = Outline(renderer.page(view))
    targets = [each[name] or "" for _, each in outline.elements for name in ("href", "src", "action") if name in each]
    base = renderer.chrome.base(view.url)
    for target in targets:
        complete = re.match(r"https?://|mailto:|tel:|sms:|#", target)
        assert complete or target.startswith((f"{base}/", "../../kits/", "/forms/")), target


def test_the_way_back_to_the_root_follows_the_depth(assets: Assets) -> None:
    chrome = make_chrome(assets)
    assert chrome.base("/") == "."
    assert chrome.base("/kits/") == ".."
    assert chrome.base("/kits/canicule/") == "../.."


def test_the_missing_page_names_everything_from_the_domain(assets: Assets) -> None:
    inside = CONFIG.model_copy(update={"url": "https://www.aubrenay.example/solidaire/"})
    assert make_chrome(assets).base("/404.html") == ""
    assert make_chrome(assets, inside).base("/404.html") == "/solidaire"
    html = Renderer(make_chrome(assets, inside)).page(page("not_found", "/404.html", text={}))
    assert 'href="/solidaire/plan-du-site/"' in html


def test_the_menu_marks_the_section_that_one_is_in(renderer: Renderer) -> None:
    html = renderer.page(page("event", "/kits/canicule/"))
    marked = [each["href"] for each in Outline(html).all("a") if each.get("aria-current") == "true"]
    assert marked == ["../../kits/"]


def test_sections_out_of_the_menu_share_a_frame(assets: Assets) -> None:
    chrome = make_chrome(assets)
    assert chrome.frame("immeubles", "..") is chrome.frame("distinctions", "..")
    assert chrome.frame("kits", "..") is not chrome.frame("immeubles", "..")


def test_an_alert_stands_on_the_page_with_its_level_in_words(renderer: Renderer, alerted: Renderer) -> None:
    view = page("event", "/agenda/fete/")
    assert "md-banner" not in renderer.page(view)
    html = alerted.page(view)
    assert "Vigilance orange" in html
    assert 'href="../../kits/canicule/"' in html


def test_in_an_emergency_its_kit_takes_the_home_pages_first_place(renderer: Renderer) -> None:
    home = next(view for view in every_layout() if view.layout == "home")
    urgent = home._replace(extra={**home.extra, "alert_kit": card("kit", 0, title="Le kit inondation")})
    html = renderer.page(urgent)
    assert html.index("Le kit inondation") < html.index("Devenir voisin solidaire")
    assert html.count("kit-0/") == 1
    assert "Le kit inondation" not in renderer.page(home)


def test_the_footer_says_that_the_town_is_fictitious_and_how_accessible_the_site_is(renderer: Renderer) -> None:
    html = renderer.page(page("event", "/agenda/fete/"))
    assert "commune fictive" in html
    assert "Accessibilité&nbsp;: non conforme" in html


def test_what_data_says_is_shown_and_never_run(renderer: Renderer) -> None:
    wicked = "<script>alert(1)</script>{{ 7 * 7 }}{% include 'main.html' %}\" onload=\"x"
    view = page(
        "event",
        "/agenda/fete/",
        title=wicked,
        lead=wicked,
        groups=(group("initiative"), group("event")._replace(title=wicked, cards=(card("event", title=wicked),))),
    )
    html = renderer.page(view._replace(head=view.head._replace(title=wicked, description=wicked)))
    assert "<script>alert" not in html
    assert "{{ 7 * 7 }}" in html
    assert not [name for _, each in Outline(html).elements for name in each if name == "onload"]


def test_a_moved_page_sends_on_at_once(renderer: Renderer) -> None:
    view = page("redirect", "/kits/ancien/", extra={"target": "/kits/canicule/"})
    assert '<meta http-equiv="refresh" content="0; url=../../kits/canicule/">' in renderer.page(view)


def test_a_document_may_have_a_template_of_its_own(tmp_path: Path, assets: Assets) -> None:
    theme = tmp_path / "theme"
    copytree(THEME, theme, ignore=ignore_patterns("node_modules"))
    (theme / "pages" / "mentions-legales.html").write_text("{{ page.title }}, par {{ site.town.director }}", "utf-8")
    renderer = Renderer(make_chrome(assets, theme=theme))
    assert "par La maire" in renderer.page(page("page", "/mentions-legales/"))
    assert "par La maire" not in renderer.page(page("page", "/a-propos/"))


def test_a_template_that_names_what_a_view_does_not_have_is_an_error(tmp_path: Path, assets: Assets) -> None:
    from jinja2 import UndefinedError

    theme = tmp_path / "theme"
    copytree(THEME, theme, ignore=ignore_patterns("node_modules"))
    (theme / "pages" / "event.html").write_text("{{ page.tittle }}", "utf-8")
    with pytest.raises(UndefinedError, match="tittle"):
        Renderer(make_chrome(assets, theme=theme)).page(page("event", "/agenda/fete/"))


def test_a_card_shown_at_two_depths_leads_to_the_same_page(renderer: Renderer) -> None:
    shared = group("initiative", 1)
    near = renderer.page(page("event", "/agenda/fete/", groups=(shared,)))
    far = renderer.page(page("agenda", "/agenda/", groups=(shared,)))
    assert 'href="../../initiatives/initiative-0/"' in near
    assert 'href="../initiatives/initiative-0/"' in far


def test_cards_that_differ_are_drawn_apart(renderer: Renderer) -> None:
    for number in range(3):
        entry = card("initiative", title=f"Titre {number}")
        assert f"Titre {number}" in renderer.page(page("list", "/initiatives/", cards=(entry,), groups=()))


def test_the_first_picture_comes_at_once_and_the_others_when_seen(renderer: Renderer) -> None:
    images = Outline(renderer.page(page("event", "/agenda/fete/"))).all("img")
    pictures = [each for each in images if "srcset" in each]
    assert "loading" not in pictures[0]
    assert all(each["loading"] == "lazy" for each in pictures[1:])
    assert all(each["width"] and each["height"] and "alt" in each for each in images)


def test_frames_and_renderers_travel_to_other_processes(assets: Assets) -> None:
    renderer = Renderer(make_chrome(assets))
    view = page("event", "/agenda/fete/")
    before = renderer.page(view)
    assert pickle.loads(pickle.dumps(renderer.chrome.frame("agenda", "../.."))) == renderer.chrome.frame(
        "agenda", "../.."
    )
    assert pickle.loads(pickle.dumps(renderer)).page(view) == before


def test_the_digest_changes_with_a_setting_an_alert_a_template_or_a_file(tmp_path: Path, assets: Assets) -> None:
    theme = tmp_path / "theme"
    copytree(THEME, theme, ignore=ignore_patterns("node_modules"))
    same = make_chrome(assets, theme=theme).digest
    assert make_chrome(assets).digest == same
    others = {
        make_chrome(assets, CONFIG.model_copy(update={"title": "Autre"})).digest,
        make_chrome(assets, alerts=(ALERT,)).digest,
        make_chrome(Assets({**assets.files, "/assets/new.js": b""}, assets.urls)).digest,
    }
    (theme / "card.html").write_text("carte", "utf-8")
    others.add(make_chrome(assets, theme=theme).digest)
    assert len(others | {same}) == 5


def test_a_page_depends_on_its_own_template_on_what_that_extends_and_on_what_all_share(
    tmp_path: Path, assets: Assets
) -> None:
    theme = Path(copytree(THEME, tmp_path / "theme", ignore=ignore_patterns("node_modules")))

    def digests() -> dict[str, str]:
        chrome = make_chrome(assets, theme=theme)
        return {each: chrome.layout_digest(each, "/x/") for each in ("kit", "portrait", "list", "agenda", "page")}

    def changed_by(name: str) -> set[str]:
        before = digests()
        (theme / name).write_text(f"{(theme / name).read_text()}\n")
        after = digests()
        return {each for each in before if before[each] != after[each]}

    assert changed_by("pages/kit.html") == {"kit"}
    assert changed_by("pages/list.html") == {"list", "agenda"}
    assert changed_by("pages/detail.html") == {"kit", "portrait", "page"}
    assert changed_by("card.html") == changed_by("partials/header.html") == changed_by("macros.html") == set(digests())
    (theme / "pages/x.html").write_text("{% extends 'pages/home.html' %}")
    assert changed_by("pages/home.html") == {"page"}


def test_nothing_drawn_means_no_template_engine_loaded() -> None:
    program = (
        "import sys; from tests.site.test_chrome import *;"
        "make_chrome(collect(THEME)).digest; print('jinja2' in sys.modules)"
    )
    answer = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=THEME.parent
    )
    assert answer.stdout.strip() == "False"


def test_a_picture_offers_three_formats_in_three_widths(renderer: Renderer) -> None:
    html = renderer.page(page("event", "/agenda/fete/"))
    for ending in ("avif", "webp", "jpg"):
        for width in (320, 640, 1280):
            assert f"../../images/table-{width}.{ending} {width}w" in html


def test_a_page_without_a_picture_needs_none(renderer: Renderer) -> None:
    empty: PictureView | None = None
    html = renderer.page(page("event", "/agenda/fete/", picture=empty, groups=(), facts=(), tags=(), kicker=""))
    assert "<picture>" not in html
