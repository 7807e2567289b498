"""The pages on which tasks are handed out: a point to a unit, or to every unit of a level; a task in parts."""

from functools import partial

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from hemicycle.accounts import entering
from hemicycle.accounts.request import HouseRequest
from hemicycle.bodies.day import today_in
from hemicycle.bodies.views.entering import get_or_post
from hemicycle.decisions import acts, handing_forms, queries
from hemicycle.decisions.audiences import audiences_of
from hemicycle.decisions.models import Directive
from hemicycle.decisions.queries.work import below, has_head, kinds_below, levels_below
from hemicycle.decisions.rollup.reading import aim_of
from hemicycle.decisions.words import Kind
from hemicycle.journal.act import Actor

# Shows a form about directives, and does the act that it asks for.
enter = partial(entering.enter, template="decisions/enter.html")


@never_cache
@get_or_post
def issue(request: HouseRequest, point_id: int) -> HttpResponse:
    """Hand a point to a unit."""
    point = queries.point_for(request.viewer, point_id)
    body = point.decision.body
    form = handing_forms.DirectiveForm(
        request.POST or None,
        zone=body.time_zone,
        units=queries.units_to_choose(body.unit, today_in(body)),
        sectors=queries.sectors_of(body),
        audiences=audiences_of(point.decision.access),
        initial={"text": point.text},
    )

    def do(by: Actor) -> object:
        sent = form.cleaned_data
        return acts.issue_directive(
            by=by,
            point_id=point.pk,
            responsible_unit_id=sent["responsible_unit"].pk,
            text=sent["text"],
            due=sent["due"],
            access=sent["access"],
            **form.manner,
            aim=form.aim,
            happened=form.stated,
        )

    return enter(
        request,
        body.book_id,
        Kind.DIRECTIVE_ISSUED,
        form,
        do,
        heading=_("Hand a point to a unit"),
        button=_("Hand out"),
        back=reverse("decisions:decision", args=[body.slug, point.decision.number]),
        decision=point.decision,
        quoted=point.text,
        sectors=form.sectors,
        other=(reverse("decisions:issue_all", args=[point.pk]), _("Hand it to every unit of a level or kind instead")),
        further=(reverse("decisions:without_task", args=[point.pk]), _("Nobody is to have a task: say why")),
    )


@never_cache
@get_or_post
def issue_all(request: HouseRequest, point_id: int) -> HttpResponse:
    """Hand a point to every unit of a level, or to every one that has a body of a kind."""
    point = queries.point_for(request.viewer, point_id)
    body = point.decision.body
    today = today_in(body)
    form = handing_forms.LevelForm(
        request.POST or None,
        zone=body.time_zone,
        units=queries.units_to_choose(body.unit, today),
        sectors=queries.sectors_of(body),
        levels=levels_below(body.unit, today),
        kinds=kinds_below(body.unit, today),
        headless="" if has_head(body.unit, today) else body.unit.name,
        initial={"text": point.text},
    )

    def do(by: Actor) -> object:
        sent = form.cleaned_data
        level, having = form.addressed
        return acts.issue_directives(
            by=by,
            point_id=point.pk,
            level=level,
            having=having,
            text=sent["text"],
            due=sent["due"],
            **form.manner,
            aim=form.aim,
            through=sent["through"],
            happened=form.stated,
        )

    return enter(
        request,
        body.book_id,
        Kind.DIRECTIVES_ISSUED,
        form,
        do,
        heading=_("Hand a point to every unit of a level or kind"),
        button=_("Hand out"),
        back=reverse("decisions:decision", args=[body.slug, point.decision.number]),
        decision=point.decision,
        quoted=point.text,
        sectors=form.sectors,
        hint=_("Each of these units is responsible for its own part, and each receives and reports for itself."),
    )


@never_cache
@get_or_post
def break_down(request: HouseRequest, directive_id: int) -> HttpResponse:
    """Break a task down into parts for units below."""
    whole = queries.directive_for(request.viewer, directive_id)
    decision = whole.point.decision
    form = handing_forms.PartsForm(
        request.POST or None,
        zone=decision.body.time_zone,
        units=below(whole.responsible_unit, today_in(decision.body)),
        sectors=queries.sectors_of(decision.body),
        initial={
            "text": whole.text,
            "due": whole.due,
            "sector": whole.sector,
            "priority": whole.priority == Directive.Priority.URGENT,
            "evidence_asked": whole.evidence_asked,
        },
        over=aim_of(whole),
    )

    def do(by: Actor) -> object:
        sent = form.cleaned_data
        aims = form.aims_of(sent["units"]) if form.over else {}
        parts = [acts.Part(key, aim=aims.get(key) or form.aim) for key in sent["units"]]
        return acts.break_down_directive(
            by=by,
            directive_id=whole.pk,
            parts=parts,
            text=sent["text"],
            due=sent["due"],
            **form.manner,
            happened=form.stated,
        )

    return enter(
        request,
        whole.responsible_unit.book_id,
        Kind.DIRECTIVE_BROKEN_DOWN,
        form,
        do,
        heading=_("Break the task down"),
        button=_("Hand out the parts"),
        back=reverse("decisions:directive", args=[whole.pk]),
        directive=whole,
        quoted=whole.text,
        sectors=form.sectors,
        hint=_("You stay responsible for the whole. The units report to you, and you verify what they report."),
    )
