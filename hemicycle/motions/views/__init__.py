"""Pages of motions: reading them, tabling, revising and withdrawing them."""

from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hemicycle.accounts.request import HouseRequest
from hemicycle.bodies.queries import procedure, rules_on
from hemicycle.bodies.rules.elections import LISTS
from hemicycle.bodies.words.elections import COUNTINGS, SOLE
from hemicycle.journal.act import Actor, subject
from hemicycle.journal.forms import HappenedForm
from hemicycle.languages.queries import read_first, words_of
from hemicycle.meetings.models import Meeting
from hemicycle.meetings.queries import item_for
from hemicycle.meetings.views.asking import Asks, get_or_post, names_on, show
from hemicycle.meetings.views.entering import desk_address, enter, page_address
from hemicycle.motions import acts, forms
from hemicycle.motions.models import Amendment, Candidate, Motion
from hemicycle.motions.queries import (
    amendment_for,
    amendments_seen,
    latest_version,
    motion_for,
    motions_for,
    motions_seen,
    versions_of,
)
from hemicycle.motions.text import amended
from hemicycle.motions.words import Kind


def motion_address(motion: int) -> str:
    """Return the address of a motion's page."""
    return reverse("motions:motion", args=[motion])


WITHDRAW: Asks[Motion] = Asks(
    Kind.MOTION_WITHDRAWN,
    acts.withdraw_motion,
    heading=lambda found: _("Withdraw “%(title)s”") % {"title": found.title},
    button=lambda: _("Withdraw it"),
    form=forms.WithdrawForm,
    back=lambda found: motion_address(found.pk),
)
WITHDRAW_AMENDMENT: Asks[Amendment] = Asks(
    Kind.AMENDMENT_WITHDRAWN,
    acts.withdraw_amendment,
    heading=lambda amendment: _("Withdraw amendment %(number)d") % {"number": amendment.ordinal},
    button=lambda: _("Withdraw it"),
    form=forms.WithdrawForm,
    back=lambda amendment: motion_address(amendment.motion_id),
)
DIVIDE: Asks[Motion] = Asks(
    Kind.MOTION_DIVIDED,
    acts.divide_motion,
    heading=lambda found: _("Divide “%(title)s”") % {"title": found.title},
    button=lambda: _("Divide it"),
    hint=lambda _motion: _("Each point becomes a motion of its own."),
)


@require_safe
def motion(request: HouseRequest, motion_id: int) -> HttpResponse:
    """Show a motion as it stands, and its earlier versions."""
    found = motion_for(request.viewer, motion_id)
    meeting = found.item.meeting
    book = meeting.body.book_id
    is_election = found.kind == found.Kind.ELECTION
    changeable = found.state == found.State.TABLED and not is_election
    shown = {
        "motion": found,
        "meeting": meeting,
        "versions": versions_of(found),
        "words": words_of(request.viewer, meeting.body, [subject(found)], read=read_first(request, meeting.body)),
        "amendments": amendments_seen(request.viewer, found),
        "amending": changeable and request.actors_in(book, Kind.AMENDMENT_TABLED),
        "meeting_address": page_address(meeting),
        "revising": changeable and request.actors_in(book, Kind.MOTION_REVISED),
        **(election_in(request, found) if is_election else {}),
    }
    return render(request, "motions/motion.html", shown)


def election_in(request: HouseRequest, found: Motion) -> dict[str, object]:
    """Return what an election fills, its candidates, and what the reader may do about them."""
    book, open_ = found.item.meeting.body.book_id, found.state == found.State.TABLED
    desk = bool(request.actors_in(book, Kind.NOMINATIONS_CLOSED))
    nominating = open_ and found.election.nominations_closed is None
    speaking = bool(request.actors_in(book, Kind.NOMINATION_ACCEPTED))
    candidates = list(found.election.candidates.order_by("number"))
    return {
        "election": found.election,
        "counting": COUNTINGS.get(found.election.counting, _("the most votes, in a run-off")),
        "candidates": [
            (one, speaking and (desk or (one.person_id is not None and one.person_id == request.viewer.person)))
            for one in candidates
        ],
        "sole": sole_told(found, candidates) if open_ else "",
        "followed_by": motions_seen(request.viewer).filter(election__follows=found.election),
        "nominating": nominating and request.actors_in(book, Kind.CANDIDATE_NOMINATED),
        "closing": nominating and desk,
        "accepting": nominating,
        "withdrawing": found.state in {found.State.TABLED, found.State.VOTING},
        "putting": open_ and desk,
    }


def sole_told(found: Motion, candidates: Sequence[Candidate]) -> str:
    """Return what the rules say of an election with no more candidates than seats, empty where there is a contest."""
    stand = sum(one.accepted is not None and one.withdrawn is None for one in candidates)
    if not 0 < stand <= found.election.seats or (found.election.counting in LISTS and stand > 1):
        return ""
    meeting = found.item.meeting
    return str(SOLE[procedure(rules_on(meeting.body, meeting.starts)).elections.sole])


@get_or_post
def table(request: HouseRequest, item_id: int) -> HttpResponse:
    """Table a motion on an item."""
    item = item_for(request.viewer, item_id)
    zone = item.meeting.body.time_zone
    form = forms.MotionForm(request.POST or None, zone=zone, initial={"title": item.title[: forms.LONGEST_TITLE]})
    points = forms.point_forms(request.POST or None)

    def do(by: Actor) -> object:
        typed = form.cleaned_data
        return acts.table_motion(
            by=by,
            item_id=item.pk,
            kind=typed["kind"],
            title=typed["title"],
            mover=typed["mover"],
            mover_person_id=typed["mover_person"].pk if typed["mover_person"] else None,
            preamble=typed["preamble"],
            points=forms.points_of(points),
            happened=form.stated,
        )

    return enter(
        request,
        item.meeting.body.book_id,
        Kind.MOTION_TABLED,
        form,
        do,
        also=[points],
        heading=_("Table a motion on item %(number)s: %(title)s") % {"number": item.called, "title": item.title},
        button=_("Table the motion"),
        back=desk_address(item.meeting),
        template="motions/enter.html",
        meeting=item.meeting,
        points=points,
        names=names_on(request, item),
    )


@get_or_post
def revise(request: HouseRequest, motion_id: int) -> HttpResponse:
    """Put a motion in a new version."""
    found = motion_for(request.viewer, motion_id)
    meeting, last = found.item.meeting, latest_version(found)
    there = [(point.text, point.operational) for point in last.points.all()]
    form = forms.RevisionForm(request.POST or None, zone=meeting.body.time_zone, initial={"preamble": last.preamble})
    points = forms.point_forms(request.POST or None, there)

    def do(by: Actor) -> object:
        return acts.revise_motion(
            by=by,
            motion_id=found.pk,
            preamble=form.cleaned_data["preamble"],
            points=forms.points_of(points),
            happened=form.stated,
        )

    return enter(
        request,
        meeting.body.book_id,
        Kind.MOTION_REVISED,
        form,
        do,
        also=[points],
        heading=_("Revise “%(title)s”") % {"title": found.title},
        button=_("Put it in this version"),
        back=motion_address(found.pk),
        template="motions/enter.html",
        meeting=meeting,
        points=points,
    )


@get_or_post
def withdraw(request: HouseRequest, motion_id: int) -> HttpResponse:
    """Withdraw a motion."""
    found = motion_for(request.viewer, motion_id)
    return show(request, WITHDRAW, found, found.item.meeting, motion_id=found.pk)


@get_or_post
def amend(request: HouseRequest, motion_id: int) -> HttpResponse:
    """Move an amendment to a motion."""
    found = motion_for(request.viewer, motion_id)
    meeting = found.item.meeting
    form = forms.AmendmentForm(request.POST or None, zone=meeting.body.time_zone)

    def do(by: Actor) -> object:
        typed = form.cleaned_data
        return acts.table_amendment(
            by=by,
            motion_id=found.pk,
            target=typed["target"],
            point=typed["point"] or 0,
            text=typed["text"],
            operational=typed["operational"],
            mover=typed["mover"],
            mover_person_id=typed["mover_person"].pk if typed["mover_person"] else None,
            happened=form.stated,
        )

    return enter(
        request,
        meeting.body.book_id,
        Kind.AMENDMENT_TABLED,
        form,
        do,
        heading=_("Amend “%(title)s”") % {"title": found.title},
        button=_("Move the amendment"),
        back=motion_address(found.pk),
        template="motions/amend.html",
        meeting=meeting,
        version=latest_version(found),
    )


@get_or_post
def accept_amendment(request: HouseRequest, amendment_id: int) -> HttpResponse:
    """Enter that the mover of the motion accepts an amendment."""
    amendment = amendment_for(request.viewer, amendment_id)
    found = amendment.motion
    meeting = found.item.meeting
    form = HappenedForm(request.POST or None, zone=meeting.body.time_zone)
    return enter(
        request,
        meeting.body.book_id,
        Kind.AMENDMENT_ACCEPTED,
        form,
        lambda by: acts.accept_amendment(by=by, amendment_id=amendment.pk, happened=form.stated),
        heading=_("The mover accepts amendment %(number)d") % {"number": amendment.ordinal},
        button=_("Enter that it is accepted"),
        back=motion_address(found.pk),
        template="motions/amend.html",
        meeting=meeting,
        amendment=amendment,
        reads=amended(amendment),
    )


@get_or_post
def withdraw_amendment(request: HouseRequest, amendment_id: int) -> HttpResponse:
    """Withdraw an amendment."""
    amendment = amendment_for(request.viewer, amendment_id)
    return show(request, WITHDRAW_AMENDMENT, amendment, amendment.motion.item.meeting, amendment_id=amendment.pk)


@get_or_post
def divide(request: HouseRequest, motion_id: int) -> HttpResponse:
    """Divide a motion into its points."""
    found = motion_for(request.viewer, motion_id)
    return show(request, DIVIDE, found, found.item.meeting, motion_id=found.pk)


def of_meeting(request: HouseRequest, meeting: Meeting) -> str:
    """Return the motions of a meeting, for its page."""
    motions = list(motions_for(request.viewer, meeting))
    return render_to_string("motions/of_meeting.html", {"motions": motions}, request) if motions else ""
