"""What the panel of a ballot shows to a reader: one state, its figures, its picture, and the buttons they may press."""

from collections import Counter
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.urls import reverse
from django.utils.translation import gettext as _

from hemicycle.accounts.request import HouseRequest
from hemicycle.bodies.queries import rules_on
from hemicycle.bodies.rules import Ties
from hemicycle.bodies.sections import sections
from hemicycle.journal.act import Actor, subject
from hemicycle.journal.forms import HappenedForm
from hemicycle.languages.queries import read_first, words_of
from hemicycle.motions.text import amended
from hemicycle.motions.words import Kind as Motions
from hemicycle.voting import box, queries
from hemicycle.voting.forms import ReasonForm, ResultForm
from hemicycle.voting.further_words import label as label_of
from hemicycle.voting.further_words import told as told_of
from hemicycle.voting.models import BY_CARD, COUNTED_BY_TELLERS, IN_THE_BOX, Ballot, Method, Result
from hemicycle.voting.papers import Form
from hemicycle.voting.stages import stages_of
from hemicycle.voting.words import Kind, arithmetic

KINDS = ("present", "for", "against", "abstain", "none", "absent")
# So many seats say whose they are to whoever points at one; of more, the table beside the picture does.
MOST_NAMED = 400


@dataclass(frozen=True)
class Button:
    """An act that the reader may do now, as a form with one button."""

    name: str
    url: str
    label: str
    kind: str
    actors: list[Actor]
    form: HappenedForm


@dataclass(frozen=True)
class Picture:
    """The hall: parts for its key (kind, label, count), the kind of every seat, and whose it is where that is told."""

    parts: list[tuple[str, str, int]]
    order: list[str]
    by_seat: bool
    whose: list[str]


def panel(request: HouseRequest, ballot: Ballot) -> dict[str, Any]:
    """Return what the panel's template shows."""
    counted = queries.result_of(ballot)
    state = queries.state_of(ballot, counted)
    result = queries.seen_result(request.viewer, ballot, counted)
    named = queries.named_votes(request.viewer, ballot, result) if result else None
    plain = ballot.form == Form.MOTION
    own = queries.own_votes(request.viewer, ballot) if ballot.method in IN_THE_BOX else []
    body, tie = ballot.sitting.meeting.body, waits_on_tie(result)
    left = queries.left_on(ballot, result)
    return {
        "ballot": ballot,
        "meeting": ballot.sitting.meeting,
        "zone": ballot.sitting.meeting.body.time_zone,
        "state": state,
        "words": words_of(request.viewer, body, map(subject, ballot.asked_rows), read=read_first(request, body)),
        "state_template": f"voting/states/{state}.html",
        "result": result,
        "outcome": arithmetic(queries.outcome_facts(result)) if result else "",
        "demands": list(ballot.demands.select_related("person")) if ballot.until else [],
        "turnout": turnout(ballot, counted) if state in {"open", "closed"} else None,
        "own": own,
        "held": sum(bool(one.card) for one in own),
        "tie": tie,
        "told": told(request),
        "picture": picture(seats_of(ballot, result, named)),
        "named": named,
        "delegation": queries.delegation_votes(request.viewer, ballot) if result and ballot.weighted else [],
        "groups": queries.votes_by_group(named) if plain and named and any(vote.group for vote in named) else None,
        "stages": stages_of(result.election) if result and result.election else None,
        "sections": sections("HEMICYCLE_BALLOT_SECTIONS", request, ballot),
        "buttons": buttons(request, ballot, state, result, tie=tie),
        "second": "" if tie else second(request, ballot, state, result),
        "left": told_of(left) if left else "",
        "further": further(request, ballot, left),
        "links": links(request, ballot, state, result),
        "dissents": list(ballot.dissents.select_related("person")) if result else [],
        "reads": amended(ballot.amendment) if ballot.amendment and state == "open" else None,
        "here": request.path if request.method == "GET" else reverse("voting:ballot", args=[ballot.pk]),
    }


def turnout(ballot: Ballot, counted: Result | None) -> queries.Turnout:
    """Return how many voted: those whose votes are in the box, or whose hands or papers were counted."""
    if counted is None or ballot.method in IN_THE_BOX - {Method.SECRET}:
        return queries.turnout(ballot)
    counts = queries.counts_in(counted)
    return queries.Turnout(counts.cast, counts.present)


def seats_of(ballot: Ballot, result: Result | None, named: list[queries.NamedVote] | None) -> queries.Seats:
    """Return the seats, by what was read of the ballot already."""
    if named is not None:
        return queries.named_seats(ballot, named)
    if result:
        return queries.seats_counted(result)
    return queries.undecided_seats(ballot)


def told(request: HouseRequest) -> str:
    """Return what became of the vote that the reader has just sent without JavaScript, if they have."""
    code = request.GET.get("vote", "")
    if code == "counted":
        return _("Your vote is in the box.")
    if code == "already_voted":
        return _("You have voted already, and a vote in this ballot is not changed. It stays as it was.")
    return box.sentence(code) if code in box.STATUS else ""


def picture(seats: queries.Seats) -> Picture:
    """Return the picture of the hall; while the box is open every seat looks alike."""
    order = [seat.choice or "none" for seat in seats.seats]
    if seats.undecided:
        return Picture([("present", _("entitled"), len(order))], ["present"] * len(order), by_seat=True, whose=[])
    counts = Counter(order)
    labels = {
        "present": _("papers"),
        "for": _("for"),
        "against": _("against"),
        "abstain": _("abstained"),
        "none": _("did not vote"),
        "absent": _("not entitled"),
    }
    parts = [(kind, labels[kind], counts[kind]) for kind in KINDS if counts[kind]]
    named = seats.by_seat and len(order) <= MOST_NAMED
    whose = [whose_seat(seat, labels[kind]) for seat, kind in zip(seats.seats, order, strict=True)] if named else []
    return Picture(parts, order, seats.by_seat, whose)


def whose_seat(seat: queries.Seat, said: str) -> str:
    """Return whose seat it is and how they voted, in words."""
    told = _("Seat %(number)d, %(name)s: %(vote)s") if seat.name else _("Seat %(number)d: %(vote)s")
    return told % {"number": seat.number, "name": seat.name, "vote": said}


def buttons(request: HouseRequest, ballot: Ballot, state: str, result: Result | None, *, tie: bool) -> list[Button]:
    """Return the acts that come next, the first of them the one that is usual; none to who may not do them."""
    zone = ballot.sitting.meeting.body.time_zone
    key = {"result": result.pk if result else None}
    ends = _("End the practice") if ballot.practice else _("Close the vote")
    close = ("close", ends, "primary", Kind.BALLOT_CLOSED, HappenedForm(auto_id="close_%s", zone=zone))
    void = ("void", _("Void the ballot"), "grave", Kind.BALLOT_VOIDED, ReasonForm(auto_id="void_%s", zone=zone))
    again = ("recount", _("Count again"), "", Kind.RESULT_CORRECTED, ReasonForm(auto_id="recount_%s", zone=zone))
    declare = ("declare", _("Declare the result"), "primary", Kind.RESULT_DECLARED,
               ResultForm(auto_id="declare_%s", initial=key, zone=zone))  # fmt: skip
    certify = ("certify", _("Certify the result"), "primary", Kind.RESULT_CERTIFIED,
               ResultForm(auto_id="certify_%s", initial=key, zone=zone))  # fmt: skip
    recount = [again] if ballot.method in IN_THE_BOX else []
    certifying = [] if tie or ballot.sitting.meeting.rehearsal else [certify]
    offered = {
        "open": [close] if ballot.practice else [close, void] if ballot.method in IN_THE_BOX else [void],
        "closed": [declare, *recount, void] if result else [],
        "declared": [*certifying, *recount, void],
    }.get(state, [])
    book = ballot.sitting.meeting.body.book_id
    return [
        Button(name, reverse(f"voting:{name}", args=[ballot.pk]), label, look, actors, form)
        for name, label, look, kind, form in offered
        if (actors := acting(request, book, kind, result))
    ]


def second(request: HouseRequest, ballot: Ballot, state: str, result: Result | None) -> str:
    """Return who declared a result, where the desk reads that another person certifies it."""
    book = ballot.sitting.meeting.body.book_id
    if state != "declared" or result is None or ballot.sitting.meeting.rehearsal:
        return ""
    return declared_by_another(result) if request.actors_in(book, Kind.RESULT_CERTIFIED) else ""


def declared_by_another(result: Result) -> str:
    """Return who declared a result that by the rules another person certifies, empty where anybody of the desk may."""
    declared_by = result.declared_by
    return declared_by.name if declared_by and not queries.certifies(declared_by.pk, result) else ""


def acting(request: HouseRequest, book: int, kind: str, result: Result | None) -> list[Actor]:
    """Return the reader's capacities in which they may do an act on a ballot.

    By the rules of larger bodies another person certifies a result than who declared it.
    """
    actors = request.actors_in(book, kind)
    if not actors or kind != Kind.RESULT_CERTIFIED or result is None:
        return actors
    return actors if queries.certifies(request.viewer.person, result) else []


def links(request: HouseRequest, ballot: Ballot, state: str, result: Result | None) -> list[tuple[str, str]]:
    """Return the acts on a ballot that are entered on a page of their own, as pairs of label and address."""
    offered = while_open(ballot) if state == "open" else []
    if state in {"closed", "declared"} and result and ballot.method in COUNTED_BY_TELLERS:
        offered.append((_("Enter a new count"), "voting:count_again", Kind.RESULT_CORRECTED))
    if state in {"closed", "declared"} and result:
        offered += tie_acts(result)
    if state in {"closed", "declared"} and result and ballot.method != Method.CIRCULATION:
        offered.append((_("Take the vote again"), "voting:repeat", Kind.BALLOT_REPEATED))
    if state in {"declared", "certified"} and result and not ballot.sitting.meeting.closed:
        offered.append((_("Minute a dissent"), "voting:dissent", Kind.DISSENT_MINUTED))
    book = ballot.sitting.meeting.body.book_id
    return [(label, reverse(name, args=[ballot.pk])) for label, name, kind in offered if request.actors_in(book, kind)]


def while_open(ballot: Ballot) -> list[tuple[str, str, Kind]]:
    """Return the acts on an open vote: label, name of the address, kind of act."""
    offered = []
    if ballot.asks_for_objections:
        offered.append((_("Nobody objects"), "voting:consent", Kind.CONSENT_NOTED))
        offered.append((_("Somebody objects"), "voting:objection", Kind.OBJECTION_NOTED))
    elif ballot.method in COUNTED_BY_TELLERS:
        offered.append((_("Enter what was counted"), "voting:count", Kind.BALLOT_COUNTED))
    if ballot.method == Method.ROLL_CALL:
        offered.append((_("Call the roll"), "voting:roll_call", Kind.BALLOT_COUNTED))
    if ballot.method in BY_CARD:
        offered.append((_("Who has not voted yet"), "voting:waiting", Kind.CARD_STRUCK))
    if ballot.method in IN_THE_BOX - {Method.CIRCULATION} and not ballot.practice:
        offered.append((_("Vote on paper or by hands instead"), "voting:move", Kind.BALLOT_REPEATED))
    if ballot.method == Method.CIRCULATION:
        offered.append((_("Demand a meeting instead"), "voting:demand_meeting", Kind.MEETING_DEMANDED))
    return offered


def further(request: HouseRequest, ballot: Ballot, left: queries.Left | None) -> list[tuple[str, str]]:
    """Return the call of the election that follows a certified one, to whoever may call it.

    Where its item was settled, that it is opened again comes first.
    """
    if left is None or not request.actors_in(ballot.sitting.meeting.body.book_id, Motions.ELECTION_CALLED):
        return []
    if left.settled:
        item = ballot.motion.item
        ballot_page = reverse("voting:ballot", args=[ballot.pk])
        again = _("Open item %(number)s again, to fill what stays open") % {"number": item.called}
        return [(again, f"{reverse('meetings:reopen_item', args=[item.pk])}?next={quote(ballot_page)}")]
    return [(label_of(left), reverse("voting:further", args=[ballot.pk]))]


def waits_on_tie(result: Result | None) -> bool:
    """Say whether a tie is voted on again, or drawn by lot, before anything can be certified."""
    return result is not None and queries.tie_falls(result) in {Ties.AGAIN, Ties.LOT}


def tie_acts(result: Result) -> list[tuple[str, str, Kind]]:
    """Return what decides a tie by the rules: label, name of the address, kind of act; none where there is no tie."""
    if queries.waits_for_casting(result):
        return [(_("The casting vote"), "voting:casting_vote", Kind.CASTING_VOTE_GIVEN)]
    falls = queries.tie_falls(result)
    if falls is None:
        return []
    meeting = result.ballot.sitting.meeting
    found = []
    if rules_on(meeting.body, meeting.starts).casting_vote:
        found.append((_("The casting vote"), "voting:casting_vote", Kind.CASTING_VOTE_GIVEN))
    if falls == Ties.LOT and result.declared:
        found.append((_("Draw the lot"), "voting:lot", Kind.LOT_DRAWN))
    return found
