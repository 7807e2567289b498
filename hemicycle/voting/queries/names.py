"""Who voted how, for whoever may know, and the picture of the hall."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from hemicycle.accounts.access import Viewer, narrowest
from hemicycle.bodies.models import Unit
from hemicycle.bodies.queries import right_below, rules_on
from hemicycle.meetings.queries import scope_of
from hemicycle.voting.models import BY_NAME, Ballot, Choice, Result
from hemicycle.voting.paper_words import paper_in_words
from hemicycle.voting.papers import Form
from hemicycle.voting.queries.counting import counts_in, result_of
from hemicycle.voting.queries.seen import access_of, option_names, seen_result
from hemicycle.voting.rules import Counts

# So many seats are drawn; a hall has fewer, votes that weigh can be more.
MOST_DRAWN = 6_000


def may_see_names(viewer: Viewer, ballot: Ballot, counted: Result | None) -> bool:
    """Say whether this viewer may see who voted how: by the rules of procedure, and once they may know the result."""
    meeting = ballot.sitting.meeting
    names = narrowest(rules_on(meeting.body, meeting.starts).names_of_votes, access_of(ballot))
    return (
        seen_result(viewer, ballot, counted) is not None
        and ballot.method in BY_NAME
        and viewer.sees(names, book=meeting.body.book_id, scope=scope_of(meeting))
    )


@dataclass(frozen=True)
class NamedVote:
    """A voter on the list and what they voted; empty where they put nothing in the box.

    Where the paper was one of an election, the choice is “present”: it has no place in the picture of the hall.
    """

    name: str
    group: str
    seat: int | None
    choice: str
    choice_label: str = ""
    weight: int = 1
    cast_by: str = ""


def named_votes(viewer: Viewer, ballot: Ballot, counted: Result | None = None) -> list[NamedVote] | None:
    """Return who voted how, by number on the list, or None where this viewer may not know.

    `counted` is the last count, where it was read already.
    """
    if not may_see_names(viewer, ballot, counted or result_of(ballot)):
        return None
    told = ("name", "group", "seat", "vote__choice", "weight", "cast_by_name")
    rows = ballot.entitled.order_by("number").values_list(*told)
    names, plain = option_names(ballot), ballot.form == Form.MOTION
    return [
        NamedVote(name, group, seat, "", "", weight, cast_by)
        if paper is None
        else NamedVote(
            name,
            group,
            seat,
            paper if plain else "present",
            paper_in_words(paper, ballot.form, names),
            weight,
            cast_by,
        )
        for name, group, seat, paper, weight, cast_by in rows
    ]


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
        by_group.setdefault(vote.group, Counter())[vote.choice] += vote.weight
    return [
        GroupCount(group, count[Choice.FOR], count[Choice.AGAINST], count[Choice.ABSTAIN], count[""])
        for group, count in sorted(by_group.items())
    ]


def votes_by_unit(ballot: Ballot, named: Iterable[NamedVote]) -> list[GroupCount]:
    """Return the votes by the units right below the body's own: each group counts for the one that it stands under."""
    meeting = ballot.sitting.meeting
    votes = list(named)
    groups = {unit.name: unit for unit in Unit.objects.filter(name__in={vote.group for vote in votes})}
    under = right_below(meeting.body.unit, groups.values(), meeting.starts)
    names = {name: under[unit.pk].name for name, unit in groups.items()}
    return votes_by_group(replace(vote, group=names.get(vote.group, vote.group)) for vote in votes)


@dataclass(frozen=True)
class Seats:
    """The seats for the picture of the hall: (seat, group, choice or None), each a voter on the list.

    `by_seat` says whether each choice stands in its voter's own seat. Where the viewer may not know the names, the
    choices are lined up by kind instead and tell nothing about seats; until a result may be known there are none.
    """

    by_seat: bool
    seats: list[tuple[int, str, str | None]]
    undecided: bool = False


def seats(viewer: Viewer, ballot: Ballot) -> Seats:
    """Return the picture of a ballot as this viewer may see it."""
    result = seen_result(viewer, ballot, result_of(ballot))
    named = named_votes(viewer, ballot, result) if result else None
    if named is not None:
        return named_seats(named)
    return seats_counted(result) if result else undecided_seats(ballot)


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


def seats_counted(result: Result) -> Seats:
    """Return the picture of a count without names: of an election only how many put a paper into the box."""
    counts = counts_in(result)
    if result.election is None:
        return lined_up_seats(counts)
    choices = [*["present"] * counts.cast, *[None] * counts.silent]
    return Seats(by_seat=False, seats=[(place, "", choice) for place, choice in enumerate(choices, 1)])


def lined_up_seats(counts: Counts) -> Seats:
    """Return the picture in which the votes are lined up by kind; of very many, as they weigh, there is none."""
    if counts.present > MOST_DRAWN:
        return Seats(by_seat=False, seats=[])
    lined_up = [
        *[str(Choice.FOR)] * counts.votes_for,
        *[str(Choice.AGAINST)] * counts.against,
        *[str(Choice.ABSTAIN)] * counts.abstained,
        *[None] * counts.silent,
    ]
    return Seats(by_seat=False, seats=[(place, "", choice) for place, choice in enumerate(lined_up, 1)])
