"""What a unit did to get where it is, told by itself, so that methods travel."""

from django.utils.translation import gettext as _

from hemicycle.accounts.rights import within
from hemicycle.bodies.models import Unit
from hemicycle.journal.act import Actor, Happened, Refused, act
from hemicycle.plans.acts.planning import day_of
from hemicycle.plans.acts.setting import hold_measured
from hemicycle.plans.models import Method
from hemicycle.plans.queries.board import Board
from hemicycle.plans.words import Kind


def tell_method(
    *, by: Actor, indicator_id: int, period_id: int, unit_id: int, text: str, happened: Happened | None = None
) -> Method:
    """Tell what a unit did, by its head, in the unit's own book. It stands beside the unit's figure.

    Raises:
        Refused: the period is closed, the unit has no share in the indicator, or it says nothing, or nothing new.
    """
    with act(Kind.METHOD_TOLD, by=by, happened=happened) as entry:
        indicator, period = hold_measured(indicator_id, period_id)
        unit = entry.lock(Unit, unit_id)
        within(by, unit.book_id)
        board = Board(indicator.body, [indicator], day_of(entry, indicator.body))
        if unit.pk not in board.shared_in(indicator, period) and unit.pk not in board.reporters(indicator, period):
            raise Refused(
                "no_share",
                _("%(unit)s has no share of %(code)s, so it has nothing to tell of it.")
                % {"unit": unit.name, "code": indicator.code},
                status=422,
            )
        if not text.strip():
            raise Refused("no_text", _("Say what you did."), status=422, field="text")
        last = Method.objects.filter(indicator=indicator, period=period, unit=unit).order_by("number").last()
        if last and last.text == text.strip():
            raise Refused("same_method", _("This is what you told last. Nothing was entered twice."))
        method = entry.create(
            Method(
                indicator=indicator,
                period=period,
                unit=unit,
                number=last.number + 1 if last else 1,
                text=text.strip(),
                told=entry.when,
            )
        )
        entry.record(
            subjects=[method, indicator, period, unit],
            access=period.access,
            facts={"unit": unit.name, "code": indicator.code, "period": period.title, "text": method.text},
        )
    return method
