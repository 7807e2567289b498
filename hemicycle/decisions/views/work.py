"""Where people work on directives: a unit's page, one's own, a directive with its story, and the report."""

from collections.abc import Iterable

from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_safe

from hemicycle.accounts.access import Access
from hemicycle.accounts.request import HouseRequest
from hemicycle.bodies.day import today_in
from hemicycle.bodies.models import Unit
from hemicycle.bodies.views.entering import get_or_post
from hemicycle.decisions import acts, forms, queries, rules
from hemicycle.decisions.models import Directive, Shown
from hemicycle.decisions.queries import work
from hemicycle.decisions.queries.consulting import asked_of
from hemicycle.decisions.queries.files import opened
from hemicycle.decisions.queries.found import tell_findings
from hemicycle.decisions.queries.old import old_tasks_open
from hemicycle.decisions.rollup.forms import FigureAsked
from hemicycle.decisions.rollup.reading import aim_of, periods_reported
from hemicycle.decisions.views import offices
from hemicycle.decisions.views.handing import enter
from hemicycle.decisions.views.steps import buttons
from hemicycle.decisions.words import Kind
from hemicycle.journal.act import Actor
from hemicycle.journal.forms import HappenedForm


@require_GET
def tasks(request: HouseRequest, slug: str) -> HttpResponse:
    """Show a unit's tasks: what waits to be received, what to report on, what is overdue."""
    form = forms.FindForm(request.GET)
    form.is_valid()
    page = form.cleaned_data.get("page") or 1
    return render(request, "decisions/tasks.html", inbox_of(request, queries.unit_named(slug), page))


def inbox_of(request: HouseRequest, unit: Unit, page: int = 1) -> dict[str, object]:
    """Return what a unit's inbox shows."""
    has = work.has_of(unit)
    found = work.inbox(request.viewer, unit, None, page, any_ended=has.ended)
    own = request.actors_in(unit.book_id, Kind.DIRECTIVE_RECEIVED)
    issued = work.issued_by(request.viewer, unit=unit) if own and has.issued else []
    waiting = [queries.task(one) for one in issued]
    lists = [
        (_("Overdue"), found.overdue),
        (_("Asked back"), found.asked_back),
        (_("To receive"), found.to_receive),
        (_("Under way"), found.to_report),
        (_("Suspended"), found.suspended),
        (_("Returned to the issuer"), found.returned),
        (_("Reported as done"), found.done),
        (_("Closed"), found.ended),
    ]
    tell_findings(request.viewer, [one for _heading, some in lists for one in some])
    return {
        "unit": unit,
        "lists": lists,
        "waiting": waiting,
        "any": any(some for _heading, some in lists),
        "before": found.page - 1,
        "after": found.page + 1 if found.more else 0,
        "receiving": own,
        "asked": asked_of(request.viewer, unit=unit) if has.asked else [],
        "old_open": old_tasks_open(request.viewer, unit) if has.old else [],
    }


def of_unit(request: HouseRequest, unit: Unit) -> str:
    """Return a unit's tasks, and where its decisions can be followed, for its page."""
    feeds = {name: reverse(f"decisions:{name}_of_unit", args=[unit.slug]) for name in ("atom", "json")}
    tasks = render_to_string("decisions/inbox.html", inbox_of(request, unit), request)
    return tasks + render_to_string("decisions/feeds.html", feeds)


@login_required
@never_cache
@require_GET
def mine(request: HouseRequest) -> HttpResponse:
    """Show what waits for the person signed in: tasks of the units they head, and what they have to answer."""
    desks = request.viewer.desks
    person = request.viewer.person
    found = queries.directives_for(request.viewer).filter(Q(responsible_unit__book__in=desks) | Q(handler=person))
    tasks_of_mine = [queries.task(one) for one in going_on(found)]
    waiting = [queries.task(one) for one in work.issued_by(request.viewer, desks=desks)] if desks else []
    heads = [one for one in tasks_of_mine if one.directive.responsible_unit.book_id in desks]
    shown = {
        "own": [one for one in heads if one.standing.waits_for_unit],
        "handled": [one for one in tasks_of_mine if one.directive.responsible_unit.book_id not in desks],
        "waiting": waiting,
        "proposals": offices.proposals(one.directive for one in waiting),
        "asked": [one for one in asked_of(request.viewer, books=desks) if not one.addressee.how] if desks else [],
    }
    return render(request, "decisions/mine.html", shown)


def going_on(found: QuerySet[Directive]) -> Iterable[Directive]:
    """Return those of these directives that have not ended, the earliest due first."""
    return found.exclude(state__in=rules.ENDED).order_by("due", "pk")


@require_safe
def directive(request: HouseRequest, directive_id: int) -> HttpResponse:
    """Show a directive with its whole story, its parts, and what the reader can do."""
    found = queries.directive_for(request.viewer, directive_id)
    decision = found.point.decision
    today = today_in(decision.body)
    whole = found.parent
    shown = {
        "task": queries.task(found, today),
        "story": work.story(request.viewer, found),
        "beside": work.questions_beside(found),
        "parts": work.parts_of(request.viewer, found, today),
        "periods": periods_reported(found, today),
        "whole": whole if whole and queries.directives_for(request.viewer).filter(pk=whole.pk).exists() else None,
        "sees_decision": request.viewer.sees(
            decision.access, book=decision.body.book_id, scope=f"meeting:{decision.meeting_id}"
        ),
        "receiving": receivers(request, found),
        "buttons": buttons(request, found),
        "answering": request.actors_in(queries.issuer_book(found), Kind.QUESTION_ANSWERED),
        "handler": found.handler if request.viewer.organisation else None,
    }
    return render(request, "decisions/directive.html", shown)


def receivers(request: HouseRequest, found: Directive) -> list[Actor]:
    """Return as whom the reader can receive a directive; nobody where there is nothing to receive."""
    if rules.fault("received", queries.state_of(found), received=found.received is not None):
        return []
    return request.actors_in(found.responsible_unit.book_id, Kind.DIRECTIVE_RECEIVED)


@never_cache
@get_or_post
def receive(request: HouseRequest, directive_id: int) -> HttpResponse:
    """Acknowledge a task: by one button, or with the day and time at which it was signed for on paper."""
    found = queries.directive_for(request.viewer, directive_id)
    sent = request.POST if request.method == "POST" else None
    form = HappenedForm(sent, zone=found.point.decision.body.time_zone)

    def do(by: Actor) -> object:
        return acts.receive_directive(by=by, directive_id=found.pk, happened=form.stated)

    return enter(
        request,
        found.responsible_unit.book_id,
        Kind.DIRECTIVE_RECEIVED,
        form,
        do,
        heading=_("Receive the task"),
        button=_("Receive this task"),
        back=reverse("decisions:tasks", args=[found.responsible_unit.slug]),
        directive=found,
        quoted=found.text,
        hint=_("Its sender sees that you have it."),
    )


@never_cache
@get_or_post
def report(request: HouseRequest, directive_id: int) -> HttpResponse:
    """Report on a task: its unit, or an office above for what the unit told it by telephone."""
    found = queries.directive_for(request.viewer, directive_id)
    body = found.point.decision.body
    late = rules.asks_for_delay(found.due, today_in(body))
    form = forms.ReportForm(
        request.POST or None,
        request.FILES or None,
        zone=body.time_zone,
        late=late,
        figure=FigureAsked.of(found, aim_of(found), today_in(body)),
    )

    def do(by: Actor) -> object:
        sent = form.cleaned_data
        return acts.report_progress(
            by=by,
            directive_id=found.pk,
            narrative=sent["narrative"],
            done=sent["done"],
            delay_reason=sent.get("delay_reason", ""),
            help_needed=sent.get("help_needed", ""),
            expected=sent["expected"],
            value=sent.get("value"),
            out_of=sent.get("out_of"),
            period=sent.get("period"),
            more_than_target=sent.get("more_than_target", False),
            files=sent["evidence"],
            happened=form.stated,
        )

    own, unit = found.responsible_unit.book_id, found.responsible_unit
    book = offices.offices_of(request, found).reporting or queries.issuer_book(found)
    by_unit = book == own
    return enter(
        request,
        book,
        Kind.PROGRESS_REPORTED,
        form,
        do,
        heading=_("Report on a task") if by_unit else _("Enter what %(unit)s reported by telephone") % {"unit": unit},
        button=_("Enter the report"),
        back=reverse("decisions:tasks", args=[unit.slug]),
        directive=found,
        quoted=found.text,
        standing=queries.standing_of(found),
    )


@require_safe
def evidence(request: HouseRequest, evidence_id: int) -> FileResponse:
    """Give a file of evidence to a viewer who may see its directive, as a file and never as a page of this house."""
    found = work.evidence_for(request.viewer, evidence_id)
    return handed_out(found, public=found.progress.directive.access == Access.PUBLIC)


def handed_out(found: Shown, *, public: bool) -> FileResponse:
    """Return a photo or file that shows what was reported, as a file and never as a page of this house."""
    answer = FileResponse(opened(found), as_attachment=True, filename=found.file_name, content_type=found.media_type)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["Cache-Control"] = "public, max-age=86400, immutable" if public else "private, no-store"
    return answer
