"""Pages of the desk on votes without a box: hands and papers, consent, the casting vote, dissent."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from hemicycle.accounts.request import HouseRequest
from hemicycle.journal.act import Actor
from hemicycle.journal.forms import HappenedForm
from hemicycle.meetings.queries import names_of
from hemicycle.meetings.views.asking import get_or_post
from hemicycle.meetings.views.entering import desk_address, enter
from hemicycle.motions.queries import amendment_for, motion_for
from hemicycle.voting import acts, forms, queries
from hemicycle.voting.models import Ballot
from hemicycle.voting.words import Kind


@get_or_post
def ask(request: HouseRequest, motion_id: int) -> HttpResponse:
    """Put a motion to the vote by hands, papers or consent."""
    motion = motion_for(request.viewer, motion_id)
    form = forms.AskForm(request.POST or None, zone=motion.item.meeting.body.time_zone)

    def do(by: Actor) -> object:
        typed = form.cleaned_data
        return acts.open_ballot(
            by=by, motion_id=motion.pk, method=typed["method"], question=typed["question"], happened=form.stated
        )

    meeting = motion.item.meeting
    return enter(
        request,
        meeting.body.book_id,
        Kind.BALLOT_OPENED,
        form,
        do,
        heading=_("Decide on “%(title)s”") % {"title": motion.title},
        button=_("Put it to the meeting"),
        back=desk_address(meeting),
        meeting=meeting,
    )


@get_or_post
def ask_amendment(request: HouseRequest, amendment_id: int) -> HttpResponse:
    """Put an amendment to the vote."""
    amendment = amendment_for(request.viewer, amendment_id)
    motion = amendment.motion
    meeting = motion.item.meeting
    form = forms.AskForm(request.POST or None, zone=meeting.body.time_zone)

    def do(by: Actor) -> object:
        typed = form.cleaned_data
        return acts.open_ballot(
            by=by,
            motion_id=motion.pk,
            amendment_id=amendment.pk,
            method=typed["method"],
            question=typed["question"],
            happened=form.stated,
        )

    said = {"number": amendment.ordinal, "title": motion.title}
    return enter(
        request,
        meeting.body.book_id,
        Kind.BALLOT_OPENED,
        form,
        do,
        heading=_("Decide on amendment %(number)d to “%(title)s”") % said,
        button=_("Put it to the meeting"),
        back=desk_address(meeting),
        meeting=meeting,
        hint=_("The screen shows how the text would read."),
    )


@get_or_post
def enter_count(request: HouseRequest, ballot_id: int) -> HttpResponse:
    """Enter what the tellers counted."""
    found = queries.ballot_for(request.viewer, ballot_id)
    form = forms.CountForm(request.POST or None, zone=zone(found))
    there = found.entitled.count()
    return enter(
        request,
        book(found),
        Kind.BALLOT_COUNTED,
        form,
        lambda by: acts.enter_count(by=by, ballot_id=found.pk, counted=form.hands(), happened=form.stated),
        heading=_("What was counted: %(question)s") % {"question": found.question},
        button=_("Close the vote with these counts"),
        back=back(found),
        meeting=found.sitting.meeting,
        hint=_("%(count)d voters are there.") % {"count": there},
    )


@get_or_post
def recount_hands(request: HouseRequest, ballot_id: int) -> HttpResponse:
    """Enter what the tellers counted anew."""
    found = queries.ballot_for(request.viewer, ballot_id)
    form = forms.RecountForm(request.POST or None, zone=zone(found))

    def do(by: Actor) -> object:
        reason = form.cleaned_data["reason"]
        return acts.correct_result(by=by, ballot_id=found.pk, reason=reason, counted=form.hands(), happened=form.stated)

    return enter(
        request,
        book(found),
        Kind.RESULT_CORRECTED,
        form,
        do,
        heading=_("Counted again: %(question)s") % {"question": found.question},
        button=_("Enter the new count"),
        back=back(found),
        meeting=found.sitting.meeting,
        hint=_("The earlier count is kept."),
    )


@get_or_post
def consent(request: HouseRequest, ballot_id: int) -> HttpResponse:
    """Enter that nobody objected."""
    found = queries.ballot_for(request.viewer, ballot_id)
    form = HappenedForm(request.POST or None, zone=zone(found))
    return enter(
        request,
        book(found),
        Kind.CONSENT_NOTED,
        form,
        lambda by: acts.note_consent(by=by, ballot_id=found.pk, happened=form.stated),
        heading=_("Nobody objects"),
        button=_("Enter that nobody objects"),
        back=back(found),
        meeting=found.sitting.meeting,
    )


@get_or_post
def objection(request: HouseRequest, ballot_id: int) -> HttpResponse:
    """Enter that somebody objected."""
    found = queries.ballot_for(request.viewer, ballot_id)
    form = forms.ObjectionForm(request.POST or None, zone=zone(found))

    def do(by: Actor) -> object:
        objector = form.cleaned_data["objector"]
        return acts.note_objection(by=by, ballot_id=found.pk, objector=objector, happened=form.stated)

    return enter(
        request,
        book(found),
        Kind.OBJECTION_NOTED,
        form,
        do,
        heading=_("Somebody objects"),
        button=_("Enter the objection"),
        back=back(found),
        meeting=found.sitting.meeting,
        hint=_("There is no consent then: it is to be voted on."),
        names=names_of(request.viewer, found.sitting),
    )


@get_or_post
def casting_vote(request: HouseRequest, ballot_id: int) -> HttpResponse:
    """Enter the casting vote of whoever presides."""
    found = queries.ballot_for(request.viewer, ballot_id)
    form = forms.CastingForm(request.POST or None, zone=zone(found))

    def do(by: Actor) -> object:
        choice = form.cleaned_data["choice"]
        return acts.give_casting_vote(by=by, ballot_id=found.pk, choice=choice, happened=form.stated)

    return enter(
        request,
        book(found),
        Kind.CASTING_VOTE_GIVEN,
        form,
        do,
        heading=_("The casting vote"),
        button=_("Enter the casting vote"),
        back=back(found),
        meeting=found.sitting.meeting,
        hint=_("The votes are equal, and the rules let whoever presides decide."),
    )


@get_or_post
def dissent(request: HouseRequest, ballot_id: int) -> HttpResponse:
    """Minute a dissent at a voter's request."""
    found = queries.ballot_for(request.viewer, ballot_id)
    form = forms.DissentForm(request.POST or None, zone=zone(found))

    def do(by: Actor) -> object:
        typed = form.cleaned_data
        return acts.minute_dissent(
            by=by, ballot_id=found.pk, person_id=typed["person"].pk, text=typed["text"], happened=form.stated
        )

    return enter(
        request,
        book(found),
        Kind.DISSENT_MINUTED,
        form,
        do,
        heading=_("Minute a dissent"),
        button=_("Minute it"),
        back=back(found),
        meeting=found.sitting.meeting,
        names=names_of(request.viewer, found.sitting),
    )


def book(found: Ballot) -> int:
    """Return the book in which acts on a ballot are entered."""
    return found.sitting.meeting.body.book_id


def zone(found: Ballot) -> str:
    """Return the time zone of a ballot's body."""
    return found.sitting.meeting.body.time_zone


def back(found: Ballot) -> str:
    """Return the page of a ballot."""
    return reverse("voting:ballot", args=[found.pk])
