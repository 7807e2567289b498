"""Printed slips: a name, a code to type, and the same as a QR code to scan."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

import segno
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString

from hemicycle.accounts.codes import Slip


@dataclass(frozen=True)
class PrintedSlip:
    """A slip ready to print. `drawing` is the QR code of the link, as SVG without any style."""

    name: str
    code: str
    ends: datetime
    page: str
    drawing: SafeString


def printed(request: HttpRequest, slips: Iterable[Slip]) -> Iterator[PrintedSlip]:
    """Yield slips with their drawings.

    The links lead to the address that is set for this installation, or else to the one under which this page was
    asked for: a desk that prints beside the machine would otherwise hand out “localhost”.
    """
    house = settings.CONFIG.address or request.build_absolute_uri("/").rstrip("/")
    page = house + reverse("accounts:enter_code")
    for slip in slips:
        link = house + reverse("accounts:take_up", args=[slip.code])
        yield PrintedSlip(slip.name, slip.code, slip.ends, page, qr(link))


def qr(text: str) -> SafeString:
    """Return a QR code as SVG."""
    drawn: str = segno.make_qr(text, error="m").svg_inline(svgclass="qr", lineclass=None, omitsize=True, border=4)
    return SafeString(drawn)
