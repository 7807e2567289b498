"""Elections made up for tests: short to write, and drawn by hypothesis."""

from collections.abc import Sequence
from functools import cache
from itertools import permutations, product

from hypothesis import settings
from hypothesis import strategies as st

from hemicycle.voting.methods.election import Election, Ranking, Reservation
from hemicycle.voting.methods.lot import Lot

# Slow models may take their time on a machine that does other things too.
calm = settings(deadline=None)

LOT = (Lot("a seed that nobody knew"),)


def vote(text: str, seats: int = 1, candidates: int = 0, withdrawn: Sequence[int] = ()) -> Election:
    """Return an election from “3:1 2=3; 2:2”: three papers with 1 before 2 and 3 as equals, two with 2 alone."""
    papers: dict[Ranking, int] = {}
    for part in filter(str.strip, text.split(";")):
        times, _colon, ranks = part.partition(":")
        ranking = tuple(tuple(map(int, rank.split("="))) if "=" in rank else int(rank) for rank in ranks.split())
        papers[ranking] = papers.get(ranking, 0) + int(times)
    most = max((max(rank if isinstance(rank, tuple) else (rank,)) for ranking in papers for rank in ranking), default=1)
    names = tuple(f"Candidate {number}" for number in range(1, max(most, candidates) + 1))
    return Election(names, papers, seats, frozenset(withdrawn))


@cache
def every_ranking(candidates: int, *, equal: bool) -> list[Ranking]:
    """Return each way to fill in a paper, the shorter before the longer."""
    orders = [order for size in range(candidates + 1) for order in permutations(range(1, candidates + 1), size)]
    if not equal:
        return list(orders)
    found: dict[Ranking, None] = {}
    for order in orders:
        for cuts in product((True, False), repeat=max(0, len(order) - 1)):
            ranks: list[list[int]] = [[number] for number in order[:1]]
            for number, cut in zip(order[1:], cuts, strict=True):
                if cut:
                    ranks.append([number])
                else:
                    ranks[-1].append(number)
            if all(rank == sorted(rank) for rank in ranks):
                found[tuple(rank[0] if len(rank) == 1 else tuple(rank) for rank in ranks)] = None
    return list(found)


@st.composite
def elections(
    draw: st.DrawFn, *, most_candidates: int = 6, seats: int | None = None, equal: bool = False, withdrawn: bool = False
) -> Election:
    candidates = draw(st.integers(1, most_candidates))
    papers = draw(
        st.dictionaries(st.sampled_from(every_ranking(candidates, equal=equal)), st.integers(1, 40), max_size=14)
    )
    gone = draw(st.sets(st.integers(1, candidates), max_size=candidates - 1)) if withdrawn else set()
    return Election(
        tuple(f"Candidate {number}" for number in range(1, candidates + 1)),
        papers,
        seats or draw(st.integers(1, 5)),
        frozenset(gone),
    )


def with_reservation(election: Election, group: set[int], least: int, most: int | None = None) -> Election:
    return Election(
        election.candidates,
        election.papers,
        election.seats,
        election.withdrawn,
        (Reservation(frozenset(group), least, most),),
        election.title,
    )
