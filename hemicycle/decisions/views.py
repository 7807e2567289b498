"""The pages of decisions: the register, a decision with its tasks, a unit's inbox, and the forms of both sides."""

from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hemicycle.accounts.request import HouseRequest
from hemicycle.bodies.acts import Holding, give_posts
from hemicycle.bodies.models import Body, Unit
from hemicycle.bodies.views.entering import enter, get_or_post
from hemicycle.bodies.words import Kind as Bodies
from hemicycle.decisions import acts, forms, queries, rules
from hemicycle.decisions.elected import Elected, elected_by
from hemicycle.decisions.models import Decision
from hemicycle.decisions.words import Kind
from hemicycle.journal.act import Actor, Refused
from hemicycle.journal.clock import now
from hemicycle.journal.forms import HappenedForm
from hemicycle.meetings.models import Meeting
from hemicycle.meetings.views.entering import address_after
from hemicycle.voting.forms import stated
from hemicycle.voting.models import Ballot
from hemicycle.voting.queries import ballot_for, outcome_facts, result_of
from hemicycle.voting.words import arithmetic

ON_A_BODYS_PAGE = 10


@require_GET
def register(request: HouseRequest, slug: str = "") -> HttpResponse:
    """Show the register of decisions, of one body or of all."""
    form = forms.FindForm(request.GET)
    form.is_valid()
    sent = form.cleaned_data
    body = Body.objects.filter(slug=slug).first() if slug else None
    if slug and body is None:
        raise Http404(_("There is no such body."))
    wanted = queries.Wanted(body=slug or sent.get("body", ""), year=sent.get("year"), text=sent.get("q", "").strip())
    page = queries.register(request.viewer, wanted, sent.get("page") or 1)
    kept = {"body": "" if slug else wanted.body, "year": wanted.year or "", "q": wanted.text}
    return render(
        request,
        "decisions/register.html",
        {
            "page": page,
            "wanted": wanted,
            "body": body,
            "bodies": [] if body else queries.bodies_with_decisions(request.viewer),
            "years": queries.years_with_decisions(request.viewer),
            "query": queries.query_string(kept),
        },
    )


@require_GET
def decision(request: HouseRequest, slug: str, number: int) -> HttpResponse:
    """Show a decision: its points, the tasks from each, and what the units report."""
    found = queries.decision_for(request.viewer, slug, number)
    today = now().astimezone(ZoneInfo(found.body.time_zone)).date()
    return render(
        request,
        "decisions/decision.html",
        {
            "decision": found,
            "points": queries.points_of(request.viewer, found, today),
            "outcome": arithmetic(outcome_facts(found.result)),
            "result": found.result,
            "issuing": request.actors_in(found.body.book_id, Kind.DIRECTIVE_ISSUED),
            "giving": gives_posts(request, found),
        },
    )


def of_ballot(request: HouseRequest, ballot: Ballot) -> str:
    """Return the decision that a ballot came to, or the button that makes one of it, for its page."""
    result = result_of(ballot)
    if result is None or result.certified is None or not result.carried or ballot.amendment_id:
        return ""
    made = queries.decision_of(result)
    certifying = [] if made else request.actors_in(ballot.sitting.meeting.body.book_id, Kind.DECISION_CERTIFIED)
    shown = {"ballot": ballot, "decision": made, "certifying": certifying}
    return render_to_string("decisions/of_ballot.html", shown, request) if made or certifying else ""


def of_meeting(request: HouseRequest, meeting: Meeting) -> str:
    """Return what a meeting decided, for its page."""
    found = list(queries.decisions_for(request.viewer).filter(meeting=meeting).order_by("number"))
    return render_to_string("decisions/of_meeting.html", {"decisions": found}, request) if found else ""


def of_body(request: HouseRequest, body: Body) -> str:
    """Return the last decisions of a body, for its page."""
    found = list(queries.decisions_for(request.viewer).filter(body=body)[:ON_A_BODYS_PAGE])
    return render_to_string("decisions/of_body.html", {"decisions": found, "body": body}, request) if found else ""


def of_unit(request: HouseRequest, unit: Unit) -> str:
    """Return the tasks of a unit, for its page."""
    return render_to_string("decisions/inbox.html", inbox_of(request, unit), request)


def gives_posts(request: HouseRequest, found: Decision) -> Elected | None:
    """Return whom the reader can give the post to which a decision elected them."""
    if not found.result.election or not request.actors_in(found.body.book_id, Bodies.POSTS_GIVEN):
        return None
    elected = elected_by(found)
    return elected if elected and elected.waiting else None


@get_or_post
def give_elected(request: HouseRequest, slug: str, number: int) -> HttpResponse:
    """Give the post to those whom a decision elected to it."""
    found = queries.decision_for(request.viewer, slug, number)
    elected = gives_posts(request, found)
    if elected is None:
        raise Http404(_("Nobody waits for a post by this decision."))
    election, post = elected.election, elected.post
    form = forms.ElectedForm(
        request.POST or None,
        elected=[(str(person.pk), person.name) for person in elected.waiting],
        initial={"starts": election.starts or found.effective, "ends": election.ends},
    )

    def do(by: Actor) -> object:
        typed = form.cleaned_data
        held = [Holding(post.pk, int(key), typed["starts"], typed["ends"]) for key in typed["people"]]
        return give_posts(by=by, holdings=held, decided_by=elected.entry)

    hint = _("Seats, groups and earlier holders are entered on the page of the posts.")
    if elected.unknown:
        said = {"names": ", ".join(elected.unknown)}
        hint = _("Not known here by name, and given the post once they are: %(names)s.") % said + " " + hint
    return enter(
        request,
        found.body,
        Bodies.POSTS_GIVEN,
        form,
        do,
        heading=_("Give the post “%(title)s” to the elected") % {"title": post.title},
        button=_("Give them the post"),
        back=queries.decision_address(found),
        hint=hint,
    )


@login_required
@require_POST
def certify(request: HouseRequest, ballot_id: int) -> HttpResponse:
    """Make a decision of a ballot's certified result."""
    ballot = ballot_for(request.viewer, ballot_id)
    result = result_of(ballot)
    if result is None:
        raise Http404(_("Nothing was counted on this ballot."))
    body = ballot.sitting.meeting.body
    happened = stated(HappenedForm(request.POST, zone=body.time_zone))
    made = acts.certify_decision(
        by=request.actor_for(body.book_id, Kind.DECISION_CERTIFIED), result_id=result.pk, happened=happened
    )
    messages.success(request, _("This is decision %(number)d now.") % {"number": made.number})
    return redirect(address_after(request) or reverse("decisions:decision", args=[body.slug, made.number]))


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def issue(request: HouseRequest, point_id: int) -> HttpResponse:
    """Hand a point to a unit."""
    point = queries.point_for(request.viewer, point_id)
    body = point.decision.body
    by = request.actor_for(body.book_id, Kind.DIRECTIVE_ISSUED)
    today = now().astimezone(ZoneInfo(body.time_zone)).date()
    form = forms.DirectiveForm(
        request.POST or None,
        zone=body.time_zone,
        units=queries.units_to_choose(body, today),
        sectors=queries.sectors_of(body),
        initial={"text": point.text},
    )
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        try:
            acts.issue_directive(
                by=by,
                point_id=point.pk,
                responsible_unit_id=sent["responsible_unit"].pk,
                text=sent["text"],
                due=sent["due"],
                sector=sent["sector"],
                happened=form.stated,
            )
        except Refused as refusal:
            show_at_field(form, refusal)
        else:
            unit = sent["responsible_unit"].name
            messages.success(request, _("The task was handed to %(unit)s.") % {"unit": unit})
            of_decision = reverse("decisions:decision", args=[body.slug, point.decision.number])
            return redirect(address_after(request) or of_decision)
    shown = {"form": form, "point": point, "actors": request.actors_in(body.book_id, Kind.DIRECTIVE_ISSUED)}
    return render(request, "decisions/issue.html", shown, status=422 if form.errors else 200)


@require_GET
def tasks(request: HouseRequest, slug: str) -> HttpResponse:
    """Show a unit's tasks: what waits to be received, what to report on, what is overdue."""
    return render(request, "decisions/tasks.html", inbox_of(request, queries.unit_named(slug)))


def inbox_of(request: HouseRequest, unit: Unit) -> dict[str, object]:
    """Return what a unit's inbox shows."""
    found = queries.inbox(request.viewer, unit, now().date())
    return {
        "unit": unit,
        "lists": [
            (_("Overdue"), found.overdue),
            (_("To receive"), found.to_receive),
            (_("Under way"), found.to_report),
            (_("Reported as done"), found.done),
        ],
        "any": any((found.overdue, found.to_receive, found.to_report, found.done)),
        "receiving": request.actors_in(unit.book_id, Kind.DIRECTIVE_RECEIVED),
    }


@login_required
@require_POST
def receive(request: HouseRequest, directive_id: int) -> HttpResponse:
    """Acknowledge a task."""
    found = queries.directive_for(request.viewer, directive_id)
    by = request.actor_for(found.responsible_unit.book_id, Kind.DIRECTIVE_RECEIVED)
    happened = stated(HappenedForm(request.POST, zone=found.point.decision.body.time_zone))
    acts.receive_directive(by=by, directive_id=found.pk, happened=happened)
    messages.success(request, _("The task was received. Its sender sees that you have it."))
    return redirect("decisions:tasks", found.responsible_unit.slug)


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def report(request: HouseRequest, directive_id: int) -> HttpResponse:
    """Report on a task."""
    found = queries.directive_for(request.viewer, directive_id)
    by = request.actor_for(found.responsible_unit.book_id, Kind.PROGRESS_REPORTED)
    zone = found.point.decision.body.time_zone
    late = rules.asks_for_delay(found.due, now().astimezone(ZoneInfo(zone)).date())
    form = forms.ReportForm(request.POST or None, zone=zone, late=late)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        try:
            acts.report_progress(
                by=by,
                directive_id=found.pk,
                narrative=sent["narrative"],
                done=sent["done"],
                delay_reason=sent.get("delay_reason", ""),
                happened=form.stated,
            )
        except Refused as refusal:
            show_at_field(form, refusal)
        else:
            messages.success(request, _("Your report was entered."))
            return redirect("decisions:tasks", found.responsible_unit.slug)
    shown = {
        "form": form,
        "task": queries.task(found, now().date()),
        "actors": request.actors_in(found.responsible_unit.book_id, Kind.PROGRESS_REPORTED),
    }
    return render(request, "decisions/report.html", shown, status=422 if form.errors else 200)


def show_at_field(form: HappenedForm, refusal: Refused) -> None:
    """Show a refusal of what was typed at its field, so that nothing typed is lost; let any other refusal go on."""
    if refusal.status != 422:
        raise refusal
    form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
