"""Who has not voted yet in an open vote, for the desk; never how anybody voted."""

from dataclasses import dataclass

from django.db.models import Q

from hemicycle.voting.models import Ballot, Entitled, StruckCard
from hemicycle.voting.queries.counting import in_box


@dataclass(frozen=True)
class Waiting:
    """Whom an open vote waits for: how many may vote, have voted, or got a paper, and those of whom nothing came."""

    entitled: int
    cast: int
    on_paper: int
    voters: list[Entitled]


def waiting_for(ballot: Ballot) -> Waiting:
    """Return whom a vote with a box waits for, by number on the list. The caller sees to it that this is the desk."""
    paper = Q(struck_cards__instead=StruckCard.Instead.PAPER)
    voted = in_box(ballot).values_list("voter", flat=True)
    left = ballot.entitled.exclude(pk__in=voted)
    return Waiting(
        entitled=ballot.entitled.count(),
        cast=in_box(ballot).count(),
        on_paper=left.filter(paper).distinct().count(),
        voters=list(left.exclude(paper).order_by("number")),
    )
