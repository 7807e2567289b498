"""Pages of those beside the two sides: who handles a task inside its unit, and what goes to a successor."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from hemicycle.accounts import entering
from hemicycle.accounts.request import HouseRequest
from hemicycle.bodies.day import today_in
from hemicycle.bodies.models import Unit
from hemicycle.bodies.views.entering import get_or_post
from hemicycle.decisions import acts, forms, queries
from hemicycle.decisions.acts.standing import OPEN_TO_MANY
from hemicycle.decisions.acts.succeeding import left_open
from hemicycle.decisions.models import Directive
from hemicycle.decisions.queries.offices import books_about, people_in
from hemicycle.decisions.views.handing import enter
from hemicycle.decisions.words import Kind
from hemicycle.journal.act import Actor


@dataclass(frozen=True)
class Offices:
    """In which book the reader reports on a task, and in which they say who handles it; None where they may not."""

    reporting: int | None
    handling: int | None


def offices_of(request: HouseRequest, directive: Directive) -> Offices:
    """Return what the reader can do for a unit's task: as the unit, as its issuer, or as an office above it."""
    may = {
        kind: {actor.book for actor in request.actors if request.actors_in(actor.book, kind)}
        for kind in (Kind.PROGRESS_REPORTED, Kind.HANDLER_NAMED)
    }
    unit, body, issuer = directive.responsible_unit, directive.point.decision.body, queries.issuer_book(directive)
    # The tree is asked only for those who are on neither side.
    own, above = {unit.book_id, *([body.book_id] if body.unit_id == unit.pk else [])}, {issuer}
    if (may[Kind.PROGRESS_REPORTED] | may[Kind.HANDLER_NAMED]) - {unit.book_id, issuer}:
        found = books_about(unit, today_in(body))
        own = own | found.own
        above = above | found.above if directive.access in OPEN_TO_MANY else above
    reporting = [unit.book_id, issuer, *sorted(above)]
    handling = [unit.book_id, *sorted(own)]
    return Offices(
        next((book for book in reporting if book in may[Kind.PROGRESS_REPORTED]), None),
        next((book for book in handling if book in may[Kind.HANDLER_NAMED]), None),
    )


@never_cache
@get_or_post
def handler(request: HouseRequest, directive_id: int) -> HttpResponse:
    """Name who handles a task inside its unit."""
    directive = queries.directive_for(request.viewer, directive_id)
    unit, body = directive.responsible_unit, directive.point.decision.body
    book = offices_of(request, directive).handling
    people = people_in(unit, today_in(body)) if book else []
    form = forms.HandlerForm(
        request.POST or None,
        zone=body.time_zone,
        people=[(one.pk, one.name) for one in people],
        initial={"person": directive.handler_id},
    )

    def do(by: Actor) -> object:
        person = form.cleaned_data["person"]
        return acts.name_handler(by=by, directive_id=directive.pk, person_id=person, happened=form.stated)

    return enter(
        request,
        book or unit.book_id,
        Kind.HANDLER_NAMED,
        form,
        do,
        heading=_("Name who handles the task"),
        button=_("Name them"),
        back=reverse("decisions:directive", args=[directive.pk]),
        directive=directive,
        quoted=directive.text,
        hint=_("They find it among their own tasks. %(unit)s stays responsible.") % {"unit": unit.name},
    )


@dataclass(frozen=True)
class Proposal:
    """A unit that ended with its successor, and how many open tasks of the reader's wait there."""

    unit: Unit
    successor: Unit
    count: int


def proposals(waiting: Iterable[Directive]) -> list[Proposal]:
    """Return the units that ended with a successor, of those at which tasks wait for who handed them out."""
    counts = Counter(one.responsible_unit for one in waiting if one.responsible_unit.successor_id)
    successors = Unit.objects.in_bulk({unit.successor_id for unit in counts}) if counts else {}
    found = [Proposal(unit, successors[unit.successor_id or 0], count) for unit, count in counts.items()]
    return sorted(found, key=lambda one: (one.unit.name, one.unit.pk))


@never_cache
@get_or_post
def succeed(request: HouseRequest, slug: str) -> HttpResponse:
    """Hand every open task of a unit that ended to its successor."""
    unit = queries.unit_named(slug)
    books = [actor.book for actor in request.actors if request.actors_in(actor.book, Kind.DIRECTIVES_HANDED_OVER)]
    mine = [book for book in dict.fromkeys(books) if left_open([book]).filter(responsible_unit=unit).exists()]
    successor = unit.successor
    reason = ""
    if unit.ended and successor:
        said = {"unit": unit.name, "day": date_format(unit.ended), "successor": successor.name}
        reason = _("%(unit)s ended on %(day)s, and %(successor)s follows it.") % said
    form = forms.BecauseForm(request.POST or None, initial={"because": reason})

    def do(by: Actor) -> object:
        because = form.cleaned_data["because"]
        return acts.hand_over_directives(by=by, unit_id=unit.pk, because=because, happened=form.stated)

    return entering.enter(
        request,
        mine[0] if mine else unit.book_id,
        Kind.DIRECTIVES_HANDED_OVER,
        form,
        do,
        template="decisions/succeed.html",
        heading=_("Hand all open tasks of %(unit)s to its successor") % {"unit": unit.name},
        button=_("Hand them over"),
        back=reverse("decisions:mine"),
        unit=unit,
        successor=successor,
        hint=_("Their stories go with them, and the successor receives each anew."),
        tasks=left_open(mine[:1]).filter(responsible_unit=unit).select_related("point__decision").order_by("due", "pk"),
    )
