"""A decision of the club, and a task of its local unit: what tests of decisions and publishing stand on."""

from datetime import date, timedelta

from hemicycle.decisions.acts import certify_decision, issue_directive, receive_directive
from hemicycle.decisions.models import Decision, Directive
from hemicycle.journal.clock import clock_at
from hemicycle.voting.tests.world import OPENING, Floor, at, certified

DUE = date(2026, 6, 30)
APRIL = OPENING + timedelta(days=14)


def decided(floor: Floor, *choices: str) -> Decision:
    """Adopt the motion on the floor and certify the decision."""
    result = certified(floor, *(choices or ["for"] * 7))
    with at(15):
        return certify_decision(by=floor.club.chair, result_id=result.pk)


def issued(floor: Floor, *, sector: str = "buildings") -> Directive:
    """Decide, and hand the first point to the local unit."""
    decision = decided(floor)
    with at(16):
        return issue_directive(
            by=floor.club.secretary,
            point_id=decision.points.get(ordinal=1).pk,
            responsible_unit_id=floor.club.local.pk,
            text="Have the roof repaired by a roofer.",
            due=DUE,
            sector=sector,
        )


def received(floor: Floor) -> Directive:
    """Hand the point out and let the unit receive it."""
    directive = issued(floor)
    with clock_at(APRIL):
        return receive_directive(by=floor.club.head, directive_id=directive.pk)
