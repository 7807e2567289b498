"""Quorum, presence, notice and the chair, each against a slow model that counts by hand."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from hemicycle.bodies.rules import Share
from hemicycle.meetings.rules import (
    Attendant,
    Spell,
    clear_days,
    counts,
    may_preside,
    mode_at,
    presiding_at,
    quorum,
    quorum_of,
)

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
minutes = st.integers(0, 60).map(lambda n: START + timedelta(minutes=n))
shares = st.tuples(st.integers(0, 5), st.integers(1, 5), st.booleans()).map(
    lambda t: Share(min(t[0], t[1]), t[1], strict=t[2])
)
spells = st.tuples(minutes, st.none() | st.integers(0, 30)).map(
    lambda t: Spell(t[0], None if t[1] is None else t[0] + timedelta(minutes=t[1]))
)
attendants = st.builds(
    Attendant,
    capacity=st.sampled_from(["member", "alternate", "alternate seated", "invited", "observer", "staff"]),
    votes=st.booleans(),
    spells=st.lists(st.tuples(spells, st.sampled_from(["in person", "remote"])), max_size=3).map(tuple),
)


@given(st.integers(0, 300), st.integers(0, 300), shares)
def test_the_quorum_needs_the_least_number_that_is_the_share(whole: int, present: int, share: Share) -> None:
    found = quorum(whole, present, share)
    exact = Fraction(share.numerator, share.denominator) * whole
    needed = next(n for n in range(1, whole + 3) if (n > exact if share.strict else n >= exact))
    assert (found.needed, found.present, found.whole) == (needed, present, whole)
    assert found.reached == (present >= needed)


@given(st.integers(1, 200), st.lists(st.booleans(), max_size=200), shares)
def test_those_from_elsewhere_count_only_where_the_rules_say_so(whole: int, remote: list[bool], share: Share) -> None:
    present = len(remote)
    with_them = quorum(whole, present, share, remote=sum(remote), remote_counts=True)
    without = quorum(whole, present, share, remote=sum(remote), remote_counts=False)
    assert with_them.present == present
    assert without.present == present - sum(remote)


@given(st.lists(attendants, max_size=25), minutes, st.booleans(), shares)
def test_only_members_and_seated_alternates_who_are_there_count(
    people: list[Attendant], moment: datetime, remote_counts: bool, share: Share
) -> None:
    counted = 0
    for person in people:
        if person.capacity in ("observer", "invited", "staff", "alternate") or not person.votes:
            continue
        for spell, mode in person.spells:
            there = spell.starts <= moment and not (spell.ends is not None and spell.ends <= moment)
            if there:
                counted += 1 if remote_counts or mode == "in person" else 0
                break
    found = quorum_of(people, moment, whole=25, share=share, remote_counts=remote_counts)
    assert found.present == counted


@given(st.lists(attendants, max_size=10), minutes, st.integers(1, 50))
def test_observers_never_make_a_quorum(people: list[Attendant], moment: datetime, more: int) -> None:
    half = Share(1, 2, strict=True)
    there = Attendant("observer", votes=False, spells=((Spell(START), "in person"),))
    before = quorum_of(people, moment, whole=9, share=half, remote_counts=True)
    assert quorum_of([*people, *[there] * more], moment, whole=9, share=half, remote_counts=True) == before
    assert not counts(there)


@given(st.lists(st.tuples(spells, st.sampled_from(["in person", "remote"])), max_size=4), minutes)
def test_somebody_is_there_from_coming_until_before_going(kept: list[tuple[Spell, str]], moment: datetime) -> None:
    mode = mode_at(Attendant("member", votes=True, spells=tuple(kept)), moment)
    there = [how for spell, how in kept if spell.starts <= moment and (spell.ends or moment + timedelta(1)) > moment]
    assert mode == (there[0] if there else None)


def test_a_body_without_members_has_no_quorum() -> None:
    assert not quorum(0, 0, Share(1, 3, strict=False)).reached


@given(st.dates(date(2000, 1, 1), date(2030, 1, 1)), st.integers(-5, 60))
def test_clear_days_leave_out_the_day_sent_and_the_day_of_the_meeting(sent: date, gap: int) -> None:
    meets = sent + timedelta(days=gap)
    between = [day for day in (sent + timedelta(days=n) for n in range(1, 60)) if day < meets]
    assert clear_days(sent, meets) == len(between)


@given(st.lists(st.integers(0, 60), max_size=8, unique=True).map(sorted), minutes, st.booleans())
def test_one_person_presides_at_any_moment_between_the_first_taking_and_the_close(
    takings: list[int], moment: datetime, closed: bool
) -> None:
    starts = [START + timedelta(minutes=n) for n in takings]
    ends: list[datetime | None] = [*starts[1:], START + timedelta(hours=2) if closed else None]
    held = [Spell(start, end) for start, end in zip(starts, ends, strict=False)]
    begun = [place for place, start in enumerate(starts) if start <= moment]
    assert presiding_at(held, moment) == (begun[-1] if begun else None)


bases = st.sampled_from(["office", "authorization", "election", "seniority"])


@given(bases, st.lists(bases, unique=True), st.booleans(), st.sampled_from(["", "  ", "the Bureau"]))
def test_one_presides_only_on_a_basis_that_the_rules_name(
    basis: str, named: list[str], holds: bool, source: str
) -> None:
    reason = may_preside(basis, named, holds_chair=holds, authorized_by=source)
    allowed = basis in named
    if basis == "office":
        allowed = allowed and holds
    if basis == "authorization":
        allowed = allowed and source == "the Bureau"
    assert (reason is None) == allowed
