"""Pages that the collector itself shows: a form to correct, thanks, a confirmation, a refusal.

They are plain and whole: a style sheet of their own (`/forms/style.css`), no script, nothing from elsewhere.
"""

from functools import cache
from pathlib import Path

from markupsafe import Markup

from generator.campaign.models.forms import Form
from generator.config import SiteConfig
from generator.typography import french

from .notice import town_hall

STYLE = "/forms/style.css"

HEADERS = {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": (
        "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "referrer-policy": "strict-origin",
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
}

_PAGE = Markup("""<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{title} – {site}</title>
<link rel="stylesheet" href="{style}">
</head>
<body>
<header><a href="{home}">{site}</a></header>
<main>
<h1>{title}</h1>
{body}
</main>
<footer><p>{town}{example}</p></footer>
</body>
</html>
""")


def page(config: SiteConfig, title: str, body: Markup) -> bytes:
    """Give a whole page as bytes."""
    home = config.url
    example = " Commune fictive : ce formulaire est un exemple." if config.town.example else ""
    return (
        _PAGE.format(
            title=french(title), site=config.title, style=STYLE, home=home, body=body, town=f"{town_hall(config)}.",
            example=example,
        )
    ).encode("utf-8", "replace")  # fmt: skip


def paragraphs(*texts: str) -> Markup:
    """Give texts as paragraphs."""
    return Markup("\n").join(Markup("<p>{}</p>").format(french(text)) for text in texts)


def back(config: SiteConfig, form: Form | None = None) -> Markup:
    """Give the link that leads back to the site: to the form's page, or home."""
    base = config.url.rstrip("/")
    if form is None:
        return Markup('<p><a href="{}/">Retour au site</a></p>').format(base)
    return Markup('<p><a href="{}/participer/{}/">Retour à la page « {} »</a></p>').format(base, form.id, form.title)


@cache
def style() -> bytes:
    """Give the style sheet of these pages."""
    return Path(__file__).with_name("style.css").read_bytes()
