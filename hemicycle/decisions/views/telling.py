"""The page on which an office enters, at once, what several units told it about their tasks of a point."""

from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from hemicycle.accounts.request import HouseRequest
from hemicycle.bodies.day import today_in
from hemicycle.bodies.views.entering import get_or_post
from hemicycle.decisions import acts, forms, queries, rules
from hemicycle.decisions.models import Directive
from hemicycle.decisions.rollup.forms import FigureAsked
from hemicycle.decisions.rollup.reading import aim_of
from hemicycle.decisions.telling_forms import ToldForm
from hemicycle.decisions.views.handing import enter
from hemicycle.decisions.words import Kind
from hemicycle.journal.act import Actor
from hemicycle.journal.forms import HappenedForm

A_PAGE = 20
LAST_PAGE = 100_000
# Of a name that a field is sent by; a point has no more tasks than its digits can count.
NARRATIVE, DIGITS = "-narrative", 7


@never_cache
@get_or_post
def tell(request: HouseRequest, point_id: int) -> HttpResponse:
    """Enter what units told the office, each beside its task; what stays empty is not entered."""
    point = queries.point_for(request.viewer, point_id)
    body = point.decision.body
    find = forms.FindForm(request.GET)
    find.is_valid()
    wanted, page = find.cleaned_data.get("q") or "", min(find.cleaned_data.get("page") or 1, LAST_PAGE)
    of_point = queries.directives_for(request.viewer).filter(point=point).order_by("number")
    shown = shown_of(of_point, request.POST, wanted, page)
    today = today_in(body)
    rows = [
        ToldForm(
            request.POST or None,
            one,
            late=rules.asks_for_delay(one.due, today),
            figure=FigureAsked.of(one, aim_of(one), today),
        )
        for one in shown[:A_PAGE]
    ]
    form = HappenedForm(request.POST or None, zone=body.time_zone)

    def do(by: Actor) -> object:
        told = [report_of(row) for row in rows if row.told]
        return acts.enter_reports(by=by, point_id=point.pk, reports=told, happened=form.stated)

    return enter(
        request,
        body.book_id,
        Kind.REPORTS_ENTERED,
        form,
        do,
        heading=_("Enter what units reported by telephone"),
        hint=_("Each report stands at its task, marked as told to your office. What you leave empty is not entered."),
        button=_("Enter the reports"),
        back=queries.decision_address(point.decision),
        also=rows,
        template="decisions/telling.html",
        decision=point.decision,
        quoted=point.text,
        rows=rows,
        wrong=request.method == "POST",
        wanted=wanted,
        before=page - 1,
        after=page + 1 if len(shown) > A_PAGE else 0,
    )


def shown_of(of_point: QuerySet[Directive], sent: QueryDict, wanted: str, page: int) -> list[Directive]:
    """Return the tasks of a page and one more if there is one; once sent, those that were told of, however they stand.

    A task that ended while somebody typed is so refused by name, and what was typed is still there.
    """
    named = [name.removesuffix(NARRATIVE) for name in sent if name.endswith(NARRATIVE)]
    if numbers := [int(one) for one in named if one.isdecimal() and len(one) <= DIGITS]:
        return list(of_point.filter(number__in=numbers)[:A_PAGE])
    found = of_point.filter(state__in=rules.GOING_ON, responsible_unit__name__icontains=wanted)
    return list(found[(page - 1) * A_PAGE : page * A_PAGE + 1])


def report_of(row: ToldForm) -> acts.ToldReport:
    """Return what a unit told as it is entered."""
    sent = row.cleaned_data
    return acts.ToldReport(
        number=row.directive.number,
        narrative=sent["narrative"],
        value=sent.get("value"),
        out_of=sent.get("out_of"),
        period=sent.get("period"),
        delay_reason=sent.get("delay_reason", ""),
        more_than_target=sent.get("more_than_target", False),
    )
