"""The most votes win: how seats go to totals, with ties and reserved seats. Shared by block vote, approval, yes/no."""

from collections.abc import Iterable, Mapping, Sequence

from hemicycle.voting.methods.election import Election
from hemicycle.voting.methods.reservations import check, may_elect
from hemicycle.voting.methods.result import How, Tie
from hemicycle.voting.methods.ties import Breaker, choose


def fill(
    election: Election,
    votes: Mapping[int, int],
    breakers: Sequence[Breaker],
    *,
    eligible: Iterable[int] | None = None,
    stage: int = 1,
) -> tuple[list[int], list[Tie]]:
    """Return who wins the seats by most votes, and the ties at the edge; where no breaker can, seats stay open.

    Only the `eligible` can win (by default whoever stands); with reserved seats a candidate is passed over who would
    make the reservations impossible.
    """
    check(election)
    left = set(election.standing if eligible is None else eligible)
    elected: list[int] = []
    ties: list[Tie] = []
    while left and len(elected) < election.seats:
        most = max(votes[number] for number in left)
        tied = sorted(number for number in left if votes[number] == most)
        left -= {*tied}
        hopeful = [number for number in tied if may_win(election, number, elected)]
        if not all_fit(election, hopeful, elected):
            # With reserved seats whoever comes next in the order may have to be passed over.
            wanted = len(hopeful) if election.reservations else election.seats - len(elected)
            chosen, tie = choose(hopeful, wanted, breakers, "election", stage)
            ties.append(tie)
            if tie.how is How.NOT:
                break
            hopeful = [*chosen]
        for number in hopeful:
            if may_win(election, number, elected):
                elected.append(number)
    return elected, [told(tie, elected) for tie in ties]


def all_fit(election: Election, hopeful: Sequence[int], elected: Sequence[int]) -> bool:
    """Say whether every one of these can win, so that their order has no effect."""
    so_far = [*elected]
    for number in hopeful:
        if not may_win(election, number, so_far):
            return False
        so_far.append(number)
    return True


def may_win(election: Election, number: int, elected: Sequence[int]) -> bool:
    """Say whether there is a seat left that this candidate may have."""
    standing = election.standing - {*elected}
    return len(elected) < election.seats and may_elect(election, number, elected, standing)


def told(tie: Tie, elected: Sequence[int]) -> Tie:
    """Return the note of a tie with those of the tied who won."""
    chosen = tuple(number for number in tie.chosen if number in elected)
    return Tie(tie.stage, tie.what, tie.candidates, chosen, tie.how, tie.decided_by)
