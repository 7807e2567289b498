"""What a decision does to earlier ones, checked and entered with it."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NoReturn

from django.db.models import Q
from django.utils.translation import gettext as _

from hemicycle.accounts.access import WIDTH, Access
from hemicycle.bodies.models import Body, Unit
from hemicycle.bodies.queries import subtree
from hemicycle.bodies.queries.procedure import rules_on
from hemicycle.decisions.force import rules
from hemicycle.decisions.force.naming import Changing
from hemicycle.decisions.force.reading import force_of, never_in_force
from hemicycle.decisions.force.words import STATES
from hemicycle.decisions.models import Change, Decision
from hemicycle.journal.act import Act, Refused

NARROW = {Access.BODY, Access.DESK}


def change_decisions(entry: Act, decision: Decision, changing: Sequence[Changing]) -> list[Change]:
    """Enter what a decision does to earlier ones."""
    earlier = [(one, find(decision, one)) for one in changing]
    keys = [found.pk for _one, found in earlier]
    for one, found in earlier:
        if keys.count(found.pk) > 1:
            refuse(one, "decision_named_twice", _("Decision %(number)d is named twice.") % {"number": found.number})
        refuse_change(decision, one, found)
    rows = [Change(by=decision, of=found, how=one.how) for one, found in earlier]
    return list(entry.create_many(Change, rows))


def refuse(one: Changing, code: str, sentence: str) -> NoReturn:
    """Refuse a change beside the field in which it was typed."""
    raise Refused(code, sentence, status=422, field=one.how)


def find(decision: Decision, one: Changing) -> Decision:
    """Return the earlier decision; what another body keeps closed is not there."""
    found = (
        Decision.objects.select_related("body__unit", "meeting")
        .filter(body__slug=one.body or decision.body.slug, number=one.number)
        .exclude(pk=decision.pk)
        .first()
    )
    if found is None or (found.body_id != decision.body_id and not as_open(found, decision)):
        whose = found.body.name if found else name_of(one.body) or decision.body.name
        said = {"number": one.number, "body": whose}
        refuse(one, "no_such_decision", _("%(body)s has no decision %(number)d that could be changed.") % said)
    return found


def name_of(slug: str) -> str:
    """Return the name of the body at an address, or the address where there is none."""
    body = Body.objects.filter(slug=slug).first() if slug else None
    return body.name if body else slug


def refuse_change(decision: Decision, one: Changing, found: Decision) -> None:
    """Refuse to change a decision that the body may not change, or that cannot be changed any more."""
    said = {"number": found.number, "body": found.body.name}
    if found.body_id != decision.body_id and not lets_change(decision, found.body.unit):
        refuse(
            one,
            "not_its_decision",
            _("By the rules no decision of this body can change one of %(body)s.") % said,
        )
    if found.certified > decision.certified:
        refuse(one, "changes_later_decision", _("Decision %(number)d is a later one. It cannot be changed.") % said)
    if not as_open(found, decision):
        refuse(
            one,
            "changes_closed_decision",
            _("Fewer people may read decision %(number)d than this one, which would tell of it.") % said,
        )
    state = known_state(decision, found, decision.effective)
    if state in {*rules.ENDING.values(), rules.EXPIRED}:
        said["state"] = str(STATES[state])
        refuse(one, "decision_ended", _("Decision %(number)d is %(state)s by then. It cannot be changed.") % said)


def lets_change(decision: Decision, unit: Unit) -> bool:
    """Say whether the rules let the body change what another body of this unit decided: its own unit, or one below."""
    body, day = decision.body, decision.meeting.starts
    procedure = rules_on(body, day)
    if body.unit_id == unit.pk:
        return procedure.changes_beside
    return procedure.changes_below and unit.pk in subtree(body.unit, day)


def as_open(earlier: Decision, later: Decision) -> bool:
    """Say whether whoever may read the later decision may read the earlier one, as far as bodies and desks go."""
    if earlier.body_id == later.body_id:
        return WIDTH[Access(earlier.access)] >= WIDTH[Access(later.access)]
    return earlier.access == Access.PUBLIC or (earlier.access == Access.ORGANISATION and later.access != Access.PUBLIC)


def is_told(earlier: Decision, later: Decision) -> bool:
    """Say whether everybody who may read the later decision, guests of its meeting too, may read the earlier one."""
    if earlier.access == Access.PUBLIC or (earlier.access == Access.ORGANISATION and later.access in NARROW):
        return True
    if earlier.body_id != later.body_id:
        return False
    return later.access in NARROW or (earlier.meeting_id == later.meeting_id and earlier.access == later.access)


def known_state(decision: Decision, found: Decision, day: date) -> str:
    """Return in which state a decision is by what this body did to it, and what anybody may read of others."""
    of_body = Change.objects.filter(Q(by__body=decision.body) | Q(by__access=Access.PUBLIC), of__body=found.body)
    changes = list(of_body.filter(of=found).select_related("by"))
    return force_of(found, day, changes, never_in_force(of_body)).state


def facts_of(changes: Iterable[Change]) -> list[dict[str, Any]]:
    """Return what the entry tells of changes: those of decisions that all its readers may read."""
    return [
        {"how": str(one.how), "number": one.of.number, "body": one.of.body.name, "title": one.of.title}
        for one in changes
        if is_told(one.of, one.by)
    ]
