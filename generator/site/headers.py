"""What the web server says besides the files: security headers, the right page for what is missing or taken back.

The same settings for four kinds of servers, as files at the site's root: Apache (`.htaccess`), nginx (`.nginx.conf`, to
include in its `server` block), and hosts that read `_headers` and `_redirects` (Netlify, Cloudflare Pages).
"""

from collections.abc import Sequence
from urllib.parse import urlsplit

from generator.config import SiteConfig

from . import credentials
from .assets import FOLDER, PALETTES

APACHE, NGINX, HEADERS, REDIRECTS = ".htaccess", ".nginx.conf", "_headers", "_redirects"

ATOM_TYPE = "application/xml; charset=utf-8"
"""What Atom feeds are sent as: readers take it, and browsers show their own type as lines of code."""

_UNUSED = ("camera", "display-capture", "microphone", "midi", "payment", "usb")
"""What a page may ask a browser for, and none of ours ever does."""


PROOFS = r"(did|attestation|retraits)\.json$"
"""What verifiers of labels and diplomas fetch, from whatever page they run in: the keys, a credential, withdrawals."""
OPEN = ("Access-Control-Allow-Origin", "*")
"""The header that lets them (Fetch Standard, « CORS protocol »)."""

COLOURS = rf"({'|'.join(PALETTES)})$".replace(".", r"\.")
"""The style sheets whose names stay when they change."""
FRESH = ("Cache-Control", "no-cache")
"""The header that has browsers ask each time whether they did (RFC 9111, section 5.2.2.4)."""


def security_headers(config: SiteConfig) -> dict[str, str]:
    """Give the headers that every answer bears, by name.

    Sources: CSP Level 3; OWASP Secure Headers Project. The collector is told where its forms were sent from, hence a
    referrer policy that keeps the origin: with `no-referrer`, a browser sends forms with `Origin: null`.
    """
    collector = f" {_origin(config.collector_url)}" if config.collector_url else ""
    policy = {
        "default-src": "'none'",
        "script-src": "'self' 'wasm-unsafe-eval'",  # The search is WebAssembly.
        "style-src": "'self'",
        "img-src": "'self' data:",  # Material's icons are data: images.
        "font-src": "'self'",
        "connect-src": f"'self'{collector}",
        "worker-src": "'self'",
        "manifest-src": "'self'",
        "form-action": f"'self'{collector}",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }
    headers = {
        "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in policy.items()),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "Permissions-Policy": ", ".join(f"{name}=()" for name in _UNUSED),
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    if config.url.startswith("https:"):
        headers["Strict-Transport-Security"] = "max-age=31536000"
    return headers


def server_settings(config: SiteConfig, gone: Sequence[str]) -> dict[str, str]:
    """Give the settings files by path from the site's root; `gone` holds the addresses that answer 410 with their page.

    Source: RFC 9110, section 15.5.11 (410 Gone).
    """
    headers = security_headers(config)
    # A site may stand in a folder of its host: servers compare whole paths.
    top = urlsplit(config.url).path.rstrip("/")
    paths = [top + url for url in gone]
    return {
        APACHE: _apache(headers, top, paths),
        NGINX: _nginx(headers, top, paths),
        HEADERS: "/*\n"
        + "".join(f"  {name}: {value}\n" for name, value in headers.items())
        + f"{top}/flux/*.atom\n  Content-Type: {ATOM_TYPE}\n"
        + "".join(f"{top}{path}\n  {OPEN[0]}: {OPEN[1]}\n" for path in _proofs(config))
        + "".join(f"{top}{FOLDER}{name}\n  {FRESH[0]}: {FRESH[1]}\n" for name in PALETTES),
        REDIRECTS: "".join(f"{path} {path}index.html 410!\n" for path in paths),
    }


def _proofs(config: SiteConfig) -> Sequence[str]:
    """Give the paths that `PROOFS` matches, as `_headers` files write them."""
    addresses = (credentials.path((kind, ":id")) for kind in ("building", "award"))
    return credentials.did_path(config), credentials.REVOCATIONS, *addresses


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _apache(headers: dict[str, str], top: str, gone: list[str]) -> str:
    lines = ["# Fait par « ville build ». Apache 2.4 le lit avec « AllowOverride All » et le module headers."]
    lines += [f'Header always set {name} "{value}"' for name, value in headers.items()]
    lines += [f"ErrorDocument 404 {top}/404.html", '<FilesMatch "^\\.">', "  Require all denied", "</FilesMatch>"]
    for names, (header, value) in ((PROOFS, OPEN), (COLOURS, FRESH)):
        lines += [f'<FilesMatch "^{names}">', f'  Header always set {header} "{value}"', "</FilesMatch>"]
    lines += ['<FilesMatch "\\.atom$">', f'  ForceType "{ATOM_TYPE}"', "</FilesMatch>"]
    for path in gone:
        lines += [
            f"<If \"%{{REQUEST_URI}} == '{path}'\">",
            f"  ErrorDocument 410 {path}index.html",
            "</If>",
            f'RedirectMatch gone "^{path}$"',
        ]
    return "\n".join(lines) + "\n"


def _nginx(headers: dict[str, str], top: str, gone: list[str]) -> str:
    lines = ["# Fait par « ville build ». Dans le bloc « server » de nginx : include /chemin/du/site/.nginx.conf;"]
    lines += [f'add_header {name} "{value}" always;' for name, value in headers.items()]
    lines += [f"error_page 404 {top}/404.html;", r"location ~ /\.(?!well-known/) { return 404; }"]
    # A location that adds a header of its own loses those of the server.
    for names, own in ((PROOFS, OPEN), (COLOURS, FRESH)):
        every = " ".join(f'add_header {name} "{value}" always;' for name, value in (*headers.items(), own))
        lines.append(f'location ~ "/{names}" {{ {every} }}')
    lines.append(f'location ~ \\.atom$ {{ types {{ }} default_type "{ATOM_TYPE}"; }}')
    for path in gone:
        lines += [
            f"location = {path} {{ error_page 410 {path}index.html; return 410; }}",
            f"location = {path}index.html {{ internal; }}",
        ]
    return "\n".join(lines) + "\n"
