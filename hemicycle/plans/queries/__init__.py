"""Reading plans: who may see which, and what a unit has to report."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Exists, Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from hemicycle.accounts.access import Viewer
from hemicycle.bodies.day import today_in
from hemicycle.bodies.models import Body, Unit
from hemicycle.decisions.models import Decision
from hemicycle.decisions.queries.files import not_holding
from hemicycle.plans.models import (
    Allocation,
    Figure,
    FigureDraft,
    FigureFile,
    FigureSheet,
    Indicator,
    Period,
    Target,
)
from hemicycle.plans.queries.board import Board, Standing, is_measured_in
from hemicycle.plans.rules.measure import Light
from hemicycle.search.documents import Searchable


def periods_for(viewer: Viewer) -> QuerySet[Period]:
    """Return the periods that a viewer may see, of every body."""
    return Period.objects.filter(viewer.filter("body__book")).select_related("body__unit", "decision__body", "parent")


def plans_of(viewer: Viewer, body: Body) -> list[Period]:
    """Return the periods of a body that are part of no other, the latest first."""
    return list(periods_for(viewer).filter(body=body, parent=None).order_by("-starts", "number"))


def period_for(viewer: Viewer, slug: str, number: int) -> Period:
    """Return a body's period by its number; raise Http404 where the viewer may not see it."""
    return found_or_none(periods_for(viewer).filter(body__slug=slug, number=number), _("There is no such plan."))


def period_by_key(viewer: Viewer, key: int) -> Period:
    """Return a period by its key; raise Http404 where the viewer may not see it."""
    return found_or_none(periods_for(viewer).filter(pk=key), _("There is no such plan."))


def found_or_none(found: QuerySet[Period], sentence: str) -> Period:
    """Return the one period; raise Http404 where there is none."""
    period = found.first()
    if period is None:
        raise Http404(sentence)
    return period


def indicators_for(viewer: Viewer) -> QuerySet[Indicator]:
    """Return the indicators that a viewer may see: those of plans they may see, and those their own unit reports on."""
    own = Allocation.objects.filter(unit__book__in=viewer.bodies | viewer.desks).values("indicator")
    seen = viewer.filter("body__book", "period__access") | Q(pk__in=own)
    return Indicator.objects.filter(seen).select_related("body__unit__book", "body__book", "period")


def indicator_for(viewer: Viewer, key: int) -> Indicator:
    """Return an indicator by its key; raise Http404 where the viewer may not see it."""
    indicator = indicators_for(viewer).filter(pk=key).first()
    if indicator is None:
        raise Http404(_("There is no such indicator."))
    return indicator


def figure_for(viewer: Viewer, key: int) -> Figure:
    """Return a figure by its key; raise Http404 where the viewer may not see it."""
    related = ("indicator__body__unit", "unit__book", "period", "definition")
    figure = Figure.objects.filter(indicator__in=indicators_for(viewer), pk=key).select_related(*related).first()
    if figure is None:
        raise Http404(_("There is no such figure."))
    return figure


def file_for(viewer: Viewer, key: int) -> FigureFile:
    """Return a file that shows a figure, by its key; raise Http404 where the viewer may not see the figure."""
    seen = FigureFile.objects.filter(figure__indicator__in=indicators_for(viewer), pk=key)
    found = seen.select_related("figure__indicator__period").first()
    if found is None:
        raise Http404(_("There is no such file."))
    return found


def sheet_for(viewer: Viewer, key: int) -> FigureSheet:
    """Return a table of figures by its key; raise Http404 for everybody but those in whose book it was entered."""
    seen = FigureSheet.objects.filter(book__in=viewer.bodies | viewer.desks, pk=key)
    found = seen.select_related("unit").first()
    if found is None:
        raise Http404(_("There is no such table."))
    return found


def files_that_do_not_hold() -> Iterator[str]:
    """Yield a sentence for every file of a figure that is gone, or is not the one that was sent."""
    yield from not_holding(FigureFile.objects.order_by("pk").iterator(200))


def set_by(viewer: Viewer, decision: Decision) -> dict[str, list[Period] | list[Target]]:
    """Return the plans that a decision made and the targets that it set, of those that the viewer may see."""
    plans = periods_for(viewer).filter(decision=decision)
    targets = Target.objects.filter(viewer.filter("indicator__body__book", "period__access"), decision=decision)
    # Most decisions have neither: one question for both, and a further one only for what there is.
    made, set_ = Decision.objects.filter(pk=decision.pk).values_list(Exists(plans), Exists(targets)).get()
    told = targets.select_related("indicator", "period").order_by("indicator__code", "version")
    return {"plans": list(plans) if made else [], "targets": list(told) if set_ else []}


def board_of(viewer: Viewer, period: Period) -> Board:
    """Return the board of today of the indicators measured in a period that a viewer may see, by their codes."""
    body = period.body
    board = Board(body, indicators_for(viewer).filter(body=body).order_by("code"), today_in(body))
    here = board.periods[period.pk]
    board.indicators = {key: one for key, one in board.indicators.items() if is_measured_in(one, here)}
    return board


@dataclass(frozen=True)
class Due:
    """What a unit has to report, or reported last, on an indicator for one of the shortest periods.

    `judged`: the period for which it has something to reach, this one or one that it is part of. `latest`: of the
    periods for which it reported, this is the last.
    """

    indicator: Indicator
    period: Period
    judged: Period
    last: Figure | None
    standing: Standing

    latest: bool = True

    @property
    def unexplained(self) -> bool:
        """Whether the unit fell far behind since its latest report, which says nothing of why."""
        silent = self.last is not None and not self.last.explanation
        return self.latest and silent and self.standing.light == Light.RED

    @property
    def waits(self) -> bool:
        """Whether a figure is missing, or the last one disputed, or it has to be said why it is so far behind."""
        return self.last is None or self.last.state == Figure.State.DISPUTED or self.unexplained


def indicators_of(viewer: Viewer, unit: Unit) -> QuerySet[Indicator]:
    """Return the indicators of which a unit has a share, or the whole where none was given, in periods not closed."""
    own = Q(pk__in=Allocation.objects.filter(unit=unit).values("indicator"))
    whole = Q(body__unit=unit, allocations=None)
    # An indicator has as many rows here as it has shares.
    found = indicators_for(viewer).filter(own | whole, period__closed=None)
    return found.order_by("body", "code").distinct()


def due_of(viewer: Viewer, unit: Unit) -> list[Due]:
    """Return what a unit reports on in the periods that have begun and are not closed, what waits first."""
    by_body: dict[int, list[Indicator]] = {}
    for indicator in indicators_of(viewer, unit):
        by_body.setdefault(indicator.body_id, []).append(indicator)
    found: list[Due] = []
    for indicators in by_body.values():
        body = indicators[0].body
        # The body's own unit may stand for all that others report; another reports for itself alone.
        board = Board(body, indicators, today_in(body), only=None if unit.pk == body.unit_id else unit.pk)
        for indicator in indicators:
            found += due_on(board, indicator, unit)
    return sorted(found, key=lambda due: (not due.waits, due.period.ends, due.indicator.code))


def due_on(board: Board, indicator: Indicator, unit: Unit) -> Iterator[Due]:
    """Yield what a unit reports on one indicator; nothing once it ended."""
    if unit.ended and unit.ended <= board.day:
        return
    leaves = board.leaves(indicator.period)
    reported = [leaf for leaf in leaves if board.last_figure(indicator, leaf, unit.pk)]
    for leaf in leaves:
        open_now = leaf.starts <= board.day and not any(one.closed for one in board.up(leaf))
        if not open_now or unit.pk not in board.reporters(indicator, leaf):
            continue
        last = board.last_figure(indicator, leaf, unit.pk)
        judged = board.judged_in(indicator, leaf, unit.pk) or leaf
        standing = board.standing(indicator, judged, unit.pk)
        yield Due(indicator, leaf, judged, last, standing, latest=leaf in reported[-1:])


def drafts_of(viewer: Viewer, unit: Unit) -> set[tuple[int, int]]:
    """Return of which indicators and periods a viewer has a figure of a unit half written."""
    if viewer.person is None:
        return set()
    found = FigureDraft.objects.filter(person=viewer.person, unit=unit)
    return set(found.values_list("indicator", "period"))


def indicator_address(indicator: Indicator) -> str:
    """Return the page of an indicator, without the prefix of the language."""
    return f"/indicators/{indicator.pk}/"


def searchable_indicators(keys: Iterable[int]) -> Iterator[Searchable]:
    """Yield indicators, found by how they are called and by every version of their definition."""
    found = Indicator.objects.filter(pk__in=keys).select_related("body", "period").prefetch_related("definitions")
    for indicator in found:
        said = [f"{one.text} {one.counts} {one.out_of}" for one in indicator.definitions.all()]
        yield Searchable(
            noun="indicator",
            key=indicator.pk,
            title=f"{indicator.code} {indicator.title}",
            text="\n".join([indicator.sector, *said]),
            address=indicator_address(indicator),
            access=indicator.period.access,
            book=indicator.body.book_id,
            scope="",
            language=indicator.period.language,
            body=indicator.body.name,
            kind=_("indicator"),
            day=indicator.period.starts,
            sectors=(indicator.sector,) if indicator.sector else (),
        )
