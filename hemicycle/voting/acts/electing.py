"""Acts on elections: what goes on their papers, candidates who withdraw, elections without a contest, their counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Any

from django.utils.translation import gettext as _

from hemicycle.bodies.models import Membership, RulesOfProcedure
from hemicycle.bodies.queries import majority_on, procedure
from hemicycle.bodies.rules import Counting, Elections, Question, Sole, Threshold
from hemicycle.bodies.rules.elections import LISTS, NONE_OF_THE_ABOVE, RESERVES
from hemicycle.journal.act import Act, Actor, Happened, Refused, act
from hemicycle.motions.candidates import lock_candidate, record_candidate, standing
from hemicycle.motions.models import Candidate, Election, Motion
from hemicycle.voting import electing, queries
from hemicycle.voting.hands import Papers
from hemicycle.voting.methods.election import CannotCount
from hemicycle.voting.models import Ballot, Method, Option, PaperBundle, Result
from hemicycle.voting.words import Kind

NOT_BY = frozenset({Method.HANDS, Method.CONSENT, Method.CIRCULATION, Method.ROLL_CALL})
UNVOTED = frozenset({Method.UNCONTESTED, Method.ACCLAMATION})


@dataclass(frozen=True)
class Paper:
    """What an election puts on the ballot: its columns, and the candidates by number with what is beside them."""

    columns: dict[str, Any]
    candidates: list[Candidate]
    none: bool = False

    def options(self, ballot: Ballot) -> list[Option]:
        """Return the lines of the paper."""
        lines = [
            Option(ballot=ballot, number=number, name=one.name, group=one.group, candidate=one)
            for number, one in enumerate(self.candidates, 1)
        ]
        none = Option(ballot=ballot, number=len(lines) + 1, name=_("None of the above"))
        return [*lines, none] if self.none else lines


def paper_for(motion: Motion, asked: RulesOfProcedure, method: str) -> Paper:
    """Return what an election puts on the ballot by the rules.

    Raises:
        Refused: nobody stands, the way of voting has no papers, there are no more candidates than seats and the rules
            declare them elected, or seats are reserved as these candidates cannot fill them.
    """
    election, rules = motion.election, procedure(asked).elections
    candidates = list(standing(election).order_by("number"))
    if not candidates:
        raise Refused("no_candidates", _("Nobody stands for “%(title)s”. Nominate somebody.") % {"title": motion.title})
    if method in NOT_BY:
        raise Refused(
            "papers_needed",
            _("An election goes by papers: in the box by name, or counted by tellers."),
            status=422,
            field="method",
        )
    contested = is_contested(election, len(candidates))
    if contested and method == Method.ACCLAMATION:
        raise Refused(
            "contested",
            _("There are more candidates than seats, so nobody is elected by acclamation. Put it to the vote."),
            status=422,
            field="method",
        )
    if not contested and method not in UNVOTED and rules.sole == Sole.DECLARED:
        raise Refused(
            "uncontested",
            _("There are no more candidates than seats. By the rules they are declared elected without a vote."),
        )
    counting = election.counting if contested or method in UNVOTED else Counting.YES_NO.value
    none = rules.none_of_the_above and counting in NONE_OF_THE_ABOVE
    majority = majority_on(asked, Question.ELECTION)
    asked_of = {
        "ties": list(rules.ties),
        "seniority": by_seniority(election, candidates),
        "none_of_the_above": len(candidates) + 1 if none else None,
        "reserved": reserved(rules, election.seats, counting, candidates),
        "threshold": rules.threshold,
        "majority": as_facts(majority) if counting == Counting.YES_NO or not rules.plurality else None,
    }
    columns = {
        "form": electing.form_of(counting),
        "seats": election.seats,
        "most": electing.most_of(counting, election.seats),
        "counting": counting,
        "count_rules": asked_of,
    }
    return Paper(columns, candidates, none=none)


def is_contested(election: Election, candidates: int) -> bool:
    """Say whether there is something to choose: more candidates than seats, or lists that share them."""
    return candidates > election.seats or (election.counting in LISTS and candidates > 1)


def as_facts(majority: Threshold) -> dict[str, Any]:
    """Return a majority as it is kept with a ballot."""
    share = majority.share
    return {
        "numerator": share.numerator,
        "denominator": share.denominator,
        "strict": share.strict,
        "of": str(majority.of),
    }


def by_seniority(election: Election, candidates: list[Candidate]) -> list[int]:
    """Return the numbers on the paper of those who were ever in the body, the longest first."""
    people = {one.person_id: number for number, one in enumerate(candidates, 1) if one.person_id}
    spells = Membership.objects.filter(post__body=election.motion.item.meeting.body, person__in=people)
    first: dict[int, tuple[Any, int]] = {}
    for person, starts in spells.order_by("starts", "pk").values_list("person", "starts"):
        first.setdefault(people[person], (starts, people[person]))
    return sorted(first, key=lambda number: first[number])


def reserved(rules: Elections, seats: int, counting: str, candidates: list[Candidate]) -> list[dict[str, Any]]:
    """Return which numbers seats are reserved for; none where one seat is filled, or by a count that reserves none."""
    if seats == 1 or counting not in RESERVES:
        return []
    found = []
    for one in rules.reserved:
        group = one.group.casefold()
        numbers = [number for number, candidate in enumerate(candidates, 1) if candidate.group.casefold() == group]
        if len(numbers) < one.least:
            raise Refused(
                "reserved_unfilled",
                _("The rules reserve %(least)d seats for “%(group)s”, and %(count)d of them stand. Nominate more.")
                % {"least": one.least, "group": one.group, "count": len(numbers)},
            )
        found.append({"numbers": numbers, "least": one.least, "most": one.most})
    return found


def count_election(
    entry: Act, ballot: Ballot, *, version: int, reason: str = "", papers: Papers | None = None
) -> Result:
    """Count the papers of an election, those in the box or those of the tellers, and write down what it comes to."""
    asked = queries.asked_of(ballot)
    held = queries.papers_in(ballot) if papers is None else papers.bundles
    cast = sum(held.values())
    if cast > asked.present:
        raise Refused(
            "more_than_present",
            _("The tellers counted %(cast)d papers, but %(present)d voters are there. Count again.")
            % {"cast": cast, "present": asked.present},
            status=422,
            field="papers",
        )
    try:
        found = electing.result_of(asked, held)
    except CannotCount as refusal:
        raise Refused(
            "cannot_count",
            _("This cannot be counted: %(why)s Nothing was entered. Void the vote, or take it again.")
            % {"why": refusal},
        ) from refusal
    result = write_result(entry, ballot, found, version=version, reason=reason)
    if papers is not None:
        bundles = [PaperBundle(result=result, paper=paper, count=count) for paper, count in sorted(held.items())]
        entry.create_many(PaperBundle, bundles)
    return result


def write_result(entry: Act, ballot: Ballot, found: Mapping[str, Any], *, version: int, reason: str = "") -> Result:
    """Write what an election came to."""
    invalid = found.get("invalid", 0)
    valid = found["valid"] - invalid
    return entry.create(
        Result(
            ballot=ballot,
            version=version,
            votes_for=valid,
            votes_against=0,
            abstained=found["blank"] + invalid,
            entitled=queries.asked_of(ballot).present,
            base=valid,
            needed=ceil(Fraction(found["quota"] or 0)),
            carried=bool(found["elected"]),
            counted=entry.when,
            correction_reason=reason,
            election=dict(found),
        )
    )


def withdraw_candidate(
    *, by: Actor, candidate_id: int, because: str = "", happened: Happened | None = None
) -> Candidate:
    """Withdraw a candidate until the votes are counted; papers that name one who withdrew go on to the next.

    Raises:
        Refused: it was withdrawn already, the votes are counted, nobody would be left on an open paper, or it is
            somebody else's to do.
    """
    with act(Kind.CANDIDATE_WITHDRAWN, by=by, happened=happened) as entry:
        candidate = lock_candidate(entry, candidate_id)
        election, motion = candidate.election, candidate.election.motion
        if candidate.withdrawn:
            raise Refused("withdrawn", _("%(name)s withdrew already.") % {"name": candidate.name})
        ballots = Ballot.objects.select_for_update(of=("self",)).filter(motion=motion, voided=None, practice=False)
        last = ballots.order_by("pk").last()
        if motion.state not in {Motion.State.TABLED, Motion.State.VOTING} or (last and last.closed):
            raise Refused(
                "votes_counted", _("The votes were counted. Who was elected and does not want it, resigns the post.")
            )
        if last and standing(election).exclude(pk=candidate.pk).count() == 0:
            raise Refused("nobody_left", _("Nobody would be left to vote for. Void the vote first."))
        entry.update(candidate, withdrawn=entry.when, because=because.strip())
        record_candidate(entry, candidate, because=candidate.because)
    return candidate
