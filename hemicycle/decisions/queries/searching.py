"""Decisions and directives as the search finds them."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from hemicycle.decisions.models import Decision, Directive
from hemicycle.meetings.day import zone_of
from hemicycle.meetings.queries import scope_of
from hemicycle.search.documents import Searchable


def decision_address(decision: Decision) -> str:
    """Return the address of a decision's page, without the language."""
    return f"/bodies/{decision.body.slug}/decisions/{decision.number}/"


def searchable_decisions(keys: Iterable[int]) -> Iterator[Searchable]:
    """Yield decisions with the text of their points."""
    found = Decision.objects.filter(pk__in=keys).select_related("body", "meeting__term").prefetch_related("points")
    for decision in found:
        yield Searchable(
            noun="decision",
            key=decision.pk,
            title=decision.title,
            text="\n".join([decision.text, *(point.text for point in decision.points.all())]).strip(),
            address=decision_address(decision),
            access=decision.access,
            book=decision.body.book_id,
            scope=scope_of(decision.meeting),
            language=decision.language,
            body=decision.body.name,
            kind=_("decision"),
            day=decision.effective,
            term=decision.meeting.term.ordinal,
        )


def searchable_directives(keys: Iterable[int]) -> Iterator[Searchable]:
    """Yield directives, found at the point of the decision that they carry out."""
    found = Directive.objects.filter(pk__in=keys).select_related(
        "responsible_unit", "point__decision__body", "point__decision__meeting__term"
    )
    for directive in found:
        decision = directive.point.decision
        yield Searchable(
            noun="directive",
            key=directive.pk,
            title=_("Task of %(unit)s") % {"unit": directive.responsible_unit.name},
            text="\n".join(part for part in (directive.text, directive.sector) if part),
            address=f"{decision_address(decision)}#point-{directive.point.ordinal}",
            access=directive.access,
            book=decision.body.book_id,
            scope=scope_of(decision.meeting),
            language=directive.language,
            body=decision.body.name,
            kind=_("task"),
            day=directive.issued.astimezone(zone_of(decision.body)).date(),
            term=decision.meeting.term.ordinal,
            sectors=(directive.sector,) if directive.sector else (),
        )
