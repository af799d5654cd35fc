"""Security headers of both applications."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self';"
    " worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


SECURITY_HEADERS = {
    "Content-Security-Policy": CSP,
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}

_OF_DOCUMENTS = frozenset(
    {"Referrer-Policy", "X-Robots-Tag", "Cross-Origin-Opener-Policy", "Permissions-Policy"},
)
_NEEDLESS = {
    "text/css": _OF_DOCUMENTS | {"Content-Security-Policy"},
    "text/javascript": _OF_DOCUMENTS,
    "application/javascript": _OF_DOCUMENTS,
}
"""What says nothing about a file that is no document, by media type; a script keeps its policy: it may be a worker."""


def add_security_headers(response: Response) -> Response:
    """Give a response the headers that it does not set itself: a page is never stored, an asset says how long it is."""
    for name in SECURITY_HEADERS.keys() - _NEEDLESS.get(response.mimetype or "", frozenset()):
        response.headers.setdefault(name, SECURITY_HEADERS[name])
    return response
