"""Reading consultations: who has answered, region by region, and what waits for a unit."""

import csv
import io
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from hemicycle.accounts.access import Viewer
from hemicycle.bodies.day import today_in
from hemicycle.bodies.models import Unit
from hemicycle.bodies.sheets import harmless
from hemicycle.decisions import consulting_rules as rules
from hemicycle.decisions.models import Decision
from hemicycle.decisions.models.consulting import Addressee, Consultation, ConsultationClosed, How, UnitAnswer
from hemicycle.decisions.queries import decisions_for
from hemicycle.meetings.models import Meeting

PAGE = 100
# Up to so many units the map shows each of them at once, folded by region.
SHOWN_AT_ONCE = 200
CONSULTATION_BOOK = "point__decision__body__book"
STATES = ("met", "noted", "late", "open")


def consultations_for(viewer: Viewer) -> QuerySet[Consultation]:
    """Return the consultations that a viewer may see: by their access, or as they answer for a unit that is asked."""
    seen = viewer.filter(CONSULTATION_BOOK, "access", "point__decision__meeting")
    if mine := viewer.bodies | viewer.desks:
        units = Q(unit__book__in=mine) | Q(unit__bodies__book__in=viewer.desks)
        seen |= Q(pk__in=Addressee.objects.filter(units).values("consultation"))
    related = ("point__decision__body__unit", "point__decision__meeting", "closing")
    return Consultation.objects.filter(seen).select_related(*related)


def consultation_for(viewer: Viewer, pk: int) -> Consultation:
    """Return a consultation; raise Http404 where the viewer may not see it."""
    found = consultations_for(viewer).filter(pk=pk).first()
    if found is None:
        raise Http404(_("There is no such discussion."))
    return found


def sees_answers(viewer: Viewer, consultation: Consultation) -> bool:
    """Say whether a viewer may see what others answered; a unit that is asked sees at least its own page."""
    decision = consultation.point.decision
    return viewer.sees(consultation.access, book=decision.body.book_id, scope=f"meeting:{decision.meeting_id}")


def closing_of(consultation: Consultation) -> ConsultationClosed | None:
    """Return how a consultation ended, if it did."""
    return getattr(consultation, "closing", None)


@dataclass(frozen=True)
class Region:
    """A unit right below the body's, with how many at and below it were asked and have answered."""

    unit: Unit
    tally: rules.Tally
    rows: "list[Row]"

    @property
    def open(self) -> bool:
        """Whether somebody there has not answered."""
        return self.tally.missing > 0


@dataclass(frozen=True)
class Row:
    """A unit that is asked, and how it stands."""

    addressee: Addressee
    state: str

    @property
    def steps(self) -> range:
        """A stroke for every unit between it and its region."""
        return range(self.addressee.depth)


def tallies(consultation: Consultation) -> dict[int, rules.Tally]:
    """Count for each region who was asked and who has answered."""
    counted = (
        consultation.addressees.order_by()
        .values_list("region")
        .annotate(
            asked=Count("pk"),
            met=Count("pk", filter=Q(how=How.MET)),
            noted=Count("pk", filter=Q(how=How.NOTED)),
            behind=Count("pk", filter=Q(late=True)),
        )
    )
    return {region: rules.Tally(asked, met, noted, late) for region, asked, met, noted, late in counted}


def regions_of(consultation: Consultation, today: date) -> list[Region]:
    """Return the regions in the order of the tree; each with its units where the whole is small enough to be read."""
    counted = tallies(consultation)
    units = {unit.pk: unit for unit in Unit.objects.filter(pk__in=counted)}
    rows: dict[int, list[Row]] = {}
    if consultation.asked <= SHOWN_AT_ONCE:
        for row in rows_of(consultation, consultation.addressees.select_related("unit"), today):
            rows.setdefault(row.addressee.region_id, []).append(row)
    ordered = sorted(counted, key=lambda key: (units[key].name, key))
    return [Region(units[key], counted[key], rows.get(key, [])) for key in ordered]


def rows_of(consultation: Consultation, addressees: Iterable[Addressee], today: date) -> list[Row]:
    """Return units that are asked, each with how it stands on a day."""
    closed = closing_of(consultation) is not None
    return [
        Row(one, rules.state(how=one.how, late=one.late, due=consultation.due, today=today, closed=closed))
        for one in addressees
    ]


def wanted(consultation: Consultation, region: Unit | None, state: str) -> QuerySet[Addressee]:
    """Return the units of a region, or of all, that stand in one way; all where none is named."""
    found = consultation.addressees.select_related("unit").order_by("place")
    if region:
        found = found.filter(region=region)
    how = {"met": Q(how=How.MET), "noted": Q(how=How.NOTED), "late": Q(late=True), "open": Q(how="")}
    return found.filter(how[state]) if state in how else found


def page_of(
    consultation: Consultation, region: Unit | None, state: str, page: str, today: date
) -> tuple[Page[Addressee], list[Row]]:
    """Return a page of units that are asked, with how each stands."""
    found = Paginator(wanted(consultation, region, state), PAGE).get_page(page)
    return found, rows_of(consultation, found, today)


def addressee_for(consultation: Consultation, slug: str) -> Addressee:
    """Return a unit's place in a consultation; raise Http404 where it was not asked."""
    found = consultation.addressees.select_related("unit", "region").filter(unit__slug=slug).first()
    if found is None:
        raise Http404(_("This unit was not asked."))
    return found


@dataclass(frozen=True)
class Told:
    """An answer, with the unit's own meeting and decision as far as the reader may see them."""

    answer: UnitAnswer
    meeting: Meeting | None
    decision: Decision | None


def answers_of(viewer: Viewer, addressee: Addressee) -> list[Told]:
    """Return what a unit answered, the last first."""
    found = list(addressee.answers.order_by("-ordinal"))
    meetings = Meeting.objects.filter(viewer.filter("body__book", "access", "pk"))
    meetings = meetings.filter(pk__in=[one.meeting_id for one in found if one.meeting_id]).select_related(
        "body", "term"
    )
    decisions = decisions_for(viewer).filter(pk__in=[one.decision_id for one in found if one.decision_id])
    held = {one.pk: one for one in meetings} if any(one.meeting_id for one in found) else {}
    made = {one.pk: one for one in decisions} if any(one.decision_id for one in found) else {}
    return [Told(one, held.get(one.meeting_id or 0), made.get(one.decision_id or 0)) for one in found]


def own_meetings(viewer: Viewer, unit: Unit) -> QuerySet[Meeting]:
    """Return the meetings of a unit's own bodies that a viewer may see, the latest first."""
    seen = Meeting.objects.filter(viewer.filter("body__book", "access", "pk"), body__unit=unit, rehearsal=False)
    return seen.filter(cancelled=None).select_related("body", "term").order_by("-starts", "-pk")


def own_decisions(viewer: Viewer, unit: Unit) -> QuerySet[Decision]:
    """Return the decisions of a unit's own bodies that a viewer may see, the latest first."""
    return decisions_for(viewer).filter(body__unit=unit)


@dataclass(frozen=True)
class Waiting:
    """A consultation that asks a unit."""

    addressee: Addressee
    state: str


def asked_of(viewer: Viewer, *, unit: Unit | None = None, books: Collection[int] = ()) -> list[Waiting]:
    """Return the consultations under way that ask a unit, or units of these books, as a viewer may see them."""
    of_books = Q(unit__book__in=books) | Q(unit__bodies__book__in=books)
    found = (
        Addressee.objects.filter(Q(unit=unit) if unit else of_books)
        .filter(consultation__in=consultations_for(viewer).values("pk"), consultation__closing=None)
        .select_related("consultation__point__decision__body__book", "unit")
        .order_by("consultation__due", "consultation", "place")
        .distinct()
    )
    return [Waiting(one, state_of(one)) for one in found]


def state_of(addressee: Addressee) -> str:
    """Return how a unit stands in a consultation that is under way, today at the body's place."""
    consultation = addressee.consultation
    today = today_in(consultation.point.decision.body)
    return rules.state(how=addressee.how, late=addressee.late, due=consultation.due, today=today, closed=False)


@dataclass(frozen=True)
class Listed:
    """A consultation in a list; `answered` is None for whoever may not see the answers."""

    consultation: Consultation
    answered: int | None
    closed: bool


def of_decision(viewer: Viewer, decision: Decision) -> list[Listed]:
    """Return the consultations on a decision that a viewer may see."""
    found = consultations_for(viewer).filter(point__decision=decision)
    done = Count("addressees", filter=~Q(addressees__how=""))
    ordered = found.annotate(answered=done).order_by("point__ordinal", "number")
    return [
        Listed(one, one.answered if sees_answers(viewer, one) else None, closing_of(one) is not None) for one in ordered
    ]


def as_table(consultation: Consultation, today: date) -> str:
    """Return every unit that is asked with its last answer, as CSV; formulas are escaped."""
    heads = (_("Region"), _("Unit"), _("Level"), _("State"), _("Late"), _("Met on"), _("Taking part"), _("Position"))
    written = io.StringIO()
    table = csv.writer(written, lineterminator="\r\n")
    table.writerow([*heads, _("Answered on"), _("Answer"), _("Plan")])
    last = {
        answer.addressee_id: answer
        for answer in UnitAnswer.objects.filter(addressee__consultation=consultation).order_by("ordinal").iterator()
    }
    addressees = consultation.addressees.select_related("unit", "region").order_by("place")
    named = {"met": _("held a meeting"), "noted": _("took note"), "waiting": _("not yet"), "missing": _("missing")}
    for row in rows_of(consultation, addressees, today):
        one, answer = row.addressee, last.get(row.addressee.pk)
        cells = [
            one.region.name,
            one.unit.name,
            one.unit.level,
            named[row.state.removesuffix(" late")],
            _("late") if one.late else "",
            answer.held.isoformat() if answer and answer.held else "",
            str(answer.taking_part) if answer and answer.taking_part is not None else "",
            one.position,
            one.answered.date().isoformat() if one.answered else "",
            answer.text if answer else "",
            answer.plan if answer else "",
        ]
        table.writerow([harmless(cell) for cell in cells])
    return "\ufeff" + written.getvalue()
