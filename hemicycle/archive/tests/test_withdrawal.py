"""An import taken back: it leaves the record everywhere, its source stays, and it can be imported again."""

import pytest
from django.test import Client

from hemicycle.accounts.access import PUBLIC, Viewer
from hemicycle.archive import acts, drafts
from hemicycle.archive.models import Archive, ArchivedMeeting, ArchivedReport, Source, Withdrawal
from hemicycle.archive.queries.meetings import facts_for, meetings_for
from hemicycle.archive.tests.world import DAILY, archive_of, imported, keeper
from hemicycle.demo.club import Club
from hemicycle.journal.act import Refused
from hemicycle.journal.models import Entry
from hemicycle.journal.queries import books_for, entries_for
from hemicycle.journal.words import sentence
from hemicycle.search.find import search
from hemicycle.search.follower import catch_up
from hemicycle.voting.tests.test_pages import as_person


def withdraw(club: Club, *reports: ArchivedReport, reason: str = "It belongs to another body.") -> list[Withdrawal]:
    keys = [report.pk for report in reports]
    return acts.withdraw_imports(by=keeper(club), archive_id=archive_of(club).pk, report_ids=keys, reason=reason)


def test_a_withdrawn_import_leaves_lists_facts_and_search(club: Club) -> None:
    report = imported(club, access="public")
    catch_up()
    assert search(PUBLIC, "slipways").total == 1
    withdraw(club, report)
    catch_up()
    assert list(meetings_for(PUBLIC)) == []
    assert list(facts_for(PUBLIC, [report.meeting])) == []
    assert search(PUBLIC, "slipways").total == search(PUBLIC, "plenary").total == 0
    assert report.facts.exists()
    entry = Entry.objects.latest("pk")
    assert entry.kind == "imports.withdrawn"
    assert sentence(entry) == (
        "The import of gazette.txt, on “Plenary 3 of term 2” was withdrawn: It belongs to another body."
    )


def test_its_source_can_be_reviewed_and_imported_again_at_the_same_address(club: Club) -> None:
    report = imported(club)
    withdraw(club, report)
    source = Source.objects.get()
    claim = source.reading.claims.get(field="meeting.place")
    drafts.correct_claim(claim, {"value": "Port Amel, the old hall"}, None)
    again = acts.import_meeting(by=keeper(club), archive_id=archive_of(club).pk, source_id=source.pk)
    assert (again.meeting_id, again.turn) == (report.meeting_id, 2)
    assert ArchivedMeeting.objects.get().place == "Port Amel, the old hall"
    with pytest.raises(Refused) as refusal:
        drafts.mark_claim(claim, "rejected", None)
    assert refusal.value.code == "review_closed"


def test_a_meeting_goes_on_by_its_other_report(club: Club) -> None:
    final = imported(club)
    daily = imported(club, DAILY, "courier.txt", meeting_id=final.meeting_id)
    withdraw(club, final)
    (meeting,) = meetings_for(Viewer(organisation=True))
    assert meeting.pk == daily.meeting_id
    assert meeting.starts is not None
    assert meeting.starts.isoformat() == "2019-03-03"
    assert meeting.ends in (None, meeting.starts)


def test_a_withdrawal_needs_a_reason_a_report_of_this_archive_and_happens_once(club: Club) -> None:
    report = imported(club)
    for reports, reason, code in (([report], " ", "no_reason"), ([], "A mistake.", "no_report")):
        with pytest.raises(Refused) as refusal:
            withdraw(club, *reports, reason=reason)
        assert refusal.value.code == code
    withdraw(club, report)
    with pytest.raises(Refused) as refusal:
        withdraw(club, report)
    assert refusal.value.code == "already_withdrawn"
    assert Withdrawal.objects.count() == 1


def test_a_secretary_withdraws_on_a_page_and_the_old_address_says_why(club: Club) -> None:
    report = imported(club, access="public")
    secretary: Client = as_person(club.members[1])
    address = f"/en/bodies/{club.body.slug}/archive/withdraw/"
    page = secretary.get(f"{address}?meeting={report.meeting_id}").content.decode()
    assert f'value="{report.pk}"' in page
    assert "checked" in page
    assert secretary.post(address, {"reports": [report.pk], "reason": ""}).status_code == 422
    answer = secretary.post(address, {"reports": [report.pk], "reason": "The wrong year."}, follow=True)
    assert "1 import was withdrawn" in answer.content.decode()
    told = Client().get(f"/en/archive/meetings/{report.meeting_id}/").content.decode()
    assert "The wrong year." in told
    assert "slipways" not in told
    assert as_person(club.members[5]).get(address).status_code == 404


def test_what_the_body_alone_may_read_of_its_archive_shows_to_the_body(club: Club) -> None:
    imported(club, access="body")
    book = Archive.objects.get().book
    seen = {
        name: {entry.kind for entry in entries_for(viewer, book)}
        for name, viewer in {
            "body": Viewer(organisation=True, bodies=frozenset({club.body.book_id})),
            "organisation": Viewer(organisation=True),
            "public": PUBLIC,
        }.items()
    }
    assert seen["body"] >= {"sources.added", "meeting.imported"}
    assert seen["organisation"].isdisjoint(seen["body"])
    assert seen["public"] == set()
    assert book in books_for(Viewer(organisation=True, bodies=frozenset({club.body.book_id})))
    assert book not in books_for(PUBLIC)
