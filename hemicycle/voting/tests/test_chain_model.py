"""Counted, declared, certified, in any order that people can think of, against a model of a few lines."""

from collections.abc import Callable
from dataclasses import dataclass, field

from hypothesis import given, settings
from hypothesis import strategies as st

from hemicycle.demo.club import Club
from hemicycle.journal.act import Refused
from hemicycle.journal.models import Entry
from hemicycle.journal.verify import verify
from hemicycle.meetings.models import Sitting
from hemicycle.motions.acts import table_motion
from hemicycle.motions.models import Motion
from hemicycle.voting.acts import (
    certify_result,
    close_ballot,
    correct_result,
    declare_result,
    open_ballot,
    repeat_ballot,
    void_ballot,
)
from hemicycle.voting.models import Ballot, Result
from hemicycle.voting.tests.world import Floor, at, cast, floor_of

STEPS = ("close", "declare", "declare the first", "certify", "recount", "void", "repeat")


@dataclass
class Model:
    """A vote as a few facts: is it open, void, certified, and which of its counts were declared."""

    open: bool = True
    void: bool = False
    certified: bool = False
    declared: list[bool] = field(default_factory=list)

    def takes(self, step: str) -> bool:
        """Say whether this step is allowed now, and take it."""
        going = bool(self.declared) and not self.void and not self.certified
        match step:
            case "close":
                allowed = self.open and not self.void
                if allowed:
                    self.open, self.declared = False, [False]
            case "declare" | "declare the first":
                allowed = going and not self.declared[-1] and (step == "declare" or len(self.declared) == 1)
                if allowed:
                    self.declared[-1] = True
            case "certify":
                allowed = going and self.declared[-1]
                self.certified |= allowed
            case "recount":
                allowed = going
                if allowed:
                    self.declared.append(False)
            case "void":
                allowed = not self.void and not self.certified
                self.void |= allowed
            case _:
                allowed = going
                if allowed:
                    self.void, self.open = False, True
                    self.declared = []
        return allowed


def act_of(club: Club, ballot: Ballot, step: str) -> Callable[[], object]:
    """Return the act of a step; a count that there is not yet is the key of none."""
    results = list(ballot.results.order_by("version").values_list("pk", flat=True))
    last, first = (results[-1], results[0]) if results else (0, 0)
    chair = club.chair
    return {
        "close": lambda: close_ballot(by=chair, ballot_id=ballot.pk),
        "declare": lambda: declare_result(by=chair, result_id=last),
        "declare the first": lambda: declare_result(by=chair, result_id=first),
        "certify": lambda: certify_result(by=chair, result_id=last),
        "recount": lambda: correct_result(by=chair, ballot_id=ballot.pk, reason="A doubt."),
        "void": lambda: void_ballot(by=chair, ballot_id=ballot.pk, reason="A doubt."),
        "repeat": lambda: repeat_ballot(by=chair, ballot_id=ballot.pk, reason="A doubt."),
    }[step]


def taken(act: Callable[[], object]) -> object:
    """Return what an act gave, None where it was refused."""
    before = Entry.objects.count()
    try:
        return act()
    except (Refused, Result.DoesNotExist):
        assert Entry.objects.count() == before
        return None


def holds(motion: Motion, ballot: Ballot, model: Model) -> None:
    """Hold the rows to the model."""
    ballot.refresh_from_db()
    state = Motion.objects.get(pk=motion.pk).state
    assert (ballot.closed is None, ballot.voided is not None) == (model.open, model.void)
    assert [bool(one.declared) for one in ballot.results.order_by("version")] == model.declared
    assert ballot.results.filter(certified__isnull=False).exists() is model.certified
    assert state == ("adopted" if model.certified else "tabled" if model.void else "voting")
    assert (Sitting.objects.get(pk=ballot.sitting_id).voting_since is not None) is (model.open and not model.void)


def test_a_vote_goes_only_the_ways_that_the_model_knows(club: Club) -> None:
    floor = floor_of(club)
    with at(10):

        @settings(max_examples=12, deadline=None)
        @given(st.lists(st.sampled_from(STEPS), max_size=9), st.integers(0, 10**9))
        def walk(steps: list[str], salt: int) -> None:
            taken_by(club, floor, steps, f"Motion {salt}-{Motion.objects.count()}")

        walk()
    told = {entry.kind for entry in Entry.objects.all() if "counts" in entry.facts}
    assert told <= {"result.declared", "result.certified"}
    assert not list(verify())


def taken_by(club: Club, floor: Floor, steps: list[str], title: str) -> None:
    """Walk one vote through these steps, with the model beside it; leave no vote open."""
    motion = table_motion(by=club.chair, item_id=floor.item.pk, title=title, points=[(f"{title} is done.", False)])
    ballot, model = open_ballot(by=club.chair, motion_id=motion.pk), Model()
    cast(ballot, "for", "for", "for", "against")
    for step in steps:
        made = taken(act_of(club, ballot, step))
        assert (made is not None) is model.takes(step), step
        if step == "repeat" and isinstance(made, Ballot):
            ballot = made
            cast(ballot, "for", "for", "against")
        holds(motion, ballot, model)
    if model.open and not model.void:
        void_ballot(by=club.chair, ballot_id=ballot.pk, reason="The walk is over.")
