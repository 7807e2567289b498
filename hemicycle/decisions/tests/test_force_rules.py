"""The state of a day, against a slow model that lives through the days one by one."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from hemicycle.decisions.force import rules
from hemicycle.decisions.force.rules import Effect, Force, Span

START, LAST = date(2026, 1, 1), 12


@st.composite
def histories(draw: st.DrawFn) -> tuple[dict[int, Span], list[Effect]]:
    """Return some decisions with their days, and what the later ones do to the earlier ones."""
    spans, changes = {}, []
    for key in range(1, draw(st.integers(1, 6)) + 1):
        effective = draw(st.integers(0, LAST - 2))
        lasts = draw(st.none() | st.integers(0, 5))
        spans[key] = Span(on(effective), None if lasts is None else on(effective + lasts))
        earlier = draw(st.lists(st.sampled_from(range(1, key)), unique=True, max_size=3)) if key > 1 else []
        changes += [Effect(key, of, draw(st.sampled_from(["amends", "supersedes", "repeals"]))) for of in earlier]
    return spans, changes


def on(number: int) -> date:
    return START + timedelta(days=number)


class Life:
    """Some decisions as somebody sees them who goes through the days one by one."""

    def __init__(self, spans: dict[int, Span], changes: list[Effect]) -> None:
        self.spans, self.changes = spans, changes
        self.states = dict.fromkeys(spans, rules.NOT_YET)
        self.by: dict[int, int | None] = dict.fromkeys(spans)
        self.amended: dict[int, tuple[int, ...]] = dict.fromkeys(spans, ())

    def until(self, last: date) -> None:
        day = START
        while day <= last:
            self.morning(day)
            for key in sorted(self.spans, reverse=True):
                if self.spans[key].effective == day and self.states[key] == rules.NOT_YET:
                    self.takes_effect(key)
            day += timedelta(days=1)

    def morning(self, day: date) -> None:
        for key, span in self.spans.items():
            if span.expires == day - timedelta(days=1) and self.states[key] == rules.IN_FORCE:
                self.states[key] = rules.EXPIRED

    def takes_effect(self, key: int) -> None:
        self.states[key] = rules.IN_FORCE
        for change in self.changes:
            if change.by == key and change.how == "amends":
                self.amended[change.of] += (key,)
            elif change.by == key and self.states[change.of] in {rules.IN_FORCE, rules.NOT_YET}:
                self.states[change.of] = {"supersedes": rules.SUPERSEDED, "repeals": rules.REPEALED}[change.how]
                self.by[change.of] = key

    def told(self, key: int) -> Force:
        if self.states[key] == rules.IN_FORCE and self.amended[key]:
            return Force(rules.AMENDED, amended_by=self.amended[key])
        return Force(self.states[key], self.by[key])


@given(histories(), st.integers(-1, LAST + 6))
def test_the_state_of_a_day_is_what_whoever_lived_through_the_days_would_say(
    history: tuple[dict[int, Span], list[Effect]], number: int
) -> None:
    spans, changes = history
    never = rules.never_in_force(spans, changes)
    life = Life(spans, changes)
    life.until(on(number))
    for key in spans:
        asked = rules.force_on(on(number), spans[key], [one for one in changes if one.of == key], spans, never)
        assert asked == life.told(key), f"decision {key}"


@given(histories())
def test_what_has_ended_never_holds_again(history: tuple[dict[int, Span], list[Effect]]) -> None:
    spans, changes = history
    never = rules.never_in_force(spans, changes)
    for key, span in spans.items():
        own = [one for one in changes if one.of == key]
        held = [rules.force_on(on(number), span, own, spans, never).holds for number in range(LAST + 8)]
        assert len([True for before, after in pairwise(held) if before != after]) <= 2
        assert (key in never) <= (not any(held))
