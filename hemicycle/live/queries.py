"""What is now in a meeting, as a viewer may see it, and where the desk stands."""

from dataclasses import dataclass, replace

from django.db.models import Prefetch

from hemicycle.accounts.access import Viewer
from hemicycle.decisions.models import Decision, Point
from hemicycle.decisions.queries import decisions_for
from hemicycle.journal.clock import now as clock_now
from hemicycle.live.rules import State
from hemicycle.meetings.models import AgendaItem, Document, DocumentVersion, Meeting, Presiding, Report, Sitting
from hemicycle.meetings.queries import Attendance, attendance, presiding_spell, quorum_at, sittings_for
from hemicycle.meetings.queries.shown import items_seen, papers_for, reports_for
from hemicycle.meetings.rules import Quorum
from hemicycle.motions.models import Motion
from hemicycle.motions.queries import motions_seen
from hemicycle.publishing.models import Publication
from hemicycle.voting.models import Ballot, Result
from hemicycle.voting.queries import (
    Turnout,
    ballots_for,
    counts_in,
    lined_up_seats,
    outcome_facts,
    result_of,
    state_of,
    turnout,
)
from hemicycle.voting.shown import Picture, picture
from hemicycle.voting.words import arithmetic


@dataclass(frozen=True)
class VoteNow:
    """The last vote on the current item. Until it is declared, its result is shown to nobody here."""

    ballot: Ballot
    state: str
    result: Result | None
    outcome: str
    picture: Picture | None


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

    @property
    def is_over(self) -> bool:
        """Say whether the meeting is over."""
        return bool(self.meeting.closed or self.meeting.cancelled)

    @property
    def is_voting(self) -> bool:
        """Say whether the box is open."""
        return self.vote is not None and self.vote.state == "open"

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
    item = next((item for item in items if item.pk == here.sitting.current_item_id), None)
    vote = vote_on(viewer, here.sitting, item) if item else None
    moment = clock_now()
    return replace(
        here,
        item=item,
        next_item=next_item,
        presiding=presiding_spell(here.sitting, moment),
        quorum=quorum_at(here.sitting, moment),
        motion=(vote.ballot.motion if vote else motion_on(viewer, item)) if item else None,
        vote=vote,
    )


def vote_on(viewer: Viewer, sitting: Sitting, item: AgendaItem) -> VoteNow | None:
    """Return the last vote on an item in a sitting; practice only while it lasts, a voided one never."""
    ballot = ballots_for(viewer).filter(sitting=sitting, motion__item=item, voided=None).order_by("-pk").first()
    if ballot is None or (ballot.practice and ballot.closed):
        return None
    result = result_of(ballot)
    state = state_of(ballot, result)
    if result is None or state not in {"declared", "certified"}:
        return VoteNow(ballot, state, None, "", None)
    seats = lined_up_seats(counts_in(result))
    return VoteNow(ballot, state, result, arithmetic(outcome_facts(result)), picture(seats))


def motion_on(viewer: Viewer, item: AgendaItem) -> Motion | None:
    """Return the motion on an item that waits for its vote."""
    tabled = Motion.State.TABLED
    return motions_seen(viewer).filter(item=item, state=tabled).order_by("ordinal").first()


def turnout_now(meeting: Meeting, viewer: Viewer) -> Turnout | None:
    """Return how many votes are in the open box of a meeting, None where none is open to this viewer."""
    ballot = ballots_for(viewer).filter(sitting__meeting=meeting, closed=None, voided=None).first()
    return turnout(ballot) if ballot else None


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
    ballot: Ballot | None
    result: Result | None
    point: Point | None


def desk_of(meeting: Meeting, seen: Now) -> Desk:
    """Return where the desk of a meeting stands. `seen` is what is now, as the desk sees it."""
    sittings = list(meeting.sittings.order_by("ordinal"))
    planned = next((one for one in sittings if not one.opened), None)
    items = list(meeting.items.order_by("ordinal"))
    target = seen.sitting or planned
    ballot, result = unfinished(meeting)
    undirected = Point.objects.filter(decision__meeting=meeting, operational=True, directives=None)
    point = undirected.select_related("decision__body").order_by("decision__number", "ordinal").first()
    motion = motion_waiting(seen.item)
    state = State(
        over=seen.is_over,
        published=Publication.objects.filter(meeting=meeting).exists(),
        items=len(items),
        summoned=bool(meeting.summoned),
        agenda_adopted=bool(meeting.agenda_adopted),
        sitting_open=seen.sitting is not None,
        sitting_planned=planned is not None,
        sitting_held=any(one.closed for one in sittings),
        accredited=bool(target and target.participations.exists()),
        presided=seen.presiding is not None,
        quorum=bool(seen.quorum and seen.quorum.reached),
        item_current=seen.item is not None,
        to_come=sum(item.state == AgendaItem.State.PENDING for item in items),
        motion=motion is not None,
        ballot=state_of(ballot, result) if ballot else "",
        undirected=point is not None,
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
        ballot=ballot,
        result=result,
        point=point,
    )


def motion_waiting(item: AgendaItem | None) -> Motion | None:
    """Return the motion on the current item that waits for its vote."""
    return item.motions.filter(state=Motion.State.TABLED).order_by("ordinal").first() if item else None


def unfinished(meeting: Meeting) -> tuple[Ballot | None, Result | None]:
    """Return the first ballot of a meeting that still waits for something, and its last count.

    It waits until its result is certified, and where it carried, until the decision is certified too.
    """
    results = Prefetch("results", Result.objects.select_related("decision").order_by("-version"))
    ballots = Ballot.objects.filter(sitting__meeting=meeting, voided=None).select_related("motion")
    for ballot in ballots.prefetch_related(results).order_by("pk"):
        result = next(iter(ballot.results.all()), None)
        if ballot.closed is None:
            return ballot, None
        if ballot.practice or result is None:
            continue
        if not result.certified or (result.carried and not hasattr(result, "decision")):
            return ballot, result
    return None, None
