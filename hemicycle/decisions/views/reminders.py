"""The pages by which somebody chooses how to be reminded, and the calendars themselves."""

import hashlib
from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST, require_safe

from hemicycle.accounts.access import Viewer
from hemicycle.accounts.request import HouseRequest
from hemicycle.bodies.models import Unit
from hemicycle.decisions import calendar, queries
from hemicycle.decisions import reminders as choosing
from hemicycle.decisions.queries.due import due_of
from hemicycle.journal.act import Refused
from hemicycle.meetings.queries import viewer_of

NEVER = ""


@login_required
@never_cache
@require_GET
def reminders(request: HouseRequest) -> HttpResponse:
    """Show how the person signed in is reminded of what is due."""
    return choose(request)


def choose(request: HouseRequest, wrong: str = "", status: int = 200) -> HttpResponse:
    """Show the choices, and what was wrong with the last one."""
    person = request.viewer.person
    link, digest = choosing.link_of(person), choosing.digest_of(person)
    shown = {
        "key": choosing.key_of(link) if link else "",
        "digest": digest,
        "weekdays": list(WEEKDAYS.items()),
        "desks": Unit.objects.filter(book__in=request.viewer.desks).order_by("name", "pk"),
        "wrong": wrong,
    }
    return render(request, "decisions/reminders.html", shown, status=status)


@login_required
@require_POST
def make_link(request: HouseRequest) -> HttpResponse:
    """Make a new calendar address; the one before it ends."""
    choosing.make_link(person_of(request))
    messages.success(request, _("This is your address now. One that you had before shows nothing any more."))
    return redirect("decisions:reminders")


@login_required
@require_POST
def revoke_link(request: HouseRequest) -> HttpResponse:
    """Revoke the calendar address."""
    choosing.revoke_link(person_of(request))
    messages.success(request, _("The address was revoked. It shows nothing any more."))
    return redirect("decisions:reminders")


@login_required
@require_POST
def choose_digest(request: HouseRequest) -> HttpResponse:
    """Keep on which day of the week a mail is wanted."""
    sent = request.POST.get("weekday", NEVER)
    if sent not in {NEVER, *(str(number) for number in WEEKDAYS)}:
        return choose(request, _("Choose a day of the week, or none."), 422)
    try:
        choosing.choose_digest(person_of(request), int(sent) if sent else None)
    except Refused as refusal:
        return choose(request, refusal.sentence, refusal.status)
    messages.success(request, _("This is kept.") if sent else _("You get no mail about what waits for you."))
    return redirect("decisions:reminders")


def person_of(request: HouseRequest) -> int:
    """Return the person signed in."""
    return cast(int, request.viewer.person)


@require_safe
def of_person(request: HouseRequest, key: str, slug: str = "") -> HttpResponse:
    """Give what is due from whoever has this secret address, or from a unit as they may see it."""
    person = choosing.link_with(key).person
    with override(person.language):
        unit = queries.unit_named(slug) if slug else None
        name = unit.name if unit else person.name
        return as_calendar(request, viewer_of(person.pk, None), unit, _("Tasks: %(name)s") % {"name": name}, own=True)


@require_safe
def of_unit(request: HouseRequest, slug: str) -> HttpResponse:
    """Give what is due from a unit, as whoever asks may see it."""
    unit = queries.unit_named(slug)
    own = request.viewer.person is not None
    return as_calendar(request, request.viewer, unit, _("Tasks: %(name)s") % {"name": unit.name}, own=own)


def as_calendar(request: HouseRequest, viewer: Viewer, unit: Unit | None, name: str, *, own: bool) -> HttpResponse:
    """Return a calendar, or that nothing changed since it was last read."""
    content = calendar.due_dates(due_of(viewer, unit), name)
    etag = f'"{hashlib.sha256(content).hexdigest()}"'
    if request.headers.get("If-None-Match") == etag:
        answer: HttpResponse = HttpResponseNotModified()
    else:
        answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer.headers["ETag"] = etag
    answer.headers["Cache-Control"] = "private, no-cache" if own else "public, max-age=900"
    answer.headers["X-Robots-Tag"] = "noindex"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer
