"""Pages of every layout, with all that a view can carry: what the theme's tests draw."""

from datetime import date
from pathlib import Path
from typing import Any

from markupsafe import Markup

from generator.campaign.models.actors import Initiative, Organisation, Scheme
from generator.campaign.models.charter import Charter
from generator.campaign.models.documents import Kit, KitVersion, Lesson
from generator.campaign.models.honours import Award, Portrait
from generator.campaign.models.languages import FRENCH, LANGUAGES
from generator.campaign.models.places import Building, Neighbourhood, PilotSite
from generator.campaign.models.programme import Deliverable, Factor
from generator.campaign.models.record import Contact
from generator.config import Figure, SiteConfig
from generator.site.feeds.plan import FEEDS
from generator.site.kit_views import Message, Slot
from generator.site.posts import Post, Share
from generator.site.register import Proof, award_standing, building_extra, charter_extra
from generator.site.views import (
    AlertView,
    Card,
    Derivative,
    Fact,
    FeedLink,
    Filter,
    Group,
    Head,
    Image,
    Link,
    PageView,
    Pagination,
    PictureView,
    Tag,
    VersionView,
)

THEME = Path(__file__).parents[2] / "theme"

CONTACT = {
    "role": "Référente du quartier",
    "name": "Awa D.",
    "email": "tilleuls@aubrenay.example",
    "phone": "02 61 91 00 12",
    "url": "https://www.aubrenay.example/tilleuls",
    "hours": "Le mardi de 17 h à 19 h, maison de quartier",
}

CONFIG = SiteConfig.model_validate(
    {
        "title": "Aubrenay solidaire",
        "tagline": "À Aubrenay, les voisins s'entraident.",
        "description": "Les gestes d'entraide près de chez vous.",
        "url": "https://solidaire.aubrenay.example/",
        "town": {
            "name": "Aubrenay",
            "address": "1 place de la République, 36999 Aubrenay",
            "postcode": "36999",
            "phone": "02 61 91 00 00",
            "email": "mairie@aubrenay.example",
            "director": "La maire d'Aubrenay",
            "bounds": {"south": "46.80", "west": "1.20", "north": "46.87", "east": "1.31"},
            "example": "oui",
        },
        "host": {"name": "Régie numérique", "address": "2 rue du Pont", "phone": "02 61 91 00 01"},
        "contact": {"role": "Équipe de la campagne", "email": "solidaire@aubrenay.example", "phone": "02 61 91 00 10"},
        "press_contact": CONTACT,
        "dpo": {"role": "Déléguée à la protection des données", "email": "dpo@aubrenay.example"},
    }
)

CHARTER = Charter.model_validate(
    {
        "criteria": [
            {
                "id": id_,
                "title": f"Le critère {id_}",
                "asks": "Une chose précise.",
                "evidence": "Ce que l’on voit.",
                "about": about,
                **measure,
            }
            for id_, about, measure in (
                ("lieu", "lieux", {"finding": "shared_spaces", "at_least": "1"}),
                ("gardien", "lieux", {"finding": "guardian"}),
                ("connus", "liens", {"finding": "know_each_other", "at_least": "un-quart-a-la-moitie"}),
                ("fete", "liens", {}),
                ("releve", "liens", {"since": "2026-10-01"}),
            )
        ],
        "levels": [
            {"id": "engage", "title": "Engagé", "summary": "Un début.", "months": "12", "minimum": "1"},
            {
                "id": "solidaire",
                "title": "Solidaire",
                "summary": "La suite.",
                "months": "24",
                "required": ["connus", "fete"],
                "minimum": "3",
            },
            {
                "id": "exemplaire",
                "title": "Exemplaire",
                "summary": "Le bout.",
                "months": "36",
                "required": ["gardien"],
                "minimum": "4",
            },
        ],
    }
)
"""A charter of five criteria, one of them new, and three levels."""

ALERT = AlertView(
    "orange",
    "Vigilance orange",
    "Canicule à Aubrenay",
    "Buvez, fermez vos volets le jour et passez voir un voisin qui vit seul.",
    "Canicule",
    "/kits/canicule/",
)


VERSIONS = (
    VersionView("Français", "/kits/canicule/", "fr", "ltr", "fr", True),
    VersionView("العربية", "/kits/canicule/ar/", "ar", "rtl", "ar", False),
)
WAYS = (Link("Lecture confortable", "/kits/canicule/lecture-confortable/"),)


def _table_in(*endings: str) -> tuple[tuple[Derivative, ...], tuple[Derivative, ...], tuple[Derivative, ...]]:
    avif, webp, jpeg = (
        tuple(Derivative(f"/images/table-{width}.{ending}", width) for width in (320, 640, 1280)) for ending in endings
    )
    return avif, webp, jpeg


PICTURE = PictureView(
    "Dessin : des voisins autour d’une longue table.",
    "Illustration : ville d’Aubrenay",
    "La table de la cour des Tilleuls.",
    1280,
    853,
    *_table_in("avif", "webp", "jpg"),
)

FACTS = (
    Fact("Quartier", "Les Tilleuls", "/quartiers/les-tilleuls/"),
    Fact("Depuis", "mars 2025"),
    Fact("Site web", "exemple.example", "https://exemple.example/"),
)

HTML = Markup(
    """<p>Un texte avec un <a href="../../kits/canicule/">lien</a>.</p>
<h2 id="la-liste">La liste</h2>
<h2 id="qui">Qui fait <em>quoi</em></h2>
<h2 id="apres">Après</h2>
<h2 id="pluie">S’il pleut</h2>
<ul class="task-list">
<li class="task-list-item"><label><input type="checkbox"> Prévenir le gardien</label></li>
</ul>
<div class="admonition warning">
<p class="admonition-title">Attention</p>
<p>Laissez libre l’accès des pompiers.</p>
</div>
<details class="info"><summary>En cas de pluie</summary><p>Demandez la salle commune.</p></details>
<div class="tabbed-set tabbed-alternate" data-tabs="1:2">
<input checked id="__tabbed_1_1" name="__tabbed_1" type="radio">
<input id="__tabbed_1_2" name="__tabbed_1" type="radio">
<div class="tabbed-labels"><label for="__tabbed_1_1">Immeuble</label><label for="__tabbed_1_2">Rue</label></div>
<div class="tabbed-content">
<div class="tabbed-block"><p>Dans la cour.</p></div>
<div class="tabbed-block"><p>Sur le trottoir.</p></div>
</div>
</div>
<table>
<thead><tr><th>Rôle</th><th>Ce qu’il fait</th></tr></thead>
<tbody><tr><td>L’hôte</td><td>choisit le lieu</td></tr></tbody>
</table>
<blockquote><p>On ose sonner.</p></blockquote>"""
)


INDICATOR = {
    "title": "Voisins connus",
    "unit": "% des foyers",
    "definition": "Part des foyers qui connaissent cinq voisins.",
    "source": "Enquête de la ville",
    "before": "31",
    "after": "52",
    "before_date": "avril 2025",
    "after_date": "mai 2026",
    "before_sample": "112",
    "after_sample": "98",
    "change": "+21",
    "quotes": ("On se dit bonjour.",),
}


def card(kind: str, number: int = 1, **changes: Any) -> Card:
    """Give a card with everything on it."""
    whole = Card(
        kind,
        f"{kind}-{number}",
        f"/initiatives/{kind}-{number}/",
        f"Le potager n° {number}",
        "On y sème, on y parle, on y partage <la récolte>.",
        "Les Tilleuls",
        "vendredi 28 mai 2027",
        "2027-05-28",
        (Tag("Active", "good"), Tag("Se retrouver", "theme"), Tag("À vérifier", "warn")),
        PICTURE,
    )
    return whole._replace(**changes)


def group(kind: str, count: int = 3) -> Group:
    """Give a group of cards of one kind, with the way to the whole list."""
    return Group(
        f"{kind}s",
        "Tout près d’ici",
        tuple(card(kind, number) for number in range(count)),
        "/initiatives/",
        "Tout voir",
    )


def page(layout: str, url: str, **changes: Any) -> PageView:
    """Give a page of a layout with every common part filled."""
    section = url.strip("/").partition("/")[0]
    head = Head(
        f"Le potager – {CONFIG.title}",
        'Une phrase avec des "guillemets" & une esperluette.',
        f"https://solidaire.aubrenay.example{url}",
        "article",
        Image("https://solidaire.aubrenay.example/images/table-1280.jpg", PICTURE.alt, "image/jpeg", 1280, 853),
        json_ld=('{"@context":"https://schema.org","@type":"Organization"}',),
        feeds=(FeedLink("Communiqués", "/flux/presse.xml", "application/rss+xml"),),
    )
    whole = PageView(
        url,
        layout,
        section,
        "Le potager des Tilleuls",
        head,
        lead="Vingt parcelles, une cabane, un café le samedi.",
        kicker="Initiative",
        tags=(Tag("Active", "good"), Tag("En projet"), Tag("Label expiré", "bad")),
        breadcrumbs=(Link("Accueil", "/"), Link("Initiatives", "/initiatives/"), Link("Le potager", url, current=True)),
        picture=PICTURE,
        text={"story": HTML},
        facts=FACTS,
        groups=(group("initiative"),),
        previous=Link("Avant", "/initiatives/avant/"),
        following=Link("Après", "/initiatives/apres/"),
    )
    return whole._replace(**changes)


WITHDRAWN = {
    "date": "17 novembre 2026",
    "reason": "La date a changé.",
    "list": Link("Espace presse", "/presse/"),
    "contact": Contact.model_validate(CONTACT),
}


def every_layout() -> list[PageView]:
    """Give one page of each layout of `theme/pages/`, at every depth that the site has."""
    return [*_details(), *_overviews(), *_documents()]


_PROOF = Proof("https://solidaire.aubrenay.example/immeubles/exemple/", "3 ko")
_BUILDING = Building.model_validate(
    {
        "id": "exemple",
        "title": "Exemple",
        "summary": "Une phrase.",
        "neighbourhood": "les-tilleuls",
        "address": "1 rue du Dépôt",
        "homes": "12",
        "survey": {
            "date": "2026-11-01",
            "shared_spaces": ["Hall"],
            "evidence": [{"criterion": "fete", "seen": "Une tablée en mai."}],
        },
        "label": {
            "level": "engage",
            "serial": "IS-2026-001",
            "applied": "2026-01-01",
            "granted": "2026-02-01",
            "expires": "2026-10-31",
        },
    }
)


def _details() -> list[PageView]:
    record = {"id": "exemple", "title": "Exemple", "summary": "Une phrase."}
    neighbourhood = Neighbourhood.model_validate(
        record | {"location": {"lat": "46.83", "lon": "1.25"}, "lead": CONTACT, "population": "3100"}
    )
    initiative = Initiative.model_validate(
        record
        | {
            "story": "Un récit.",
            "actor": "habitants",
            "verified": "2026-11-01",
            "offers": ["Des graines", "Un coup de main"],
            "needs": ["Une brouette"],
            "contact": CONTACT,
        }
    )
    organisation = Organisation.model_validate(
        record | {"scope": "local", "type": "association", "brings": ["Une salle"], "contact": CONTACT}
    )
    scheme = Scheme.model_validate(
        record | {"owner": "CCAS", "grafts": [{"title": "Le relais", "description": "Un mot."}], "contact": CONTACT}
    )
    portrait = Portrait.model_validate(
        record
        | {
            "quote": "On s'est parlé, voilà tout",
            "story": "Un récit.",
            "neighbourhood": "les-tilleuls",
            "date": "2026-03-01",
            "consent": {"reference": "A-1", "date": "2026-01-01", "channels": ["site"], "until": "2028-01-01"},
        }
    )
    award = Award.model_validate(
        {
            "id": "exemple",
            "title": "Exemple",
            "diploma": "bien-voisiner",
            "serial": "BV-2026-001",
            "date": "2026-03-01",
            "citation": "Pour la porte toujours ouverte.",
            "neighbourhood": "les-tilleuls",
        }
    )
    pilot = PilotSite.model_validate(
        record
        | {
            "neighbourhood": "les-tilleuls",
            "hypothesis": "Un rendez-vous par mois suffit.",
            "protocol": "On compte.",
            "start": "2025-03-01",
            "decision_reason": "Les seuils sont dépassés.",
            "failed": ["Le samedi matin"],
        }
    )
    deliverable = Deliverable(title="La carte de la générosité", description="Tout ce qui existe.", url="/initiatives/")
    return [
        page(
            "neighbourhood",
            "/quartiers/les-tilleuls/",
            record=neighbourhood,
            groups=(group("portrait"), group("event")),
            extra={"indicators": [INDICATOR]},
        ),
        page("initiative", "/initiatives/potager/", record=initiative),
        page("organisation", "/partenaires/regie/", record=organisation),
        page("scheme", "/dispositifs/registre/", record=scheme),
        page(
            "building",
            "/immeubles/tour/",
            extra=building_extra(_BUILDING, CHARTER, 5, date(2026, 11, 23)) | {"proof": _PROOF},
        ),
        page("portrait", "/portraits/lea/", record=portrait, picture=PICTURE._replace(width=1200, height=1500)),
        page(
            "award",
            "/distinctions/exemple/",
            record=award,
            picture=None,
            extra={"standing": award_standing(award, date(2026, 11, 23)), "proof": _PROOF},
        ),
        page("event", "/agenda/fete/"),
        page(
            "pilot_site",
            "/sites-pilotes/paliers/",
            record=pilot,
            text={"protocol": HTML},
            extra={"indicators": [INDICATOR]},
        ),
        page(
            "step",
            "/methode/recenser/",
            extra={"number": 1, "deliverable": deliverable, "url": deliverable.url, "actions": ("Écouter", "Recenser")},
        ),
    ]


def _documents() -> list[PageView]:
    front = {"id": "exemple", "title": "Exemple", "summary": "Une phrase."}
    kit = Kit.model_validate(front | {"season": "printemps", "material": ["Des tables"], "updated": "2026-03-01"})
    lesson = Lesson.model_validate(
        front | {"date": "2026-03-01", "worked": ["Le soir"], "failed": ["Le matin"], "advice": ["Recommencer"]}
    )
    form = Markup(
        '<form class="form" action="/forms/lettre" method="post"><div class="form-field">'
        '<label class="form-label" for="mail">Votre adresse</label><input id="mail" type="email" autocomplete="email">'
        '</div><button class="form-submit">Envoyer</button></form>'
    )
    contact = Contact.model_validate(CONTACT)
    text = "La campagne commence.\n\nhttps://exemple.fr/presse/lancement/"
    post = Post(text, (Share("Mastodon", "46", "500"), Share("X", "46", "280")))
    return [
        page(
            "kit",
            "/kits/fete-des-voisins/",
            record=kit,
            text={"body": HTML},
            extra={"versions": VERSIONS, "ways": WAYS, "offline": FRENCH.offline},
        ),
        *_kit_forms(),
        page("press_release", "/presse/lancement/", extra={"contact": contact, "posts": (post,)}),
        page("lesson", "/enseignements/bilan/", record=lesson),
        page("page", "/a-propos/", text={"body": HTML}, facts=(), groups=(), previous=None, following=None),
        page("form", "/participer/lettre-d-information/", facts=(), groups=(), extra={"form_html": form}),
    ]


def _kit_forms() -> list[PageView]:
    plain: dict[str, Any] = {"facts": (), "groups": (), "previous": None, "following": None}
    front = {"id": "canicule.ar", "title": "حر", "summary": "جملة.", "kit": "canicule", "language": "ar"}
    version = KitVersion.model_validate(front | {"source_updated": "2026-03-01"})
    arabic = LANGUAGES["ar"]
    about = {
        "versions": VERSIONS,
        "ways": WAYS,
        "outdated": "تغيّر النص.",
        "offline": arabic.offline,
        "source_updated": "1er mars 2026",
    }
    message = Message("Le résumé", "Un texte.\n\nUn autre.", 4)
    messages = {"brief": message, "messages": [message], "file": "/kits/canicule/message.txt", "language": FRENCH}
    sheet = {
        "name": "affiche",
        "language": arabic,
        "html": Markup('<p><span class="blank" data-blank="0"><span class="blank__line"></span></span></p>'),
        "slots": [Slot("الاسم", "off")],
        "size": 3,
    }
    top = "/kits/canicule/"
    body = {"body": HTML}
    kit = Card("kit", "canicule", top, "Canicule", "Veiller les uns sur les autres.")
    emergency = {"kits": [(kit, VERSIONS[1:])], "offline": FRENCH.offline}
    return [
        page("emergency", "/urgence/", extra=emergency, **plain),
        page("kit_version", f"{top}ar/", record=version, language="ar", extra=about, text=body, **plain),
        page("kit_reading", f"{top}lecture-confortable/", extra={"ordinary": top}, text=body, **plain),
        page("kit_message", f"{top}message/", extra=messages, **plain),
        page("kit_sheet", f"{top}ar/affiche/", extra=sheet, **plain),
    ]


def _overviews() -> list[PageView]:
    figure = Figure(value="90 %", text="seraient prêts à se rendre service.", source="Sondage, mai 2014.")
    contact = Contact.model_validate(CONTACT)
    filters = (
        Filter(
            "Par quartier",
            (Link("Tous", "/initiatives/", size=42), Link("La Gare", "/initiatives/la-gare/", size=7)),
            "par-quartier",
            "/initiatives/",
        ),
        Filter("Par thème", (Link("Jardiner", "/initiatives/jardins/", size=3),), "par-theme"),
    )
    pages = tuple(Link(str(n), "/initiatives/" if n == 1 else f"/initiatives/page-{n}/", n == 2) for n in range(1, 4))
    pagination = Pagination(2, 3, "/initiatives/", "/initiatives/page-3/", pages)
    factor = Factor.model_validate(
        {
            "id": "a",
            "title": "L'élan",
            "summary": "On s'y met.",
            "owner": "La maire",
            "evidence": "Un vote",
            "status": "engage",
        }
    )
    plain: dict[str, Any] = {
        "facts": (),
        "groups": (),
        "previous": None,
        "following": None,
        "picture": None,
        "text": {},
        "tags": (),
    }
    home_groups = tuple(
        group(kind)._replace(id=name)
        for name, kind in {
            "kits": "kit",
            "agenda": "event",
            "portraits": "portrait",
            "initiatives": "initiative",
            "presse": "press_release",
            "quartiers": "neighbourhood",
        }.items()
    )
    home = {
        "figures": (figure, figure, figure),
        "counts": (Fact("initiatives", "42"), Fact("immeubles labellisés", "9")),
        "alert_kit": None,
    }
    months = (group("event")._replace(id="mai-2027", title="Mai 2027"), group("event")._replace(id="juin-2027"))
    return [
        page("home", "/", **{**plain, "groups": home_groups, "picture": PICTURE, "breadcrumbs": (), "extra": home}),
        page(
            "list",
            "/initiatives/page-2/",
            **{
                **plain,
                "cards": tuple(card("initiative", n) for n in range(6)),
                "filters": filters,
                "pagination": pagination,
            },
        ),
        page("agenda", "/agenda/", **{**plain, "groups": months}),
        page(
            "register", "/immeubles/", **{**plain, "cards": (card("building"),), "extra": {"charter": "/immeubles/c/"}}
        ),
        page("charter", "/immeubles/charte/", **{**plain, "extra": charter_extra(CHARTER)}),
        page(
            "press",
            "/presse/",
            **{
                **plain,
                "cards": (card("press_release"),),
                "extra": {"contact": contact, "figures": (figure,), "indicators": ()},
            },
        ),
        page("participate", "/participer/", **{**plain, "cards": (card("form"),), "extra": {"contact": contact}}),
        page(
            "method",
            "/methode/",
            **{
                **plain,
                "extra": {
                    "steps": [(n, card("step", n), "La carte", "/initiatives/") for n in (1, 2, 3)],
                    "factors": [factor, factor],
                },
            },
        ),
        page(
            "impact",
            "/impact/",
            **{
                **plain,
                "extra": {
                    "sites": [(card("pilot_site"), [INDICATOR])],
                    "town": [INDICATOR | {"after": ""}],
                    "network": {
                        "total": "312",
                        "date": "20 novembre 2026",
                        "tables": [("Mois", [("Mai 2026", "", "12")])],
                    },
                },
            },
        ),
        page(
            "sitemap",
            "/plan-du-site/",
            **{
                **plain,
                "extra": {
                    "sections": [("Kits", [Link("Canicule", "/kits/canicule/"), Link("Tous", "/kits/", size=6)])]
                },
            },
        ),
        page(
            "feeds",
            "/flux/",
            **{**plain, "title": "Suivre", "extra": {"feeds": (FEEDS["kit"],), "neighbourhoods": (FEEDS["event"],)}},
        ),
        page("search", "/recherche/", **{**plain, "title": "Recherche"}),
        page("not_found", "/404.html", **{**plain, "breadcrumbs": (), "title": "Cette page n’existe pas"}),
        page("withdrawn", "/presse/retire/", **{**plain, "extra": WITHDRAWN}),
        page("redirect", "/kits/ancien/", **{**plain, "extra": {"target": "/kits/canicule/"}}),
    ]
