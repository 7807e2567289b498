"""The door: a field that a hand scanner types into, names as they are typed, the camera, one after the other."""

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from hemicycle.accounts.request import HouseRequest
from hemicycle.journal.act import Actor, Refused
from hemicycle.journal.clock import now
from hemicycle.journal.forms import typed_line
from hemicycle.meetings import acts
from hemicycle.meetings.models import Participation, Sitting
from hemicycle.meetings.queries import check_in_list, quorum_at, sitting_for
from hemicycle.meetings.queries.badges import Carried, carried, key_in, looks_like_a_key
from hemicycle.meetings.views.entering import desk_address
from hemicycle.meetings.views.taking_part import list_address
from hemicycle.meetings.words import Kind

MOST_FOUND = 12
# On this page alone, and of this house alone, a camera may be asked for.
CAMERA = "camera=(self), microphone=(), geolocation=(), payment=()"


@dataclass(frozen=True)
class Told:
    """What became of one scan: good, already so, or refused; about whom, and what else the door should know."""

    tone: str
    title: str
    text: str = ""
    at: datetime | None = None
    row: Participation | None = None


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def door(request: HouseRequest, sitting_id: int) -> HttpResponse:
    """Enter who comes and goes, one after the other, by badge or by name; the quorum follows at once."""
    sitting = sitting_for(request.viewer, sitting_id)
    book = sitting.meeting.body.book_id
    actors = request.actors_in(book, Kind.PARTICIPANTS_CAME)
    if not actors:
        raise Http404
    sent = request.POST if request.method == "POST" else request.GET
    text, way = typed_line(sent.get("code", ""), 500), "went" if sent.get("way") == "went" else "came"
    is_key = looks_like_a_key(text)
    told = None
    if request.method == "POST" and (is_key or sent.get("row")):
        told = enter_one(request, sitting, text, sent.get("row", ""), way)
    found = check_in_list(request.viewer, sitting, text) if text and not is_key and not sent.get("row") else []
    shown = {
        "sitting": sitting,
        "meeting": sitting.meeting,
        "quorum": quorum_at(sitting, now()),
        "actors": actors,
        "told": told,
        "way": way,
        "text": "" if told else text,
        "found": found[:MOST_FOUND],
        "more": len(found) > MOST_FOUND,
        "nobody": bool(text) and not is_key and not found and told is None,
        "list": list_address(sitting),
        "desk": desk_address(sitting.meeting),
    }
    template = "meetings/door.html"
    if request.headers.get("HX-Request"):
        template = "meetings/door_told.html" if told else "meetings/door_found.html"
    response = render(request, template, shown)
    response.headers["Permissions-Policy"] = CAMERA
    return response


def enter_one(request: HouseRequest, sitting: Sitting, code: str, key: str, way: str) -> Told:
    """Enter that whoever a badge or a row of the list names comes or goes, and return what became of it."""
    try:
        row = row_named(sitting, key) if key else row_carried(sitting, carried(key_in(code)))
    except Http404:
        return Told("error", _("Not known here"), _("This code is on no badge of this house. Find the name instead."))
    except Refused as refusal:
        return Told("error", _("Not entered"), refusal.sentence)
    by = request.actor_for(sitting.meeting.body.book_id, Kind.PARTICIPANTS_CAME)
    try:
        return done(by, row, way)
    except Refused as refusal:
        there = row.presences.filter(went=None).first() if refusal.code == "all_there" else None
        tone = "warning" if refusal.code in {"all_there", "not_there"} else "error"
        return Told(tone, str(row), refusal.sentence, there.came if there else None, row)


def done(by: Actor, row: Participation, way: str) -> Told:
    """Enter that somebody comes or goes."""
    if way == "went":
        gone = acts.participant_went(by=by, participation_id=row.pk)
        return Told("success", str(row), _("has left"), gone.went, row)
    there = acts.participant_came(by=by, participation_id=row.pk)
    return Told("success", str(row), _("is there"), there.came, row)


def row_named(sitting: Sitting, key: str) -> Participation:
    """Return a row of the list at the door."""
    row = sitting.participations.select_related("person", "group").filter(pk=key).first() if key.isdecimal() else None
    if row is None:
        raise Http404
    return row


def row_carried(sitting: Sitting, found: Carried) -> Participation:
    """Return the accreditation of whoever carries a badge; refuse one that is not for here, or was struck."""
    name = found.person.name
    if found.meeting.pk != sitting.meeting_id:
        said = {"name": name, "meeting": str(found.meeting)}
        raise Refused("badge_elsewhere", _("The badge of %(name)s is for another meeting: %(meeting)s.") % said)
    if found.badge and found.badge.struck:
        said = {"name": name, "because": found.badge.struck_because}
        raise Refused("badge_struck", _("This badge of %(name)s was struck: %(because)s Ask who carries it.") % said)
    row = sitting.participations.select_related("person", "group").filter(person=found.person).first()
    if row is None:
        raise Refused("not_accredited", _("%(name)s is not accredited to this sitting.") % {"name": name})
    return row
