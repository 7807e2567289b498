"""Forms of the desk of a meeting, and where its pages stand."""

from collections.abc import Callable, Sequence

from django.http import HttpResponse
from django.urls import reverse

from hemicycle.accounts import entering
from hemicycle.accounts.entering import Parsed, address_after
from hemicycle.accounts.request import HouseRequest
from hemicycle.journal.act import Actor
from hemicycle.journal.forms import HappenedForm
from hemicycle.meetings.models import Meeting

__all__ = ["address_after", "desk_address", "enter", "page_address"]


def enter(
    request: HouseRequest,
    book: int,
    kind: str,
    form: HappenedForm,
    do: Callable[[Actor], object],
    *,
    heading: str,
    button: str,
    back: str,
    also: Sequence[Parsed] = (),
    template: str = "meetings/enter.html",
    **shown: object,
) -> HttpResponse:
    """Show a form of a desk, and do the act that it asks for: see `accounts.entering.enter`."""
    return entering.enter(
        request,
        book,
        kind,
        form,
        do,
        heading=heading,
        button=button,
        back=back,
        also=also,
        template=template,
        **shown,
    )


def page_address(meeting: Meeting) -> str:
    """Return the address of a meeting's public page, in the language of the reader."""
    return reverse("meetings:meeting", args=[meeting.body.slug, meeting.term.ordinal, meeting.ordinal])


def desk_address(meeting: Meeting) -> str:
    """Return the address of a meeting's desk."""
    return f"{page_address(meeting)}desk/"
