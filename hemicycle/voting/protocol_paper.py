"""The protocol of a vote for its page and for paper, and its papers as BLT."""

from collections.abc import Callable
from typing import IO, Any

from django.template.loader import render_to_string
from django.utils.translation import get_language

from hemicycle.bodies.rules import Counting
from hemicycle.meetings.queries import viewer_of
from hemicycle.printing.paper import draw
from hemicycle.voting import queries
from hemicycle.voting.methods.lot import commitment
from hemicycle.voting.models import Ballot, Method, Result
from hemicycle.voting.pairwise import Line, pairs_of
from hemicycle.voting.papers import Form, named
from hemicycle.voting.stages import stages_of
from hemicycle.voting.words import arithmetic, majority_in_words

IN_BLT = frozenset({Form.RANKING, Form.RANKS, Form.MARKS})
STYLES = """
@page { size: A4; margin: 20mm 18mm; @bottom-right { content: counter(page) "/" counter(pages); font: 9pt sans-serif } }
body { font: 10.5pt/1.45 serif } h1 { font-size: 16pt } h2 { font-size: 12pt; break-after: avoid }
table { border-collapse: collapse; width: 100%; font: 8.5pt sans-serif } th, td { border-bottom: 0.4pt solid #888;
padding: 2pt 3pt; text-align: left } .number { text-align: right } dt { font-weight: bold } dd { margin: 0 0 4pt }
code { font-size: 8pt; overflow-wrap: anywhere } svg { max-width: 100%; height: auto; font: 9pt sans-serif }
.pairs__beats { font-weight: bold } .seen-by-readers-only { display: none } caption { text-align: left; padding: 2pt 0 }
"""


def protocol_of(ballot: Ballot, result: Result) -> dict[str, Any]:
    """Return what a protocol tells."""
    election = result.election
    return {
        "ballot": ballot,
        "result": result,
        "meeting": ballot.sitting.meeting,
        "zone": ballot.sitting.meeting.body.time_zone,
        "outcome": arithmetic(queries.outcome_facts(result)),
        "method": Method(ballot.method).label,
        "majority": majority_in_words(queries.majority_facts(ballot)),
        "turnout": queries.turnout_facts(result)["turnout"],
        "stages": stages_of(election) if election else None,
        "pairs": pairs_in(result),
        "election": election,
        "candidates": list(ballot.options.order_by("number")),
        "commitment": commitment(ballot.lot_seed) if ballot.lot_seed else "",
    }


def pairs_in(result: Result) -> list[Line]:
    """Return how each candidate stands against each other in a count that goes by that, and nothing of another."""
    if result.election is None or result.election["counting"] != Counting.SCHULZE or not result.election["stages"]:
        return []
    return pairs_of(queries.asked_of(result.ballot), queries.papers_counted(result))


def make(arguments: dict[str, Any], progress: Callable[[int, int], None], out: IO[bytes]) -> None:
    """Write the protocol of a `ballot` as a PDF, as the `person` who asks may see it."""
    viewer = viewer_of(arguments["person"], None)
    ballot = queries.ballot_for(viewer, arguments["ballot"])
    told = protocol_of(ballot, queries.result_for(viewer, ballot)) | {"lang": get_language()}
    out.write(draw(render_to_string("voting/protocol_paper.html", told), STYLES))
    progress(1, 1)


def blt(result: Result) -> str:
    """Return the papers of an election as BLT: “candidates seats”, papers, a 0, names and title."""
    ballot = result.ballot
    asked = queries.asked_of(ballot)
    gone = [f"-{number}" for number in sorted(asked.withdrawn)]
    papers = [
        " ".join(map(str, [count, *blt_ranks(paper, ballot.form), 0]))
        for paper, count in sorted(queries.papers_counted(result).items())
    ]
    names = [quoted(name) for name in [*asked.names, ballot.question]]
    lines = [f"{len(asked.names)} {asked.seats}", *([" ".join(gone)] if gone else []), *papers, "0", *names]
    return "\n".join(lines) + "\n"


def blt_ranks(paper: str, form: str) -> list[int] | list[str]:
    """Return what a paper names as BLT has it: those who share a rank as “2=5”."""
    return paper.split(">") if form == Form.RANKS and paper else named(paper, form)


def quoted(name: str) -> str:
    """Return a name as BLT has it."""
    return '"' + name.replace('"', "'") + '"'
