"""Figures that somebody began to write: no acts, and seen by nobody else."""

from collections.abc import Mapping

from hemicycle.journal.clock import now
from hemicycle.plans.models import FigureDraft, Indicator, Period

KEPT = ("figure", "denominator", "as_of", "evidence", "explanation")
LONGEST = 2000


def keep_draft(person: int, indicator: Indicator, period: Period, unit: int, typed: Mapping[str, str]) -> None:
    """Keep what somebody typed so far, in the place of what they kept before."""
    said = {name: writable(typed.get(name, ""))[:LONGEST] for name in KEPT}
    FigureDraft.objects.update_or_create(
        person_id=person, indicator=indicator, period=period, unit_id=unit, defaults={"typed": said, "kept": now()}
    )


def writable(typed: str) -> str:
    """Return what was typed without what no record keeps, its lines ending as the browser counted them."""
    return typed.replace("\r\n", "\n").replace("\0", " ").encode("utf-8", "ignore").decode()


def draft_of(person: int | None, indicator: Indicator, period: Period, unit: int) -> dict[str, str]:
    """Return what somebody kept, nothing where they kept nothing."""
    found = FigureDraft.objects.filter(person=person, indicator=indicator, period=period, unit=unit).first()
    return dict(found.typed) if found else {}


def forget_draft(person: int | None, indicator: Indicator, period: Period, unit: int) -> None:
    """Throw a draft away: what it said was reported."""
    FigureDraft.objects.filter(person=person, indicator=indicator, period=period, unit=unit).delete()
