"""The four faces of a sitting: the desk, the delegate's page, the hall screen, and what the public sees of now."""

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from hemicycle.accounts.access import PUBLIC, Viewer
from hemicycle.accounts.entering import signed_in
from hemicycle.accounts.request import HouseRequest
from hemicycle.decisions.acts import certify_decision
from hemicycle.decisions.models import Decision
from hemicycle.journal.act import Actor, Happened, Refused, subject
from hemicycle.journal.clock import now
from hemicycle.languages.queries import languages_of, read_first, words_of
from hemicycle.live import agreed, fragments, queries, rules, steps
from hemicycle.live.besides import besides
from hemicycle.live.faces import ASKS_FOR, Face, audience
from hemicycle.live.floor import slot_of, with_floor
from hemicycle.live.hall import hall_key, hall_viewer
from hemicycle.meetings.models import Meeting, Participation, Presence, Sitting
from hemicycle.meetings.queries import goes_on_unseen, meeting_for, participation_of, present_at, scope_of
from hemicycle.meetings.views.asking import Asks, on_sitting
from hemicycle.meetings.words import Kind
from hemicycle.voting.acts import certify_result
from hemicycle.voting.models import Ballot, Method
from hemicycle.voting.queries import OwnVote, open_ballot_in, outcome_facts, own_votes
from hemicycle.voting.queries.connecting import FROM_PHONES
from hemicycle.voting.queries.roll import roll_of
from hemicycle.voting.shown import told, waits_on_tie
from hemicycle.voting.words import Kind as Voting
from hemicycle.voting.words import arithmetic

STOP_POLLING = 286
LOOKS_AGAIN = 20


@login_required
@never_cache
@require_safe
def desk(request: HouseRequest, slug: str, term: int, ordinal: int) -> HttpResponse:
    """Show the desk of a meeting: what is now, what is next, one button."""
    meeting = open_to(request.viewer, Face.DESK, slug, term, ordinal)
    shown = page_of(meeting, Face.DESK) | next_at(request, meeting)
    key = hall_key(meeting.pk)
    shown |= {"hall_address": request.build_absolute_uri(f"{address_of(meeting, 'screen')}?key={key}")}
    return render(request, "live/desk.html", shown)


@login_required
@never_cache
@require_safe
def next_step(request: HouseRequest, slug: str, term: int, ordinal: int) -> HttpResponse:
    """Show the part of the desk with its button, for a desk that follows."""
    meeting = open_to(request.viewer, Face.DESK, slug, term, ordinal)
    return render(request, "live/next.html", next_at(request, meeting))


def next_at(request: HouseRequest, meeting: Meeting) -> dict[str, Any]:
    """Return what comes next at the desk, and what can be done besides."""
    on_the_floor = with_floor(fragments.desk_now(meeting))
    stands = on_the_floor.desk
    step = rules.next_step(stands.state)
    here = address_of(meeting, "desk")
    return {
        "meeting": meeting,
        "step": step,
        "primary": steps.primary(request, stands, step),
        "besides": besides(request, stands, step, here),
        "outcome": arithmetic(outcome_facts(stands.result)) if stands.result else "",
        "tie": waits_on_tie(stands.result),
        **(queries.turnout_of(stands.ballot) if stands.ballot and asks_the_box(stands) else {"turnout": None}),
        "turnout_address": address_of(meeting, "desk_turnout"),
        "stand": stand_of(stands, step) + on_the_floor.stand.replace(" ", ""),
        "sitting": stands.sitting if calls_phones(stands, step) else None,
        "desk": stands,
        "floor": on_the_floor.floor,
        "calling": request.actors_in(meeting.body.book_id, Kind.FLOOR_GIVEN),
        "may_take_up": stands.state.presided and stands.state.ballot != "open" and not stands.state.suspended,
        "here": here,
        "next_address": address_of(meeting, "next"),
    }


def calls_phones(stands: queries.Desk, step: rules.Step) -> bool:
    """Say whether it matters just now who is connected: a vote comes next, or phones send votes."""
    by_phone = stands.state.ballot == "open" and stands.state.method in FROM_PHONES
    return step in {rules.Step.OPEN_BALLOT, rules.Step.SETTLE_AMENDMENT} or by_phone


def asks_the_box(stands: queries.Desk) -> bool:
    """Say whether votes come into a box just now."""
    return stands.state.ballot == "open" and stands.state.method in rules.IN_THE_BOX


def stand_of(stands: queries.Desk, step: rules.Step) -> str:
    """Return a word that changes when something else is to be shown: a form half filled in is not taken away before."""
    of_the_item = (stands.item, stands.next_item, stands.motion, stands.amendment, stands.ballot, stands.point)
    about = (stands.sitting, stands.planned, *of_the_item)
    keys = "-".join(str(thing.pk) if thing else "" for thing in (*about, stands.result))
    return f"{step}-{keys}-{len(stands.items)}-{stands.state.suspended}-{stands.in_private}".replace(" ", "-")


@signed_in
@never_cache
@require_safe
def floor(request: HouseRequest, slug: str, term: int, ordinal: int) -> HttpResponse:
    """Show the delegate's page: what is now, one's vote, what was decided."""
    meeting = open_to(request.viewer, Face.FLOOR, slug, term, ordinal)
    of_the_body = request.viewer.sees(ASKS_FOR[Face.MEMBERS], book=meeting.body.book_id)
    face = Face.MEMBERS if of_the_body else Face.FLOOR
    shown = page_of(meeting, face, request=request) | mine_in(request, meeting) | {"told": told(request)}
    called = fragments.roll_before(meeting, face, get_language() or "en")
    shown["roll"] = roll_of(called) if called else None
    return render(request, "live/floor.html", shown)


@signed_in
@never_cache
@require_safe
def mine(request: HouseRequest, slug: str, term: int, ordinal: int) -> HttpResponse:
    """Show the personal part of the delegate's page, for a page that follows."""
    meeting = open_to(request.viewer, Face.FLOOR, slug, term, ordinal)
    return render(request, "live/mine.html", mine_in(request, meeting))


def mine_in(request: HouseRequest, meeting: Meeting) -> dict[str, Any]:
    """Return a person's own part in a meeting: whether they are there, and their vote."""
    seen = queries.place(meeting, request.viewer)
    own = participation_of(request.viewer.person, seen.sitting) if seen.sitting else None
    presence = present_at(seen.sitting, now()).filter(participation=own).first() if own and seen.sitting else None
    ballot = open_ballot_in(request.viewer, seen.sitting.pk) if presence and seen.sitting else None
    own_in_box = own_votes(request.viewer, ballot) if ballot else []
    roll = roll_of(ballot) if ballot and own_in_box and ballot.method == Method.ROLL_CALL else None
    called = roll is not None and roll.calls(request.viewer.person)
    # The stream tells whose turn it is; should it be lost, whoever has still to answer looks now and then.
    pace = LOOKS_AGAIN if roll and roll.waits(request.viewer.person) else 0
    slot = None
    if presence and own and seen.sitting and not ballot and not goes_on_unseen(request.viewer, seen.sitting):
        slot = slot_of(seen.sitting, own)
    asked = map(subject, ballot.asked_rows) if ballot else ()
    return {
        "meeting": meeting,
        "now": seen,
        "words": words_of(request.viewer, meeting.body, asked, read=read_first(request, meeting.body)),
        "participation": own,
        "presence": presence,
        "ballot": ballot,
        "own": own_in_box,
        "held": sum(bool(one.card) for one in own_in_box),
        "pace": pace,
        "called": called,
        "slot": slot,
        "stand": own_stand(seen.sitting, ballot, own, presence, own_in_box)
        + (f"-{called}-{pace}" if roll else "")
        + (slot.stand if slot else ""),
        "coming": request.actors_in(meeting.body.book_id, Kind.PARTICIPANT_CAME),
        "here": address_of(meeting, "floor"),
        "mine_address": address_of(meeting, "mine"),
    }


def own_stand(
    sitting: Sitting | None,
    ballot: Ballot | None,
    own: Participation | None,
    presence: Presence | None,
    in_box: list[OwnVote],
) -> str:
    """Return a word that changes when something else is to be shown, so that a button is not taken from a thumb."""
    about = (sitting, ballot, own, presence, *(vote.voter for vote in in_box))
    keys = "-".join(str(thing.pk) if thing else "" for thing in about)
    return "-".join([keys, *(f"{vote.receipt}{vote.sealed}{vote.on_paper}{bool(vote.card)}" for vote in in_box)])


@never_cache
@require_safe
def desk_turnout(request: HouseRequest, slug: str, term: int, ordinal: int) -> HttpResponse:
    """Show how many have voted, to a desk that asks every other second."""
    return show_turnout(request, open_to(request.viewer, Face.DESK, slug, term, ordinal), Face.DESK)


@never_cache
@require_safe
def screen_turnout(request: HouseRequest, slug: str, term: int, ordinal: int) -> HttpResponse:
    """Show how many have voted, to a hall screen that asks every other second."""
    return show_turnout(request, open_to_hall(request, slug, term, ordinal), Face.SCREEN)


def show_turnout(request: HouseRequest, meeting: Meeting, face: Face) -> HttpResponse:
    """Show the turnout of the open vote; where none is open, tell the page to stop asking."""
    found = queries.turnout_now(meeting, audience(face, meeting.pk, meeting.body.book_id), hall=face == Face.SCREEN)
    shown = found | {"turnout_address": address_of(meeting, f"{face}_turnout")}
    goes_on = found["turnout"] or found.get("running")
    return render(request, "live/turnout.html", shown, status=200 if goes_on else STOP_POLLING)


def certify_agreed(*, by: Actor, sitting_id: int, happened: Happened | None = None) -> list[Decision]:
    """Certify everything that a sitting adopted by consent, each result and then the decision that it comes to.

    Each is an act of its own, so that the book, the communiqué and the minutes tell of each; where one is refused,
    what came before it stands, and the rest waits.

    Raises:
        Refused: nothing waits, or one of them cannot be certified, as by the person who declared it.
    """
    waiting = agreed.waiting_in(sitting_id)
    if not waiting:
        raise Refused("nothing_waits", _("Nothing that was adopted by consent waits here to be certified."))
    decisions = []
    for result in waiting:
        if result.certified is None:
            certify_result(by=by, result_id=result.pk, happened=happened)
            by = by.with_once(None)
        decisions.append(certify_decision(by=by, result_id=result.pk, happened=happened))
        by = by.with_once(None)
    return decisions


certify_adopted = on_sitting(
    Asks(
        Voting.RESULT_CERTIFIED,
        certify_agreed,
        heading=lambda _sitting: _("Certify what was adopted by consent"),
        button=lambda: _("Certify them all"),
        hint=agreed.hint,
    )
)


def of_meeting(request: HouseRequest, meeting: Meeting) -> str:
    """Return what is now in a public meeting, for its page; nothing where no sitting is open to the public."""
    if not PUBLIC.sees(meeting.access, book=meeting.body.book_id) or meeting.closed:
        return ""
    return render_to_string("live/public.html", page_of(meeting, Face.PUBLIC, request=request), request)


def open_to(viewer: Viewer, face: Face, slug: str, term: int, ordinal: int) -> Meeting:
    """Return the meeting of an address; raise Http404 where this viewer may not have this face of it."""
    meeting = meeting_for(viewer, slug=slug, term=term, ordinal=ordinal)
    if not viewer.sees(ASKS_FOR[face], book=meeting.body.book_id, scope=scope_of(meeting)):
        raise Http404
    return meeting


def open_to_hall(request: HouseRequest, slug: str, term: int, ordinal: int) -> Meeting:
    """Return the meeting whose hall screen this is, by the hall's key or by the rights of the person signed in."""
    if key := request.GET.get("key", ""):
        asked = Meeting.objects.select_related("body__book", "body__unit", "term")
        meeting = asked.filter(body__slug=slug, term__ordinal=term, ordinal=ordinal).first()
        if meeting and hall_viewer(key, meeting):
            return meeting
    return open_to(request.viewer, Face.SCREEN, slug, term, ordinal)


def page_of(meeting: Meeting, face: Face, key: str = "", *, request: HouseRequest | None = None) -> dict[str, Any]:
    """Return what a page needs to show a face now and to follow it from here on, as whoever asks reads it."""
    follows = followed(meeting, face, key, request=request)  # Before the fragment, so that nothing falls between.
    return follows | {"fragment": fragments.render_now(meeting, face, get_language() or "en", follows["read"])}


def followed(meeting: Meeting, face: Face, key: str = "", *, request: HouseRequest | None = None) -> dict[str, Any]:
    """Return what a page needs to follow a face from here on."""
    language = get_language() or "en"
    read = read_first(request, meeting.body) if request else ""
    head = meeting.body.book.head_number
    asked = {"meeting": meeting.pk, "face": str(face), "lang": language, "after": f"{meeting.body.book_id}:{head}"}
    if key:
        asked["key"] = key
    if read:
        asked["read"] = read
    return {
        "meeting": meeting,
        "languages": languages_of(meeting.body) if request else [],
        "read": read,
        "stream": f"/live/{meeting.body.book_id}/?{urlencode(asked)}",
        "key": key,
    }


def address_of(meeting: Meeting, name: str) -> str:
    """Return the address of a face of a meeting, or of a part of it."""
    return reverse(f"live:{name}", args=[meeting.body.slug, meeting.term.ordinal, meeting.ordinal])
