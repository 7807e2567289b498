"""Reading ballots: for their voters, for whoever may see the names, for everyone else, and for verify."""

import secrets
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, QuerySet, Sum
from django.http import Http404
from django.utils.translation import gettext as _

from hemicycle.accounts.access import Access, Viewer, narrowest
from hemicycle.bodies.queries import rules_on
from hemicycle.bodies.rules import Share
from hemicycle.journal.canonical import digest
from hemicycle.journal.clock import now
from hemicycle.meetings.models import Meeting, Participation, Sitting
from hemicycle.meetings.queries import concerned_by, present_at, scope_of
from hemicycle.voting import rules
from hemicycle.voting.card import Card, issue_card, receipt
from hemicycle.voting.models import BY_NAME, Ballot, Choice, Entitled, Method, Result, Vote
from hemicycle.voting.rules import Base, Counts, Majority

WITH_ALL = ("amendment", "motion__item", "sitting__meeting__body", "sitting__meeting__term", "version")


def voters_present(sitting: Sitting, when: datetime) -> list[Participation]:
    """Return those with a vote who are there at a moment, by seat, those without one last by sorting name.

    Who declared an interest in the item that is being dealt with has no vote on it.
    """
    there = present_at(sitting, when).filter(participation__votes=True)
    if sitting.current_item_id:
        there = there.exclude(participation__person__in=concerned_by(sitting.current_item_id))
    found = {
        presence.participation_id: presence.participation
        for presence in there.select_related("participation__person", "participation__group")
    }
    return sorted(found.values(), key=seat_order)


def seat_order(taking_part: Participation) -> tuple[bool, int, str, int]:
    """Return the key by which voters are numbered."""
    name = taking_part.person.sort_name if taking_part.person else ""
    return (taking_part.seat is None, taking_part.seat or 0, name, taking_part.pk)


def ballots_for(viewer: Viewer) -> QuerySet[Ballot]:
    """Return the ballots that a viewer may see: motion, item, sitting and meeting are all open to them."""
    paths = {"book": "sitting__meeting__body__book", "scope": "sitting__meeting"}
    return (
        Ballot.objects.select_related(*WITH_ALL)
        .filter(viewer.filter(access="access", **paths))
        .filter(viewer.filter(access="sitting__access", **paths))
        .filter(viewer.filter(access="motion__access", **paths))
        .filter(viewer.filter(access="motion__item__access", **paths))
        .filter(viewer.filter(access="sitting__meeting__access", **paths))
    )


def ballot_for(viewer: Viewer, pk: int) -> Ballot:
    """Return a ballot as this viewer may see it; raise Http404 where there is none for them."""
    ballot = ballots_for(viewer).filter(pk=pk).first()
    if ballot is None:
        raise Http404(_("There is no such ballot."))
    return ballot


def ballots_of(viewer: Viewer, motion_id: int) -> list[Ballot]:
    """Return the ballots on a motion, in the order in which they were opened, as this viewer may see them."""
    return list(ballots_for(viewer).filter(motion=motion_id).order_by("pk"))


def open_ballot_in(viewer: Viewer, sitting_id: int) -> Ballot | None:
    """Return the open ballot of a sitting, if there is one that this viewer may see."""
    return ballots_for(viewer).filter(sitting=sitting_id, closed=None, voided=None).first()


def last_ballot_in(viewer: Viewer, sitting_id: int) -> Ballot | None:
    """Return the last ballot opened in a sitting, if there is one that this viewer may see."""
    return ballots_for(viewer).filter(sitting=sitting_id).order_by("-pk").first()


@dataclass(frozen=True)
class InBrief:
    """A ballot with its state and its last count, for lists."""

    ballot: Ballot
    state: str
    result: Result | None


def ballots_in_brief(viewer: Viewer, meeting: Meeting) -> list[InBrief]:
    """Return the ballots of a meeting that count, in order, as this viewer may see them."""
    counts = Prefetch("results", Result.objects.order_by("-version"))
    ballots = ballots_for(viewer).filter(sitting__meeting=meeting, practice=False).prefetch_related(counts)
    found = []
    for ballot in ballots.order_by("pk"):
        result = next(iter(ballot.results.all()), None) if ballot.closed else None
        found.append(InBrief(ballot, state_of(ballot, result), result))
    return found


def access_of(ballot: Ballot) -> Access:
    """Return who may know of a ballot: the narrowest of its own circle, its motion, item, sitting and meeting."""
    motion = ballot.motion
    return narrowest(
        ballot.access, motion.access, motion.item.access, ballot.sitting.access, ballot.sitting.meeting.access
    )


def state_of(ballot: Ballot, result: Result | None) -> str:
    """Return the state of a ballot, which names its template: open, closed, declared, certified or voided."""
    if ballot.voided:
        return "voided"
    if ballot.closed is None:
        return "open"
    if result and result.certified:
        return "certified"
    return "declared" if result and result.declared else "closed"


def result_of(ballot: Ballot) -> Result | None:
    """Return the last count of a ballot, None while it is open or where it was for practice."""
    return ballot.results.order_by("-version").first() if ballot.closed else None


def majority_of(ballot: Ballot) -> Majority:
    """Return the majority that a ballot asks for."""
    share = Share(ballot.majority_numerator, ballot.majority_denominator, ballot.majority_strict)
    return Majority(share, Base(ballot.majority_of))


def counts_of(ballot: Ballot) -> Counts:
    """Count the box of a ballot. The box must be closed or its ballot locked."""
    by_choice = dict(ballot.votes.values_list("choice").annotate(Sum("voter__weight")))
    return Counts(
        votes_for=by_choice.get(Choice.FOR, 0),
        against=by_choice.get(Choice.AGAINST, 0),
        abstained=by_choice.get(Choice.ABSTAIN, 0),
        present=ballot.entitled.aggregate(all=Sum("weight"))["all"] or 0,
        members=ballot.members,
    )


def counts_in(result: Result) -> Counts:
    """Return what a result says was counted."""
    return Counts(
        result.votes_for, result.votes_against, result.abstained, present=result.entitled, members=result.ballot.members
    )


def is_unanimous(result: Result) -> bool:
    """Say whether a result carried with nobody against it and nobody abstaining."""
    return result.carried and rules.is_unanimous(counts_in(result))


def majority_facts(ballot: Ballot) -> dict[str, object]:
    """Return a ballot's majority as facts."""
    return {
        "numerator": ballot.majority_numerator,
        "denominator": ballot.majority_denominator,
        "strict": ballot.majority_strict,
        "of": str(ballot.majority_of),
    }


def outcome_facts(result: Result) -> dict[str, object]:
    """Return a result as facts: what `words.arithmetic` makes its sentence of."""
    counts = counts_in(result)
    return {
        "result": result.version,
        "method": str(result.ballot.method),
        "casting": str(result.casting),
        "quorum_missed": quorum_missed(result),
        "counts": {
            "for": counts.votes_for,
            "against": counts.against,
            "abstained": counts.abstained,
            "silent": counts.silent,
            "entitled": counts.present,
        },
        "majority": majority_facts(result.ballot),
        "base": result.base,
        "needed": result.needed,
        "carried": result.carried,
        "unanimous": is_unanimous(result),
    }


def quorum_missed(result: Result) -> int | None:
    """Return the quorum of a circulation that too few answered, None where enough did."""
    ballot = result.ballot
    cast = counts_in(result).cast
    return ballot.quorum_needed if ballot.method == Method.CIRCULATION and cast < ballot.quorum_needed else None


def digest_of_box(ballot: Ballot) -> str:
    """Return the digest of the votes in a ballot's box, with the ballot's salt."""
    return digest(rules.box_facts(ballot.votes.values_list("voter__number", "choice")), ballot.salt)


def digest_of_list(ballot: Ballot, voters: Iterable[Entitled]) -> str:
    """Return the digest of a ballot's list of the entitled, with the ballot's salt."""
    rows = ((voter.number, voter.name, voter.group, voter.seat, voter.weight) for voter in voters)
    return digest(rules.list_facts(rows), ballot.salt)


def boxes_that_do_not_hold() -> Iterator[str]:
    """Yield a sentence for every ballot whose list or box is not what it was when it was opened or closed."""
    voters = Entitled.objects.order_by("number")
    for ballot in Ballot.objects.order_by("pk").prefetch_related(Prefetch("entitled", voters)).iterator(200):
        said = {"ballot": ballot.pk, "question": ballot.question}
        if digest_of_list(ballot, ballot.entitled.all()) != ballot.entitled_digest:
            yield _("Ballot %(ballot)d, “%(question)s”: the list of its voters is not the one it opened with.") % said
        if ballot.closed and digest_of_box(ballot) != ballot.box_digest:
            yield _("Ballot %(ballot)d, “%(question)s”: the votes are not those that were in the box.") % said


@dataclass(frozen=True)
class Turnout:
    """How many have voted of how many may: all that is known of an open box."""

    cast: int
    entitled: int


def turnout(ballot: Ballot) -> Turnout:
    """Return how many votes are in the box, never which."""
    return Turnout(ballot.votes.count(), ballot.entitled.count())


@dataclass(frozen=True)
class OwnVote:
    """A person's own place on the list, with the card to vote with and the vote already in the box.

    `request` is the token of the form that is shown: the same form sent twice counts once.
    """

    voter: Entitled
    card: str
    request: str
    choice: str
    receipt: str

    @property
    def choice_label(self) -> str:
        """The choice in words."""
        return str(Choice(self.choice).label) if self.choice else ""


def own_votes(viewer: Viewer, ballot: Ballot) -> list[OwnVote]:
    """Return this viewer's own entitlements in a ballot: a card where they may vote now, and what they voted."""
    if viewer.person is None:
        return []
    held = ballot.entitled.filter(participation__person=viewer.person).select_related("vote")
    is_open = ballot.closed is None and ballot.voided is None and ballot.method in BY_NAME
    is_open = is_open and (ballot.until is None or ballot.until > now())
    return [own_vote(ballot, voter, is_open=is_open) for voter in held]


def own_vote(ballot: Ballot, voter: Entitled, *, is_open: bool) -> OwnVote:
    """Return an entitlement with its card and vote."""
    vote: Vote | None = getattr(voter, "vote", None)
    votes_now = is_open and (vote is None or ballot.vote_may_change)
    return OwnVote(
        voter=voter,
        card=issue_card(ballot.pk, voter.pk) if votes_now else "",
        request=secrets.token_urlsafe(16),
        choice=vote.choice if vote else "",
        receipt=receipt(Card(ballot.pk, voter.pk), vote.choice, vote.request) if vote else "",
    )


def may_see_names(viewer: Viewer, ballot: Ballot) -> bool:
    """Say whether this viewer may see who voted how: by the rules of procedure, and only once the box is closed."""
    meeting = ballot.sitting.meeting
    names = narrowest(rules_on(meeting.body, meeting.starts).names_of_votes, access_of(ballot))
    return (
        bool(ballot.closed)
        and ballot.method in BY_NAME
        and viewer.sees(names, book=meeting.body.book_id, scope=scope_of(meeting))
    )


@dataclass(frozen=True)
class NamedVote:
    """A voter on the list and what they voted; empty where they put nothing in the box."""

    name: str
    group: str
    seat: int | None
    choice: str

    @property
    def choice_label(self) -> str:
        """The choice in words."""
        return str(Choice(self.choice).label) if self.choice else ""


def named_votes(viewer: Viewer, ballot: Ballot) -> list[NamedVote] | None:
    """Return who voted how, by number on the list, or None where this viewer may not know."""
    if not may_see_names(viewer, ballot):
        return None
    rows = ballot.entitled.order_by("number").values_list("name", "group", "seat", "vote__choice")
    return [NamedVote(name, group, seat, choice or "") for name, group, seat, choice in rows]


@dataclass(frozen=True)
class GroupCount:
    """How the voters of one group voted."""

    group: str
    votes_for: int
    against: int
    abstained: int
    silent: int


def votes_by_group(named: Iterable[NamedVote]) -> list[GroupCount]:
    """Return the votes by group. Only of named votes, since a group of one voter has a name."""
    by_group: dict[str, Counter[str]] = {}
    for vote in named:
        by_group.setdefault(vote.group, Counter())[vote.choice] += 1
    return [
        GroupCount(group, count[Choice.FOR], count[Choice.AGAINST], count[Choice.ABSTAIN], count[""])
        for group, count in sorted(by_group.items())
    ]


@dataclass(frozen=True)
class Seats:
    """The seats for the picture of the hall: (seat, group, choice or None), each a voter on the list.

    `by_seat` says whether each choice stands in its voter's own seat. Where the viewer may not know the names, the
    choices are lined up by kind instead and tell nothing about seats; while the box is open there are none.
    """

    by_seat: bool
    seats: list[tuple[int, str, str | None]]
    undecided: bool = False


def seats(viewer: Viewer, ballot: Ballot) -> Seats:
    """Return the picture of a ballot as this viewer may see it."""
    named = named_votes(viewer, ballot)
    if named is not None:
        return named_seats(named)
    return undecided_seats(ballot) if ballot.closed is None else lined_up_seats(counts_of(ballot))


def named_seats(named: Iterable[NamedVote]) -> Seats:
    """Return the picture in which everybody's vote stands in their seat."""
    voters = enumerate(named, 1)
    return Seats(
        by_seat=True, seats=[(vote.seat or number, vote.group, vote.choice or None) for number, vote in voters]
    )


def undecided_seats(ballot: Ballot) -> Seats:
    """Return the picture of an open ballot: who is entitled, and nothing of how they vote."""
    rows = ballot.entitled.order_by("number").values_list("seat", "number", "group")
    return Seats(by_seat=True, seats=[(seat or number, group, None) for seat, number, group in rows], undecided=True)


def lined_up_seats(counts: Counts) -> Seats:
    """Return the picture in which the votes are lined up by kind."""
    lined_up = [
        *[str(Choice.FOR)] * counts.votes_for,
        *[str(Choice.AGAINST)] * counts.against,
        *[str(Choice.ABSTAIN)] * counts.abstained,
        *[None] * counts.silent,
    ]
    return Seats(by_seat=False, seats=[(place, "", choice) for place, choice in enumerate(lined_up, 1)])
