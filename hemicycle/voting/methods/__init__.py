"""Ways to count, by name: every count takes an Election and breakers of ties, and gives a Count."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from hemicycle.voting.methods import approval, block, ers97, irv, meek, party_list, schulze, scottish_stv
from hemicycle.voting.methods.result import Count


@dataclass(frozen=True)
class Method:
    """A way to count, what it is called in a sentence, and what may be asked of it beyond seats and ties."""

    count: Callable[..., Count]
    line: str
    options: frozenset[str] = frozenset()


METHODS: Mapping[str, Method] = {
    "scottish-stv": Method(scottish_stv.count, "single transferable vote by the Scottish rules (SSI 2011/399)"),
    "ers97": Method(ers97.count, "single transferable vote by the Electoral Reform Society's rules of 1997"),
    "meek": Method(meek.count, "single transferable vote by Meek's method"),
    "irv": Method(irv.count, "instant run-off, one seat", frozenset({"together"})),
    "schulze": Method(
        schulze.count, "Condorcet, as Debian's constitution has it", frozenset({"default", "quorum", "majorities"})
    ),
    "approval": Method(approval.count, "approval: most approvals win", frozenset({"majority", "none_of_the_above"})),
    "block": Method(
        block.count,
        "block vote: as many names as seats, most votes win",
        frozenset({"majority", "most_names", "least_names", "none_of_the_above"}),
    ),
    "dhondt": Method(party_list.dhondt, "lists by D'Hondt", frozenset({"threshold", "exempt"})),
    "sainte-lague": Method(party_list.sainte_lague, "lists by Sainte-Laguë", frozenset({"threshold", "exempt"})),
    "largest-remainder": Method(
        party_list.count_remainders, "lists by largest remainders", frozenset({"threshold", "exempt", "droop"})
    ),
}
