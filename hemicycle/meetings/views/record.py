"""The record on a meeting's page, which a page that follows a sitting asks for again after what happened.

A crowd of strangers asks at once: for them it is written once for each state of the book, and not once for each.
"""

from collections import OrderedDict

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from hemicycle.accounts.request import HouseRequest
from hemicycle.journal.clock import now
from hemicycle.languages.queries import read_first
from hemicycle.meetings.models import Meeting
from hemicycle.meetings.queries import meeting_for
from hemicycle.meetings.views.page import shown_of

MOST_KEPT = 64
_kept: OrderedDict[tuple[object, ...], str] = OrderedDict()


@never_cache
@require_safe
def record(request: HouseRequest, slug: str, term: int, ordinal: int) -> HttpResponse:
    """Show the part of a meeting's page that tells its record."""
    meeting = meeting_for(request.viewer, slug=slug, term=term, ordinal=ordinal)
    return HttpResponse(written(request, meeting) if request.user.is_authenticated else kept(request, meeting))


def kept(request: HouseRequest, meeting: Meeting) -> str:
    """Return what strangers see of the record, written once while the book stands as it does and the minute lasts."""
    minute = now().replace(second=0, microsecond=0)
    state = (meeting.pk, meeting.body.book.head_digest, minute, get_language(), read_first(request, meeting.body))
    if state not in _kept:
        _kept[state] = written(request, meeting)
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return _kept[state]


def written(request: HouseRequest, meeting: Meeting) -> str:
    """Return the record as its reader may see it: that block of the page, without the page around it."""
    shown = shown_of(request, meeting) | {"frame": "meetings/record.html"}
    return render_to_string("meetings/meeting.html", shown, request)
