"""The state of a day, against a slow model that lives through the days one by one."""

from datetime import date, timedelta

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


def lived_through(spans: dict[int, Span], changes: list[Effect], last: date) -> dict[int, Force]:
    """Return the state of every decision on a day, having gone through every day before it."""
    states = dict.fromkeys(spans, rules.NOT_YET)
    by: dict[int, int | None] = dict.fromkeys(spans)
    amended: dict[int, list[int]] = {key: [] for key in spans}
    day = START
    while day <= last:
        for key, span in spans.items():
            if span.expires and span.expires + timedelta(days=1) == day and states[key] == rules.IN_FORCE:
                states[key] = rules.EXPIRED
        for key in sorted(spans, reverse=True):
            if spans[key].effective != day or states[key] != rules.NOT_YET:
                continue
            states[key] = rules.IN_FORCE
            for change in changes:
                if change.by != key:
                    continue
                if change.how == "amends":
                    amended[change.of].append(key)
                elif states[change.of] in {rules.IN_FORCE, rules.NOT_YET}:
                    states[change.of] = {"supersedes": rules.SUPERSEDED, "repeals": rules.REPEALED}[change.how]
                    by[change.of] = key
        day += timedelta(days=1)
    found = {}
    for key, state in states.items():
        if state == rules.IN_FORCE and amended[key]:
            found[key] = Force(rules.AMENDED, amended_by=tuple(amended[key]))
        else:
            found[key] = Force(state, by[key])
    return found


@given(histories(), st.integers(-1, LAST + 6))
def test_the_state_of_a_day_is_what_whoever_lived_through_the_days_would_say(
    history: tuple[dict[int, Span], list[Effect]], number: int
) -> None:
    spans, changes = history
    never = rules.never_in_force(spans, changes)
    for key, lived in lived_through(spans, changes, on(number)).items():
        asked = rules.force_on(on(number), spans[key], [one for one in changes if one.of == key], spans, never)
        assert asked == lived, f"decision {key}"


@given(histories())
def test_what_has_ended_never_holds_again(history: tuple[dict[int, Span], list[Effect]]) -> None:
    spans, changes = history
    never = rules.never_in_force(spans, changes)
    for key, span in spans.items():
        own = [one for one in changes if one.of == key]
        held = [rules.force_on(on(number), span, own, spans, never).holds for number in range(LAST + 8)]
        assert len([True for before, after in zip(held, held[1:], strict=False) if before != after]) <= 2
        assert (key in never) <= (not any(held))
