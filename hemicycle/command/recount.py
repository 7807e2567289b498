"""`recount`: count a published ballot again from its export alone, by any of the methods, and compare every claim."""

import argparse
import json
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from hemicycle.bodies.rules import Share
from hemicycle.command import Stop
from hemicycle.voting import electing, rules
from hemicycle.voting.methods.election import CannotCount
from hemicycle.voting.papers import MOTION, BadPaper, Form, read
from hemicycle.voting.rules import Base, Counts, Majority, outcome
from hemicycle.voting.second import Cast, counted_by

# What carries so was not voted on.
WITHOUT_A_VOTE = frozenset({"consent", "acclamation", "no contest"})


def configure(parser: argparse.ArgumentParser) -> None:
    """Say what may be asked."""
    parser.epilog = "Ends with 0 where everything holds, else with a sentence that says what does not."
    parser.add_argument("export", type=Path, help="the JSON file from the protocol of a ballot")
    parser.add_argument("--json", action="store_true", help="the recounted result as one JSON object")


def run(args: argparse.Namespace) -> int:
    """Recount an export, compare what it claims, and say what came out."""
    try:
        export = json.loads(args.export.read_text("utf-8"))
        found = recounted(export)
    except (ValueError, KeyError, TypeError, CannotCount) as problem:
        raise Stop(f"{args.export.name} is no export of a ballot that can be counted: {problem}") from problem
    for name, claimed in export.get("result", {}).items():
        if name in found and found[name] != claimed:
            raise Stop(f"DOES NOT HOLD: “{name}” was given as {claimed}; the recount gives {found[name]}.")
    if args.json:
        print(json.dumps(found, ensure_ascii=False))
    else:
        print("\n".join(told(export, found)))
    return 0


def recounted(export: dict[str, Any]) -> dict[str, Any]:
    """Return the result of an export, after its box and its lot were checked."""
    ballots = export["ballots"]
    codes = [ballot["code"] for ballot in ballots if "code" in ballot]
    if len(set(codes)) < len(codes):
        raise Stop("DOES NOT HOLD: Two ballots have the same code.")
    if "merkle_root" in export and rules.merkle_root(ballots) != export["merkle_root"]:
        raise Stop("DOES NOT HOLD: The ballots are not those of the box: its Merkle root is another.")
    if "commitment" in export and sha256(export["seed"].encode()).hexdigest() != export["commitment"]:
        raise Stop("DOES NOT HOLD: The seed of the lot is not the one that was committed.")
    return election(export) if "seats" in export else motion(export)


def worth(ballot: dict[str, Any]) -> int:
    """Return how many votes a ballot is worth."""
    weight = ballot.get("weight", 1)
    if not isinstance(weight, int) or isinstance(weight, bool) or weight < 0:
        raise Stop(f"DOES NOT HOLD: “{weight}” is no weight.")
    return weight


def papers_of(export: dict[str, Any], form: str) -> dict[str, int]:
    """Return how many papers say what, each as it can be counted."""
    papers: dict[str, int] = dict(export.get("on_paper", {}))
    for ballot in export["ballots"]:
        vote = ballot["vote"]
        text = ">".join(map(str, vote)) if isinstance(vote, list) else vote
        try:
            paper = read(text, form, options=len(export.get("options", ())))
        except BadPaper as bad:
            raise Stop(f"DOES NOT HOLD: “{text}” is no paper of this ballot.") from bad
        papers[paper] = papers.get(paper, 0) + worth(ballot)
    return papers


def motion(export: dict[str, Any]) -> dict[str, Any]:
    """Count for, against and abstentions, and hold them against the majority and all that is asked beside it."""
    counts = counts_of(export, papers_of(export, Form.MOTION))
    told: dict[str, Any] = dict(zip(MOTION, (counts.votes_for, counts.against, counts.abstained), strict=True))
    if export["method"] in WITHOUT_A_VOTE:
        return {**told, "base": 0, "needed": 0, "carried": True}
    majority = majority_of(export["majority"])
    found = outcome(counts, majority)
    told |= {"base": found.base, "needed": found.needed}
    carried = found.carried and counts.cast >= export.get("answers_needed", 0)
    if asked := export.get("second"):
        cast = [Cast(one.get("unit", ""), one["vote"], one.get("weighs", 0)) for one in export["ballots"]]
        second = replace(counted_by(asked["by"], cast, asked["members"]), present=asked["present"])
        sums = outcome(second, majority_of(asked))
        told["second"] = {
            **dict(zip(MOTION, (second.votes_for, second.against, second.abstained), strict=True)),
            "base": sums.base,
            "needed": sums.needed,
            "reached": sums.carried,
        }
        carried = carried and sums.carried
    if quorum := export.get("votes_quorum"):
        told["votes_quorum"] = max(1, share_of(quorum).least(counts.members))
        carried = carried and counts.cast >= told["votes_quorum"]
    return told | {"carried": carried}


def counts_of(export: dict[str, Any], papers: dict[str, int]) -> Counts:
    """Return the papers as counts of a motion."""
    present, members = export.get("present") or 0, export.get("members") or 0
    votes_for, against, abstained = (papers.get(choice, 0) for choice in MOTION)
    return Counts(votes_for, against, abstained, present=present, members=members)


def share_of(asked: dict[str, Any]) -> Share:
    """Return a share as it stands in an export."""
    return Share(asked["numerator"], asked["denominator"], strict=asked["strict"])


def majority_of(asked: dict[str, Any]) -> Majority:
    """Return a majority as it stands in an export."""
    return Majority(share_of(asked), Base(asked["of"]))


def election(export: dict[str, Any]) -> dict[str, Any]:
    """Count an election by its method and its rules."""
    method = export["method"]
    asked = electing.Asked(
        counting=method,
        names=tuple(export["options"]),
        seats=export["seats"],
        rules={"ties": ["lot"], **export.get("rules", {})},
        withdrawn=frozenset(export.get("withdrawn", ())),
        seed=export.get("seed", ""),
        casting=tuple(export.get("casting", ())),
        present=export.get("present") or 0,
        members=export.get("members") or 0,
    )
    papers = papers_of(export, electing.form_of(method))
    # Without a contest everybody is elected, by the rules and not by a count.
    contested = export.get("cast") not in WITHOUT_A_VOTE
    found = electing.result_of(asked, papers) if contested else electing.unopposed(asked)
    quota = found["quota"]
    return {
        "elected": [{"candidate": one["number"], "stage": one["stage"]} for one in found["elected"]],
        "quota": int(quota) if method == "scottish-stv" and quota else quota,
        "stages": [stage["totals"] for stage in found["stages"]],
    }


def told(export: dict[str, Any], found: dict[str, Any]) -> list[str]:
    """Return what came out, in lines."""
    lines = [f"{export.get('title', 'Ballot')}: {sum(map(worth, export['ballots']))} votes recounted."]
    if "elected" in found:
        names = export["options"]
        lines += [f"Elected at stage {one['stage']}: {names[one['candidate'] - 1]}" for one in found["elected"]]
        lines += [f"Quota: {found['quota']}."] if found["quota"] is not None else []
    else:
        lines.append(f"{found['for']} for, {found['against']} against, {found['abstain']} abstained.")
        verdict = "carried" if found["carried"] else "not carried"
        lines.append(f"{found['needed']} of {found['base']} needed: {verdict}.")
    claims = "Everything holds." if export.get("result") else "The export claims no result to compare with."
    return [*lines, claims]
