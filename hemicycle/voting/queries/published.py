"""The papers of a secret vote as they are published, and as anybody counts them again."""

from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _

from hemicycle.accounts.access import Viewer
from hemicycle.voting import rules
from hemicycle.voting.models import Ballot, Method, Result
from hemicycle.voting.queries.counting import counts_in, majority_facts, result_of
from hemicycle.voting.queries.seen import seen_result
from hemicycle.voting.sealing import Paper
from hemicycle.voting.secret_box import papers_of


def published_box(viewer: Viewer, ballot: Ballot) -> tuple[Result, list[Paper]]:
    """Return the last count of a secret vote and its papers, sorted by code, once this viewer may know the result.

    Raises:
        Http404: it is no secret vote in the box, or this viewer may not know what came of it.
    """
    result = seen_result(viewer, ballot, result_of(ballot)) if ballot.method == Method.SECRET else None
    if result is None:
        raise Http404(_("There are no such papers."))
    return result, papers_of(ballot)


def recountable(result: Result, papers: list[Paper]) -> dict[str, Any]:
    """Return a secret vote as the file that docs/recount.py reads; docs/voting.md describes it."""
    ballot, counts = result.ballot, counts_in(result)
    claimed = {
        "for": counts.votes_for,
        "against": counts.against,
        "abstain": counts.abstained,
        "base": result.base,
        "needed": result.needed,
    }
    if not result.casting and not result.lot:  # Else it was carried by something that no count shows.
        claimed["carried"] = result.carried
    return {
        "method": str(Method.SECRET),
        "title": ballot.question,
        "options": [],
        "ballots": rules.published(papers),
        "majority": majority_facts(ballot),
        "present": counts.present,
        "members": counts.members,
        "merkle_root": ballot.box_digest,
        "result": claimed,
    }
