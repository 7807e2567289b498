"""In which state decisions are on a day, as a viewer may know it: a change that is closed to them did not happen."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from hemicycle.accounts.access import Viewer
from hemicycle.decisions.force import rules
from hemicycle.decisions.models import Change, Decision

# What ends a decision on the day on which it takes effect, or before.
TOO_EARLY = Q(how__in=rules.ENDING, by__effective__lte=F("of__effective"))


@dataclass(frozen=True)
class Stood:
    """A decision with the state in which it is on a day, and what it does to others and others to it."""

    decision: Decision
    day: date
    force: rules.Force
    changes: list[Change]
    changed_by: list[Change]

    @property
    def ended_by(self) -> Decision | None:
        """The decision that ended it by that day, if one did."""
        return next((one.by for one in self.changed_by if one.by_id == self.force.by), None)

    @property
    def amended_by(self) -> list[Decision]:
        """The decisions that amended it by that day."""
        return [one.by for one in self.changed_by if one.by_id in self.force.amended_by]


def changes_for(viewer: Viewer) -> QuerySet[Change]:
    """Return the changes of which the viewer may see both decisions."""
    both = [viewer.filter(f"{end}__body__book", f"{end}__access", f"{end}__meeting") for end in ("by", "of")]
    return Change.objects.filter(*both)


def never_in_force(changes: QuerySet[Change]) -> frozenset[int]:
    """Return which decisions never came into force, by these changes alone; there are few such."""
    return ended_too_early(list(changes.filter(TOO_EARLY).select_related("by", "of")))


def ended_too_early(changes: Sequence[Change]) -> frozenset[int]:
    """Return which decisions never came into force, of changes with their decisions."""
    spans = {one.pk: rules.Span(one.effective, one.expires) for change in changes for one in (change.by, change.of)}
    return rules.never_in_force(spans, [rules.Effect(one.by_id, one.of_id, one.how) for one in changes])


def stood_on(viewer: Viewer, decisions: Iterable[Decision], day: date) -> list[Stood]:
    """Return in which state each of these decisions is on a day."""
    found = list(decisions)
    keys = [decision.pk for decision in found]
    asked = Q(of__in=keys) | Q(by__in=keys) | TOO_EARLY
    return told(found, day, list(changes_for(viewer).filter(asked).select_related("by__body", "of__body")))


def told(decisions: Iterable[Decision], day: date, changes: Sequence[Change]) -> list[Stood]:
    """Return in which state each decision is on a day, by these changes, among which is whatever ended too early."""
    never = ended_too_early(changes)
    made: dict[int, list[Change]] = defaultdict(list)
    done: dict[int, list[Change]] = defaultdict(list)
    for change in changes:
        made[change.by_id].append(change)
        done[change.of_id].append(change)
    return [
        Stood(one, day, force_of(one, day, done[one.pk], never), made[one.pk], in_order(done[one.pk], never))
        for one in decisions
    ]


def in_order(changes: Iterable[Change], never: frozenset[int]) -> list[Change]:
    """Return what was done to a decision, or will be, in the order of the days."""
    return sorted((one for one in changes if one.by_id not in never), key=lambda one: (one.by.effective, one.by_id))


def force_of(decision: Decision, day: date, changes: list[Change], never: frozenset[int]) -> rules.Force:
    """Return in which state a decision is on a day, by what was done to it."""
    spans = {one.by_id: rules.Span(one.by.effective, one.by.expires) for one in changes}
    own = rules.Span(decision.effective, decision.expires)
    return rules.force_on(day, own, [rules.Effect(one.by_id, one.of_id, one.how) for one in changes], spans, never)


def in_state(viewer: Viewer, found: QuerySet[Decision], state: str, day: date) -> QuerySet[Decision]:
    """Return those of these decisions that are in a state on a day: what `force_on` says of each, asked all at once.

    Whoever asks for those in force is given the amended ones too.
    """
    seen = changes_for(viewer)
    made = seen.filter(of=OuterRef("pk")).exclude(by__in=never_in_force(seen))
    ending = made.filter(how__in=rules.ENDING).order_by("by__effective", "-by")
    amended = made.filter(how=rules.AMENDS, by__effective__lte=day)
    found = found.annotate(
        ended_on=Subquery(ending.values("by__effective")[:1]),
        ended_how=Subquery(ending.values("how")[:1]),
        amended=Exists(amended),
    )
    if state == rules.EXPIRED:
        return found.filter(Q(ended_on=None) | Q(expires__lt=F("ended_on")), expires__lt=day)
    for how, came_to in rules.ENDING.items():
        if state == came_to:
            kept = Q(expires=None) | Q(expires__gte=F("ended_on"))
            return found.filter(kept, ended_on__lte=day, ended_how=how)
    lasting = found.filter(Q(ended_on=None) | Q(ended_on__gt=day), Q(expires=None) | Q(expires__gte=day))
    if state == rules.NOT_YET:
        return lasting.filter(effective__gt=day)
    holds = lasting.filter(effective__lte=day)
    return holds.filter(amended=True) if state == rules.AMENDED else holds
