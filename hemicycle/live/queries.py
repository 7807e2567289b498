"""What is now in a meeting, as a viewer may see it, and where the desk stands."""

from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Prefetch, QuerySet

from hemicycle.accounts.access import Viewer
from hemicycle.decisions.models import Decision, Point
from hemicycle.decisions.queries import decisions_for
from hemicycle.journal.clock import now as clock_now
from hemicycle.live.procedural import procedure_on
from hemicycle.live.rules import State
from hemicycle.live.vote_now import VoteNow
from hemicycle.meetings.models import (
    AgendaItem,
    ClosedPart,
    Document,
    DocumentVersion,
    FloorRequest,
    Interest,
    Meeting,
    Organ,
    Presiding,
    Report,
    Sitting,
    Suspension,
)
from hemicycle.meetings.queries import (
    Attendance,
    attendance,
    goes_on_unseen,
    presiding_spell,
    quorum_at,
    sittings_for,
)
from hemicycle.meetings.queries.shown import items_seen, papers_for, reports_for
from hemicycle.meetings.queries.speaking import Speaking, speaking_now
from hemicycle.meetings.rules import Quorum
from hemicycle.motions.models import Amendment, Motion, ProceduralMotion
from hemicycle.motions.queries import amendments_seen, motions_seen
from hemicycle.motions.text import amended
from hemicycle.publishing.models import Minutes, Publication
from hemicycle.publishing.queries.minutes import minutes_to_approve, minutes_wait_for
from hemicycle.voting.further_words import label as label_of
from hemicycle.voting.models import IN_THE_BOX, Ballot, Method, Result
from hemicycle.voting.queries import (
    Turnout,
    ballots_for,
    left_by,
    outcome_facts,
    rehearsed,
    result_of,
    seats_counted,
    state_of,
    to_settle,
    turnout,
)
from hemicycle.voting.queries.roll import roll_of
from hemicycle.voting.queries.running import running_result, shows_running
from hemicycle.voting.shown import picture, waits_on_tie
from hemicycle.voting.words import arithmetic, procedure


@dataclass(frozen=True)
class Now:
    """What is now: the open sitting with its item, chair, motion and vote, or else the sitting that comes next."""

    meeting: Meeting
    sitting: Sitting | None = None
    following: Sitting | None = None
    item: AgendaItem | None = None
    next_item: AgendaItem | None = None
    presiding: Presiding | None = None
    quorum: Quorum | None = None
    motion: Motion | None = None
    vote: VoteNow | None = None
    concerned: tuple[Interest, ...] = ()
    unseen: bool = False
    procedure: ProceduralMotion | None = None
    amendment: Amendment | None = None
    reads: tuple[str, list[Any]] | None = None
    speaking: Speaking | None = None
    within: Speaking | None = None

    @property
    def has_floor(self) -> Speaking | None:
        """Who is to be heard just now."""
        return self.within or self.speaking

    @property
    def suspension(self) -> Suspension | None:
        """The rest of the open sitting, while it lasts."""
        return self.sitting.suspension if self.sitting and not self.unseen else None

    @property
    def closed_part(self) -> ClosedPart | None:
        """The part of the open sitting in private, while it lasts; that it is in private everybody may know."""
        return self.sitting.closed_part if self.sitting else None

    @property
    def procedure_said(self) -> str:
        """What the procedural motion is for, in words."""
        return procedure(self.procedure.name) if self.procedure else ""

    @property
    def reads_from(self) -> int:
        """From which point on the hall reads a text as it would be: the one that the amendment is on."""
        if self.amendment is None or self.reads is None:
            return 1
        changed = self.amendment.point + (self.amendment.target == Amendment.Target.AFTER)
        return max(1, min(changed, len(self.reads[1])))

    @property
    def points_read(self) -> list[Any]:
        """The points of a text as it would be that the hall reads first; a long text does not fit on its screen."""
        return self.reads[1][self.reads_from - 1 :] if self.reads else []

    @property
    def is_over(self) -> bool:
        """Say whether the meeting is over."""
        return bool(self.meeting.closed or self.meeting.cancelled)

    @property
    def is_voting(self) -> bool:
        """Say whether the box is open."""
        return self.vote is not None and self.vote.state == "open"

    @property
    def asks_the_box(self) -> bool:
        """Say whether votes come into a box: not of hands, papers or consent."""
        return self.vote is not None and self.vote.state == "open" and self.vote.ballot.method in IN_THE_BOX

    @property
    def declared(self) -> VoteNow | None:
        """The vote whose result was declared, if the current item has one."""
        return self.vote if self.vote and self.vote.result else None


def place(meeting: Meeting, viewer: Viewer) -> Now:
    """Return the open sitting of a meeting, or else the sitting that comes next, and nothing more."""
    sittings = list(sittings_for(viewer, meeting))
    sitting = next((one for one in sittings if one.opened and not one.closed), None)
    following = next((one for one in sittings if not one.opened), None)
    if sitting:
        sitting.meeting = meeting
    return Now(meeting, sitting=sitting, following=None if Now(meeting).is_over else following)


def now(meeting: Meeting, viewer: Viewer) -> Now:
    """Return what is now in a meeting, as a viewer may see it."""
    here = place(meeting, viewer)
    items = [] if here.is_over else items_seen(viewer, meeting)
    next_item = next((item for item in items if item.state == AgendaItem.State.PENDING), None)
    if here.sitting is None:
        return replace(here, next_item=next_item)
    if goes_on_unseen(viewer, here.sitting):
        return replace(here, unseen=True)
    item = next((item for item in items if item.pk == here.sitting.current_item_id), None)
    vote = vote_on(viewer, here.sitting, item) if item else None
    motion = (vote.ballot.motion if vote else motion_on(viewer, item)) if item else None
    moment = clock_now()
    speaking, within = speaking_now(here.sitting, moment) if item else (None, None)
    return replace(
        here,
        item=item,
        next_item=next_item,
        presiding=presiding_spell(here.sitting, moment),
        quorum=quorum_at(here.sitting, moment),
        motion=motion,
        vote=vote,
        # While votes are taken nothing else is before the meeting.
        procedure=None if vote and vote.state == "open" else procedure_on(viewer, here.sitting),
        concerned=tuple(concerned_in(viewer, item)) if item else (),
        speaking=speaking,
        within=within,
        **amendment_on(viewer, motion, vote),
    )


def amendment_on(viewer: Viewer, motion: Motion | None, vote: VoteNow | None) -> dict[str, Any]:
    """Return the amendment that is dealt with, and how the text would read with it, as a viewer may see it."""
    if vote and vote.state != "certified":
        found = vote.ballot.amendment
    else:
        found = (
            next((one for one in amendments_seen(viewer, motion) if one.state == "tabled"), None) if motion else None
        )
    if found is None:
        return {}
    return {"amendment": found, "reads": amended(found)}


def concerned_in(viewer: Viewer, item: AgendaItem) -> QuerySet[Interest]:
    """Return the interests that were declared in an item, as a viewer may know of them."""
    seen = item.interests.filter(viewer.filter("item__meeting__body__book", "access", "item__meeting"), withdrawn=None)
    return seen.select_related("person").order_by("declared", "pk")


def vote_on(viewer: Viewer, sitting: Sitting, item: AgendaItem) -> VoteNow | None:
    """Return the last vote on an item in a sitting; practice only while it lasts, a voided one never."""
    ballot = ballots_for(viewer).filter(sitting=sitting, motion__item=item, voided=None).order_by("-pk").first()
    if ballot is None or (ballot.practice and ballot.closed):
        return None
    result = result_of(ballot)
    state = state_of(ballot, result)
    if ballot.amendment_id and state == "certified":
        return None  # The amendment is settled; the meeting goes on with the motion.
    if result is None or state not in {"declared", "certified"}:
        return VoteNow(ballot, state, None, "", None)
    seats = seats_counted(result)
    return VoteNow(ballot, state, result, arithmetic(outcome_facts(result)), picture(seats), waits_on_tie(result))


def motion_on(viewer: Viewer, item: AgendaItem) -> Motion | None:
    """Return the motion on an item that waits for its vote."""
    tabled = Motion.State.TABLED
    return motions_seen(viewer).filter(item=item, state=tabled).order_by("ordinal").first()


def turnout_now(meeting: Meeting, viewer: Viewer, *, hall: bool = False) -> dict[str, Any]:
    """Return how many votes are in the open box of a meeting, nothing where none is open to this viewer."""
    ballot = ballots_for(viewer).filter(sitting__meeting=meeting, closed=None, voided=None).first()
    if ballot is None:
        return {"turnout": None}
    found = turnout_of(ballot) if ballot.method in IN_THE_BOX else {"turnout": None}
    return found | {"running": running_result(ballot)} if hall and shows_running(ballot) else found


def turnout_of(ballot: Ballot) -> dict[str, Any]:
    """Return how many votes are in a box, and at a roll call also who is called; never which votes."""
    if ballot.method != Method.ROLL_CALL:
        return {"turnout": turnout(ballot)}
    roll = roll_of(ballot)
    return {"turnout": Turnout(roll.answered, len(roll.lines)), "roll": roll}


def papers_on(viewer: Viewer, meeting: Meeting, item: AgendaItem) -> list[tuple[Document, DocumentVersion]]:
    """Return the documents on an item, each in its latest version."""
    papers = papers_for(viewer, meeting).items()
    return [(document, versions[0]) for document, versions in papers if document.item_id == item.pk and versions]


def reports_on(viewer: Viewer, meeting: Meeting, item: AgendaItem) -> list[Report]:
    """Return the reports on an item."""
    return [report for report in reports_for(viewer, meeting) if report.item_id == item.pk]


def last_report(viewer: Viewer, meeting: Meeting, item: AgendaItem) -> Report | None:
    """Return the report on an item that was delivered last; what was handed in on paper nobody hears."""
    delivered = [one for one in reports_on(viewer, meeting, item) if one.form == Report.Form.DELIVERED]
    return max(delivered, key=lambda report: (report.heard, report.pk), default=None)


def decided_in(viewer: Viewer, meeting: Meeting) -> list[Decision]:
    """Return what a meeting has decided so far, in order."""
    return list(decisions_for(viewer).filter(meeting=meeting).order_by("number"))


def attending(sitting: Sitting | None) -> Attendance | None:
    """Return who is there in an open sitting, in numbers."""
    return attendance(sitting, clock_now()) if sitting else None


@dataclass(frozen=True)
class Desk:
    """Where the desk stands: its state, and the things that its next steps are about."""

    meeting: Meeting
    state: State
    items: list[AgendaItem]
    sitting: Sitting | None
    planned: Sitting | None
    item: AgendaItem | None
    next_item: AgendaItem | None
    motion: Motion | None
    amendment: Amendment | None
    ballot: Ballot | None
    result: Result | None
    point: Point | None
    procedure: ProceduralMotion | None = None
    concerned: tuple[Interest, ...] = ()
    organs: tuple[Organ, ...] = ()
    last_closed: Sitting | None = None
    in_private: bool = False
    to_approve: tuple[Minutes, ...] = ()
    calls: FloorRequest | None = None
    # The election that follows a certified one: label, name of the address, ballot.
    further: tuple[str, str, int] | None = None


def desk_of(meeting: Meeting, seen: Now) -> Desk:
    """Return where the desk of a meeting stands. `seen` is what is now, as the desk sees it."""
    sittings = list(meeting.sittings.order_by("ordinal"))
    planned = next((one for one in sittings if not one.opened), None)
    items = list(meeting.items.order_by("ordinal"))
    ballot, result = unfinished(meeting)
    undirected = Point.objects.filter(decision__meeting=meeting, operational=True, directives=None, without_task=None)
    point = undirected.select_related("decision__body").order_by("decision__number", "ordinal").first()
    motion = motion_waiting(seen.item)
    # The desk sees all there is, and so does what is now for it.
    amendment = seen.amendment if seen.amendment and seen.amendment.state == Amendment.State.TABLED else None
    if meeting.rehearsal:
        amendment = to_settle(motion).first() if motion else None
    state = State(
        over=seen.is_over,
        # Of a rehearsal nothing is.
        published=seen.is_over and (meeting.rehearsal or Publication.objects.filter(meeting=meeting).exists()),
        items=len(items),
        summoned=bool(meeting.summoned),
        agenda_adopted=bool(meeting.agenda_adopted),
        sitting_open=seen.sitting is not None,
        sitting_planned=planned is not None,
        sitting_held=any(one.closed for one in sittings),
        accredited=bool(seen.sitting or (planned and planned.participations.exists())),
        presided=seen.presiding is not None,
        suspended=seen.suspension.cause if seen.suspension else "",
        # Presumed or not: where nobody is entered as there, nobody can vote.
        quorum=bool(seen.quorum and seen.quorum.allows_votes and seen.quorum.present),
        item_current=seen.item is not None,
        to_come=sum(item.state == AgendaItem.State.PENDING for item in items),
        motion=motion is not None,
        amendment=amendment is not None,
        procedure=seen.procedure.state if seen.procedure else "",
        ballot=state_of(ballot, result) if ballot else "",
        method=ballot.method if ballot else "",
        undirected=point is not None,
        minutes=minutes_wait_for(meeting) if seen.is_over else "",
    )
    return Desk(
        meeting=meeting,
        state=state,
        items=items,
        sitting=seen.sitting,
        planned=planned,
        item=seen.item,
        next_item=next((item for item in items if item.state == AgendaItem.State.PENDING), None),
        motion=motion,
        amendment=amendment,
        ballot=ballot,
        result=result,
        point=point,
        procedure=seen.procedure,
        concerned=seen.concerned,
        organs=tuple(meeting.organs.filter(ended=None).order_by("pk")),
        last_closed=next((one for one in reversed(sittings) if one.closed), None),
        in_private=bool(seen.closed_part),
        # Minutes are approved between two votes, not during one.
        to_approve=() if ballot or seen.sitting is None else tuple(minutes_to_approve(meeting)),
        further=further_on(seen.vote) if ballot is None else None,
    )


def further_on(vote: VoteNow | None) -> tuple[str, str, int] | None:
    """Return how the election that was certified last goes on, where seats stay open."""
    left = left_by(vote.result) if vote and vote.state == "certified" else None
    return (label_of(left), "voting:further", vote.ballot.pk) if vote and left and not left.settled else None


def motion_waiting(item: AgendaItem | None) -> Motion | None:
    """Return the motion on the current item that waits for its vote."""
    if item is None:
        return None
    waiting = item.motions.filter(state=Motion.State.TABLED).order_by("ordinal")
    return (waiting.exclude(rehearsed()) if item.meeting.rehearsal else waiting).first()


def unfinished(meeting: Meeting) -> tuple[Ballot | None, Result | None]:
    """Return the first ballot of a meeting that still waits for something, and its last count.

    It waits until its result is certified, and where it carried, until the decision is certified too; in a rehearsal
    until its result is declared.
    """
    results = Prefetch("results", Result.objects.select_related("decision").order_by("-version"))
    ballots = Ballot.objects.filter(sitting__meeting=meeting, voided=None).select_related("motion")
    for ballot in ballots.prefetch_related(results).order_by("pk"):
        result = next(iter(ballot.results.all()), None)
        if ballot.closed is None:
            return ballot, None
        if ballot.practice or result is None:
            continue
        undecided = result.carried and ballot.amendment_id is None and not hasattr(result, "decision")
        if meeting.rehearsal and result.declared:
            continue
        if not result.certified or undecided:
            return ballot, result
    return None, None
