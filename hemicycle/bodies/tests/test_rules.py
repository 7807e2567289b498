"""Rules of procedure are data: every preset holds together, and a version gives back what was adopted."""

from dataclasses import fields, replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemicycle.bodies.acts import adopt_rules
from hemicycle.bodies.queries import certifies_alone, majority_on, procedural_motions, procedure, rules_on
from hemicycle.bodies.queries.procedure import AS_THEY_STAND
from hemicycle.bodies.rules import (
    PRESETS,
    Basis,
    Effect,
    Preset,
    ProceduralMotion,
    Question,
    Share,
    Threshold,
    faults_in,
    may_certify_alone,
    quorum_share,
)
from hemicycle.demo.club import Club
from hemicycle.journal.act import Refused
from hemicycle.journal.models import Entry
from hemicycle.journal.words import sentence


@pytest.mark.parametrize("preset", PRESETS.values(), ids=list(PRESETS))
def test_nothing_in_a_preset_contradicts_itself(preset: Preset) -> None:
    assert list(faults_in(preset)) == []
    assert set(preset.presiding) <= set(Basis)
    assert set(preset.majorities) <= set(Question)
    assert {motion.effect for motion in preset.procedural_motions} <= set(Effect)
    assert {motion.majority for motion in preset.procedural_motions} <= set(Question)


@pytest.mark.parametrize("name", PRESETS)
def test_a_version_gives_back_what_was_adopted(club: Club, name: str) -> None:
    adopted = adopt_rules(by=club.secretary, body_id=club.body.pk, preset=PRESETS[name], in_force_from=date(2026, 4, 1))
    adopted.refresh_from_db()
    assert procedure(adopted) == PRESETS[name]
    assert rules_on(club.body, date(2026, 4, 1)) == adopted
    assert rules_on(club.body, date(2026, 3, 31)).version == 1


def test_every_rule_has_its_column() -> None:
    told_otherwise = {"name", "quorum", "majority", "second_call", "majorities", "procedural_motions", "elections"}
    as_lists = {"presiding", "presiding_offices", "authorizers"}
    plain = {field.name for field in fields(Preset)} - told_otherwise - as_lists
    assert plain == {*AS_THEY_STAND, "notice_days", "majority_of"}


def test_a_question_without_a_majority_of_its_own_takes_the_ordinary_one(club: Club) -> None:
    rules = rules_on(club.body, date(2026, 3, 2))
    assert majority_on(rules, Question.CREDENTIALS) == Threshold(Share(1, 2, strict=True), "valid")
    assert majority_on(rules, Question.CLOSE_DEBATE) == Threshold(Share(2, 3, strict=False), "valid")


def test_procedural_motions_come_by_precedence(club: Club) -> None:
    mixed = tuple(reversed(PRESETS["club"].procedural_motions))
    adopted = adopt_rules(
        by=club.secretary,
        body_id=club.body.pk,
        preset=replace(PRESETS["club"], procedural_motions=mixed),
        in_force_from=date(2026, 4, 1),
    )
    assert [motion.precedence for motion in procedural_motions(adopted)] == list(range(1, len(mixed) + 1))


def test_two_persons_are_asked_for_only_in_a_body_that_is_not_small(club: Club) -> None:
    rules = rules_on(club.body, date(2026, 3, 2))
    assert certifies_alone(rules, 24)
    assert not certifies_alone(rules, 25)
    assert may_certify_alone(None, 10**6)


def test_a_second_call_has_a_quorum_of_its_own() -> None:
    assert quorum_share(PRESETS["council"], called_again=True) == Share(1, 3, strict=False)
    assert quorum_share(PRESETS["council"], called_again=False) == Share(1, 2, strict=True)
    assert quorum_share(PRESETS["party"], called_again=True) == PRESETS["party"].quorum


TWICE = (ProceduralMotion("adjourn", Effect.ADJOURN, 1), ProceduralMotion("Adjourn", Effect.SUSPEND, 2))


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"quorum": Share(3, 2, strict=False)}, "no_fraction", "quorum"),
        ({"quorum": Share(1, 0, strict=False)}, "no_fraction", "quorum"),
        ({"majority": Share(1, 1, strict=True)}, "more_than_all", "majority"),
        ({"majority": Share(1, 3, strict=False)}, "below_half", "majority"),
        ({"majorities": {"rules": Threshold(Share(1, 4, strict=True), "valid")}}, "below_half", "majority rules"),
        ({"presiding": ()}, "nobody_presides", "presiding"),
        ({"presiding": ("office", "office")}, "named_twice", "presiding"),
        ({"procedural_motions": TWICE}, "named_twice", "procedural_motions"),
        ({"circulation_demand": 0}, "nobody_demands", "circulation_demand"),
    ],
)
def test_rules_that_cannot_hold_are_refused_by_their_field(
    club: Club, change: dict[str, object], code: str, field: str
) -> None:
    before = Entry.objects.count()
    with pytest.raises(Refused) as refused:
        adopt_rules(
            by=club.secretary,
            body_id=club.body.pk,
            preset=replace(PRESETS["club"], **change),
            in_force_from=date(2026, 4, 1),
        )
    assert (refused.value.code, refused.value.field) == (code, field)
    assert Entry.objects.count() == before


def test_new_rules_are_told(club: Club) -> None:
    adopt_rules(by=club.secretary, body_id=club.body.pk, preset=PRESETS["party"], in_force_from=date(2026, 4, 1))
    told = Entry.objects.filter(kind="rules.adopted").latest("pk")
    assert "version 2" in sentence(told)
    assert told.facts["rules"]["preset"] == "party"


@given(st.integers(0, 60), st.integers(1, 60), st.booleans(), st.integers(0, 500))
def test_a_share_is_the_least_number_that_reaches_it(over: int, under: int, strict: bool, whole: int) -> None:
    share = Share(min(over, under), under, strict=strict)
    line = Fraction(share.numerator, share.denominator) * whole
    reached = [number for number in range(whole + 2) if (number > line if strict else number >= line)]
    assert share.least(whole) == reached[0]
