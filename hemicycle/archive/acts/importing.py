"""Acts that let what was read into the record: reviewed claim by claim, or in bulk from a stated confidence on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hemicycle.accounts.access import WIDTH, Access, narrowest
from hemicycle.accounts.capacities import Capacity
from hemicycle.accounts.rights import within
from hemicycle.archive.acts.passages import passages_of
from hemicycle.archive.fields import EXPECTED
from hemicycle.archive.models import Archive, ArchivedMeeting, ArchivedReport, Claim, Fact, Passage, Reading, Source
from hemicycle.archive.queries.homes import standing_reports
from hemicycle.archive.queries.joining import like, stated_in, stated_of, told_by_a_report
from hemicycle.archive.queries.searchable import subject_of
from hemicycle.archive.rules import Identity, identity_of
from hemicycle.archive.words import Kind
from hemicycle.journal.act import Act, Actor, Refused, act

LOWEST_FLOOR = 50
STANDS = {Claim.Mark.ACCEPTED, Claim.Mark.CORRECTED, Claim.Mark.ADDED}


@dataclass(frozen=True)
class Written:
    """What an import wrote."""

    meeting: ArchivedMeeting
    report: ArchivedReport
    facts: list[Fact]
    passages: list[Passage]
    joined: bool


def import_meeting(
    *, by: Actor, archive_id: int, source_id: int, meeting_id: int | None = None, apart: bool = False
) -> ArchivedReport:
    """Let a reviewed reading into the record, in the book of a body's archive: a meeting with its facts and passages.

    Every claim was looked at: what was accepted, corrected or added becomes a fact with its passage; a field that is
    silent is not stated (a person looked) or not found. With `meeting_id` it joins a meeting that another source
    reported; without, it is a meeting of its own, and `apart` says so where one looks like the same.

    Raises:
        Refused: it was imported already, was not read, is not reviewed to the end, states nothing, or looks like a
            meeting that the archive has.
    """
    with act(Kind.MEETING_IMPORTED, by=by) as entry:
        archive = entry.lock(Archive, archive_id)
        within(by, archive.book_id)
        source, reading = lock_source(entry, archive, source_id)
        claims = list(reading.claims.select_related("person").order_by("ordinal"))
        refuse_unreviewed(claims)
        kept = [claim for claim in claims if claim.mark in STANDS]
        refuse_silent(source, kept)
        looks_like = like(archive, identity_of(stated_in(kept)))
        if meeting_id is None and looks_like and not apart:
            raise Refused(
                "meeting_known",
                _("This looks like %(meeting)s, which the archive has. Say whether it joins it or is another meeting.")
                % {"meeting": looks_like},
                status=422,
                field="meeting",
            )
        meeting = lock_meeting(entry, archive, meeting_id)
        looked = {claim.field for claim in claims if claim.mark == Claim.Mark.NOT_STATED}
        written = write_report(entry, archive, meeting, reading, kept, looked)
        marks = [claim.mark for claim in claims]
        entry.record(
            subjects=[*subjects(written), source, archive.body],
            access=source.access,
            facts={
                **told(written),
                "body": archive.body.name,
                "corrected": marks.count(Claim.Mark.CORRECTED),
                "added": marks.count(Claim.Mark.ADDED),
                "rejected": marks.count(Claim.Mark.REJECTED),
                "not_stated": len(looked),
            },
        )
    return written.report


def import_readings(*, by: Actor, archive_id: int, source_ids: Sequence[int], floor: int) -> list[ArchivedReport]:
    """Let many readings into the record without a review of each: every claim of at least this confidence in percent.

    What a reviewer rejected stays out, and what one corrected goes in as corrected. A report joins a meeting of the
    archive only where kind, term and number, or the days, are the same. The facts say that nobody reviewed them.

    Raises:
        Refused: the floor is below 50 %, there is no source, or one of them was imported, was not read, or states
            nothing at this floor.
    """
    with act(Kind.MEETINGS_IMPORTED, by=by) as entry:
        archive = entry.lock(Archive, archive_id)
        within(by, archive.book_id)
        if not LOWEST_FLOOR <= floor <= 100:
            raise Refused(
                "floor_too_low",
                _("Choose a confidence from %(least)d to 100 %%.") % {"least": LOWEST_FLOOR},
                status=422,
                field="floor",
            )
        if not source_ids:
            raise Refused("no_source", _("Choose at least one source."), status=422, field="sources")
        done: list[Written] = []
        sources: list[Source] = []
        for source_id in sorted(set(source_ids)):
            source, reading = lock_source(entry, archive, source_id)
            claims = reading.claims.exclude(mark=Claim.Mark.REJECTED).select_related("person").order_by("ordinal")
            kept = [claim for claim in claims if claim.mark in STANDS or (claim.confidence or 0) >= floor]
            kept = [claim for claim in kept if claim.mark != Claim.Mark.NOT_STATED]
            refuse_silent(source, kept)
            meeting = like(archive, identity_of(stated_in(kept)))
            done.append(write_report(entry, archive, meeting, reading, kept, set(), floor))
            sources.append(source)
        entry.record(
            subjects=[*(name for written in done for name in subjects(written)), *sources, archive.body],
            access=narrowest(*(source.access for source in sources)),
            facts={"body": archive.body.name, "floor": floor, "imported": [told(written) for written in done]},
        )
    return [written.report for written in done]


def lock_source(entry: Act, archive: Archive, source_id: int) -> tuple[Source, Reading]:
    """Lock a source that may be imported into this archive, with its reading."""
    source = entry.lock(Source, source_id)
    if entry.by.capacity != Capacity.ADMINISTRATOR and source.home_id != archive.body.book_id:
        raise Refused(
            "source_elsewhere",
            _("This source is not kept by %(body)s. Its own desk or an administrator can import it.")
            % {"body": archive.body.name},
            status=403,
        )
    if report := standing_reports().filter(source=source).select_related("meeting").first():
        raise Refused(
            "source_imported",
            _("%(source)s was imported already, as a report of %(meeting)s. Nothing was entered twice.")
            % {"source": source.file_name, "meeting": report.meeting},
        )
    reading = Reading.objects.filter(source=source).exclude(done=None).first()
    if reading is None:
        raise Refused("not_read", _("%(source)s was not read yet.") % {"source": source.file_name})
    return source, reading


def refuse_unreviewed(claims: Iterable[Claim]) -> None:
    """Refuse a reading of which a claim was not looked at."""
    if left := sum(claim.mark == Claim.Mark.OPEN for claim in claims):
        raise Refused(
            "not_reviewed",
            ngettext(
                "%(count)d proposal was not looked at yet. Accept, correct or reject it first.",
                "%(count)d proposals were not looked at yet. Accept, correct or reject them first.",
                left,
            )
            % {"count": left},
        )


def refuse_silent(source: Source, kept: Sequence[Claim]) -> None:
    """Refuse a reading in which nothing stands."""
    if not kept:
        raise Refused(
            "nothing_stated",
            _("Nothing of %(source)s was accepted, so there is no meeting to enter.") % {"source": source.file_name},
        )


def lock_meeting(entry: Act, archive: Archive, meeting_id: int | None) -> ArchivedMeeting | None:
    """Lock the meeting of this archive that a further report joins."""
    if meeting_id is None:
        return None
    meeting = entry.lock(ArchivedMeeting, meeting_id)
    if meeting.archive_id != archive.pk:
        raise Refused("meeting_elsewhere", _("This meeting stands in another archive."), status=422, field="meeting")
    return meeting


def write_report(
    entry: Act,
    archive: Archive,
    meeting: ArchivedMeeting | None,
    reading: Reading,
    kept: Sequence[Claim],
    looked: set[str],
    floor: int | None = None,
) -> Written:
    """Write that a source reports a meeting, its facts, and its passages; the meeting too where it is new."""
    source, joined = reading.source, meeting is not None
    meeting = meeting or write_meeting(entry, archive, source, identity_of(stated_in(kept)))
    last_report = meeting.reports.order_by("ordinal").last()
    report = entry.create(
        ArchivedReport(
            meeting=meeting,
            source=source,
            turn=source.imports.count() + 1,
            ordinal=last_report.ordinal + 1 if last_report else 1,
            reading_digest=reading.digest,
            floor=floor,
            imported=entry.when,
        )
    )
    facts = entry.create_many(Fact, facts_of(report, kept, looked))
    passages = entry.create_many(Passage, passages_of(report, reading, facts))
    if joined:
        widen(entry, meeting, [meeting.access, source.access])
    return Written(meeting, report, facts, passages, joined)


def write_meeting(entry: Act, archive: Archive, source: Source, known: Identity) -> ArchivedMeeting:
    """Write a meeting by what it is known; of a source whose import was withdrawn, at the address that it had."""
    before = archive.meetings.filter(~told_by_a_report(), reports__source=source).order_by("ordinal").last()
    if before:
        meeting = entry.lock(ArchivedMeeting, before.pk)
        return entry.update(meeting, access=source.access, **columns(known))
    last = archive.meetings.order_by("ordinal").last()
    ordinal = last.ordinal + 1 if last else 1
    return entry.create(ArchivedMeeting(archive=archive, ordinal=ordinal, access=source.access, **columns(known)))


def facts_of(report: ArchivedReport, kept: Sequence[Claim], looked: set[str]) -> list[Fact]:
    """Return the facts that claims become, and for each expected field without one, that it is silent."""
    facts = [
        Fact(
            report=report,
            field=claim.field,
            state=Fact.State.STATED,
            value=claim.standing,
            read=claim.value if claim.mark == Claim.Mark.CORRECTED else None,
            start=claim.start,
            end=claim.end,
            line=claim.line,
            confidence=claim.confidence,
            rule=claim.rule,
            mark=claim.mark or "unreviewed",
            person=claim.person,
        )
        for claim in kept
    ]
    said = {fact.field for fact in facts}
    silent = [name for name in EXPECTED if name not in said]
    silent += sorted(looked - said - set(EXPECTED))
    facts += [
        Fact(
            report=report,
            field=name,
            state=Fact.State.NOT_STATED if name in looked else Fact.State.NOT_FOUND,
        )
        for name in silent
    ]
    for ordinal, fact in enumerate(facts, 1):
        fact.ordinal = ordinal
    return facts


def widen(entry: Act, meeting: ArchivedMeeting, accesses: Iterable[str]) -> None:
    """Let what a meeting is called follow its widest reports, so that nothing of a closed one shows in it."""
    access = max((Access(one) for one in accesses), key=WIDTH.__getitem__)
    known = identity_of(stated_of(meeting, access))
    entry.update(meeting, access=access, **columns(known))


def columns(known: Identity) -> dict[str, object]:
    """Return the columns of a meeting by what it is known."""
    return {
        "kind": known.kind,
        "enlarged": known.enlarged,
        "term_ordinal": known.term,
        "meeting_ordinal": known.number,
        "starts": known.starts,
        "ends": known.ends,
        "told_day": known.told_day,
        "year": known.year,
        "place": known.place,
    }


def subjects(written: Written) -> list[str]:
    """Return what an import concerns: the meeting, the persons known in it, and every passage by what it is."""
    persons = sorted({fact.person_id for fact in written.facts if fact.person_id})
    return [
        f"archivedmeeting:{written.meeting.pk}",
        f"archivedreport:{written.report.pk}",
        *(f"person:{key}" for key in persons),
        *(subject_of(passage) for passage in written.passages),
    ]


def told(written: Written) -> dict[str, object]:
    """Return what an entry says of an imported report."""
    return {
        "meeting": str(written.meeting),
        "source": written.report.source.file_name,
        "sha256": written.report.source.sha256,
        "reading": written.report.reading_digest,
        "stated": sum(fact.state == Fact.State.STATED for fact in written.facts),
        "joined": written.joined,
    }
