"""A communiqué as PDF, by WeasyPrint from the same content as its page, without the network.

Made when it is asked for and kept in a file by the digest of what it was made from, so that a page is printed once.
WeasyPrint needs the library Pango; where it is missing, the page says which package to install.
"""

import hashlib
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from hemicycle.meetings.day import zone_of
from hemicycle.printing.paper import draw
from hemicycle.publishing.models import Publication

STYLES = Path(__file__).parent / "templates" / "publishing" / "paper.css"


def pdf_of(publication: Publication, address: str) -> bytes:
    """Return a publication as PDF; `address` is its permanent one, printed at its end.

    Raises:
        PangoMissing: the machine cannot draw text on paper; the sentence says what to install.
    """
    html = paper(publication, address)
    styles = STYLES.read_text(encoding="utf-8")
    kept = kept_file(hashlib.sha256(f"{html}\0{styles}".encode()).hexdigest())
    if not kept.exists():
        made = draw(html, styles)
        kept.parent.mkdir(parents=True, exist_ok=True)
        unfinished = kept.with_suffix(f".{id(made)}")
        unfinished.write_bytes(made)
        unfinished.replace(kept)
    return kept.read_bytes()


def paper(publication: Publication, address: str) -> str:
    """Return the page that is printed: the content and where it is published, no more."""
    with override(publication.language):
        shown = {
            "publication": publication,
            "content": publication.content,
            "zone": str(zone_of(publication.body)),
            "address": address,
            "page_word": _("page"),
            "of_word": _("of"),
        }
        return render_to_string("publishing/paper.html", shown)


def kept_file(digest: str) -> Path:
    """Return the file in which a PDF is kept."""
    return Path(settings.MEDIA_ROOT) / "publications" / digest[:2] / f"{digest}.pdf"
