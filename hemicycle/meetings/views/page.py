"""The public page of a meeting, and what the page of a body says of its meetings."""

import secrets
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from hemicycle.accounts.request import HouseRequest
from hemicycle.bodies.models import Body
from hemicycle.bodies.sections import sections
from hemicycle.journal.act import subject
from hemicycle.journal.clock import now
from hemicycle.languages.queries import languages_of, read_first, words_of
from hemicycle.meetings.models import Meeting
from hemicycle.meetings.queries import (
    agenda_for,
    attendance,
    goes_on_unseen,
    meeting_for,
    meetings_of,
    papers_for,
    scope_of,
    sittings_for,
)
from hemicycle.meetings.queries.carrying import carried
from hemicycle.meetings.queries.debate import debate_for
from hemicycle.meetings.queries.papers import with_standing
from hemicycle.meetings.queries.referrals import made_by
from hemicycle.meetings.queries.shown import sees_part
from hemicycle.meetings.queries.stages import stage_of, with_stage
from hemicycle.meetings.views.entering import desk_address, page_address
from hemicycle.meetings.words import Kind

ON_A_BODYS_PAGE = 30
SOONEST_MS, SPREAD_MS = 200, 1800


@require_safe
def meeting(request: HouseRequest, slug: str, term: int, ordinal: int) -> HttpResponse:
    """Show a meeting to whoever may see it: when and where, its agenda, what was said on it, who was there."""
    found = meeting_for(request.viewer, slug=slug, term=term, ordinal=ordinal)
    shown = shown_of(request, found) | {
        "frame": "web/base.html",
        "languages": languages_of(found.body),
        "now": sections("HEMICYCLE_MEETING_NOW", request, found),
        # A crowd that follows does not ask in the same instant.
        "pause": SOONEST_MS + secrets.randbelow(SPREAD_MS),
    }
    return render(request, "meetings/meeting.html", shown)


def shown_of(request: HouseRequest, found: Meeting) -> dict[str, Any]:
    """Return what the page of a meeting shows of it."""
    sittings = sittings_for(request.viewer, found)
    held = [sitting for sitting in sittings if sitting.opened]
    agenda = agenda_for(request.viewer, found)
    ties = carried(request.viewer, agenda)
    read = read_first(request, found.body)
    unseen = bool(held) and goes_on_unseen(request.viewer, held[-1])
    return {
        "meeting": found,
        **tombstone(request, found),
        "zone": found.body.time_zone,
        "sittings": sittings.items(),
        "items": [(item, reports, ties.get(item.pk)) for item, reports in agenda.items()],
        "stage": stage_of(sittings),
        "words": words_of(request.viewer, found.body, map(subject, agenda), read=read),
        "read": read,
        "documents": with_standing(found, papers_for(request.viewer, found)),
        "ruling": found.body.book_id in request.viewer.desks and any(one.opened and not one.closed for one in sittings),
        "signed_in": request.user.is_authenticated,
        "last": held[-1] if held else None,
        "attendance": attendance(held[-1], held[-1].closed or now()) if held and not unseen else None,
        "takes_part": scope_of(found) in request.viewer.scopes,
        "keeps_desk": found.body.book_id in request.viewer.desks,
        "desk": desk_address(found),
        "here": page_address(found),
        "sections": sections("HEMICYCLE_MEETING_SECTIONS", request, found),
    }


def tombstone(request: HouseRequest, meeting: Meeting) -> dict[str, object]:
    """Return from when a meeting was moved, and what is held instead of a cancelled one, if the reader may see it."""
    instead = meeting.held_instead
    if instead and not sees_part(request.viewer, instead, instead.access):
        instead = None
    return {
        "moves": list(meeting.moves.order_by("pk")) if getattr(meeting, "was_moved", True) else [],
        "instead": instead,
        "instead_address": page_address(instead) if instead else "",
    }


def of_body(request: HouseRequest, body: Body) -> str:
    """Return the meetings of a body, for its page."""
    found = with_stage(request.viewer, meetings_of(request.viewer, body), most=ON_A_BODYS_PAGE)
    return render_to_string(
        "meetings/of_body.html",
        {
            "body": body,
            "meetings": [(meeting, page_address(meeting), stage) for meeting, stage in found],
            "convening": (convening := request.actors_in(body.book_id, Kind.MEETING_CONVENED)),
            "referrals": list(made_by(body)[:ON_A_BODYS_PAGE]) if convening else [],
        },
        request,
    )


def of_debate(request: HouseRequest, meeting: Meeting) -> str:
    """Return what was said on the items of a meeting, and its committees, for its page."""
    debate, organs = debate_for(request.viewer, meeting)
    if not debate and not organs:
        return ""
    drawn = [one.conclusion for said in debate for one in said.conclusions]
    words = words_of(request.viewer, meeting.body, drawn, read=read_first(request, meeting.body))
    shown = {"debate": debate, "organs": organs, "words": words}
    return render_to_string("meetings/debate.html", shown, request)
