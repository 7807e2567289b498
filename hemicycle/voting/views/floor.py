"""Pages of the desk on a vote: how it is put, what the tellers counted, consent, ties, dissent, a vote taken again."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from hemicycle.accounts.request import HouseRequest
from hemicycle.bodies.queries import procedure, rules_on
from hemicycle.bodies.rules import Sole
from hemicycle.journal.act import Actor
from hemicycle.journal.clock import now
from hemicycle.meetings.queries import names_of
from hemicycle.meetings.views.asking import Asks, get_or_post, pages_on, show
from hemicycle.meetings.views.entering import desk_address, enter
from hemicycle.motions.candidates import standing
from hemicycle.motions.forms.elections import WithdrawCandidateForm
from hemicycle.motions.models import Amendment, Motion
from hemicycle.motions.queries import amendment_for, motion_for
from hemicycle.motions.views.elections import back_to, on_candidate
from hemicycle.voting import acts, forms, queries
from hemicycle.voting.acts.electing import is_contested
from hemicycle.voting.models import Ballot
from hemicycle.voting.papers import Form
from hemicycle.voting.queries.connecting import asks_the_desk
from hemicycle.voting.words import Kind

NO_CONTEST: Asks[Motion] = Asks(
    Kind.ELECTION_UNCONTESTED,
    acts.note_no_contest,
    heading=lambda motion: _("No contest: %(title)s") % {"title": motion.title},
    button=lambda: _("They are elected without a vote"),
    hint=lambda _motion: _(
        "There are no more candidates than seats. By the rules they are declared elected; the chair declares it next."
    ),
)


def uncontested(motion: Motion) -> bool:
    """Say whether an election needs no vote by the rules: somebody stands, and there are no more than the seats."""
    meeting = motion.item.meeting
    rules = procedure(rules_on(meeting.body, meeting.starts)).elections
    count = standing(motion.election).count()
    return bool(count) and rules.sole == Sole.DECLARED and not is_contested(motion.election, count)


@get_or_post
def ask(request: HouseRequest, motion_id: int) -> HttpResponse:
    """Put a motion to the vote by hands, papers or consent."""
    motion = motion_for(request.viewer, motion_id)
    return put(request, motion, None, _("Decide on “%(title)s”") % {"title": motion.title})


@get_or_post
def ask_amendment(request: HouseRequest, amendment_id: int) -> HttpResponse:
    """Put an amendment to the vote."""
    amendment = amendment_for(request.viewer, amendment_id)
    said = {"number": amendment.ordinal, "title": amendment.motion.title}
    return put(request, amendment.motion, amendment, _("Decide on amendment %(number)d to “%(title)s”") % said)


def put(request: HouseRequest, motion: Motion, amendment: Amendment | None, heading: str) -> HttpResponse:
    """Put a motion or an amendment to the vote, in secret where the meeting decided so."""
    meeting = motion.item.meeting
    secret = queries.secret_vote_due(motion.item_id, now())
    election = motion.kind == Motion.Kind.ELECTION
    if election and uncontested(motion):
        return show(request, NO_CONTEST, motion, meeting, motion_id=motion.pk)
    form = forms.AskForm(
        request.POST or None,
        zone=meeting.body.time_zone,
        secret=secret,
        election=election,
        said=asks_the_desk(meeting),
    )

    def do(by: Actor) -> object:
        typed = form.cleaned_data
        return acts.open_ballot(
            by=by,
            motion_id=motion.pk,
            amendment_id=amendment.pk if amendment else None,
            method=typed["method"],
            question=typed["question"],
            anyway=typed.get("anyway", False),
            happened=form.stated,
        )

    hint = _("The screen shows how the text would read.") if amendment else ""
    return enter(
        request,
        meeting.body.book_id,
        Kind.BALLOT_OPENED,
        form,
        do,
        heading=heading,
        button=_("Put it to the meeting"),
        back=desk_address(meeting),
        meeting=meeting,
        hint=_("The meeting decided to vote in secret on this.") if secret else hint,
    )


PRACTISE: Asks[Motion] = Asks(
    Kind.BALLOT_OPENED,
    acts.open_ballot,
    heading=lambda motion: _("Practise voting on “%(title)s”") % {"title": motion.title},
    button=lambda: _("Open it for practice"),
    hint=lambda _motion: _(
        "Everybody with a vote sees the paper as in a vote, and every screen says that nothing is decided. Nothing is "
        "counted; one button at the desk ends it."
    ),
    form=forms.PractiseForm,
    given=lambda _request, motion: {"election": motion.kind == Motion.Kind.ELECTION},
    typed=lambda form: {"method": form.cleaned_data["method"], "practice": True},
    back=lambda motion: desk_address(motion.item.meeting),
)


@get_or_post
def practise(request: HouseRequest, motion_id: int) -> HttpResponse:
    """Open a ballot for practice on a motion or an election."""
    motion = motion_for(request.viewer, motion_id)
    return show(request, PRACTISE, motion, motion.item.meeting, motion_id=motion.pk)


def there(ballot: Ballot) -> str:
    """Return how many may vote."""
    return _("%(count)d voters are there.") % {"count": ballot.entitled.count()}


def paper_key(ballot: Ballot) -> str:
    """Return the names on the papers of an election with their numbers, empty for a motion."""
    lines = [f"{number} {name}" for number, name in enumerate(queries.option_names(ballot), 1)]
    return _("On the papers: %(names)s.") % {"names": ", ".join(lines)} if lines else ""


def those_there(request: HouseRequest, ballot: Ballot) -> list[str]:
    """Return the names of those who take part in the sitting of a ballot."""
    return names_of(request.viewer, ballot.sitting)


def page_of(ballot: Ballot) -> str:
    """Return the address of a ballot's page."""
    return reverse("voting:ballot", args=[ballot.pk])


on_ballot = pages_on(queries.ballot_for, lambda ballot: ballot.sitting.meeting, "ballot_id")
count_at_once = on_ballot(
    Asks(
        Kind.BALLOT_COUNTED,
        acts.enter_count,
        heading=lambda ballot: _("What was counted: %(question)s") % {"question": ballot.question},
        button=lambda: _("Close the vote with these counts"),
        hint=lambda ballot: " ".join((there(ballot), paper_key(ballot))).strip(),
        form=forms.counting_form,
        given=lambda _request, ballot: {"ballot": ballot},
        typed=lambda form: {"counted": form.hands()},
        back=page_of,
    )
)


@get_or_post
def enter_count(request: HouseRequest, ballot_id: int) -> HttpResponse:
    """Enter what was counted: at once, or in batches where by the rules two persons enter it."""
    ballot = queries.ballot_for(request.viewer, ballot_id)
    if queries.enters_twice(ballot) and ballot.closed is None:
        return redirect("voting:batches", ballot.pk)
    return count_at_once(request, ballot_id=ballot_id)


recount_hands = on_ballot(
    Asks(
        Kind.RESULT_CORRECTED,
        acts.correct_result,
        heading=lambda ballot: _("Counted again: %(question)s") % {"question": ballot.question},
        button=lambda: _("Enter the new count"),
        hint=lambda _ballot: _("The earlier count is kept."),
        form=forms.recounting_form,
        given=lambda _request, ballot: {"ballot": ballot},
        typed=lambda form: {"reason": form.cleaned_data["reason"], "counted": form.hands()},
        back=page_of,
    )
)
consent = on_ballot(
    Asks(
        Kind.CONSENT_NOTED,
        acts.note_consent,
        heading=lambda _ballot: _("Nobody objects"),
        button=lambda: _("Enter that nobody objects"),
        back=page_of,
    )
)
objection = on_ballot(
    Asks(
        Kind.OBJECTION_NOTED,
        acts.note_objection,
        heading=lambda _ballot: _("Somebody objects"),
        button=lambda: _("Enter the objection"),
        hint=lambda _ballot: _("There is no consent then: it is to be voted on."),
        form=forms.ObjectionForm,
        names=those_there,
        back=page_of,
    )
)


def equal_candidates(request: HouseRequest, ballot: Ballot) -> dict[str, Any]:
    """Return the candidates who are equal, by number; none on a motion, or to who enters no casting vote."""
    result = queries.result_of(ballot)
    able = request.actors_in(ballot.sitting.meeting.body.book_id, Kind.CASTING_VOTE_GIVEN)
    if result is None or not result.election or not able:
        return {}
    names = queries.option_names(ballot)
    return {"tied": [(str(number), names[number - 1]) for number in result.election["tied"]]}


casting_vote = on_ballot(
    Asks(
        Kind.CASTING_VOTE_GIVEN,
        acts.give_casting_vote,
        heading=lambda _ballot: _("The casting vote"),
        button=lambda: _("Enter the casting vote"),
        hint=lambda ballot: " ".join(
            (
                _("The votes are equal, and the rules let whoever presides decide."),
                _("Who is favoured is elected, or stays in the count.") if ballot.form != Form.MOTION else "",
            )
        ).strip(),
        form=forms.CastingForm,
        given=equal_candidates,
        back=page_of,
    )
)
dissent = on_ballot(
    Asks(
        Kind.DISSENT_MINUTED,
        acts.minute_dissent,
        heading=lambda _ballot: _("Minute a dissent"),
        button=lambda: _("Minute it"),
        form=forms.DissentForm,
        names=those_there,
        back=page_of,
    )
)
lot = on_ballot(
    Asks(
        Kind.LOT_DRAWN,
        acts.draw_lot,
        heading=lambda ballot: _("The lot: %(question)s") % {"question": ballot.question},
        button=lambda: _("Draw the lot"),
        hint=lambda _ballot: _(
            "The votes are equal, and by the rules the lot decides. It was bound before the vote was opened; its seed "
            "is published with the result, so that anybody can draw it again."
        ),
        back=page_of,
    )
)
repeat = on_ballot(
    Asks(
        Kind.BALLOT_REPEATED,
        acts.repeat_ballot,
        heading=lambda ballot: _("Vote again: %(question)s") % {"question": ballot.question},
        button=lambda: _("Open the vote again"),
        hint=lambda _ballot: " ".join(
            (
                _("The earlier vote counts for nothing then, and is kept."),
                _("Who is there with a vote now is entitled."),
            )
        ),
        form=forms.RepeatForm,
        given=lambda _request, ballot: {"said": asks_the_desk(ballot.sitting.meeting)},
        back=page_of,
    )
)
withdraw_candidate = on_candidate(
    Asks(
        Kind.CANDIDATE_WITHDRAWN,
        acts.withdraw_candidate,
        heading=lambda candidate: _("%(name)s withdraws") % {"name": candidate.name},
        button=lambda: _("Enter that the candidate withdraws"),
        hint=lambda _candidate: _("Papers that name somebody who withdrew go on to the next name."),
        form=WithdrawCandidateForm,
        back=back_to,
    )
)
