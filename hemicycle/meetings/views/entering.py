"""Forms of the desk of a meeting, and where its pages stand."""

from functools import partial

from django.urls import reverse

from hemicycle.accounts import entering
from hemicycle.accounts.entering import address_after
from hemicycle.meetings.models import Meeting

__all__ = ["address_after", "desk_address", "enter", "page_address"]


# Shows a form of a desk, and does the act that it asks for.
enter = partial(entering.enter, template="meetings/enter.html")


def page_address(meeting: Meeting) -> str:
    """Return the address of a meeting's public page, in the language of the reader."""
    return reverse("meetings:meeting", args=[meeting.body.slug, meeting.term.ordinal, meeting.ordinal])


def desk_address(meeting: Meeting) -> str:
    """Return the address of a meeting's desk."""
    return f"{page_address(meeting)}desk/"
