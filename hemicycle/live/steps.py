"""The desk's buttons: the one that comes next, and what can be done besides it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar
from urllib.parse import quote

from django.urls import reverse
from django.utils.translation import gettext as _

from hemicycle.accounts.request import HouseRequest
from hemicycle.accounts.rights import MAY
from hemicycle.bodies.models import PostKind
from hemicycle.bodies.queries import holders, rules_on
from hemicycle.decisions.words import Kind as Decisions
from hemicycle.journal.act import Actor
from hemicycle.journal.forms import HappenedForm
from hemicycle.live.queries import Desk
from hemicycle.live.rules import Step
from hemicycle.meetings.day import day_of
from hemicycle.meetings.models import Presiding
from hemicycle.meetings.words import Kind as Meetings
from hemicycle.motions.words import Kind as Motions
from hemicycle.publishing.words import Kind as Publishing
from hemicycle.voting.words import Kind as Voting

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
    return Primary(
        step=step,
        offer=offer,
        actors=request.actors_in(body.book_id, offer.kind),
        form=HappenedForm(auto_id="next_%s", zone=body.time_zone),
        others=", ".join(sorted(_(str(capacity)) for capacity in MAY[offer.kind])),
    )


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
    return Offer(Voting.BALLOT_OPENED, _("Open the vote"), reverse("voting:open", args=[motion.pk]), motion.title)


def close_ballot(desk: Desk) -> Offer:
    url = reverse("voting:close", args=[given(desk.ballot).pk])
    hint = _("The votes are counted at once. Nobody can vote after that.")
    return Offer(Voting.BALLOT_CLOSED, _("Close the vote"), url, hint)


def declare_result(desk: Desk) -> Offer:
    return of_result(desk, Voting.RESULT_DECLARED, _("Declare the result"), "voting:declare")


def certify_result(desk: Desk) -> Offer:
    return of_result(desk, Voting.RESULT_CERTIFIED, _("Certify the result"), "voting:certify")


def of_result(desk: Desk, kind: str, label: str, name: str) -> Offer:
    url = reverse(name, args=[given(desk.ballot).pk])
    return Offer(kind, label, url, fields=[("result", given(desk.result).pk)])


def certify_decision(desk: Desk) -> Offer:
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


OFFERS: dict[Step, Callable[[Desk], Offer]] = {
    Step.ADD_ITEM: add_item,
    Step.SUMMON: summon,
    Step.ACCREDIT: accredit,
    Step.OPEN_SITTING: open_sitting,
    Step.TAKE_CHAIR: take_chair,
    Step.CHECK_IN: check_in,
    Step.ADOPT_AGENDA: adopt_agenda,
    Step.TAKE_UP_ITEM: take_up_item,
    Step.OPEN_BALLOT: open_ballot,
    Step.CLOSE_BALLOT: close_ballot,
    Step.DECLARE_RESULT: declare_result,
    Step.CERTIFY_RESULT: certify_result,
    Step.CERTIFY_DECISION: certify_decision,
    Step.ISSUE_DIRECTIVE: issue_directive,
    Step.SETTLE_ITEM: settle_item,
    Step.CLOSE_SITTING: close_sitting,
    Step.CLOSE_MEETING: close_meeting,
    Step.PUBLISH: publish,
}


def besides(request: HouseRequest, desk: Desk, step: Step, here: str) -> list[tuple[str, str]]:
    """Return what else can be done now, as pairs of label and address; what the reader may not do is left out."""
    book = desk.meeting.body.book_id
    offers = [offer for offer in others(desk, step) if request.actors_in(book, offer.kind)]
    return [(offer.label, f"{offer.url}?next={quote(here)}") for offer in offers]


def others(desk: Desk, step: Step) -> list[Offer]:
    """Return the acts that make sense besides the step, in the order of a sitting."""
    found = [*on_the_item(desk), *on_what_was_decided(desk), *in_the_sitting(desk), *on_the_meeting(desk)]
    return [offer for offer in found if step not in OFFERS or offer.url != OFFERS[step](desk).url]


def on_the_item(desk: Desk) -> list[Offer]:
    """Return what can be done on the current item and its vote."""
    if desk.item is None or desk.state.over:
        return []
    item = desk.item
    found = [
        page(Meetings.REPORT_HEARD, _("Enter a report"), reverse("meetings:hear_report", args=[item.pk])),
        page(Motions.MOTION_TABLED, _("Table a motion"), reverse("motions:table", args=[item.pk])),
    ]
    if desk.motion:
        url = reverse("motions:revise", args=[desk.motion.pk])
        found.append(page(Motions.MOTION_REVISED, _("Revise the motion"), url))
    if desk.ballot:
        url = reverse("voting:ballot", args=[desk.ballot.pk])
        found.append(page(Voting.BALLOT_VOIDED, _("The vote: void it, or count again"), url))
    if desk.state.ballot != "open":
        found.append(settle_item(desk))
    return found


def in_the_sitting(desk: Desk) -> list[Offer]:
    """Return what can be done in the open sitting, or before the next one."""
    found: list[Offer] = []
    if desk.state.over:
        return found
    if sitting := desk.sitting or desk.planned:
        url = reverse("meetings:participants", args=[sitting.pk])
        found.append(page(Meetings.PARTICIPANTS_CAME, _("Who takes part, coming and going"), url))
        url = reverse("meetings:take_chair", args=[sitting.pk])
        found.append(page(Meetings.CHAIR_TAKEN, _("Change who presides"), url))
    if desk.planned and not desk.sitting:
        found.append(open_sitting(desk))
    if desk.sitting and desk.state.presided and desk.state.ballot != "open":
        found.append(close_sitting(desk))
    return found


def on_what_was_decided(desk: Desk) -> list[Offer]:
    """Return the point that no unit was handed yet."""
    return [issue_directive(desk)] if desk.point else []


def on_the_meeting(desk: Desk) -> list[Offer]:
    """Return what can be done on the meeting as a whole."""
    found = []
    if desk.state.summoned:
        url = reverse("meetings:summons", args=[desk.meeting.pk])
        found.append(page(Meetings.MEETING_SUMMONED, _("Who has received the summons"), url))
    key = desk.meeting.pk
    if not desk.state.over:
        url = reverse("meetings:agenda", args=[desk.meeting.pk])
        found.append(page(Meetings.ITEM_CHANGED, _("Change the agenda"), url))
        url = reverse("meetings:plan", args=[desk.meeting.pk])
        found.append(page(Meetings.SITTING_PLANNED, _("Change the plan: sittings, day, place"), url))
        url = reverse("meetings:hand_out", args=[desk.meeting.pk])
        found.append(page(Meetings.DOCUMENT_HANDED_OUT, _("Hand out a document"), url))
        if not desk.state.agenda_adopted:
            found.append(add_item(desk))
        if not desk.state.sitting_held and not desk.sitting:
            found.append(summon(desk))
        found.append(page(Meetings.MANDATES_CALLED, _("Who is coming"), reverse("meetings:answers", args=[key])))
        label = _("Mandates and credentials")
        found.append(page(Meetings.MANDATES_CALLED, label, reverse("meetings:mandates", args=[key])))
    if desk.state.sitting_held or desk.sitting:
        found.append(publish(desk))
    return found
