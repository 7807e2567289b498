"""Nothing enters the record unreviewed; every fact that does has its passage; two reports join one meeting."""

import pytest

from hemicycle.archive import acts, drafts
from hemicycle.archive.models import ArchivedMeeting, ArchivedReport, Claim, Fact, Passage
from hemicycle.archive.queries.meetings import record_of, torn_fields
from hemicycle.archive.tests.world import DAILY, FINAL, accepted, archive_of, claims, imported, keeper, read
from hemicycle.bodies.acts import found_body
from hemicycle.demo.club import Club
from hemicycle.journal.act import Refused
from hemicycle.journal.models import Entry
from hemicycle.journal.verify import verify
from hemicycle.journal.words import sentence


def test_a_reviewed_reading_becomes_a_meeting_with_its_facts_and_passages(club: Club) -> None:
    report = imported(club)
    meeting = report.meeting
    assert str(meeting) == "Plenary 3 of term 2"
    assert (str(meeting.starts), str(meeting.ends), meeting.place) == ("2019-03-03", "2019-03-04", "Port Amel")
    fact = report.facts.get(field="presided_by")
    assert (fact.value, fact.state, fact.mark) == ("Marta Quill", "stated", "accepted")
    assert "presided over" in FINAL[fact.start : fact.end]
    assert report.facts.get(field="commended").state == "not found"
    entry = Entry.objects.get(kind="meeting.imported")
    assert entry.book == archive_of(club).book
    assert sentence(entry) == "“Plenary 3 of term 2” was imported from gazette.txt: 21 facts, reviewed."
    assert verify() == []


def test_nothing_enters_unreviewed(club: Club) -> None:
    source = read(club)
    left = source.reading.claims.count()
    with pytest.raises(Refused, match=f"{left} proposals were not looked at yet"):
        acts.import_meeting(by=keeper(club), archive_id=archive_of(club).pk, source_id=source.pk)
    for claim in source.reading.claims.all():
        drafts.mark_claim(claim, "rejected", None)
    with pytest.raises(Refused, match=r"Nothing of gazette\.txt was accepted"):
        acts.import_meeting(by=keeper(club), archive_id=archive_of(club).pk, source_id=source.pk)
    assert not ArchivedMeeting.objects.exists()
    assert not Fact.objects.exists()


def test_a_correction_stands_beside_what_was_read(club: Club) -> None:
    source = accepted(read(club))
    (claim,) = claims(source, "meeting.place")
    drafts.correct_claim(claim, {"value": "Port Amel, town hall"}, club.members[1].pk)
    (person,) = claims(source, "presided_by")
    drafts.correct_claim(person, {"value": "Marta Quill", "person": str(club.members[3].pk)}, None)
    drafts.mark_claim(claims(source, "title")[0], "rejected", None)
    drafts.not_stated(source.reading, "commended", None)
    added = {"field": "plan", "value": "the plan of the season", "quote": "the fees of  the coming season"}
    drafts.add_claim(source.reading, added, None)
    report = acts.import_meeting(by=keeper(club), archive_id=archive_of(club).pk, source_id=source.pk)
    place = report.facts.get(field="meeting.place")
    assert (place.value, place.read, place.mark) == ("Port Amel, town hall", "Port Amel", "corrected")
    assert report.facts.get(field="presided_by").person == club.members[3]
    assert not report.facts.filter(field="title").exists()
    assert report.facts.get(field="commended").state == "not stated"
    plan = report.facts.get(field="plan")
    assert (FINAL[plan.start : plan.end], plan.mark) == ("the fees of the coming season", "added")
    facts = Entry.objects.get(kind="meeting.imported").facts
    assert {key: facts[key] for key in ("corrected", "added", "rejected", "not_stated")} == {
        "corrected": 1,
        "added": 1,
        "rejected": 1,
        "not_stated": 1,
    }
    assert claim.value == "Port Amel"
    with pytest.raises(Refused, match="its review is closed"):
        drafts.mark_claim(claim, "open", None)
    assert verify() == []


def test_a_source_is_imported_once(club: Club) -> None:
    report = imported(club)
    with pytest.raises(Refused, match="imported already, as a report of Plenary 3 of term 2"):
        acts.import_meeting(by=keeper(club), archive_id=archive_of(club).pk, source_id=report.source_id)
    assert ArchivedReport.objects.count() == 1


def test_two_reports_join_one_meeting_and_where_they_disagree_both_are_shown(club: Club) -> None:
    first = imported(club, DAILY, "courier.txt")
    source = accepted(read(club))
    with pytest.raises(Refused, match="looks like Plenary 3 of term 2") as refusal:
        acts.import_meeting(by=keeper(club), archive_id=archive_of(club).pk, source_id=source.pk)
    assert refusal.value.field == "meeting"
    second = acts.import_meeting(
        by=keeper(club), archive_id=archive_of(club).pk, source_id=source.pk, meeting_id=first.meeting_id
    )
    assert second.meeting == first.meeting
    meeting = ArchivedMeeting.objects.get()
    assert (str(meeting.starts), str(meeting.ends)) == ("2019-03-03", "2019-03-04")
    facts = list(Fact.objects.select_related("report").order_by("report", "ordinal"))
    assert torn_fields(facts) == {"presided_by", "meeting.end"}
    shown = {lines.name: lines for group in record_of(facts) for lines in group.fields}
    assert shown["presided_by"].disagree
    assert [line.value for line in shown["presided_by"].lines] == ["Tomas Reed", "Marta Quill"]
    assert "A further report of" in sentence(Entry.objects.filter(kind="meeting.imported").latest("pk"))
    assert verify() == []


def test_a_meeting_that_looks_alike_may_be_another(club: Club) -> None:
    first = imported(club, DAILY, "courier.txt")
    second = imported(club, apart=True)
    assert second.meeting != first.meeting
    assert second.meeting.ordinal == 2


def test_what_a_meeting_is_called_follows_its_widest_report(club: Club) -> None:
    closed = imported(club, access="desk")
    assert closed.meeting.access == "desk"
    opened = imported(club, DAILY, "courier.txt", access="public", meeting_id=closed.meeting_id)
    meeting = ArchivedMeeting.objects.get(pk=opened.meeting_id)
    assert meeting.access == "public"
    assert str(meeting.ends) == "2019-03-03"


def test_a_teaser_and_its_repetitions_are_one_passage_and_no_fact(club: Club) -> None:
    report = imported(club)
    (teaser,) = Passage.objects.filter(report=report, text__startswith="New ferry")
    assert teaser.sort == "teaser"
    assert len(teaser.places) == 2
    assert {"task", "criticism", "decision", "passage"} <= set(report.passages.values_list("sort", flat=True))
    assert not any("ferry" in str(fact.value) for fact in report.facts.all())


def test_a_bulk_import_states_its_floor_and_that_nobody_reviewed_it(club: Club) -> None:
    final, daily = read(club), read(club, DAILY, "courier.txt")
    (rejected,) = claims(final, "authorized_by")
    drafts.mark_claim(rejected, "rejected", None)
    sources = [final.pk, daily.pk]
    by, archive = keeper(club), archive_of(club)
    with pytest.raises(Refused, match="from 50 to 100"):
        acts.import_readings(by=by, archive_id=archive.pk, source_ids=sources, floor=10)
    with pytest.raises(Refused, match="at least one source"):
        acts.import_readings(by=by, archive_id=archive.pk, source_ids=[], floor=80)
    reports = acts.import_readings(by=by, archive_id=archive.pk, source_ids=sources, floor=80)
    assert {report.floor for report in reports} == {80}
    assert ArchivedMeeting.objects.count() == 1
    stated = Fact.objects.filter(state="stated")
    assert min(fact.confidence or 0 for fact in stated) >= 80
    assert not stated.filter(field="authorized_by").exists()
    assert set(stated.values_list("mark", flat=True)) == {"unreviewed"}
    entry = Entry.objects.get(kind="meetings.imported")
    assert sentence(entry).startswith("2 reports were imported unreviewed, facts from 80 % of confidence on")
    assert verify() == []


def test_another_desk_does_not_import_into_this_archive(club: Club) -> None:
    source = accepted(read(club))
    with pytest.raises(Refused, match="another body"):
        acts.import_meeting(by=club.secretary, archive_id=archive_of(club).pk, source_id=source.pk)
    other = found_body(
        by=club.administrator, unit_id=club.unit.pk, name="Board", kind="board", time_zone="Europe/Berlin"
    )
    board = acts.open_archive(by=club.administrator, body_id=other.pk)
    with pytest.raises(Refused, match="another body"):
        acts.import_meeting(by=keeper(club), archive_id=board.pk, source_id=source.pk)
    assert Claim.objects.filter(mark="accepted").exists()
