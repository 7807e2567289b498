"""Random elections counted here and by pref_voting, a library by others; run by hand, as docs/voting.md says.

pref_voting brings numba, matplotlib, pandas and a solver along (three quarters of a gigabyte), so it is no requirement
of the tests. Where a lot would decide nothing is compared. Schulze is compared by winning votes, as Debian has it, and
by margins, as pref_voting has it if not told otherwise: these two may differ where papers leave candidates out.
"""

import random
import sys
from collections import Counter
from collections.abc import Callable
from typing import Any

from pref_voting.iterative_methods import instant_runoff_for_truncated_linear_orders
from pref_voting.margin_based_methods import beat_path
from pref_voting.profiles_with_ties import ProfileWithTies
from pref_voting.proportional_methods import stv_meek, stv_scottish

from hemicycle.voting.methods import irv, meek, schulze, scottish_stv
from hemicycle.voting.methods.election import Election
from hemicycle.voting.methods.result import Count, How
from hemicycle.voting.methods.tests.making import LOT


def drawn(dice: random.Random) -> Election:
    """Draw from three to six candidates, and papers that are complete or cut."""
    size, complete = dice.randint(3, 6), dice.random() < 0.5
    papers: dict[Any, int] = {}
    for _kind in range(dice.randint(3, 12)):
        order = dice.sample(range(1, size + 1), size if complete else dice.randint(1, size))
        papers[tuple(order)] = papers.get(tuple(order), 0) + dice.randint(1, 30)
    return Election(tuple(map(str, range(size))), papers, dice.randint(1, min(3, size - 1)))


def profile(election: Election) -> ProfileWithTies:
    ranked = [{number: rank for rank, number in enumerate(order, 1)} for order in election.papers]
    return ProfileWithTies(ranked, list(election.papers.values()), candidates=list(election.numbers))


def winning_votes(extended: ProfileWithTies) -> Callable[[int, int], int]:
    """Compare defeats as A.5.8 has it: by the votes for, and among equals by the fewer against."""
    return lambda one, other: extended.support(one, other) * 10**6 - extended.support(other, one)


def by_lot(count: Count) -> bool:
    return any(tie.how is How.LOT for tie in count.ties)


def compared(election: Election) -> dict[str, bool]:
    """Return for each method whether both found the same, or nothing where a lot decided."""
    one = Election(election.candidates, election.papers, 1)
    plain, extended = profile(election), profile(election)
    extended.use_extended_strict_preference()
    left = schulze.count(one).details["schwartz_set"]
    found = {
        "schulze by winning votes": left == sorted(beat_path(extended, strength_function=winning_votes(extended))),
        "schulze by margins": left == sorted(beat_path(extended)),
    }
    if not (count := irv.count(one, LOT)).ties:
        found["irv"] = list(count.winners) == list(instant_runoff_for_truncated_linear_orders(plain))
    if not by_lot(count := scottish_stv.count(election, LOT)):
        found["scottish-stv"] = sorted(count.winners) == sorted(stv_scottish(plain, num_seats=election.seats))
    if not (count := meek.count(election, LOT)).ties:
        found["meek"] = sorted(count.winners) == sorted(stv_meek(plain, num_seats=election.seats))
    return found


def main(times: int) -> None:
    dice = random.Random(1)  # noqa: S311 -- elections for a trial, not secrets
    agreed: Counter[str] = Counter()
    tried: Counter[str] = Counter()
    for _trial in range(times):
        for name, same in compared(drawn(dice)).items():
            tried[name] += 1
            agreed[name] += same
    sys.stdout.writelines(f"{name}: {agreed[name]} of {tried[name]} alike\n" for name in sorted(tried))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
