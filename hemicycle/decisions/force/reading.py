"""In which state decisions are on a day, as a viewer may know it: a change that is closed to them did not happen."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from hemicycle.accounts.access import Viewer
from hemicycle.decisions.force import rules
from hemicycle.decisions.models import Change, Decision


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
    ending = changes.filter(how__in=rules.ENDING, by__effective__lte=F("of__effective"))
    made = list(ending.order_by().values_list("by", "of", "how", "by__effective", "of__effective"))
    spans = {by: rules.Span(effective) for by, _of, _how, effective, _other in made}
    spans |= {of: rules.Span(effective) for _by, of, _how, _other, effective in made}
    return rules.never_in_force(spans, [rules.Effect(by, of, how) for by, of, how, *_days in made])


def stood_on(viewer: Viewer, decisions: Iterable[Decision], day: date) -> list[Stood]:
    """Return in which state each of these decisions is on a day."""
    found = list(decisions)
    seen = changes_for(viewer)
    related = ("by__body", "of__body")
    keys = [decision.pk for decision in found]
    return told(found, day, seen.filter(Q(of__in=keys) | Q(by__in=keys)).select_related(*related), never_in_force(seen))


def told(decisions: Iterable[Decision], day: date, changes: Iterable[Change], never: frozenset[int]) -> list[Stood]:
    """Return in which state each decision is on a day, by these changes."""
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
