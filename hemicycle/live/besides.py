"""What can be done at the desk besides the one button, in the order of a sitting, under headings."""

from dataclasses import dataclass
from urllib.parse import quote

from django.urls import reverse
from django.utils.translation import gettext as _

from hemicycle.accounts.request import HouseRequest
from hemicycle.decisions.queries.accounts import account_waiting
from hemicycle.decisions.words import Kind as Decisions
from hemicycle.languages.words import Kind as Languages
from hemicycle.live.queries import Desk
from hemicycle.live.rules import Step
from hemicycle.live.steps import (
    OFFERS,
    Offer,
    add_item,
    close_meeting,
    close_sitting,
    draw_up_minutes,
    issue_directive,
    open_sitting,
    page,
    publish,
    summon,
)
from hemicycle.meetings.models import AgendaItem, Meeting, Suspension
from hemicycle.meetings.words import Kind as Meetings
from hemicycle.motions.models import Motion
from hemicycle.motions.words import Kind as Motions
from hemicycle.publishing.words import Kind as Publishing
from hemicycle.voting.shown import tie_acts
from hemicycle.voting.words import Kind as Voting


@dataclass(frozen=True)
class Group:
    """Acts that belong together, as pairs of label and address."""

    heading: str
    links: list[tuple[str, str]]


def besides(request: HouseRequest, desk: Desk, step: Step, here: str) -> list[Group]:
    """Return what else can be done now; what the reader may not do is left out."""
    book = desk.meeting.body.book_id
    first = OFFERS[step](desk) if step in OFFERS else None
    found = []
    for heading, offers in groups(desk):
        others = [offer for offer in offers if first is None or (offer.url, offer.label) != (first.url, first.label)]
        able = [offer for offer in others if request.actors_in(book, offer.kind)]
        if able:
            found.append(Group(heading, [(offer.label, f"{offer.url}?next={quote(here)}") for offer in able]))
    return found


def groups(desk: Desk) -> list[tuple[str, list[Offer]]]:
    """Return the acts that make sense now, by what they are on."""
    return [
        (_("On the item"), on_the_item(desk)),
        (_("On the vote"), on_the_vote(desk)),
        (_("On what was decided"), on_what_was_decided(desk)),
        (_("In the sitting"), in_the_sitting(desk)),
        (_("On the meeting"), on_the_meeting(desk)),
    ]


def at(kind: str, label: str, name: str, *keys: object) -> Offer:
    """Return an act that is entered on the page with this name."""
    return page(kind, label, reverse(name, args=keys))


def on_the_item(desk: Desk) -> list[Offer]:
    """Return what can be done on the current item."""
    if desk.item is None or desk.state.over or desk.state.suspended:
        return []
    item = desk.item
    found = [
        at(Meetings.REPORT_HEARD, _("Enter a report"), "meetings:hear_report", item.pk),
        at(Meetings.FLOOR_GIVEN, _("Give the floor"), "meetings:give_floor", item.pk),
        at(Meetings.SPEECH_GIVEN, _("Enter a speech"), "meetings:give_speech", item.pk),
        at(Motions.MOTION_TABLED, _("Table a motion"), "motions:table", item.pk),
        at(Motions.ELECTION_CALLED, _("Call an election"), "motions:call_election", item.pk),
    ]
    if desk.motion:
        found += on_the_motion(desk, desk.motion.pk)
    found.append(at(Meetings.CONCLUSION_DRAWN, _("Enter a conclusion"), "meetings:draw_conclusion", item.pk))
    if desk.state.ballot == "open":
        return found
    found.append(at(Meetings.INTEREST_DECLARED, _("Somebody is concerned"), "meetings:declare_interest", item.pk))
    for declared in desk.concerned:
        label = _("%(name)s takes part again") % {"name": declared.person.name}
        found.append(at(Meetings.INTEREST_WITHDRAWN, label, "meetings:withdraw_interest", declared.pk))
    found.append(at(Meetings.ITEM_REFERRED_BACK, _("Refer the item back"), "meetings:refer_back_item", item.pk))
    found.append(at(Meetings.ITEM_PUT_BACK, _("Taken up by mistake: put it back"), "meetings:put_back_item", item.pk))
    label = _("Settle item %(number)s, with its outcome in words") % {"number": item.called}
    return [*found, *on_the_debate(item), at(Meetings.ITEM_SETTLED, label, "meetings:settle_item", item.pk)]


def on_the_motion(desk: Desk, motion: int) -> list[Offer]:
    """Return what can be done with the motion on the table, and with the amendment that comes before it."""
    found = [at(Motions.AMENDMENT_TABLED, _("Move an amendment"), "motions:amend", motion)]
    if amendment := desk.amendment:
        label = _("The mover accepts amendment %(number)d") % {"number": amendment.ordinal}
        found.append(at(Motions.AMENDMENT_ACCEPTED, label, "motions:accept_amendment", amendment.pk))
        label = _("Withdraw amendment %(number)d") % {"number": amendment.ordinal}
        found.append(at(Motions.AMENDMENT_WITHDRAWN, label, "motions:withdraw_amendment", amendment.pk))
        return found
    practise = at(Voting.BALLOT_OPENED, _("Practise voting, for nothing"), "voting:practise", motion)
    if desk.motion and desk.motion.kind == Motion.Kind.ELECTION:
        return [
            practise,
            at(Motions.CANDIDATE_NOMINATED, _("Nominate a candidate"), "motions:nominate", motion),
            at(Motions.NOMINATIONS_CLOSED, _("Candidates, and who withdraws"), "motions:motion", motion),
            at(Motions.MOTION_WITHDRAWN, _("Withdraw the election"), "motions:withdraw", motion),
        ]
    label = _("Show of hands, secret vote or consent")
    return [
        at(Voting.BALLOT_OPENED, label, "voting:ask", motion),
        practise,
        *found,
        at(Motions.MOTION_REVISED, _("Revise the motion"), "motions:revise", motion),
        at(Motions.MOTION_WITHDRAWN, _("Withdraw the motion"), "motions:withdraw", motion),
    ]


def on_the_debate(item: AgendaItem) -> list[Offer]:
    """Return how the debate on an item ends, and how it goes on."""
    found = []
    if not item.list_closed and not item.debate_closed:
        found.append(at(Meetings.LIST_CLOSED, _("Close the list of speakers"), "meetings:close_list", item.pk))
    if not item.debate_closed:
        found.append(at(Meetings.DEBATE_CLOSED, _("Close the debate"), "meetings:close_debate", item.pk))
    if item.list_closed and not item.debate_closed:
        found.append(at(Meetings.LIST_REOPENED, _("Open the list of speakers again"), "meetings:reopen_list", item.pk))
    found.append(at(Meetings.SPEAKING_LIMITED, _("Limit the time to speak"), "meetings:limit_speaking", item.pk))
    if item.list_closed or item.debate_closed:
        found.append(at(Meetings.DEBATE_REOPENED, _("Open the debate again"), "meetings:reopen_debate", item.pk))
    return found


def on_the_vote(desk: Desk) -> list[Offer]:
    """Return what can be done on the vote that waits for something."""
    if desk.further:
        return [at(Motions.ELECTION_CALLED, *desk.further)]
    if desk.ballot is None:
        return []
    found = []
    if desk.ballot.asks_for_objections and desk.state.ballot == "open":
        found.append(at(Voting.OBJECTION_NOTED, _("Somebody objects"), "voting:objection", desk.ballot.pk))
    if desk.result and not desk.result.certified:
        found += [at(kind, label, name, desk.ballot.pk) for label, name, kind in tie_acts(desk.result)]
        found.append(at(Voting.BALLOT_REPEATED, _("Take the vote again"), "voting:repeat", desk.ballot.pk))
    if desk.result and desk.result.declared:
        found.append(at(Voting.DISSENT_MINUTED, _("Minute a dissent"), "voting:dissent", desk.ballot.pk))
    label = _("The vote: void it, or count again")
    return [*found, at(Voting.BALLOT_VOIDED, label, "voting:ballot", desk.ballot.pk)]


def on_what_was_decided(desk: Desk) -> list[Offer]:
    """Return what can be done on decisions: hand out a point, draw up the account of earlier ones, and hear it."""
    found = [issue_directive(desk)] if desk.point else []
    if desk.state.over or desk.meeting.rehearsal or not desk.items:
        return found
    if waiting := account_waiting(desk.meeting):
        keys = [desk.meeting.body.slug, desk.meeting.term.ordinal, desk.meeting.ordinal, waiting.number]
        return [*found, at(Decisions.ACCOUNT_NOTED, _("Hear the account"), "decisions:account", *keys)]
    label = _("Draw up the account")
    return [*found, at(Decisions.ACCOUNT_DRAWN_UP, label, "decisions:draw_up_account", desk.meeting.pk)]


def in_the_sitting(desk: Desk) -> list[Offer]:
    """Return what can be done in the open sitting, or before the next one."""
    found: list[Offer] = []
    if desk.state.over:
        return found
    if sitting := desk.sitting or desk.planned:
        label = _("Who takes part, coming and going")
        found.append(at(Meetings.PARTICIPANTS_CAME, label, "meetings:participants", sitting.pk))
        found.append(at(Meetings.CHAIR_TAKEN, _("Change who presides"), "meetings:take_chair", sitting.pk))
    if desk.planned and not desk.sitting:
        found.append(open_sitting(desk))
    if desk.sitting and desk.state.presided and desk.state.ballot != "open":
        found += while_presided(desk, desk.sitting.pk)
    return found


def while_presided(desk: Desk, sitting: int) -> list[Offer]:
    """Return what whoever presides can do with the sitting itself."""
    found = [
        at(Meetings.CHAIR_LEFT, _("The chair is left"), "meetings:leave_chair", sitting),
        at(Meetings.QUORUM_CALLED, _("Count the quorum"), "meetings:call_quorum", sitting),
    ]
    if desk.procedure and desk.procedure.state == "moved":
        label, key = _("Withdraw the procedural motion"), desk.procedure.pk
        found.append(at(Voting.PROCEDURE_WITHDRAWN, label, "voting:withdraw_procedure", key))
    if desk.state.to_come and not desk.state.ballot:
        label = _("Consent agenda: decide items together")
        found.append(at(Voting.CONSENT_AGENDA_DECIDED, label, "voting:consent_agenda", sitting))
    found.append(at(Voting.PROCEDURE_MOVED, _("Procedural motion"), "voting:move_procedure", sitting))
    found.append(at(Meetings.RULING_REVERSED, _("Reverse a ruling"), "meetings:reverse_ruling", sitting))
    if desk.state.suspended == Suspension.Cause.QUORUM:
        pass  # A count alone ends this rest.
    elif desk.state.suspended:
        found.append(at(Meetings.SITTING_RESUMED, _("Resume the sitting"), "meetings:resume", sitting))
    else:
        found.append(at(Meetings.SITTING_SUSPENDED, _("Suspend the sitting"), "meetings:suspend", sitting))
        if desk.in_private:
            label = _("Open the sitting again to all")
            found.append(at(Meetings.SITTING_OPENED_TO_PUBLIC, label, "meetings:open_to_public", sitting))
        else:
            label = _("Go on in private")
            found.append(at(Meetings.SITTING_CLOSED_TO_PUBLIC, label, "meetings:go_into_private", sitting))
    found.append(at(Meetings.SITTING_ADJOURNED, _("Adjourn to a later sitting"), "meetings:adjourn", sitting))
    return [*found, close_sitting(desk)]


def translations(meeting: Meeting) -> Offer:
    """Return the page on which what is put before the meeting is entered in further languages."""
    place = [meeting.body.slug, meeting.term.ordinal, meeting.ordinal]
    label = _("Texts in other languages")
    return page(Languages.TEXT_TRANSLATED, label, reverse("live:translations", args=place))


def on_the_meeting(desk: Desk) -> list[Offer]:
    """Return what can be done on the meeting as a whole."""
    found = []
    meeting = desk.meeting.pk
    if desk.state.summoned:
        found.append(at(Meetings.MEETING_SUMMONED, _("Who has received the summons"), "meetings:summons", meeting))
    if not desk.state.over:
        found.append(at(Meetings.ITEM_CHANGED, _("Change the agenda"), "meetings:agenda", meeting))
        found.append(translations(desk.meeting))
        label = _("Change the plan: sittings, day, place")
        found.append(at(Meetings.SITTING_PLANNED, label, "meetings:plan", meeting))
        found.append(at(Meetings.DOCUMENT_HANDED_OUT, _("Hand out a document"), "meetings:hand_out", meeting))
        found.append(at(Meetings.MANDATES_CALLED, _("Who is coming"), "meetings:answers", meeting))
        found.append(at(Meetings.MANDATES_CALLED, _("Mandates and credentials"), "meetings:mandates", meeting))
        found.append(at(Meetings.ORGAN_FORMED, _("Form a committee of the meeting"), "meetings:form_organ", meeting))
        for organ in desk.organs:
            label = _("%(name)s reports") % {"name": organ.name}
            found.append(at(Meetings.ORGAN_REPORTED, label, "meetings:report_of_organ", organ.pk))
            label = _("%(name)s ends") % {"name": organ.name}
            found.append(at(Meetings.ORGAN_ENDED, label, "meetings:end_organ", organ.pk))
        if not desk.state.agenda_adopted:
            found.append(add_item(desk))
        found += undoing(desk)
        if not desk.state.sitting_held and not desk.sitting:
            found.append(summon(desk))
        if desk.state.sitting_held and not desk.sitting and (closed := desk.last_closed):
            label = _("Open sitting %(number)d again") % {"number": closed.ordinal}
            found.append(at(Meetings.SITTING_REOPENED, label, "meetings:reopen_sitting", closed.pk))
            found.append(close_meeting(desk))
    elif not desk.meeting.cancelled:
        if desk.state.to_come:
            label = _("Carry over what was not dealt with")
            found.append(at(Meetings.ITEM_CARRIED_OVER, label, "meetings:agenda", meeting))
        found.append(at(Meetings.MEETING_REOPENED, _("Open the meeting again"), "meetings:reopen", meeting))
    return [*found, *on_what_is_told(desk)]


def on_what_is_told(desk: Desk) -> list[Offer]:
    """Return what can be done on communiqués and minutes: of this meeting, and those that it can approve."""
    found = []
    for minutes in desk.to_approve:
        label = _("Approve the minutes: %(meeting)s") % {"meeting": minutes.meeting}
        found.append(at(Publishing.MINUTES_APPROVED, label, "publishing:approve_minutes", minutes.meeting_id))
    if (desk.state.sitting_held or desk.sitting) and not desk.meeting.rehearsal:
        found.append(publish(desk))
    if desk.state.minutes == "drawing up":
        found.append(draw_up_minutes(desk))
    return found


def undoing(desk: Desk) -> list[Offer]:
    """Return what undoes a mistake on the meeting as a whole."""
    found = []
    meeting, state = desk.meeting.pk, desk.state
    untouched = all(item.state == AgendaItem.State.PENDING for item in desk.items)
    if state.agenda_adopted and untouched:
        label = _("Take back the adoption of the agenda")
        found.append(at(Meetings.AGENDA_REOPENED, label, "meetings:reopen_agenda", meeting))
    if desk.sitting and untouched:
        label = _("The sitting was opened by mistake")
        found.append(at(Meetings.SITTING_OPENING_UNDONE, label, "meetings:undo_opening", desk.sitting.pk))
    if state.sitting_held or desk.sitting:
        found.append(at(Meetings.WORDS_STRUCK, _("Something was entered in error"), "meetings:strike", meeting))
    return found
