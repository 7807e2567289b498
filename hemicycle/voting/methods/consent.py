"""Deciding without a count: consent, consent agenda, acclamation; and a show of hands by its tellers' counts.

Robert's Rules, 12th edition: unanimous consent §4:58–63, consent calendar §41:32, acclamation §46:40, and division
with tellers §45:8–14. One objection is enough to bring back the ordinary way.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from hemicycle.voting.methods.election import CannotCount, Election


def consented(objectors: Collection[str]) -> bool:
    """Say whether a question was agreed to: asked for objections, nobody objected."""
    return not objectors


def consent_agenda(items: Sequence[str], objections: Mapping[str, Collection[str]]) -> tuple[list[str], list[str]]:
    """Return which items are agreed to together, and which one objection or more takes out, each in its order.

    Raises:
        CannotCount: somebody objected to an item that is not on the consent agenda.
    """
    if unknown := [item for item in objections if item not in items]:
        raise CannotCount(f"“{unknown[0]}” is not on the consent agenda.")
    taken_out = [item for item in items if objections.get(item)]
    return [item for item in items if item not in taken_out], taken_out


def acclaimed(election: Election, objectors: Collection[str] = ()) -> tuple[int, ...]:
    """Return who is elected by acclamation: all, where they are no more than the seats and nobody objects."""
    if objectors or len(election.standing) > election.seats:
        return ()
    return tuple(sorted(election.standing))


@dataclass(frozen=True)
class Hands:
    """What one teller counted in one part of the hall."""

    teller: str
    part: str
    votes_for: int
    against: int
    abstained: int


def show_of_hands(counts: Sequence[Hands]) -> tuple[tuple[int, int, int], list[str]]:
    """Return the hands for, against and abstaining, and the parts of the hall whose tellers differ.

    A part counted by several tellers counts once, and only if they agree; while any part differs there is no result
    and its hands are to be counted again.
    """
    parts: dict[str, set[tuple[int, int, int]]] = {}
    for hands in counts:
        parts.setdefault(hands.part, set()).add((hands.votes_for, hands.against, hands.abstained))
    differing = [part for part, found in parts.items() if len(found) > 1]
    agreed = [next(iter(found)) for found in parts.values() if len(found) == 1]
    return (sum(one[0] for one in agreed), sum(one[1] for one in agreed), sum(one[2] for one in agreed)), differing
