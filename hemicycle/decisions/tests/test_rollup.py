"""Figures on directives: what is asked of them, and that those kept on write are those of a full recomputation."""

from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hemicycle.accounts.access import PUBLIC, Access, Viewer
from hemicycle.bodies.acts import NewUnit, found_units
from hemicycle.bodies.models import Unit
from hemicycle.decisions import acts
from hemicycle.decisions.acts import NewAim, Part
from hemicycle.decisions.models import Aim, Decision, Directive, Rollup
from hemicycle.decisions.queries import directives_for
from hemicycle.decisions.queries.as_of import stood_on
from hemicycle.decisions.rollup.keeping import comes_to
from hemicycle.decisions.rollup.recomputing import compute_anew, differing, figures_that_do_not_hold
from hemicycle.decisions.rollup.rules import Figure
from hemicycle.decisions.tests.test_life import refused, told
from hemicycle.decisions.tests.world import APRIL, DUE, decided
from hemicycle.demo.club import Club
from hemicycle.journal.act import Actor, Refused
from hemicycle.journal.clock import clock_at
from hemicycle.journal.verify import verify
from hemicycle.voting.tests.world import floor_of

pytestmark = pytest.mark.django_db
MAY = APRIL + timedelta(days=20)
HOUSES = NewAim("sum", "houses", target=100)
_texts = count(1)


def head_of(unit: Unit) -> Actor:
    """Return a head of a unit."""
    return Actor(f"Head of {unit.name}", "head of unit", f"head of {unit.name}", unit.name, unit.book_id)


def piers(club: Club, number: int = 3) -> list[Unit]:
    """Found piers below the harbour."""
    new = [NewUnit(f"Pier {number}", "pier", club.local.pk) for number in range(1, number + 1)]
    return found_units(by=club.administrator, units=new)


def asked(club: Club, decision: Decision, aim: NewAim, moment: datetime = APRIL) -> Directive:
    """Ask the harbour for a figure; it receives the task."""
    unit = club.local
    with clock_at(moment):
        directive = acts.issue_directive(
            by=club.secretary, point_id=decision.points.get(ordinal=1).pk, responsible_unit_id=unit.pk,
            text=f"Mend houses ({next(_texts)}).", due=DUE, aim=aim,
        )  # fmt: skip
        acts.receive_directive(by=head_of(unit), directive_id=directive.pk)
    return directive


def broken_down(directive: Directive, parts: list[Part], moment: datetime = APRIL) -> list[Directive]:
    """Break a directive down; the units receive their parts."""
    with clock_at(moment):
        unit = directive.responsible_unit
        made = acts.break_down_directive(
            by=head_of(unit), directive_id=directive.pk, parts=parts, text=f"Mend ({next(_texts)})."
        )
        for part in made:
            acts.receive_directive(by=head_of(part.responsible_unit), directive_id=part.pk)
    return made


def reported(directive: Directive, value: int | None, **more: Any) -> None:
    """Report a figure."""
    directive = Directive.objects.get(pk=directive.pk)
    with clock_at(more.pop("moment", MAY)):
        acts.report_progress(
            by=head_of(directive.responsible_unit), directive_id=directive.pk, narrative=f"So far ({next(_texts)}).",
            value=value, **more,
        )  # fmt: skip


def figure(directive: Directive) -> Figure:
    """Return the figure that is kept of a directive."""
    return comes_to(Rollup.objects.select_related("aim").get(pk=directive.pk))


def test_a_sum_goes_up_the_tree_with_how_many_reported(club: Club) -> None:
    whole = asked(club, decided(floor_of(club)), HOUSES)
    units = piers(club)
    first, second, third = broken_down(
        whole,
        [Part(unit.pk, aim=NewAim("sum", target=target)) for unit, target in zip(units, (40, 30, 20), strict=True)],
    )
    assert figure(whole) == Figure(0, 100, 0, 3)
    reported(first, 12)
    reported(second, 8)
    assert figure(whole) == Figure(20, 100, 2, 3)
    reported(first, 15)
    assert figure(whole) == Figure(23, 100, 2, 3)
    assert told("progress.reported").endswith("Reported: 15 houses.")
    refused("figure_of_parts", reported, directive=whole, value=4)
    with clock_at(MAY):
        acts.withdraw_directive(by=club.head, directive_id=second.pk, because="Sold.")
        acts.answer_not_applicable(by=head_of(third.responsible_unit), directive_id=third.pk, because="No houses.")
    assert figure(whole) == Figure(15, 100, 1, 1)
    with clock_at(MAY):
        acts.send_back_directive(by=club.head, directive_id=third.pk, because="There are.")
        acts.hand_over_directive(by=club.head, directive_id=first.pk, unit_id=units[1].pk, because="It ends.")
    assert figure(whole) == Figure(15, 100, 1, 2)
    assert list(differing()) == []
    assert [fault.sentence for fault in verify()] == []


def test_a_report_without_a_figure_is_missing_and_one_of_nothing_is_not(club: Club) -> None:
    whole = asked(club, decided(floor_of(club)), HOUSES)
    reported(whole, None)
    assert figure(whole) == Figure(0, 100, 0, 1)
    reported(whole, 0)
    assert figure(whole) == Figure(0, 100, 1, 1)


def test_each_figure_that_cannot_be_is_refused_with_a_sentence(club: Club) -> None:
    decision = decided(floor_of(club))
    whole = asked(club, decision, HOUSES)
    assert "120 houses is more than the target of 100 houses" in refused(
        "more_than_target", reported, directive=whole, value=120
    )
    reported(whole, 120, more_than_target=True)
    refused("no_ratio", reported, directive=whole, value=1, out_of=2)
    refused("no_periods", reported, directive=whole, value=1, period=date(2026, 4, 1))
    refused("figure_out_of_range", reported, directive=whole, value=-1)
    share = asked(club, decision, NewAim("ratio", "members", target=9, target_of=10))
    refused("percentage_without_denominator", reported, directive=share, value=80)
    refused("more_than_all", reported, directive=share, value=80, out_of=60)
    refused("no_numerator", reported, directive=share, value=None, out_of=60)
    reported(share, 45, out_of=60)
    assert told("progress.reported").endswith("Reported: 45 of 60 members.")
    steps = asked(club, decision, NewAim("milestone", milestone="The well gives water", target=3))
    refused("more_than_all", reported, directive=steps, value=4)
    reported(steps, None, done=True)
    assert (figure(share), figure(steps)) == (Figure(45, 60, 1, 1), Figure(3, 3, 1, 1))
    bare = asked(club, decision, NewAim("weighted"))
    refused("figure_of_parts", reported, directive=bare, value=4)


@pytest.mark.parametrize(
    ("code", "aim"),
    [
        ("no_rule", NewAim("average", "houses")),
        ("no_measure", NewAim("sum", " ")),
        ("percentage_without_denominator", NewAim("sum", "%")),
        ("percentage_without_denominator", NewAim("ratio", "members", target=90)),
        ("more_than_all", NewAim("ratio", "members", target=90, target_of=80)),
        ("target_is_nothing", NewAim("sum", "houses", target=0)),
        ("no_milestone", NewAim("milestone", target=1)),
        ("no_ratio", NewAim("sum", "houses", target=5, target_of=6)),
        ("weighted_target", NewAim("weighted", target=5)),
    ],
)
def test_an_aim_that_nobody_could_report_on_is_refused(club: Club, code: str, aim: NewAim) -> None:
    decision = decided(floor_of(club))
    refused(code, asked, club=club, decision=decision, aim=aim)
    assert not Directive.objects.exists()


def test_weights_come_to_the_whole_or_nothing_is_broken_down(club: Club) -> None:
    whole = asked(club, decided(floor_of(club)), NewAim("weighted"))
    first, second, third = piers(club)
    houses, wells = NewAim("sum", "houses", target=10), NewAim("milestone", milestone="Water", target=2)

    def parts(*weights: int | None) -> list[Part]:
        aims = [NewAim(aim.rule, aim.measure, target=aim.target, milestone=aim.milestone, weight=weight)
                for aim, weight in zip((houses, wells), weights, strict=True)]  # fmt: skip
        return [Part(first.pk, aim=aims[0]), Part(second.pk, aim=aims[1])]

    assert "99.99 %" in refused("weights_do_not_sum", broken_down, directive=whole, parts=parts(6_000, 3_999))
    for first_weight, second_weight in ((10_000, None), (10_000, 0), (15_000, -5_000)):
        said = refused("weights_do_not_sum", broken_down, directive=whole, parts=parts(first_weight, second_weight))
        assert said.startswith("Every part has a weight of more than 0 % and at most 100 %.")
    roofs, water = broken_down(whole, parts(6_000, 4_000))
    refused(
        "weights_do_not_sum", broken_down, directive=whole, parts=[Part(third.pk, aim=NewAim("sum", "x", weight=1))]
    )
    reported(roofs, 5)
    assert figure(whole) == Figure(6_000 * 500_000, 6_000, 1, 2)
    reported(water, 2)
    assert figure(whole) == Figure(6_000 * 500_000 + 4_000 * 1_000_000, 10_000, 2, 2)
    assert list(differing()) == []


def test_a_period_takes_reports_until_it_is_closed(club: Club) -> None:
    decision = decided(floor_of(club))
    whole = asked(club, decision, NewAim("sum", "houses", target=100, every="month"))
    april, may, june = (date(2026, month, 1) for month in (4, 5, 6))
    refused("no_period", reported, directive=whole, value=1, moment=APRIL)
    refused("period_to_come", reported, directive=whole, value=1, period=may, moment=APRIL)
    refused("other_period", reported, directive=whole, value=1, period=date(2027, 1, 1), moment=APRIL)
    reported(whole, 4, period=april, moment=APRIL)
    reported(whole, 5, period=april, moment=APRIL + timedelta(days=30))
    assert told("progress.reported").endswith("Reported for April 2026: 5 houses.")
    later = APRIL + timedelta(days=45)
    assert "April 2026 took reports until 15 May 2026" in refused(
        "period_closed", reported, directive=whole, value=6, period=april, moment=later
    )
    reported(whole, 7, period=may, moment=later)
    late = APRIL + timedelta(days=200)
    reported(whole, 9, period=june, moment=late, delay_reason="Rain.")
    assert figure(whole) == Figure(21, 100, 1, 1)
    assert list(differing()) == []


def test_a_kept_figure_that_was_touched_is_found_and_computed_anew(club: Club) -> None:
    whole = asked(club, decided(floor_of(club)), HOUSES)
    reported(whole, 5)
    Rollup.objects.update(own_value=6)
    assert [str(whole.pk) in sentence for sentence in figures_that_do_not_hold()] == [True]
    assert (compute_anew(), compute_anew()) == (1, 0)
    Rollup.objects.all().delete()
    assert compute_anew() == 1
    assert figure(whole) == Figure(5, 100, 1, 1)


def test_tasks_of_an_earlier_point_that_were_issued_later_are_computed_anew_too(club: Club) -> None:
    decision = decided(floor_of(club, points=(("The roof is mended.", True), ("The well is dug.", True))))
    later, earlier = decision.points.order_by("-ordinal")
    for point in (later, earlier):
        with clock_at(APRIL):
            asked_ = acts.issue_directive(
                by=club.secretary, point_id=point.pk, responsible_unit_id=club.local.pk, text="Go.", due=DUE, aim=HOUSES
            )
            acts.receive_directive(by=club.head, directive_id=asked_.pk)
        reported(asked_, 5)
    assert list(differing()) == []


def test_the_database_itself_refuses_figures_that_cannot_be(club: Club) -> None:
    whole = asked(club, decided(floor_of(club)), HOUSES)
    with pytest.raises(IntegrityError), transaction.atomic():
        Aim.objects.filter(pk=whole.pk).update(target=5)
    other = asked(club, Decision.objects.get(), NewAim("ratio", "members"))
    for wrong in ({"value": 3, "out_of": 2}, {"value": -1}, {"value": None, "out_of": 2}):
        with pytest.raises(IntegrityError), transaction.atomic():
            other.progress.create(ordinal=1, unit=club.local, reported=MAY, narrative="x", language="en", **wrong)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            ("report", "report", "report", "break down", "withdraw", "hand over", "not applicable", "send back")
        ),
        st.integers(0, 30),
        st.integers(0, 60),
        st.integers(1, 60),
    ),
    min_size=4,
    max_size=14,
)
AIMS = {
    "sum": NewAim("sum", "houses", target=50),
    "ratio": NewAim("ratio", "members", target=3, target_of=4),
    "weighted": NewAim("weighted"),
    "milestone": NewAim("milestone", milestone="Water", target=60),
}


@pytest.fixture
def harbour(club: Club) -> tuple[Club, Decision, list[Unit]]:
    """A decision, and three piers of which each has two berths."""
    found = piers(club)
    berths = [NewUnit(f"{pier.name}, berth {side}", "berth", pier.pk) for pier in found for side in "ab"]
    return club, decided(floor_of(club)), [*found, *found_units(by=club.administrator, units=berths)]


@pytest.fixture
def closed_harbour(club: Club) -> tuple[Club, Decision, list[Unit]]:
    """The same of a decision that the body alone may read."""
    return club, decided(floor_of(club, item_access=Access.BODY)), piers(club)


def take(step: tuple[str, int, int, int], tree: list[Directive], harbour: tuple[Club, Decision, list[Unit]]) -> None:
    """Take a step in a tree of directives, if it may be taken."""
    doing, which, value, of = step
    club, _decision, units = harbour
    one = Directive.objects.select_related("responsible_unit", "aim", "parent__responsible_unit").get(
        pk=tree[which % len(tree)].pk
    )
    unit, key = one.responsible_unit, {"directive_id": one.pk}
    issuer = head_of(one.parent.responsible_unit) if one.parent else club.chair
    match doing:
        case "report":
            reported(one, value, out_of=of if one.aim.rule == "ratio" else None, more_than_target=True)
        case "break down":
            below = [found for found in units if found.placements.filter(parent=unit).exists()]
            aims = [
                NewAim("sum", "houses", target=of, weight=5_000),
                NewAim("milestone", milestone="W", target=of, weight=5_000),
            ]
            weighted = one.aim.rule == "weighted"
            chosen = below[:2] if weighted or unit.level == "pier" else below
            tree += broken_down(
                one,
                [
                    Part(found.pk, aim=aim if weighted else None)
                    for found, aim in zip(chosen, (*aims, None), strict=False)
                ],
            )
        case "withdraw":
            acts.withdraw_directive(by=issuer, because="So.", **key)
        case "hand over":
            acts.hand_over_directive(by=issuer, unit_id=units[value % len(units)].pk, because="So.", **key)
        case "not applicable":
            acts.answer_not_applicable(by=head_of(unit), because="So.", **key)
        case "send back":
            acts.send_back_directive(by=issuer, because="So.", **key)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rule=st.sampled_from(sorted(AIMS)), steps=STEPS)
def test_figures_kept_are_those_recomputed_after_any_steps(
    harbour: tuple[Club, Decision, list[Unit]], rule: str, steps: list[tuple[str, int, int, int]]
) -> None:
    club, decision, _units = harbour
    tree = [asked(club, decision, AIMS[rule], MAY)]
    # Whatever else happens, there is a tree to work on.
    with clock_at(MAY):
        for step in [("break down", 0, 1, 7), ("break down", 1, 1, 9), *steps]:
            try:
                take(step, tree, harbour)
            except Refused:
                continue
    assert list(differing()) == []
    for part in Directive.objects.filter(pk__in=[one.pk for one in tree], parent__isnull=False).select_related(
        "parent"
    ):
        assert part.due <= part.parent.due
        assert part.pk > part.parent_id
        assert part.state != "closed" or part.received


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS, whose=st.integers(0, 30))
def test_of_a_closed_decision_a_unit_sees_its_tasks_and_the_parts_it_handed_out_and_no_others(
    closed_harbour: tuple[Club, Decision, list[Unit]], steps: list[tuple[str, int, int, int]], whose: int
) -> None:
    club, decision, units = closed_harbour
    tree = [asked(club, decision, AIMS["sum"], MAY)]
    with clock_at(MAY):
        for step in [("break down", 0, 1, 7), ("break down", 1, 1, 9), *steps]:
            try:
                take(step, tree, closed_harbour)
            except Refused:
                continue
    unit = [club.local, *units][whose % (len(units) + 1)]
    viewer = Viewer(person=1, bodies=frozenset({unit.book_id}), organisation=True)
    every = Directive.objects.select_related("parent")
    may = {
        one.pk for one in every if unit.pk in {one.responsible_unit_id, one.parent and one.parent.responsible_unit_id}
    }
    assert set(directives_for(viewer).values_list("pk", flat=True)) == may
    assert not directives_for(PUBLIC).exists()
    assert {one.directive.pk for one in stood_on(viewer, decision, date(2026, 6, 1))[0]} <= may
