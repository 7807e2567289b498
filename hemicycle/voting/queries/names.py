"""Who voted how, for whoever may know, one by one and by group."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from hemicycle.accounts.access import Viewer, narrowest
from hemicycle.bodies.models import Unit
from hemicycle.bodies.queries import right_below, rules_on
from hemicycle.meetings.queries import scope_of
from hemicycle.voting.models import BY_NAME, Ballot, Choice, Result
from hemicycle.voting.paper_words import paper_in_words
from hemicycle.voting.papers import Form
from hemicycle.voting.queries.counting import result_of
from hemicycle.voting.queries.seen import access_of, option_names, seen_result


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

    @property
    def voters(self) -> int:
        """What all of them weigh together, those who were silent with them."""
        return self.votes_for + self.against + self.abstained + self.silent


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
    """Return the votes by the units right below the body's own: each group counts for the one that it stands under.

    The list tells groups by their names. One that several units bear, under different ones, stands for itself.
    """
    meeting = ballot.sitting.meeting
    votes = list(named)
    bearers = list(Unit.objects.filter(name__in={vote.group for vote in votes}))
    under = right_below(meeting.body.unit, bearers, meeting.starts)
    regions: dict[str, set[str]] = defaultdict(set)
    for unit in bearers:
        regions[unit.name].add(under[unit.pk].name)
    names = {name: found.pop() for name, found in regions.items() if len(found) == 1}
    return votes_by_group(replace(vote, group=names.get(vote.group, vote.group)) for vote in votes)


@dataclass(frozen=True)
class Grouped:
    """Groups as many as can be read, the largest of them, and how many others there are with what they come to."""

    shown: list[GroupCount]
    others: int
    together: GroupCount
    whole: GroupCount


def largest_groups(counts: list[GroupCount], most: int) -> Grouped:
    """Return at most so many lines, in the order in which they came; where there are more, the last is of the rest."""
    if len(counts) <= most:
        return Grouped(counts, 0, summed([]), summed(counts))
    large = sorted(counts, key=lambda one: -one.voters)[: most - 1]
    rest = [one for one in counts if one not in large]
    return Grouped([one for one in counts if one in large], len(rest), summed(rest), summed(counts))


def summed(counts: Iterable[GroupCount]) -> GroupCount:
    """Return what several groups come to together."""
    each = list(counts)
    return GroupCount(
        "",
        sum(one.votes_for for one in each),
        sum(one.against for one in each),
        sum(one.abstained for one in each),
        sum(one.silent for one in each),
    )
