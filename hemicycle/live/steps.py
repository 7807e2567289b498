"""The desk's one button: what comes next."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from django.urls import reverse
from django.utils.translation import gettext as _

from hemicycle.accounts.request import HouseRequest
from hemicycle.accounts.rights import MAY
from hemicycle.bodies.models import PostKind
from hemicycle.bodies.queries import holders, rules_on
from hemicycle.bodies.rules import Ties
from hemicycle.decisions.words import Kind as Decisions
from hemicycle.journal.act import Actor
from hemicycle.journal.forms import HappenedForm
from hemicycle.live.agreed import button as together
from hemicycle.live.agreed import told, waiting_in
from hemicycle.live.queries import Desk
from hemicycle.live.rules import Step
from hemicycle.meetings.day import day_of
from hemicycle.meetings.models import Meeting, Presiding
from hemicycle.meetings.queries.speaking import open_turn
from hemicycle.meetings.words import Kind as Meetings
from hemicycle.motions.candidates import standing
from hemicycle.motions.models import Motion
from hemicycle.motions.words import Kind as Motions
from hemicycle.publishing.words import Kind as Publishing
from hemicycle.voting.models import Method
from hemicycle.voting.queries import tie_falls
from hemicycle.voting.shown import acting, declared_by_another
from hemicycle.voting.words import Kind as Voting
from hemicycle.voting.words import procedure

Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Offer:
    """An act that can be done: `send` by one button with these fields, or on a page of its own."""

    kind: str
    label: str
    url: str
    hint: str = ""
    send: bool = True
    fields: list[tuple[str, object]] = field(default_factory=list)


@dataclass(frozen=True)
class Primary:
    """The one button of the desk, with those of the reader's capacities that may press it, or for whom it is."""

    step: Step
    offer: Offer
    actors: list[Actor]
    form: HappenedForm
    others: str


def primary(request: HouseRequest, desk: Desk, step: Step) -> Primary | None:
    """Return the button for a step, None where nothing is left to do."""
    if step not in OFFERS:
        return None
    offer = OFFERS[step](desk)
    body = desk.meeting.body
    actors = acting(request, body.book_id, offer.kind, desk.result)
    return Primary(
        step=step,
        offer=offer,
        actors=actors,
        form=HappenedForm(auto_id="next_%s", zone=body.time_zone),
        others="" if actors else others_for(offer, desk),
    )


def others_for(offer: Offer, desk: Desk) -> str:
    """Return for whom an act is: the capacities that may do it, and of a result not who declared it."""
    named = ", ".join(sorted(_(str(capacity)) for capacity in MAY[offer.kind]))
    name = declared_by_another(desk.result) if desk.result and offer.kind == Voting.RESULT_CERTIFIED else ""
    return _("%(named)s; not %(name)s, who declared it") % {"named": named, "name": name} if name else named


def given(thing: Thing | None) -> Thing:
    """Return what a step is about; that it is there follows from the step."""
    if thing is None:
        raise ValueError("A step was offered without what it is about.")
    return thing


def page(kind: str, label: str, url: str, hint: str = "") -> Offer:
    """Return an act that is entered on a page of its own."""
    return Offer(kind, label, url, hint, send=False)


def add_item(desk: Desk) -> Offer:
    url = reverse("meetings:add_item", args=[desk.meeting.pk])
    return page(Meetings.ITEM_ADDED, _("Add an item to the agenda"), url, _("Nothing stands on the agenda yet."))


def summon(desk: Desk) -> Offer:
    url = reverse("meetings:summon", args=[desk.meeting.pk])
    return page(Meetings.MEETING_SUMMONED, _("Send the summons"), url, _("The notice period is checked by the rules."))


def accredit(desk: Desk) -> Offer:
    sitting = given(desk.sitting or desk.planned)
    if before := desk.last_closed:
        label = _("Accredit those of sitting %(number)d again") % {"number": before.ordinal}
        url = reverse("meetings:accredit_again", args=[sitting.pk])
        return Offer(Meetings.PARTICIPANTS_ACCREDITED, label, url, _("Persons and delegations, each as they were."))
    url = reverse("meetings:accredit_members", args=[sitting.pk])
    hint = _("Guests and observers can be added before and after.")
    return Offer(Meetings.PARTICIPANTS_ACCREDITED, _("Accredit all members and alternates"), url, hint)


def open_sitting(desk: Desk) -> Offer:
    planned = given(desk.planned)
    label = _("Open sitting %(number)d") % {"number": planned.ordinal}
    url = reverse("meetings:open_sitting", args=[planned.pk])
    if not desk.state.summoned:
        return page(Meetings.SITTING_OPENED, label, url, _("No notice was given; say why it meets all the same."))
    return Offer(Meetings.SITTING_OPENED, label, url)


def take_chair(desk: Desk) -> Offer:
    sitting, body = given(desk.sitting), desk.meeting.body
    url = reverse("meetings:take_chair", args=[sitting.pk])
    office = holders(body, day_of(sitting), PostKind.CHAIR).first()
    bases = rules_on(body, desk.meeting.starts).presiding
    if office is None or not bases or bases[0] != Presiding.Basis.OFFICE:
        return page(Meetings.CHAIR_TAKEN, _("Say who presides"), url, _("Nobody presides yet."))
    return Offer(
        Meetings.CHAIR_TAKEN,
        _("%(name)s takes the chair") % {"name": office.person.name},
        url,
        _("By office, as %(title)s.") % {"title": office.post.title},
        fields=[("person", office.person.name), ("basis", str(Presiding.Basis.OFFICE))],
    )


def resume(desk: Desk) -> Offer:
    sitting = given(desk.sitting)
    label = _("Resume sitting %(number)d") % {"number": sitting.ordinal}
    return Offer(Meetings.SITTING_RESUMED, label, reverse("meetings:resume", args=[sitting.pk]))


def count(desk: Desk) -> Offer:
    url = reverse("meetings:call_quorum", args=[given(desk.sitting).pk])
    hint = _("The sitting is suspended because too few were there. Enough of them, and it goes on.")
    return page(Meetings.QUORUM_CALLED, _("Count again who is there"), url, hint)


def check_in(desk: Desk) -> Offer:
    url = reverse("meetings:participants", args=[given(desk.sitting).pk])
    hint = _("There is no quorum yet, so nothing can be put to the vote.")
    return page(Meetings.PARTICIPANTS_CAME, _("Enter who is there"), url, hint)


def adopt_agenda(desk: Desk) -> Offer:
    url = reverse("meetings:adopt_agenda", args=[desk.meeting.pk])
    return Offer(Meetings.AGENDA_ADOPTED, _("Adopt the agenda"), url, _("From then on it is frozen."))


def take_up_item(desk: Desk) -> Offer:
    item = given(desk.next_item)
    label = _("Take up item %(number)s") % {"number": item.called}
    return Offer(Meetings.ITEM_TAKEN_UP, label, reverse("meetings:take_up_item", args=[item.pk]), item.title)


def open_ballot(desk: Desk) -> Offer:
    motion = given(desk.motion)
    if motion.kind == Motion.Kind.ELECTION:
        return put_election(motion)
    return Offer(Voting.BALLOT_OPENED, _("Open the vote"), reverse("voting:open", args=[motion.pk]), motion.title)


def call_speaker(desk: Desk) -> Offer:
    waiting = given(desk.calls)
    url = reverse("meetings:call_next", args=[given(desk.item).pk])
    hint = _("%(name)s, %(what)s") % {"name": waiting.person.name, "what": _(waiting.get_kind_display())}
    return Offer(Meetings.FLOOR_GIVEN, _("Call the next speaker"), url, hint, fields=[("request", waiting.pk)])


def end_speech(desk: Desk) -> Offer:
    turn = given(open_turn(given(desk.sitting)))
    label = _("%(name)s has ended") % {"name": turn.speaker.name}
    return Offer(Meetings.SPEECH_ENDED, label, reverse("meetings:end_speech", args=[turn.pk]))


def put_election(motion: Motion) -> Offer:
    if not standing(motion.election).exists():
        url, hint = reverse("motions:nominate", args=[motion.pk]), _("Nobody stands yet.")
        return page(Motions.CANDIDATE_NOMINATED, _("Nominate a candidate"), url, hint)
    return page(Voting.BALLOT_OPENED, _("Put the election to the vote"), reverse("voting:ask", args=[motion.pk]))


def decide_procedure(desk: Desk) -> Offer:
    motion = given(desk.procedure)
    said = {"mover": motion.mover, "what": procedure(motion.name)}
    url = reverse("voting:decide_procedure", args=[motion.pk])
    hint = _("It is debated first.") if motion.debatable else _("It is put at once, without debate.")
    return page(Voting.PROCEDURE_DECIDED, _("Decide: %(mover)s moves %(what)s") % said, url, hint)


def carry_out(desk: Desk) -> Offer:
    motion, sitting = given(desk.procedure), given(desk.sitting).pk
    item = (desk.item.pk if desk.item else 0) or (motion.item_id or 0)
    table = desk.motion.pk if desk.motion else 0
    at_sitting = {
        "suspend": (Meetings.SITTING_SUSPENDED, "meetings:suspend", sitting),
        "adjourn": (Meetings.SITTING_ADJOURNED, "meetings:adjourn", sitting),
        "appeal": (Meetings.RULING_REVERSED, "meetings:reverse_ruling", sitting),
        "private": (Meetings.SITTING_CLOSED_TO_PUBLIC, "meetings:go_into_private", sitting),
        "next business": (Meetings.ITEM_SETTLED, "meetings:settle_item", item),
        "refer back": (Meetings.ITEM_REFERRED_BACK, "meetings:refer_back_item", item),
        "close debate": (Meetings.DEBATE_CLOSED, "meetings:close_debate", item),
        "close list": (Meetings.LIST_CLOSED, "meetings:close_list", item),
        "reconsider": (Meetings.ITEM_REOPENED, "meetings:reopen_item", item),
        "divide": (Motions.MOTION_DIVIDED, "motions:divide", table),
        "secret vote": (Voting.BALLOT_OPENED, "voting:ask", table),
    }
    kind, name, key = at_sitting.get(motion.effect, (Meetings.PARTICIPANTS_CAME, "meetings:participants", sitting))
    if not key:
        kind, name, key = Meetings.PARTICIPANTS_CAME, "meetings:participants", sitting
    label = _("The meeting decided %(what)s: carry it out") % {"what": procedure(motion.name)}
    return page(kind, label, reverse(name, args=[key]))


def settle_amendment(desk: Desk) -> Offer:
    amendment = given(desk.amendment)
    label = _("Decide on amendment %(number)d") % {"number": amendment.ordinal}
    hint = _("Amendments are settled before the main text.")
    return page(Voting.BALLOT_OPENED, label, reverse("voting:ask_amendment", args=[amendment.pk]), hint)


def enter_count(desk: Desk) -> Offer:
    url = reverse("voting:count", args=[given(desk.ballot).pk])
    return page(
        Voting.BALLOT_COUNTED, _("Enter what was counted"), url, _("The tellers count; then the vote is closed.")
    )


def note_consent(desk: Desk) -> Offer:
    url = reverse("voting:consent", args=[given(desk.ballot).pk])
    return Offer(Voting.CONSENT_NOTED, _("Nobody objects"), url, _("It is adopted then, without a vote."))


def call_roll(desk: Desk) -> Offer:
    url = reverse("voting:roll_call", args=[given(desk.ballot).pk])
    hint = _("One name after the other; what each answers is entered here, and the vote is closed there.")
    return page(Voting.BALLOT_COUNTED, _("Call the roll"), url, hint)


def close_ballot(desk: Desk) -> Offer:
    url = reverse("voting:close", args=[given(desk.ballot).pk])
    if given(desk.ballot).practice:
        hint = _("Nothing is counted; what is in the box is for nothing.")
        return Offer(Voting.BALLOT_CLOSED, _("End the practice"), url, hint)
    hint = _("The votes are counted at once. Nobody can vote after that.")
    return Offer(Voting.BALLOT_CLOSED, _("Close the vote"), url, hint)


def declare_result(desk: Desk) -> Offer:
    return of_result(desk, Voting.RESULT_DECLARED, _("Declare the result"), "voting:declare")


def certify_agreed(desk: Desk) -> Offer | None:
    """Return the button for everything that was adopted by consent together, None where a single result waits."""
    ballot = given(desk.ballot)
    waiting = waiting_in(ballot.sitting_id) if ballot.method == Method.CONSENT else []
    if len(waiting) <= 1:
        return None
    url = reverse("live:certify_agreed", args=[ballot.sitting_id])
    return Offer(Voting.RESULT_CERTIFIED, together(waiting), url, told(waiting))


def certify_result(desk: Desk) -> Offer:
    if agreed := certify_agreed(desk):
        return agreed
    match tie_falls(given(desk.result)):
        case Ties.AGAIN:
            url = reverse("voting:repeat", args=[given(desk.ballot).pk])
            return page(Voting.BALLOT_REPEATED, _("Take the vote again"), url, _("The votes are equal."))
        case Ties.LOT:
            url = reverse("voting:lot", args=[given(desk.ballot).pk])
            return page(Voting.LOT_DRAWN, _("Draw the lot"), url, _("The votes are equal."))
    return of_result(desk, Voting.RESULT_CERTIFIED, _("Certify the result"), "voting:certify")


def of_result(desk: Desk, kind: str, label: str, name: str) -> Offer:
    url = reverse(name, args=[given(desk.ballot).pk])
    return Offer(kind, label, url, fields=[("result", given(desk.result).pk)])


def certify_decision(desk: Desk) -> Offer:
    if agreed := certify_agreed(desk):
        return agreed
    url = reverse("decisions:certify", args=[given(desk.ballot).pk])
    hint = _("It gets its number. From then on only a later decision changes it.")
    return Offer(Decisions.DECISION_CERTIFIED, _("Certify the decision"), url, hint)


def issue_directive(desk: Desk) -> Offer:
    point = given(desk.point)
    numbers = {"point": point.ordinal, "decision": point.decision.number}
    label = _("Hand point %(point)d of decision %(decision)d to a unit") % numbers
    return page(Decisions.DIRECTIVE_ISSUED, label, reverse("decisions:issue", args=[point.pk]), point.text)


def settle_item(desk: Desk) -> Offer:
    item = given(desk.item)
    label = _("Settle item %(number)s") % {"number": item.called}
    return Offer(Meetings.ITEM_SETTLED, label, reverse("meetings:settle_item", args=[item.pk]), item.title)


def close_sitting(desk: Desk) -> Offer:
    sitting = given(desk.sitting)
    label = _("Close sitting %(number)d") % {"number": sitting.ordinal}
    url = reverse("meetings:close_sitting", args=[sitting.pk])
    return Offer(Meetings.SITTING_CLOSED, label, url, _("Everybody who is there is entered as leaving."))


def close_meeting(desk: Desk) -> Offer:
    url = reverse("meetings:close", args=[desk.meeting.pk])
    return Offer(Meetings.MEETING_CLOSED, _("Close the meeting"), url, _("Nothing can be entered in it after that."))


def publish(desk: Desk) -> Offer:
    meeting = desk.meeting
    url = reverse("publishing:preview", args=[meeting.body.slug, meeting.term.ordinal, meeting.ordinal])
    hint = _("The communiqué is written from the book; you see it before it goes out.")
    return page(Publishing.COMMUNIQUE_PUBLISHED, _("Look at the communiqué"), url, hint)


def draw_up_minutes(desk: Desk) -> Offer:
    url = reverse("publishing:draw_up_minutes", args=[desk.meeting.pk])
    hint = _("They are written from the book; every section can be edited before they are circulated.")
    return page(Publishing.MINUTES_DRAWN_UP, _("Draw up the minutes"), url, hint)


def circulate_minutes(desk: Desk) -> Offer:
    hint = _("Read them, edit them, then circulate them to those who took part.")
    return page(Publishing.MINUTES_CIRCULATED, _("Look through the minutes"), minutes_page(desk.meeting), hint)


def answer_corrections(desk: Desk) -> Offer:
    hint = _("Each is taken up or declined; after that a later meeting can approve the minutes.")
    label = _("Answer the corrections to the minutes")
    return page(Publishing.CORRECTION_TAKEN_UP, label, minutes_page(desk.meeting), hint)


def minutes_page(meeting: Meeting) -> str:
    return reverse("publishing:minutes", args=[meeting.body.slug, meeting.term.ordinal, meeting.ordinal])


OFFERS: dict[Step, Callable[[Desk], Offer]] = {
    Step.ADD_ITEM: add_item,
    Step.SUMMON: summon,
    Step.ACCREDIT: accredit,
    Step.OPEN_SITTING: open_sitting,
    Step.TAKE_CHAIR: take_chair,
    Step.RESUME: resume,
    Step.COUNT: count,
    Step.CHECK_IN: check_in,
    Step.ADOPT_AGENDA: adopt_agenda,
    Step.TAKE_UP_ITEM: take_up_item,
    Step.OPEN_BALLOT: open_ballot,
    Step.CALL_SPEAKER: call_speaker,
    Step.END_SPEECH: end_speech,
    Step.DECIDE_PROCEDURE: decide_procedure,
    Step.CARRY_OUT: carry_out,
    Step.SETTLE_AMENDMENT: settle_amendment,
    Step.ENTER_COUNT: enter_count,
    Step.NOTE_CONSENT: note_consent,
    Step.CALL_ROLL: call_roll,
    Step.CLOSE_BALLOT: close_ballot,
    Step.DECLARE_RESULT: declare_result,
    Step.CERTIFY_RESULT: certify_result,
    Step.CERTIFY_DECISION: certify_decision,
    Step.ISSUE_DIRECTIVE: issue_directive,
    Step.SETTLE_ITEM: settle_item,
    Step.CLOSE_SITTING: close_sitting,
    Step.CLOSE_MEETING: close_meeting,
    Step.PUBLISH: publish,
    Step.DRAW_UP_MINUTES: draw_up_minutes,
    Step.CIRCULATE_MINUTES: circulate_minutes,
    Step.ANSWER_CORRECTIONS: answer_corrections,
}
