"""What search knows of archived meetings and of the passages of imported sources, each sort under a noun of its own."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.db.models import F, Prefetch
from django.utils.translation import gettext as _

from hemicycle.archive.addresses import meeting_address, passage_address
from hemicycle.archive.models import ArchivedMeeting, Fact, Passage, Reading
from hemicycle.archive.queries.joining import told_by_a_report
from hemicycle.archive.queries.meetings import sectors_of
from hemicycle.search.documents import Searchable

# By what sort of passage somebody may look; all others are “passage”.
NOUNS = {
    "task": "archivedtask",
    "criticism": "criticism",
    "decision": "archiveddecision",
    "teaser": "teaser",
    "advertisement": "teaser",
}


# Where a person stands in a fact, and the office in which they do.
OFFICES = {
    "presided_by": ("who", ""),
    "authorized_by": ("who", ""),
    "title": ("person", "title"),
    "reports": ("by", ""),
    "election": ("person", "office"),
}


def noun_of(sort: str) -> str:
    """Return under which noun a passage of this sort is found."""
    return NOUNS.get(sort, "passage")


def subject_of(passage: Passage) -> str:
    """Return a passage as the books name it."""
    return f"{noun_of(passage.sort)}:{passage.pk}"


def searchable_archivedmeetings(keys: Iterable[int]) -> Iterator[Searchable]:
    """Yield archived meetings with their place."""
    found = list(ArchivedMeeting.objects.filter(told_by_a_report(), pk__in=keys).select_related("archive__body"))
    facts = facts_to_find(report__meeting__in=found, report__source__access=F("report__meeting__access"))
    for meeting in found:
        body = meeting.archive.body
        own = [fact for fact in facts if fact.report.meeting_id == meeting.pk]
        yield Searchable(
            noun="archivedmeeting",
            key=meeting.pk,
            title=f"{meeting}, {body.name}",
            text="\n".join(part for part in (body.name, meeting.place, meeting.told_day) if part),
            address=meeting_address(meeting),
            access=meeting.access,
            book=body.book_id,
            scope="",
            language=body.language,
            body=body.name,
            kind=_("archived meeting"),
            day=meeting.starts,
            term=meeting.term_ordinal,
            sectors=sectors_in(own),
            people=people_in(own),
        )


def searchable_passages(keys: Iterable[int]) -> Iterator[Searchable]:
    """Yield passages as they are searched: repaired, while the page shows the original."""
    # Each page of which there are passages is read from the database once, and without its words.
    read = Prefetch("report__source__reading", Reading.objects.defer("text"))
    found = Passage.objects.filter(pk__in=keys, report__withdrawal=None).prefetch_related(
        "report__source", read, "report__meeting__archive__body"
    )
    labels = {
        "task": _("task in an archived report"),
        "criticism": _("criticism in an archived report"),
        "decision": _("decision in an archived report"),
        "success": _("success claimed in an archived report"),
        "passage": _("passage of an archived report"),
    }
    passages = list(found)
    facts: dict[int, list[Fact]] = defaultdict(list)
    for fact in facts_to_find(report__in={passage.report_id for passage in passages}):
        facts[fact.report_id].append(fact)
    for passage in passages:
        report, own = passage.report, facts[passage.report_id]
        body = report.meeting.archive.body
        yield Searchable(
            noun=noun_of(passage.sort),
            key=passage.pk,
            title=report.source.reading.title or report.source.file_name,
            text=passage.repaired,
            address=passage_address(report.source_id, f"{passage.start}-{passage.end}"),
            access=report.source.access,
            book=body.book_id,
            scope="",
            language=report.source.language or report.source.reading.page.get("language", ""),
            body=body.name,
            kind=labels.get(passage.sort, _("furniture of an archived page")),
            day=report.meeting.starts,
            term=report.meeting.term_ordinal,
            sectors=sectors_in(fact for fact in own if stands_in(fact, passage)),
            people=people_in(own),
        )


def facts_to_find(**where: object) -> list[Fact]:
    """Return the facts that name sectors, and persons with their offices."""
    found = Fact.objects.filter(field__in=("tasks", *OFFICES), state=Fact.State.STATED, **where)
    return list(found.select_related("report").filter(report__withdrawal=None).order_by("pk"))


def stands_in(fact: Fact, passage: Passage) -> bool:
    """Say whether a fact is read from a passage."""
    return fact.start is not None and fact.start < passage.end and passage.start < (fact.end or 0)


def sectors_in(facts: Iterable[Fact]) -> tuple[str, ...]:
    """Return the sectors that got tasks."""
    found = (
        one
        for fact in facts
        if fact.field == "tasks" and isinstance(fact.value, dict)
        for one in sectors_of(fact.value)
    )
    return tuple(dict.fromkeys(found))


def people_in(facts: Iterable[Fact]) -> tuple[tuple[str, str], ...]:
    """Return who stands in a report, with each office in which it names them."""
    found: dict[tuple[str, str], None] = {}
    for fact in facts:
        if fact.field not in OFFICES:
            continue
        by, office = OFFICES[fact.field]
        value = fact.value if isinstance(fact.value, dict) else {by: fact.value}
        names = value.get(by)
        for name in names if isinstance(names, list) else [names]:
            if isinstance(name, str) and name:
                found[name, str(value.get(office) or "")] = None
    return tuple(found)
