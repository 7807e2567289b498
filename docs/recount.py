"""Recount a ballot exported from Hemicycle, without Hemicycle:  python recount.py FILE

Needs Python 3.9 or later and nothing else. docs/voting.md describes the file. Ends with 0 where everything holds.
"""

import json
import sys
from hashlib import sha256
from pathlib import Path

CHOICES, STV = ("for", "against", "abstain"), "scottish-stv"
UNVOTED = ("consent", "acclamation", "no contest")


class DoesNotHold(Exception):
    """The export contradicts itself; the sentence says where."""


def merkle_root(ballots):
    """The root of the box, as in RFC 6962: a leaf is 0x00 and a ballot (RFC 8785), a node 0x01 and the two below it."""
    if len(ballots) < 2:
        leaves = (json.dumps(one, ensure_ascii=False, separators=(",", ":"), sort_keys=True) for one in ballots)
        return sha256(b"".join(b"\0" + leaf.encode() for leaf in leaves)).digest()
    half = 1 << (len(ballots) - 1).bit_length() - 1
    return sha256(b"\1" + merkle_root(ballots[:half]) + merkle_root(ballots[half:])).digest()


def count_motion(export):
    """For, against and abstentions, and whether they are as many as the majority and all beside it ask for."""
    counts = {choice: export.get("on_paper", {}).get(choice, 0) for choice in CHOICES}
    for ballot in export["ballots"]:
        if ballot["vote"] not in counts:
            raise DoesNotHold(f"“{ballot['vote']}” is no choice in this ballot.")
        counts[ballot["vote"]] += ballot.get("weight", 1)
    if export["method"] in UNVOTED:
        return {**counts, "base": 0, "needed": 0, "carried": True}
    found = hold({**export, **export["majority"]}, counts)
    carried, cast = found.pop("reached"), sum(counts.values())
    if "second" in export:
        found["second"] = hold(export["second"], count_second(export))
        carried = carried and found["second"]["reached"]
    if "votes_quorum" in export:
        found["votes_quorum"] = hold({**export, **export["votes_quorum"], "of": "members"}, counts)["needed"]
        carried = carried and cast >= found["votes_quorum"]
    return {**found, "carried": carried and cast >= export.get("answers_needed", 0)}


def count_second(export):
    """The votes as they weigh; or the units, each for what most of its votes are for, equal ones abstaining."""
    counts, units = dict.fromkeys(CHOICES, 0), {}
    for ballot in export["ballots"]:
        if export["second"]["by"] == "weight":
            counts[ballot["vote"]] += ballot.get("weighs", 0)
        elif ballot.get("unit"):
            units.setdefault(ballot["unit"], dict.fromkeys(CHOICES, 0))[ballot["vote"]] += ballot["weighs"]
    for one in units.values():
        more = one["for"] - one["against"]
        counts["for" if more > 0 else "against" if more else "abstain"] += 1
    return counts


def hold(asked, counts):
    """What a majority is taken of, and the least number that it asks for: 2/3 of 9 is 6, over half of 9 is 5."""
    base = {**asked, "valid": counts["for"] + counts["against"], "cast": sum(counts.values())}[asked["of"]]
    whole, rest = divmod(asked["numerator"] * base, asked["denominator"])
    needed = max(1, whole + (asked["strict"] or rest > 0))  # Nothing carries without a vote for it.
    return {**counts, "base": base, "needed": needed, "reached": counts["for"] >= needed}


class Stv:
    """A count by the Scottish rules (SSI 2011/399, Schedule 1, rules 46 to 53), in units of 0.00001 votes."""

    def __init__(self, export):
        self.seed, self.unopposed = export.get("seed"), export.get("cast") in UNVOTED
        self.everyone = range(1, len(export["options"]) + 1)
        self.alive = set(self.everyone) - set(export.get("withdrawn", []))
        self.open = min(export["seats"], len(self.alive))
        self.held = {number: [] for number in self.everyone}  # [ranking, papers, value] of each candidate
        self.totals = dict.fromkeys(self.everyone, 0)
        votes = [(ballot["vote"], ballot.get("weight", 1)) for ballot in export["ballots"]]
        votes += export.get("on_paper", {}).items()
        papers = [[self.ranking(vote), worth, 100000] for vote, worth in votes]
        self.valid = sum(count for ranking, count, _value in papers if ranking)
        self.quota = (self.valid // (export["seats"] + 1) + 1) * 100000
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
        order = sorted(tied, key=lambda number: sha256(f"{self.seed}/{stage}/{what}/{number}".encode()).hexdigest())
        return order[0] if best is max else order[-1]

    def step(self):
        """Transfer the largest surplus, or exclude the last."""
        if self.surpluses:
            most = max(self.totals[number] for number in self.surpluses)
            number = self.one_of([n for n in self.surpluses if self.totals[n] == most], "surplus", max)
            self.surpluses.remove(number)
            self.totals[number] = self.quota
            over = most - self.quota
            self.deal([[order, papers, over * value // most] for order, papers, value in self.held[number]])
        else:
            fewest = min(self.totals[number] for number in self.alive)
            number = self.one_of([n for n in self.alive if self.totals[n] == fewest], "exclusion", min)
            self.alive.remove(number)
            self.totals[number] = 0
            self.deal(self.held[number])

    def result(self):
        if self.unopposed or not self.valid:  # By the rules all are elected who stand; or nobody, as nobody voted.
            return {"elected": self.elected if self.unopposed else [], "quota": None, "stages": []}
        while self.open:
            self.step()
        stages = [[f"{votes // 100000}.{votes % 100000:05}" for votes in totals.values()] for totals in self.stages]
        return {"elected": self.elected, "quota": self.quota // 100000, "stages": stages}


def check(export):
    """Recount an export and compare everything that it claims; return the result."""
    ballots = export["ballots"]
    for worth in (ballot.get("weight", 1) for ballot in ballots):
        if not isinstance(worth, int) or worth < 0:
            raise DoesNotHold(f"“{worth}” is no weight.")
    codes = [ballot["code"] for ballot in ballots if "code" in ballot]
    if len(set(codes)) < len(codes):
        raise DoesNotHold("Two ballots have the same code.")
    if "merkle_root" in export and merkle_root(ballots).hex() != export["merkle_root"]:
        raise DoesNotHold("The ballots are not those of the box: its Merkle root is another.")
    if "commitment" in export and sha256(export["seed"].encode()).hexdigest() != export["commitment"]:
        raise DoesNotHold("The seed of the lot is not the one that was committed.")
    asked, elects = export.get("rules", {}), "seats" in export
    unknown = asked.get("reserved") or asked.get("ties", ["lot"]) != ["lot"] or export["method"] != STV
    if elects and unknown and export.get("cast") not in UNVOTED:
        raise DoesNotHold("This script cannot count it: take “hemicycle recount”, which knows all methods and rules.")
    result = Stv(export).result() if elects else count_motion(export)
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
    if "elected" in result:
        said += [f"Elected at stage {e['stage']}: {export['options'][e['candidate'] - 1]}" for e in result["elected"]]
    else:
        said += [", ".join(f"{result[choice]} {choice}" for choice in CHOICES)]
        said += [f"{result['needed']} of {result['base']} needed: {'carried' if result['carried'] else 'not carried'}."]
    said += ["Everything holds." if export.get("result") else "The export claims no result to compare with."]
    print("\n".join(said))  # noqa: T201 -- the answer
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
