"""Pelican's settings: records are pages, in a theme with the same frame as ours."""

import json
from pathlib import Path

import yaml

_WORDS = json.loads(Path("words.json").read_text("utf-8"))
MENU, MORE = _WORDS["menu"], _WORDS["more"]
TITLES = {kind["section"]: kind["title"] for kind in _WORDS["kinds"].values()}
SETTINGS = yaml.safe_load(Path("site_config.yml").read_text("utf-8"))

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
