"""The papers of a vote as they are published, and as anybody counts them again."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _

from hemicycle.accounts.access import Viewer
from hemicycle.bodies.rules import Share, threshold_read
from hemicycle.voting import rules
from hemicycle.voting.methods.lot import commitment
from hemicycle.voting.models import BY_NAME, Ballot, Method, Result
from hemicycle.voting.papers import Form
from hemicycle.voting.queries.batches import counted_on_paper
from hemicycle.voting.queries.counting import asked_of, counts_in, majority_facts, papers_counted, result_of
from hemicycle.voting.queries.names import may_see_names
from hemicycle.voting.queries.seen import option_names, seen_result
from hemicycle.voting.queries.weighing import votes_cast
from hemicycle.voting.sealing import Paper
from hemicycle.voting.second import counted_by
from hemicycle.voting.secret_box import papers_of

STV = "scottish-stv"


def published_box(viewer: Viewer, ballot: Ballot) -> tuple[Result, list[Paper]]:
    """Return the last count of a secret vote and its papers, sorted by code, once this viewer may know the result.

    Raises:
        Http404: it is no secret vote in the box, or this viewer may not know what came of it.
    """
    result = seen_result(viewer, ballot, result_of(ballot)) if ballot.method == Method.SECRET else None
    if result is None:
        raise Http404(_("There are no such papers."))
    return result, papers_of(ballot)


def result_for(viewer: Viewer, ballot: Ballot) -> Result:
    """Return the last count of a ballot that decides something, for what leaves the house.

    Raises:
        Http404: it was for practice or in a rehearsal, or this viewer may not know what came of it.
    """
    counts = not ballot.practice and not ballot.sitting.meeting.rehearsal
    result = seen_result(viewer, ballot, result_of(ballot)) if counts else None
    if result is None:
        raise Http404(_("There is no such result."))
    result.ballot = ballot
    return result


def published_votes(viewer: Viewer, result: Result) -> list[dict[str, Any]]:
    """Return the votes that a result was counted from, each with its code or, for whoever may know, its name.

    What nobody's name stands beside is sorted by what it says, so that nothing is left of who came when.
    """
    ballot = result.ballot
    if ballot.method == Method.SECRET:
        return [dict(paper) for paper in rules.published(papers_of(ballot))]
    if ballot.method in BY_NAME and may_see_names(viewer, ballot, result):
        told = ("voter__number", "voter__name", "voter__weight", "voter__group", "choice")
        named = [
            {"number": number, "name": name, "vote": said, **worth_of(ballot, weight, unit)}
            for number, name, weight, unit, said in ballot.votes.order_by("voter__number").values_list(*told)
        ]
        # Nobody's name stands on a paper that the desk issued in place of a card.
        return named + bundled(sorted(counted_on_paper(ballot).items()))
    if ballot.form == Form.MOTION:
        counts = counts_in(result)
        papers = {"for": counts.votes_for, "against": counts.against, "abstain": counts.abstained}
        return bundled(papers.items())
    return bundled(sorted(papers_counted(result).items()))


def bundled(papers: Iterable[tuple[str, int]]) -> list[dict[str, Any]]:
    """Return papers that say the same, together."""
    return [{"vote": said, **worth(count)} for said, count in papers if count]


def worth(weight: int) -> dict[str, int]:
    """Return what a paper is worth, where that is not one."""
    return {} if weight == 1 else {"weight": weight}


def worth_of(ballot: Ballot, weight: int, unit: str) -> dict[str, Any]:
    """Return what a named vote is worth; beside a second majority one, and what it weighs in that for which unit."""
    return {"weighs": weight, "unit": unit} if ballot.second_by else worth(weight)


def recountable(viewer: Viewer, result: Result) -> dict[str, Any]:
    """Return a vote as the file that `recount` and docs/recount.py read; docs/voting.md describes it."""
    ballot, counts = result.ballot, counts_in(result)
    told: dict[str, Any] = {
        "title": ballot.question,
        "options": option_names(ballot),
        "ballots": published_votes(viewer, result),
        "majority": majority_facts(ballot),
        "present": result.entitled,
        "members": ballot.members,
    }
    if ballot.lot_seed:
        told |= {"seed": ballot.lot_seed, "commitment": commitment(ballot.lot_seed)}
    if ballot.method == Method.SECRET:
        told |= {"merkle_root": ballot.box_digest}
        if on_paper := counted_on_paper(ballot):
            told |= {"on_paper": dict(on_paper)}
    if result.election is not None:
        return told | election_of(result, result.election)
    claimed: dict[str, Any] = {
        "for": counts.votes_for,
        "against": counts.against,
        "abstain": counts.abstained,
        "base": result.base,
        "needed": result.needed,
    }
    if ballot.second_by and may_see_names(viewer, ballot, result):
        told["second"], claimed["second"] = second_of(result)
    if ballot.votes_quorum:
        told["votes_quorum"] = share_facts(threshold_read(ballot.votes_quorum).share)
        claimed["votes_quorum"] = result.quorum_of_votes
    if ballot.method == Method.CIRCULATION:
        told["answers_needed"] = ballot.quorum_needed
    # Else it was carried, or not, by something that this file does not show.
    if not (result.casting or result.lot) and ("second" in told or not ballot.second_by):
        claimed["carried"] = result.carried
    return told | {"method": str(ballot.method), "result": claimed}


def second_of(result: Result) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what was asked as second majority, and what it is claimed to have come to."""
    ballot, found = result.ballot, result.second or {}
    asked = threshold_read(ballot.second_majority)
    listed = counted_by(ballot.second_by, votes_cast(ballot), ballot.second_members)
    return {
        "by": str(ballot.second_by),
        **share_facts(asked.share),
        "of": str(asked.of),
        "present": listed.present,
        "members": listed.members,
    }, {
        "for": found["for"],
        "against": found["against"],
        "abstain": found["abstained"],
        "base": found["base"],
        "needed": found["needed"],
        "reached": found["reached"],
    }


def share_facts(share: Share) -> dict[str, Any]:
    """Return a share as it stands in the file."""
    return {"numerator": share.numerator, "denominator": share.denominator, "strict": share.strict}


def election_of(result: Result, found: Mapping[str, Any]) -> dict[str, Any]:
    """Return what an election adds: its count and rules, and the result that is claimed."""
    ballot, quota = result.ballot, found["quota"]
    return {
        "method": ballot.counting,
        "cast": str(ballot.method),
        "seats": ballot.seats,
        "withdrawn": sorted(asked_of(ballot).withdrawn),
        "rules": ballot.count_rules,
        **({"casting": found["casting"]} if found.get("casting") else {}),
        "result": {
            "elected": [{"candidate": one["number"], "stage": one["stage"]} for one in found["elected"]],
            "quota": int(quota) if ballot.counting == STV and quota else quota,
            "stages": [stage["totals"] for stage in found["stages"]],
        },
    }
