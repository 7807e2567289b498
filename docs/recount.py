"""Recount a ballot exported from Hemicycle, without Hemicycle:  python recount.py FILE

Needs Python 3.9 or later and nothing else. docs/voting.md describes the file. Ends with 0 where everything holds.
"""

import hashlib
import json
import sys
from fractions import Fraction
from pathlib import Path

CHOICES = ("for", "against", "abstain")
STV = "scottish-stv"


class DoesNotHold(Exception):
    """The export contradicts itself; the sentence says where."""


def sha256(data):
    return hashlib.sha256(data).digest()


def canonical(value):
    """RFC 8785 for what an export holds: texts, whole numbers, lists, and keys in plain letters."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def merkle_root(ballots):
    """The root of the box, as in RFC 6962: a leaf is 0x00 and a ballot, a node 0x01 and the two below it."""
    if not ballots:
        return sha256(b"").hex()

    def node(part):
        if len(part) == 1:
            return sha256(b"\0" + canonical(part[0]))
        half = 1 << (len(part) - 1).bit_length() - 1
        return sha256(b"\1" + node(part[:half]) + node(part[half:]))

    return node(ballots).hex()


def count_motion(export):
    """For, against and abstentions by weight, and whether they are as many as the majority asks for."""
    counts = {choice: export.get("on_paper", {}).get(choice, 0) for choice in CHOICES}
    for ballot in export["ballots"]:
        if ballot["vote"] not in counts:
            raise DoesNotHold(f"“{ballot['vote']}” is no choice in this ballot.")
        counts[ballot["vote"]] += weight(ballot)
    majority = export["majority"]
    valid = counts["for"] + counts["against"]
    bases = {"valid": valid, "cast": valid + counts["abstain"]}
    bases |= {"present": export.get("present"), "members": export.get("members")}
    base = bases[majority["of"]]
    exact = Fraction(majority["numerator"], majority["denominator"]) * base
    needed = int(exact) + 1 if majority["strict"] or exact != int(exact) else int(exact)
    needed = max(1, needed)  # Nothing carries without a vote for it.
    enough = bases["cast"] >= export.get("votes_quorum", 0)
    return {**counts, "base": base, "needed": needed, "carried": counts["for"] >= needed and enough}


def weight(ballot):
    """How many votes a ballot is worth: a whole number, one where it does not say."""
    worth = ballot.get("weight", 1)
    if not isinstance(worth, int) or worth < 0:
        raise DoesNotHold(f"“{worth}” is no weight.")
    return worth


class Stv:
    """A count by the Scottish rules (SSI 2011/399, Schedule 1, rules 46 to 53), in units of 0.00001 votes."""

    def __init__(self, export):
        self.names, self.seed = export["options"], export.get("seed")
        gone = set(export.get("withdrawn", []))
        self.everyone = range(1, len(self.names) + 1)
        self.alive = {number for number in self.everyone if number not in gone}
        self.open = min(export["seats"], len(self.alive))
        self.held = {number: [] for number in self.everyone}  # [ranking, papers, value] of each candidate
        self.totals = dict.fromkeys(self.everyone, 0)
        papers = [[self.ranking(ballot["vote"]), weight(ballot), 100000] for ballot in export["ballots"]]
        valid = sum(count for ranking, count, _value in papers if ranking)
        self.quota = (valid // (export["seats"] + 1) + 1) * 100000
        self.elected, self.surpluses, self.stages = [], set(), []
        self.deal(papers)

    def ranking(self, vote):
        """The candidates of a paper in order, of a list or of “2>5>1”; none may stand on it twice."""
        if isinstance(vote, str):
            vote = [int(number) for number in vote.split(">") if number]
        if len(set(vote)) != len(vote) or not set(vote) <= set(self.everyone):
            raise DoesNotHold(f"A paper names somebody twice, or somebody who is no candidate: {vote}.")
        return [number for number in vote if number in self.alive]

    def deal(self, papers):
        """Give each paper to the next on it who is neither elected nor excluded; that ends a stage."""
        for paper in papers:
            to = next((number for number in paper[0] if number in self.alive), None)
            if to is not None:
                self.held[to].append(paper)
                self.totals[to] += paper[1] * paper[2]
        self.stages.append(dict(self.totals))
        for number in self.by_votes():
            if self.totals[number] >= self.quota and self.open:
                self.elect(number)
                if self.totals[number] > self.quota:
                    self.surpluses.add(number)
        if len(self.alive) <= self.open:
            for number in self.by_votes():
                self.elect(number)

    def by_votes(self):
        return sorted(self.alive, key=lambda number: (-self.totals[number], number))

    def elect(self, number):
        self.alive.remove(number)
        self.open -= 1
        self.elected.append({"candidate": number, "stage": len(self.stages)})

    def one_of(self, tied, what, best):
        """One of the tied: by the most recent stage at which they differ, else by lot."""
        for totals in reversed(self.stages[:-1]):
            edge = best(totals[number] for number in tied)
            tied = [number for number in tied if totals[number] == edge]
        if len(tied) > 1 and not self.seed:
            raise DoesNotHold("A lot had to be drawn, and the export holds no seed.")
        stage = len(self.stages) + 1
        order = sorted(tied, key=lambda number: sha256(f"{self.seed}/{stage}/{what}/{number}".encode()).hex())
        return order[0] if best is max else order[-1]

    def step(self):
        """Transfer the largest surplus, or exclude the last."""
        if self.surpluses:
            most = max(self.totals[number] for number in self.surpluses)
            number = self.one_of([n for n in self.surpluses if self.totals[n] == most], "surplus", max)
            self.surpluses.remove(number)
            self.totals[number] = self.quota
            self.deal(
                [[order, papers, (most - self.quota) * value // most] for order, papers, value in self.held[number]]
            )
        else:
            fewest = min(self.totals[number] for number in self.alive)
            number = self.one_of([n for n in self.alive if self.totals[n] == fewest], "exclusion", min)
            self.alive.remove(number)
            self.totals[number] = 0
            self.deal(self.held[number])

    def result(self):
        while self.open:
            self.step()
        stages = [[f"{votes // 100000}.{votes % 100000:05}" for votes in totals.values()] for totals in self.stages]
        return {"elected": self.elected, "quota": self.quota // 100000, "stages": stages}


def check(export):
    """Recount an export and compare everything that it claims; return the result."""
    ballots = export["ballots"]
    codes = [ballot["code"] for ballot in ballots if "code" in ballot]
    if len(set(codes)) < len(codes):
        raise DoesNotHold("Two ballots have the same code.")
    if "merkle_root" in export and merkle_root(ballots) != export["merkle_root"]:
        raise DoesNotHold("The ballots are not those of the box: its Merkle root is another.")
    if "commitment" in export and sha256(export["seed"].encode()).hex() != export["commitment"]:
        raise DoesNotHold("The seed of the lot is not the one that was committed.")
    asked, elects = export.get("rules", {}), "seats" in export
    if asked.get("reserved") or asked.get("ties", ["lot"]) != ["lot"] or (elects and export["method"] != STV):
        raise DoesNotHold("This script cannot count it: take “hemicycle recount”, which knows all methods and rules.")
    result = Stv(export).result() if export["method"] == STV else count_motion(export)
    for key, claimed in export.get("result", {}).items():
        if key in result and result[key] != claimed:
            raise DoesNotHold(f"“{key}” was given as {claimed}; the recount gives {result[key]}.")
    return result


def main(path):
    export = json.loads(Path(path).read_text("utf-8"))
    try:
        result = check(export)
    except DoesNotHold as problem:
        return f"DOES NOT HOLD: {problem}"
    said = [f"{export.get('title', 'Ballot')}: {len(export['ballots'])} ballots recounted."]
    if export["method"] == STV:
        said += [f"Elected at stage {e['stage']}: {export['options'][e['candidate'] - 1]}" for e in result["elected"]]
    else:
        said += [", ".join(f"{result[choice]} {choice}" for choice in CHOICES)]
        said += [f"{result['needed']} of {result['base']} needed: {'carried' if result['carried'] else 'not carried'}."]
    said += ["Everything holds." if export.get("result") else "The export claims no result to compare with."]
    print("\n".join(said))  # noqa: T201 -- the answer
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
