"""Pelican's settings: records are pages, in a theme as light as the other peers'."""

SITENAME = "Aubrenay solidaire"
SITEURL = "https://solidaire.aubrenay.example"
DEFAULT_LANG = "fr"
TIMEZONE = "Europe/Paris"
PATH = "docs"
OUTPUT_PATH = "site"
PAGE_PATHS = [""]
ARTICLE_PATHS: list[str] = []
STATIC_PATHS: list[str] = []
DIRECT_TEMPLATES: list[str] = []
THEME = "theme"
THEME_STATIC_PATHS: list[str] = []
FEED_ALL_ATOM = None
CATEGORY_FEED_ATOM = None
MARKDOWN = {
    "extension_configs": {"markdown.extensions.meta": {}, "markdown.extensions.admonition": {}, "attr_list": {}},
    "output_format": "html5",
}
