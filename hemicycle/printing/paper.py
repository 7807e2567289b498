"""Drawing on paper by WeasyPrint, from what is handed over and without the network.

WeasyPrint needs the library Pango; where it is missing, a sentence says which package to install, and all else works.
"""

from functools import cache
from typing import Any

from django.utils.translation import gettext as _


class PangoMissing(RuntimeError):
    """The libraries that draw text on paper are not installed."""


def draw(html: str, styles: str, *, variant: str | None = "pdf/ua-1", pictures: bool = False) -> bytes:
    """Draw a page on paper; `pictures` allows those that stand in the page itself.

    Raises:
        PangoMissing: the machine cannot draw text on paper; the sentence says what to install.
    """
    document, sheet, fetcher = weasyprint()
    fetch: Any = fetcher(allowed_protocols={"data"}) if pictures else refuse_to_fetch
    drawn: bytes = document(string=html, url_fetcher=fetch).write_pdf(
        stylesheets=[sheet(string=styles, url_fetcher=refuse_to_fetch)], pdf_variant=variant
    )
    return drawn


@cache
def weasyprint() -> tuple[Any, Any, Any]:
    """Return WeasyPrint's document, its sheet, and what fetches for it. They need Pango to be imported."""
    try:
        from weasyprint import CSS, HTML
        from weasyprint.urls import URLFetcher
    except OSError as error:
        raise PangoMissing(install_pango()) from error
    return HTML, CSS, URLFetcher


def install_pango() -> str:
    """Return the sentence that says what to install."""
    return _(
        "This server cannot make PDF files, because the library Pango is not installed. On Debian and Ubuntu install "
        "it with “apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0”, on macOS with “brew install "
        "pango”. Everything stands on the page itself too."
    )


def refuse_to_fetch(url: str, **_more: object) -> Any:
    """Fetch nothing: a page is printed from what stands in it."""
    raise ValueError(f"A printed page asks nobody for anything: {url}")
