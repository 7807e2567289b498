"""Acts on units, terms and posts: what they write, what they refuse, and what never breaks on any date."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hemicycle.accounts.acts import NewPerson, register_persons
from hemicycle.bodies.acts import (
    Holding,
    NewUnit,
    begin_term,
    change_post,
    create_post,
    end_posts,
    end_term,
    end_unit,
    found_body,
    found_units,
    give_posts,
    move_unit,
)
from hemicycle.bodies.models import Membership, Placement, PostKind, Term, Unit
from hemicycle.bodies.queries import above, below, composition, term_on
from hemicycle.bodies.rules import Span, most_at_once, overlap, would_cycle
from hemicycle.demo.club import Club
from hemicycle.journal.act import Refused
from hemicycle.journal.clock import clock_at
from hemicycle.journal.models import Entry
from hemicycle.journal.verify import verify
from hemicycle.journal.words import sentence

APRIL, MAY = date(2026, 4, 1), date(2026, 5, 1)


def told() -> str:
    return sentence(Entry.objects.latest("pk"))


def branch(club: Club, name: str, under: Unit) -> Unit:
    [made] = found_units(by=club.administrator, units=[NewUnit(name, "branch", under.pk, date(2026, 1, 1))])
    return made


def test_a_unit_moves_and_where_it_stood_stays_on_record(club: Club) -> None:
    pier = branch(club, "Pier", club.local)
    move_unit(by=club.administrator, unit_id=pier.pk, under=club.unit.pk, starts=APRIL)
    assert above(pier, APRIL - timedelta(days=1)) == [club.unit, club.local]
    assert above(pier, APRIL) == [club.unit]
    assert told() == "Pier stands under The Club from 1 April 2026; before, it stood under Harbour."


def test_no_unit_comes_to_stand_under_itself(club: Club) -> None:
    pier = branch(club, "Pier", club.local)
    with pytest.raises(Refused, match="Pier stands under Harbour") as refused:
        move_unit(by=club.administrator, unit_id=club.local.pk, under=pier.pk, starts=APRIL)
    assert refused.value.code == "circle"


def test_a_move_is_refused_for_a_circle_that_a_later_move_would_close(club: Club) -> None:
    pier, quay = branch(club, "Pier", club.unit), branch(club, "Quay", club.unit)
    move_unit(by=club.administrator, unit_id=quay.pk, under=pier.pk, starts=MAY)
    with pytest.raises(Refused, match="1 May 2026"):
        move_unit(by=club.administrator, unit_id=pier.pk, under=quay.pk, starts=APRIL)


def test_a_unit_moves_after_it_came_where_it_stands_and_to_another_place(club: Club) -> None:
    pier = branch(club, "Pier", club.local)
    with pytest.raises(Refused, match="under Harbour already"):
        move_unit(by=club.administrator, unit_id=pier.pk, under=club.local.pk, starts=APRIL)
    with pytest.raises(Refused, match="Name a later day"):
        move_unit(by=club.administrator, unit_id=pier.pk, under=club.unit.pk, starts=date(2026, 1, 1))


def test_only_an_administrator_moves_units(club: Club) -> None:
    with pytest.raises(Refused, match="you may not do this"):
        move_unit(by=club.secretary, unit_id=club.local.pk, under=club.unit.pk, starts=APRIL)


@pytest.fixture
def june(club: Club) -> Iterator[datetime]:
    """Tell the first of June, so that days of spring have come."""
    with clock_at(datetime(2026, 6, 1, 9, 0, tzinfo=UTC)) as moment:
        yield moment


def test_a_unit_that_ended_names_what_follows_it_and_its_head_is_head_no_longer(club: Club, june: datetime) -> None:
    pier = branch(club, "Pier", club.unit)
    end_unit(by=club.administrator, unit_id=club.local.pk, ends=APRIL, successor_id=pier.pk)
    assert told() == "Harbour ended on 1 April 2026; Pier follows it."
    assert list(below(club.unit, APRIL)) == [pier]
    assert Membership.objects.get(post__unit=club.local).ends == APRIL
    assert verify() == []


BUILDING: dict[str, Callable[[Club, Unit], object]] = {
    "unit": lambda club, _pier: branch(club, "Mole", club.local),
    "body": lambda club, _pier: found_body(
        by=club.administrator, unit_id=club.local.pk, name="Board", kind="board", time_zone="Europe/Berlin"
    ),
    "post": lambda club, _pier: create_post(
        by=club.administrator, unit_id=club.local.pk, kind=PostKind.HEAD, title="Deputy"
    ),
    "head": lambda club, _pier: give_posts(
        by=club.administrator, holdings=[Holding(club.local.posts.get().pk, club.members[4].pk, MAY)]
    ),
    "place": lambda club, pier: move_unit(by=club.administrator, unit_id=pier.pk, under=club.local.pk, starts=APRIL),
    "end": lambda club, pier: end_unit(by=club.administrator, unit_id=pier.pk, ends=MAY, successor_id=club.local.pk),
}


@pytest.mark.parametrize("what", BUILDING)
def test_nothing_is_built_on_a_unit_that_ended(club: Club, june: datetime, what: str) -> None:
    pier = branch(club, "Pier", club.unit)
    end_unit(by=club.administrator, unit_id=club.local.pk, ends=APRIL, successor_id=pier.pk)
    before = Entry.objects.count()
    with pytest.raises(Refused, match="Harbour ended"):
        BUILDING[what](club, pier)
    assert Entry.objects.count() == before


def test_a_unit_with_units_below_or_a_body_in_a_term_does_not_end(club: Club, june: datetime) -> None:
    pier = branch(club, "Pier", club.local)
    with pytest.raises(Refused, match="Move it or end it first"):
        end_unit(by=club.administrator, unit_id=club.local.pk, ends=APRIL)
    found_body(by=club.administrator, unit_id=pier.pk, name="Board", kind="board", time_zone="Europe/Berlin")
    begin_term(by=club.administrator, body_id=pier.bodies.get().pk, ordinal=1, starts=APRIL)
    with pytest.raises(Refused, match="End its term first"):
        end_unit(by=club.administrator, unit_id=pier.pk, ends=MAY)
    with pytest.raises(Refused, match="still to come"):
        end_unit(by=club.administrator, unit_id=pier.pk, ends=date(2026, 7, 1))


def test_a_unit_ends_after_it_was_founded_and_does_not_follow_itself(club: Club, june: datetime) -> None:
    pier = branch(club, "Pier", club.unit)
    with pytest.raises(Refused, match="it ends after that"):
        end_unit(by=club.administrator, unit_id=pier.pk, ends=date(2026, 1, 1))
    with pytest.raises(Refused, match="does not follow itself"):
        end_unit(by=club.administrator, unit_id=pier.pk, ends=MAY, successor_id=pier.pk)


def test_a_term_ends_and_the_body_is_in_none(club: Club) -> None:
    end_term(by=club.secretary, body_id=club.body.pk, ends=APRIL)
    assert term_on(club.body, APRIL) is None
    assert told() == "Term 1 of General Meeting ended on 1 April 2026."
    with pytest.raises(Refused, match="no open term"):
        end_term(by=club.secretary, body_id=club.body.pk, ends=MAY)
    with pytest.raises(Refused, match="reaches into this one"):
        begin_term(by=club.secretary, body_id=club.body.pk, ordinal=2, starts=date(2026, 3, 15))
    begin_term(by=club.secretary, body_id=club.body.pk, ordinal=2, starts=APRIL)


def test_a_spell_in_a_post_ends_by_a_decision_and_the_seat_can_be_given_again(club: Club) -> None:
    held = Membership.objects.get(person=club.members[8], post=club.full)
    decision = Entry.objects.first()
    end_posts(by=club.secretary, membership_ids=[held.pk], ends=APRIL, decided_by=decision)
    held.refresh_from_db()
    assert (held.ends, held.ended_by) == (APRIL, decision)
    assert told() == "Ida Iding is no longer member from 1 April 2026."
    with pytest.raises(Refused, match="9 seats and 9 of them are taken"):
        give_posts(by=club.secretary, holdings=[Holding(club.full.pk, club.outsider.pk, date(2026, 3, 31))])
    give_posts(by=club.secretary, holdings=[Holding(club.full.pk, club.outsider.pk, APRIL)])
    with pytest.raises(Refused, match="no longer member"):
        end_posts(by=club.secretary, membership_ids=[held.pk], ends=MAY)


def test_nobody_holds_two_full_seats_of_a_body_on_one_day(club: Club) -> None:
    other = create_post(
        by=club.secretary, body_id=club.body.pk, kind=PostKind.FULL, title="honorary member", votes=True
    )
    with pytest.raises(Refused, match="holds a full seat already, as member"):
        give_posts(by=club.secretary, holdings=[Holding(other.pk, club.members[3].pk, APRIL)])
    held = Membership.objects.get(person=club.members[3], post=club.full)
    end_posts(by=club.secretary, membership_ids=[held.pk], ends=APRIL)
    give_posts(by=club.secretary, holdings=[Holding(other.pk, club.members[3].pk, APRIL)])


def test_a_post_keeps_its_title_and_changes_its_seats_down_to_those_held(club: Club) -> None:
    with pytest.raises(Refused, match="End what is held first"):
        change_post(by=club.secretary, post_id=club.full.pk, seats=8)
    change_post(by=club.secretary, post_id=club.full.pk, seats=12)
    assert told() == "The post “member” has 12 seats; it had 9."
    with pytest.raises(Refused, match="so many seats already"):
        change_post(by=club.secretary, post_id=club.full.pk, seats=12)
    with pytest.raises(Refused, match="“member” already"):
        create_post(by=club.secretary, body_id=club.body.pk, kind=PostKind.FULL, title="member")


def test_a_secretary_orders_the_posts_of_their_own_body_alone(club: Club) -> None:
    other = found_body(
        by=club.administrator, unit_id=club.local.pk, name="Board", kind="board", time_zone="Europe/Berlin"
    )
    with pytest.raises(Refused, match="another body"):
        create_post(by=club.secretary, body_id=other.pk, kind=PostKind.CHAIR, title="Chair")
    with pytest.raises(Refused, match="another body"):
        begin_term(by=club.secretary, body_id=other.pk, ordinal=1, starts=APRIL)


def test_titles_are_as_of_a_day(club: Club) -> None:
    president = Membership.objects.get(post__kind=PostKind.CHAIR)
    end_posts(by=club.secretary, membership_ids=[president.pk], ends=APRIL)
    give_posts(by=club.secretary, holdings=[Holding(president.post_id, club.members[4].pk, APRIL)])
    assert ("President", "Ann Adler") in composition(club.body, APRIL - timedelta(days=1)).officers
    assert ("President", "Eva Egger") in composition(club.body, APRIL).officers


DAYS = st.integers(0, 40).map(lambda n: date(2026, 1, 1) + timedelta(days=n))


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=8))
def test_a_circle_is_found_where_walking_up_comes_back(pairs: list[tuple[int, int]]) -> None:
    parents: dict[int, int] = {}
    for unit, parent in pairs:
        if unit == parent:
            continue
        expected = parent in everything_below(unit, parents)
        assert would_cycle(unit, parent, {child: top for child, top in parents.items() if child != unit}) == expected
        if not expected:
            parents[unit] = parent


def everything_below(unit: int, parents: dict[int, int]) -> set[int]:
    """The slow way: close the set of those below until it grows no more."""
    found = {unit}
    while more := {child for child, top in parents.items() if top in found} - found:
        found |= more
    return found


SPANS = st.tuples(DAYS, st.none() | st.integers(0, 15)).map(
    lambda pair: Span(pair[0], None if pair[1] is None else pair[0] + timedelta(days=pair[1]))
)


@given(st.lists(SPANS, max_size=6))
def test_most_at_once_is_the_count_of_the_fullest_day(spans: list[Span]) -> None:
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(80)]
    assert most_at_once(spans) == max(sum(holds(span, day) for span in spans) for day in days)
    for first in spans:
        for second in spans:
            assert overlap(first, second) == any(holds(first, day) and holds(second, day) for day in days)


def holds(span: Span, day: date) -> bool:
    return span.starts <= day and (span.ends is None or span.ends > day)


MOVES = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), DAYS), min_size=1, max_size=10)
SPELLS = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, 1), DAYS, st.none() | st.integers(0, 20)), min_size=1, max_size=8
)
TERMS = st.lists(st.tuples(st.integers(1, 4), DAYS, st.none() | st.integers(1, 20)), min_size=1, max_size=6)


IN_THE_DATABASE = settings(
    max_examples=20,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@contextmanager
def undone() -> Iterator[None]:
    """Take back what an example wrote."""
    before = transaction.savepoint()
    yield
    transaction.savepoint_rollback(before)


@IN_THE_DATABASE
@given(moves=MOVES)
def test_units_are_acyclic_on_every_date(club: Club, moves: list[tuple[int, int, date]]) -> None:
    with undone():
        units = [branch(club, f"Branch {n}", club.unit) for n in range(4)]
        for unit, under, starts in moves:
            with suppress(Refused):
                move_unit(
                    by=club.administrator,
                    unit_id=units[unit].pk,
                    under=units[under].pk,
                    starts=starts + timedelta(days=1),
                )
        placed = list(Placement.objects.values_list("unit", "parent", "starts", "ends"))
        for n in range(60):
            day = date(2026, 1, 1) + timedelta(days=n)
            pairs = [(child, top) for child, top, starts, ends in placed if holds(Span(starts, ends), day)]
            parents = dict(pairs)
            assert len(pairs) == len(parents)
            assert not any(top in everything_below(child, parents) for child, top in pairs)


@IN_THE_DATABASE
@given(spells=SPELLS)
def test_one_full_spell_per_person_body_and_date(club: Club, spells: list[tuple[int, int, date, int | None]]) -> None:
    with undone():
        people = register_persons(by=club.administrator, people=[NewPerson(f"New {n}") for n in range(3)])
        posts = [
            create_post(
                by=club.secretary, body_id=club.body.pk, kind=PostKind.FULL, title=f"Seat {n}", seats=2, votes=True
            )
            for n in range(2)
        ]
        for person, post, starts, length in spells:
            ends = None if length is None else starts + timedelta(days=length)
            with suppress(Refused):
                give_posts(by=club.secretary, holdings=[Holding(posts[post].pk, people[person].pk, starts, ends)])
        given_spells = list(Membership.objects.filter(post__in=posts))
        for n in range(70):
            day = date(2026, 1, 1) + timedelta(days=n)
            running = [one for one in given_spells if holds(Span(one.starts, one.ends), day)]
            assert len({one.person_id for one in running}) == len(running)
            assert all(sum(one.post_id == post.pk for one in running) <= post.seats for post in posts)


@IN_THE_DATABASE
@given(terms=TERMS)
def test_terms_of_a_body_do_not_overlap(club: Club, terms: list[tuple[int, date, int | None]]) -> None:
    with undone():
        board = found_body(
            by=club.administrator, unit_id=club.local.pk, name="Board", kind="board", time_zone="Europe/Berlin"
        )
        for ordinal, starts, length in terms:
            ends = None if length is None else starts + timedelta(days=length)
            with suppress(Refused):
                begin_term(by=club.administrator, body_id=board.pk, ordinal=ordinal, starts=starts, ends=ends)
        spans = [Span(one.starts, one.ends) for one in Term.objects.filter(body=board)]
        for n in range(80):
            assert sum(holds(span, date(2026, 1, 1) + timedelta(days=n)) for span in spans) <= 1
