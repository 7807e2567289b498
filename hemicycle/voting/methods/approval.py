"""Approval voting: a paper names as many candidates as it likes, and the most approvals win.

Brams and Fishburn, “Approval Voting”, American Political Science Review 72 (1978). Where the rules ask for a majority,
only who is approved on that share of the valid papers is elected, and there is no run-off: seats may stay open.
"""

from collections.abc import Sequence

from hemicycle.bodies.rules import Share
from hemicycle.voting.methods.block import decide, votes_of
from hemicycle.voting.methods.election import Election, named_papers
from hemicycle.voting.methods.result import Count
from hemicycle.voting.methods.ties import Breaker


def count(
    election: Election,
    breakers: Sequence[Breaker] = (),
    *,
    majority: Share | None = None,
    none_of_the_above: int | None = None,
) -> Count:
    """Count approvals; `quota` is the number of votes that the required majority comes to."""
    named, blank = named_papers(election)
    return decide(
        "approval",
        election,
        votes_of(election, named),
        breakers,
        papers=sum(election.papers.values()),
        blank=blank,
        invalid=0,
        majority=majority,
        none_of_the_above=none_of_the_above,
        runoffs=False,
    )
