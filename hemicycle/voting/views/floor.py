"""Pages of the desk on a vote: how it is put, what the tellers counted, consent, ties, dissent, a vote taken again."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hemicycle.accounts.request import HouseRequest
from hemicycle.journal.act import Actor
from hemicycle.journal.clock import now
from hemicycle.journal.forms import HappenedForm
from hemicycle.meetings.queries import names_of
from hemicycle.meetings.views.asking import get_or_post
from hemicycle.meetings.views.entering import desk_address, enter
from hemicycle.motions.models import Amendment, Motion
from hemicycle.motions.queries import amendment_for, motion_for
from hemicycle.voting import acts, forms, queries
from hemicycle.voting.words import Kind


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
    form = forms.AskForm(request.POST or None, zone=meeting.body.time_zone, secret=secret)

    def do(by: Actor) -> object:
        typed = form.cleaned_data
        return acts.open_ballot(
            by=by,
            motion_id=motion.pk,
            amendment_id=amendment.pk if amendment else None,
            method=typed["method"],
            question=typed["question"],
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


@dataclass(frozen=True)
class Entering:
    """A form that the desk enters about a ballot: its act, what it sends of the form, and its words.

    `heading` and `hint` may name the question and the number of voters. `names`: people are named in it.
    """

    kind: Kind
    form: type[HappenedForm]
    act: Callable[..., object]
    sends: Callable[[Any], dict[str, object]]
    heading: Any
    button: Any
    hint: Any = ""
    names: bool = False


def entering(request: HouseRequest, ballot_id: int, of: Entering) -> HttpResponse:
    """Show one of these forms on a ballot, and do its act."""
    found = queries.ballot_for(request.viewer, ballot_id)
    meeting = found.sitting.meeting
    form = of.form(request.POST or None, zone=meeting.body.time_zone)
    said = {"question": found.question, "count": found.entitled.count()}
    return enter(
        request,
        meeting.body.book_id,
        of.kind,
        form,
        lambda by: of.act(by=by, ballot_id=found.pk, happened=form.stated, **of.sends(form)),
        heading=str(of.heading) % said,
        button=str(of.button),
        back=reverse("voting:ballot", args=[found.pk]),
        meeting=meeting,
        hint=str(of.hint) % said,
        names=names_of(request.viewer, found.sitting) if of.names else [],
    )


def typed(*names: str) -> Callable[[Any], dict[str, object]]:
    """Send these fields of a form as they were typed."""
    return lambda form: {name: form.cleaned_data[name] for name in names}


COUNT = Entering(
    Kind.BALLOT_COUNTED,
    forms.CountForm,
    acts.enter_count,
    lambda form: {"counted": form.hands()},
    gettext_lazy("What was counted: %(question)s"),
    gettext_lazy("Close the vote with these counts"),
    gettext_lazy("%(count)d voters are there."),
)
COUNT_AGAIN = Entering(
    Kind.RESULT_CORRECTED,
    forms.RecountForm,
    acts.correct_result,
    lambda form: {"reason": form.cleaned_data["reason"], "counted": form.hands()},
    gettext_lazy("Counted again: %(question)s"),
    gettext_lazy("Enter the new count"),
    gettext_lazy("The earlier count is kept."),
)
CONSENT = Entering(
    Kind.CONSENT_NOTED,
    HappenedForm,
    acts.note_consent,
    typed(),
    gettext_lazy("Nobody objects"),
    gettext_lazy("Enter that nobody objects"),
)
OBJECTION = Entering(
    Kind.OBJECTION_NOTED,
    forms.ObjectionForm,
    acts.note_objection,
    typed("objector"),
    gettext_lazy("Somebody objects"),
    gettext_lazy("Enter the objection"),
    gettext_lazy("There is no consent then: it is to be voted on."),
    names=True,
)
CASTING_VOTE = Entering(
    Kind.CASTING_VOTE_GIVEN,
    forms.CastingForm,
    acts.give_casting_vote,
    typed("choice"),
    gettext_lazy("The casting vote"),
    gettext_lazy("Enter the casting vote"),
    gettext_lazy("The votes are equal, and the rules let whoever presides decide."),
)
DISSENT = Entering(
    Kind.DISSENT_MINUTED,
    forms.DissentForm,
    acts.minute_dissent,
    lambda form: {"person_id": form.cleaned_data["person"].pk, "text": form.cleaned_data["text"]},
    gettext_lazy("Minute a dissent"),
    gettext_lazy("Minute it"),
    names=True,
)
LOT = Entering(
    Kind.LOT_DRAWN,
    HappenedForm,
    acts.draw_lot,
    typed(),
    gettext_lazy("The lot: %(question)s"),
    gettext_lazy("Draw the lot"),
    gettext_lazy(
        "The votes are equal, and by the rules the lot decides. It was bound before the vote was opened; its seed is "
        "published with the result, so that anybody can draw it again."
    ),
)
REPEAT = Entering(
    Kind.BALLOT_REPEATED,
    forms.RepeatForm,
    acts.repeat_ballot,
    typed("reason"),
    gettext_lazy("Vote again: %(question)s"),
    gettext_lazy("Open the vote again"),
    format_lazy(
        "{} {}",
        gettext_lazy("The earlier vote counts for nothing then, and is kept."),
        gettext_lazy("Who is there with a vote now is entitled."),
    ),
)


def page_of(of: Entering) -> Callable[..., HttpResponse]:
    """Return the view of one of these forms."""

    @get_or_post
    def view(request: HouseRequest, ballot_id: int) -> HttpResponse:
        return entering(request, ballot_id, of)

    return view


enter_count, recount_hands, consent, objection = map(page_of, (COUNT, COUNT_AGAIN, CONSENT, OBJECTION))
casting_vote, dissent, lot, repeat = map(page_of, (CASTING_VOTE, DISSENT, LOT, REPEAT))
