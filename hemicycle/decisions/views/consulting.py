"""The pages of consultations: the call, the map of who has answered, a unit's own page, its answer, the end."""

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from hemicycle.accounts import entering
from hemicycle.accounts.request import HouseRequest
from hemicycle.bodies.day import today_in
from hemicycle.bodies.models import Body, Unit
from hemicycle.bodies.views.entering import get_or_post
from hemicycle.bodies.views.files import as_file
from hemicycle.decisions import acts, forms, queries
from hemicycle.decisions import consulting_rules as rules
from hemicycle.decisions.acts.consulting import positions_taken, tally_of
from hemicycle.decisions.audiences import audiences_of
from hemicycle.decisions.consulting_forms import EVERY, CallForm, UnitAnswerForm
from hemicycle.decisions.models import Decision
from hemicycle.decisions.models.consulting import Addressee, Consultation
from hemicycle.decisions.queries import consulting
from hemicycle.decisions.queries.work import levels_below
from hemicycle.decisions.views.handing import enter
from hemicycle.decisions.words import Kind
from hemicycle.journal.act import Actor
from hemicycle.meetings.views.asking import as_typed

ENTER = "decisions/consulting_enter.html"
OFFERED = 50


@never_cache
@get_or_post
def call(request: HouseRequest, point_id: int) -> HttpResponse:
    """Call for discussion of a point in the units below."""
    point = queries.point_for(request.viewer, point_id)
    decision = point.decision
    body = decision.body
    form = CallForm(
        request.POST or None,
        zone=body.time_zone,
        levels=below(body),
        audiences=audiences_of(decision.access),
        initial={"text": point.text},
    )

    def do(by: Actor) -> object:
        typed = as_typed(form)
        typed["positions"] = typed["positions"].splitlines()
        typed["level"] = "" if typed["level"] == EVERY else typed["level"]
        return acts.call_consultation(by=by, point_id=point.pk, **typed, happened=form.stated)

    return enter(
        request,
        body.book_id,
        Kind.CONSULTATION_CALLED,
        form,
        do,
        heading=_("Call for discussion in the units below"),
        button=_("Call for discussion"),
        back=reverse("decisions:discussions", args=[body.slug, decision.number]),
        decision=decision,
        quoted=point.text,
        hint=_("Each unit holds a meeting of its own or takes note, and answers by the day you name."),
    )


def below(body: Body) -> list[tuple[str, int]]:
    """Return the levels of the units below a body's own, each with how many units it has."""
    own = body.unit
    counted = ((level, count - (level == own.level)) for level, count in levels_below(own, today_in(body)))
    return [(level, count) for level, count in counted if count]


@require_safe
def consultation(request: HouseRequest, consultation_id: int) -> HttpResponse:
    """Show the map of who has answered: region by region, with counts."""
    found = consulting.consultation_for(request.viewer, consultation_id)
    open_ = consulting.sees_answers(request.viewer, found)
    today = today_of(found)
    regions = consulting.regions_of(found, today) if open_ else []
    desks = request.viewer.desks
    mine = consulting.asked_of(request.viewer, books=desks) if desks else []
    shown = about(request, found, today) | {
        "open": open_,
        "regions": regions,
        "tally": sum((one.tally for one in regions), rules.Tally(0)),
        "positions": positions_taken(found) if open_ and found.positions else [],
        "at_once": found.asked <= consulting.SHOWN_AT_ONCE,
        "closing_by": [] if consulting.closing_of(found) else closers(request, found),
        "own": [one for one in mine if one.addressee.consultation_id == found.pk],
    }
    return render(request, "decisions/consultation.html", shown)


def about(request: HouseRequest, found: Consultation, today: date) -> dict[str, object]:
    """Return what every page of a consultation shows of it."""
    decision = found.point.decision
    return {
        "consultation": found,
        "closing": consulting.closing_of(found),
        "decision": decision,
        "zone": decision.body.time_zone,
        "over": rules.is_late(found.due, today),
        "sees_decision": queries.decisions_for(request.viewer).filter(pk=decision.pk).exists(),
    }


def today_of(found: Consultation) -> date:
    """Return the day it is at the place of the body that asks."""
    return today_in(found.point.decision.body)


def closers(request: HouseRequest, found: Consultation) -> list[Actor]:
    """Return as whom the reader can close a consultation."""
    return request.actors_in(found.point.decision.body.book_id, Kind.CONSULTATION_CLOSED)


@require_safe
def units(request: HouseRequest, consultation_id: int, slug: str = "") -> HttpResponse:
    """Show the units of a region, or all, page by page: who has answered how, and who has not."""
    found = consulting.consultation_for(request.viewer, consultation_id)
    if not consulting.sees_answers(request.viewer, found):
        raise Http404(_("There is no such discussion."))
    region = queries.unit_named(slug) if slug else None
    state = request.GET.get("state", "")
    today = today_of(found)
    page, rows = consulting.page_of(found, region, state, request.GET.get("page", ""), today)
    shown = about(request, found, today) | {"region": region, "page": page, "rows": rows, "state": state}
    shown["query"] = queries.query_string({"state": state if state in consulting.STATES else ""})
    return render(request, "decisions/consultation_units.html", shown)


@require_safe
def as_csv(request: HouseRequest, consultation_id: int) -> HttpResponse:
    """Give every unit that is asked with its last answer as a table for spreadsheets."""
    found = consulting.consultation_for(request.viewer, consultation_id)
    if not consulting.sees_answers(request.viewer, found):
        raise Http404(_("There is no such discussion."))
    table = consulting.as_table(found, today_of(found))
    answer = as_file(table, f"discussion-{found.pk}.csv", "text/csv; charset=utf-8")
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@require_safe
def unit(request: HouseRequest, consultation_id: int, slug: str) -> HttpResponse:
    """Show what a unit is asked and what it answered."""
    found, addressee = asked(request, consultation_id, slug)
    today = today_of(found)
    answering = [] if consulting.closing_of(found) else answerers(request, addressee.unit)
    shown = about(request, found, today) | {
        "unit": addressee.unit,
        "row": consulting.rows_of(found, [addressee], today)[0],
        "answers": consulting.answers_of(request.viewer, addressee),
        "answering": answering,
        "open": consulting.sees_answers(request.viewer, found),
    }
    return render(request, "decisions/consultation_unit.html", shown)


def asked(request: HouseRequest, consultation_id: int, slug: str) -> tuple[Consultation, Addressee]:
    """Return a consultation and a unit's place in it, where the reader may see both."""
    found = consulting.consultation_for(request.viewer, consultation_id)
    addressee = consulting.addressee_for(found, slug)
    mine = addressee.unit.book_id in request.viewer.bodies or books_of(addressee.unit) & request.viewer.desks
    if not mine and not consulting.sees_answers(request.viewer, found):
        raise Http404(_("There is no such discussion."))
    return found, addressee


def books_of(unit: Unit) -> frozenset[int]:
    """Return the books of a unit and of its own bodies."""
    return frozenset({unit.book_id, *Body.objects.filter(unit=unit).values_list("book", flat=True)})


def answerers(request: HouseRequest, unit: Unit) -> list[Actor]:
    """Return as whom the reader can answer for a unit: its head, or the desk of a body of it."""
    if not request.actors:
        return []
    books = sorted(books_of(unit), key=lambda book: book != unit.book_id)
    return [actor for book in books for actor in request.actors_in(book, Kind.CONSULTATION_ANSWERED)]


@never_cache
@get_or_post
def answer(request: HouseRequest, consultation_id: int, slug: str) -> HttpResponse:
    """Answer for a unit."""
    found, addressee = asked(request, consultation_id, slug)
    one = addressee.unit
    may = answerers(request, one)
    form = UnitAnswerForm(
        request.POST or None,
        zone=found.point.decision.body.time_zone,
        positions=found.positions,
        meetings=[
            (meeting.pk, f"{meeting}, {meeting.body.name}")
            for meeting in consulting.own_meetings(request.viewer, one)[:OFFERED]
        ],
        decisions=[
            (made.pk, f"{made.number}. {made.title}")
            for made in consulting.own_decisions(request.viewer, one)[:OFFERED]
        ],
    )

    def do(by: Actor) -> object:
        typed = as_typed(form)
        for name in ("meeting", "decision"):
            if name in typed:
                typed[f"{name}_id"] = typed.pop(name)
        return acts.answer_consultation(by=by, consultation_id=found.pk, unit_id=one.pk, **typed, happened=form.stated)

    return entering.enter(
        request,
        may[0].book if may else one.book_id,
        Kind.CONSULTATION_ANSWERED,
        form,
        do,
        template=ENTER,
        heading=_("Answer for %(unit)s") % {"unit": one.name},
        button=_("Answer"),
        back=reverse("decisions:consultation_unit", args=[found.pk, one.slug]),
        consultation=found,
        decision=found.point.decision,
        unit=one,
        quoted=found.text,
    )


@never_cache
@get_or_post
def close(request: HouseRequest, consultation_id: int) -> HttpResponse:
    """Close a consultation."""
    found = consulting.consultation_for(request.viewer, consultation_id)
    decision = found.point.decision
    form = forms.MoreForm(request.POST or None, zone=decision.body.time_zone)
    tally = tally_of(found)

    def do(by: Actor) -> object:
        return acts.close_consultation(by=by, consultation_id=found.pk, **as_typed(form), happened=form.stated)

    counted = {"answered": tally.answered, "asked": tally.asked}
    return entering.enter(
        request,
        decision.body.book_id,
        Kind.CONSULTATION_CLOSED,
        form,
        do,
        template=ENTER,
        heading=_("Close the discussion"),
        button=_("Close it"),
        back=reverse("decisions:consultation", args=[found.pk]),
        consultation=found,
        decision=decision,
        quoted=found.text,
        hint=_("%(answered)d of %(asked)d units have answered. After this no answer is taken any more.") % counted,
    )


@require_safe
def discussions(request: HouseRequest, slug: str, number: int) -> HttpResponse:
    """Show the consultations on a decision, and where the desk calls for another."""
    decision = queries.decision_for(request.viewer, slug, number)
    calling = request.actors_in(decision.body.book_id, Kind.CONSULTATION_CALLED)
    shown = {
        "decision": decision,
        "consultations": consulting.of_decision(request.viewer, decision),
        "points": decision.points.order_by("ordinal") if calling else [],
    }
    return render(request, "decisions/consultations.html", shown)


def of_decision(request: HouseRequest, decision: Decision) -> str:
    """Return the way to the consultations on a decision, for its page."""
    calling = request.actors_in(decision.body.book_id, Kind.CONSULTATION_CALLED)
    discussed = getattr(decision, "discussed", False)
    shown = {"decision": decision, "discussed": discussed}
    return render_to_string("decisions/discussed.html", shown, request) if calling or discussed else ""
