"""The pages of the archive: adding, reviewing with and without JavaScript, entering, and what readers find."""

import re
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from pytest_django import DjangoAssertNumQueries

from hemicycle.accounts.models import Account
from hemicycle.archive import acts
from hemicycle.archive.models import Archive, ArchivedMeeting, Claim, Fact, Source
from hemicycle.archive.queries.overview import harmless
from hemicycle.archive.tasks import ask_to_read, read_source
from hemicycle.archive.tests.world import (
    DAILY,
    FINAL,
    accepted,
    archive_of,
    claims,
    imported,
    installation_book,
    read,
    stored,
    upload,
)
from hemicycle.bodies.models import Body
from hemicycle.demo.club import Club
from hemicycle.voting.tests.test_pages import as_person


@pytest.fixture
def secretary(club: Club) -> Client:
    return as_person(club.members[1])


@pytest.fixture
def administrator(club: Club) -> Client:
    Account.objects.filter(person=club.outsider).update(is_administrator=True)
    return as_person(club.outsider)


def page(client: Client, name: str, /, *args: object, status: int = 200, **query: object) -> str:
    answer = client.get(reverse(f"archive:{name}", args=args), query)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def send(client: Client, which: str, /, *args: object, status: int = 302, **fields: object) -> Any:
    answer = client.post(reverse(f"archive:{which}", args=args), fields)
    assert answer.status_code == status, answer.content.decode()
    return answer


def test_many_pages_are_added_at_once_and_read_in_the_background(club: Club, secretary: Client) -> None:
    form = page(secretary, "add")
    assert "multiple" in form
    files = [upload(), upload(DAILY, "courier.txt"), upload("Nothing much.", "note.md")]
    send(secretary, "add", pages=files, home=club.body.book_id, access="organisation", origin="a shelf", once="add")
    assert Source.objects.count() == 3
    assert Archive.objects.get().body == club.body
    listed = secretary.get(reverse("archive:sources"))
    assert listed.headers["Refresh"] == "3"
    assert "waits to be read" in listed.content.decode()
    for source in Source.objects.all():
        read_source.call(source.reading.pk)
    listed = secretary.get(reverse("archive:sources"))
    assert "Refresh" not in listed.headers
    assert listed.content.decode().count("to review") == 2
    assert "read: no report of a meeting" in listed.content.decode()


def test_pages_are_put_in_the_queue_once_their_rows_stand(club: Club, django_capture_on_commit_callbacks: Any) -> None:
    source = stored(club)
    with django_capture_on_commit_callbacks(execute=True):
        ask_to_read(source)
        ask_to_read(source)
    assert DBTaskResult.objects.count() == 1


def test_what_cannot_be_stored_is_said_at_the_field(club: Club, secretary: Client) -> None:
    answer = send(secretary, "add", status=422, pages=[upload("", "empty.txt")], home=club.body.book_id, access="desk")
    assert "empty.txt is empty. Nothing was stored" in answer.content.decode()
    answer = send(secretary, "add", status=422, home=club.body.book_id, access="desk")
    assert "Choose at least one file." in answer.content.decode()


def test_only_who_keeps_an_archive_adds_pages(club: Club, secretary: Client) -> None:
    page(as_person(club.members[0]), "add", status=404)
    assert page(Client(), "add", status=302) == ""
    source = read(club)
    page(as_person(club.members[0]), "review", source.pk, status=404)
    send(as_person(club.members[0]), "claim", claims(source, "agenda")[0].pk, status=404, mark="accepted")
    assert "Add pages" in page(secretary, "archive")
    assert "Add pages" not in page(Client(), "archive")


def test_the_review_shows_the_page_and_the_proposals_each_leading_to_the_other(club: Club, secretary: Client) -> None:
    source = read(club)
    text = page(secretary, "review", source.pk)
    claim = source.reading.claims.get(field="presided_by")
    assert f'href="#place-{claim.pk}"' in text
    assert f'id="place-{claim.pk}"' in text
    assert f'id="claim-{claim.pk}"' in text
    shown = re.search(rf'href="#claim-\d+" data-said="[^"]*\b{claim.pk}\b[^"]*">([^<]+)', text)
    assert shown
    assert "Marta Quill presided" in shown[1]
    assert "90 % sure" in text
    assert "0 of 21" in re.sub(r"<[^>]+>", "", text)


def test_a_proposal_is_decided_by_a_plain_form_and_the_next_is_at_hand(club: Club, secretary: Client) -> None:
    source = read(club)
    first, second = source.reading.claims.order_by("ordinal")[:2]
    answer = send(secretary, "claim", first.pk, mark="accepted")
    assert answer.headers["Location"].endswith(f"#claim-{second.pk}")
    first.refresh_from_db()
    assert (first.mark, first.marked_by) == ("accepted", club.members[1])
    send(secretary, "claim", second.pk, mark="corrected", value="3")
    second.refresh_from_db()
    assert (second.mark, second.value, second.corrected) == ("corrected", 2, 3)
    text = page(secretary, "review", source.pk)
    assert "<s>2</s>" in text
    send(secretary, "claim", second.pk, mark="open")
    second.refresh_from_db()
    assert (second.mark, second.corrected) == ("", None)
    answer = send(secretary, "claim", second.pk, status=422, mark="corrected", value="second")
    assert "This is not a number" in answer.content.decode()


def test_with_javascript_the_one_proposal_comes_back_with_how_far_the_review_is(club: Club, secretary: Client) -> None:
    source = read(club)
    claim = claims(source, "agenda")[0]
    address = reverse("archive:claim", args=[claim.pk])
    text = secretary.post(address, {"mark": "rejected"}, headers={"HX-Request": "true"}).content.decode()
    assert f'id="claim-{claim.pk}"' in text
    assert 'hx-swap-oob="true"' in text
    assert "rejected" in text
    assert "<h1" not in text


def test_a_group_is_accepted_a_silence_noted_and_a_missed_fact_added(club: Club, secretary: Client) -> None:
    source = read(club)
    send(secretary, "rest", source.pk, group="meeting")
    assert {claim.mark for claim in source.reading.claims.filter(field__startswith="meeting.")} == {"accepted"}
    assert source.reading.claims.filter(mark="").exists()
    send(secretary, "rest", source.pk, status=404, group="nonsense")
    send(secretary, "rest", source.pk, not_stated="commended")
    assert source.reading.claims.get(field="commended").mark == "not stated"
    send(secretary, "add_claim", source.pk, field="attendance", value="the harbour band", quote="Officials of the boat")
    added = source.reading.claims.get(mark="added")
    assert added.value == {"category": None, "who": "the harbour band", "mode": None}
    assert FINAL[added.start : added.end] == "Officials of the boat"
    answer = send(
        secretary, "add_claim", source.pk, status=422, field="plan", value="a plan", quote="words from nowhere"
    )
    assert "These words do not stand in the page" in answer.content.decode()
    send(secretary, "claim", added.pk, mark="rejected")
    assert not source.reading.claims.filter(mark="added").exists()


def test_a_person_is_matched_only_where_the_reviewer_says_so(club: Club, secretary: Client) -> None:
    source = read(club, FINAL.replace("Marta Quill", club.members[3].name), "dov.txt")
    (claim,) = claims(source, "presided_by")
    assert f'<option value="{club.members[3].pk}">' in page(secretary, "review", source.pk)
    assert claim.person is None
    name = club.members[3].name
    send(secretary, "claim", claim.pk, mark="corrected", value=name, person=club.members[3].pk)
    claim.refresh_from_db()
    assert (claim.mark, claim.person) == ("accepted", club.members[3])


def test_a_reviewed_page_is_entered_and_shown_with_its_passages(club: Club, secretary: Client) -> None:
    source = read(club)
    assert "Nothing enters the record unreviewed" in page(secretary, "import", source.pk)
    answer = send(secretary, "import", source.pk, status=422, body=club.body.pk, meeting="apart", once="a")
    assert "not looked at yet" in answer.content.decode()
    accepted(source)
    assert "Central Committee of the Rowers&#x27; League" in page(secretary, "import", source.pk)
    answer = send(secretary, "import", source.pk, body=club.body.pk, meeting="apart", once="b")
    meeting = ArchivedMeeting.objects.get()
    assert answer.headers["Location"] == reverse("archive:meeting", args=[meeting.pk])
    text = page(secretary, "meeting", meeting.pk)
    for said in ("Plenary 3 of term 2", "Marta Quill", "committee of the northern yard", "not found by the reader"):
        assert said in text
    fact = Fact.objects.get(field="presided_by")
    link = f"{reverse('archive:source', args=[source.pk])}?at={fact.start}-{fact.end}#at"
    assert link in text
    passage = secretary.get(link).content.decode()
    assert re.search(r'said--at"[^>]*>Marta Quill presided over the meeting', passage)
    assert "its review is closed" in page(secretary, "review", source.pk)


def test_an_administrator_founds_the_body_where_the_reviewer_says_so(club: Club, administrator: Client) -> None:
    by = club.administrator
    source = acts.add_sources(by=by, home_id=installation_book(), pages=[acts.NewSource(upload())]).sources[0]
    read_source.call(ask_to_read(source).pk)
    accepted(source)
    before = Body.objects.count()
    name = "Central Committee of the Rowers' League"
    assert "Central Committee of the Rowers" in page(administrator, "import", source.pk)
    answer = send(
        administrator, "import", source.pk, status=422, body="new", name="", unit=club.unit.pk, meeting="apart"
    )
    assert "A body needs a name" in answer.content.decode()
    assert Body.objects.count() == before
    send(administrator, "import", source.pk, body="new", name=name, unit=club.unit.pk, meeting="apart", once="n")
    assert ArchivedMeeting.objects.get().archive.body.name == name


def test_no_body_is_founded_for_a_report_of_a_meeting_in_another_archive(club: Club, administrator: Client) -> None:
    known = imported(club).meeting_id
    by = club.administrator
    page_of = acts.NewSource(upload(DAILY, "courier.txt"))
    source = acts.add_sources(by=by, home_id=installation_book(), pages=[page_of]).sources[0]
    read_source.call(ask_to_read(source).pk)
    accepted(source)
    before = Body.objects.count()
    sent = {"body": "new", "name": "Another", "unit": club.unit.pk, "meeting": known}
    answer = send(administrator, "import", source.pk, status=422, **sent, once="e")
    assert "This meeting stands in another archive." in answer.content.decode()
    assert Body.objects.count() == before


def test_meetings_stand_side_by_side(club: Club, secretary: Client) -> None:
    first = imported(club).meeting_id
    other = FINAL.replace("Third", "Fourth").replace("2019", "2020").replace("timber in the", "ropes in the")
    second = imported(club, other, "fourth.txt").meeting_id
    text = page(secretary, "compare", m=[first, second])
    assert "Tasks in every one of them: agriculture." in text
    assert text.count("northern yard") == 0
    assert "in all" in text
    assert "Choose at least two meetings" in page(secretary, "compare", m=[first])
    for nonsense in ("abc", "99999999999999", "-1", "²"):
        page(secretary, "compare", m=nonsense)


def test_an_archive_is_a_line_of_time_and_a_table_with_every_cell_at_its_passage(club: Club, secretary: Client) -> None:
    report = imported(club)
    imported(club, DAILY, "courier.txt", meeting_id=report.meeting_id)
    slug = club.body.slug
    text = page(secretary, "of_body", slug)
    assert "<svg" in text
    assert "style=" not in text
    fact = report.facts.get(field="presided_by")
    assert f"{reverse('archive:source', args=[report.source_id])}?at={fact.start}-{fact.end}#at" in text
    assert "reports disagree" in text
    table = page(secretary, "csv", slug)
    assert table.startswith("\ufeffBody,Meeting,Year")
    assert "Marta Quill; Tomas Reed" in table
    assert f"/en/archive/sources/{report.source_id}/?at={fact.start}-{fact.end}#at" in table
    agenda = [fact.value for fact in report.facts.filter(field="agenda")]
    assert len(agenda) > 1
    assert all(item in table for item in agenda)
    books = page(secretary, "bib", slug)
    assert books.count("@misc{") == 2
    assert "year = {2019}" in books
    assert "Line of time and table" in secretary.get(reverse("bodies:body", args=[slug])).content.decode()


def test_no_cell_of_the_table_is_taken_for_a_formula() -> None:
    assert [harmless(f"{sign}1+1") for sign in ("=", "+", "-", "@", "\t", "\r")] == [
        f"'{sign}1+1" for sign in ("=", "+", "-", "@", "\t", "\r")
    ]
    assert harmless("Marta Quill = chair") == "Marta Quill = chair"


def test_what_a_reader_may_not_see_does_not_exist(club: Club) -> None:
    closed = imported(club, access="desk")
    opened = imported(club, DAILY, "courier.txt", access="public", meeting_id=closed.meeting_id)
    stranger, member = Client(), as_person(club.members[4])
    for reader in (stranger, member):
        page(reader, "source", closed.source_id, status=404)
        page(reader, "file", closed.source_id, status=404)
        text = page(reader, "meeting", opened.meeting_id)
        assert "Tomas Reed" in text
        for hidden in ("Marta Quill", "gazette", "reports disagree", "northern yard"):
            assert hidden not in text
        assert "Marta Quill" not in page(reader, "of_body", club.body.slug)
        assert "Marta Quill" not in page(reader, "csv", club.body.slug)
        assert "gazette" not in page(reader, "bib", club.body.slug)
        assert "gazette" not in page(reader, "sources")
    page(stranger, "of_body", "no-such-body", status=404)


def test_a_file_is_given_to_keep_and_never_shown_as_a_page_of_the_house(club: Club, secretary: Client) -> None:
    source = read(club, "<html><script>alert(1)</script><p>Hello there.</p></html>", "page.html")
    answer = secretary.get(reverse("archive:file", args=[source.pk]))
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.content.startswith(b"<html>")
    assert "<script>alert" not in page(secretary, "source", source.pk)


def test_many_reports_are_imported_unreviewed_only_by_saying_so(club: Club, secretary: Client) -> None:
    final, daily = read(club), read(club, DAILY, "courier.txt")
    slug = club.body.slug
    assert "Held" in page(secretary, "bulk", slug)
    sent = {"floor": 80, "sources": [final.pk, daily.pk], "once": "b"}
    answer = send(secretary, "bulk", slug, status=422, **sent)
    assert "Say that you know it" in answer.content.decode()
    send(secretary, "bulk", slug, **sent, sure="on")
    assert ArchivedMeeting.objects.count() == 1
    assert "not reviewed" in page(secretary, "meeting", ArchivedMeeting.objects.get().pk)
    page(as_person(club.members[0]), "bulk", slug, status=404)


def test_a_link_to_no_passage_still_shows_the_page(club: Club, secretary: Client) -> None:
    source = read(club)
    for nonsense in ("9-1", "x", "0-99999999", "-5", "1-²", "1" * 40):
        assert "Rowers" in page(secretary, "source", source.pk, at=nonsense)


def test_the_pages_ask_the_database_little(
    club: Club, secretary: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    report = imported(club)
    imported(club, DAILY, "courier.txt", meeting_id=report.meeting_id)
    third = read(club, FINAL.replace("Third", "Fifth").replace("2019", "2021"), "fifth.txt")
    with django_assert_max_num_queries(12):
        page(secretary, "meeting", report.meeting_id)
    with django_assert_max_num_queries(12):
        page(secretary, "source", report.source_id)
    with django_assert_max_num_queries(14):
        page(secretary, "review", third.pk)
    with django_assert_max_num_queries(12):
        page(secretary, "of_body", club.body.slug)
    with django_assert_max_num_queries(7):
        assert page(secretary, "bib", club.body.slug).count("@misc{") == 2
    with django_assert_max_num_queries(12):
        page(secretary, "archive")
    with django_assert_max_num_queries(12):
        page(secretary, "sources")


def test_an_installation_keeps_sources_of_bodies_unknown_and_their_desks_do_not_see_the_closed(club: Club) -> None:
    page_closed = acts.NewSource(upload(), access="desk")
    added = acts.add_sources(by=club.administrator, home_id=installation_book(), pages=[page_closed])
    page(as_person(club.members[1]), "source", added.sources[0].pk, status=404)
    by = replace(club.administrator, book=archive_of(club).book_id)
    read_source.call(ask_to_read(added.sources[0]).pk)
    accepted(added.sources[0])
    acts.import_meeting(by=by, archive_id=archive_of(club).pk, source_id=added.sources[0].pk)
    assert "Marta Quill" in page(as_person(club.members[1]), "source", added.sources[0].pk)
    assert not Claim.objects.filter(mark="").exists()


def test_an_upload_that_shows_its_progress_is_told_where_to_go_on(club: Club, secretary: Client) -> None:
    files = {"pages": [upload()], "home": club.body.book_id, "access": "organisation"}
    answer = secretary.post(reverse("archive:add"), files, headers={"X-Upload": "progress"})
    assert answer.json() == {"next": reverse("archive:sources")}
    listed = secretary.get(reverse("archive:sources")).content.decode()
    assert "1 page was stored" in listed
    assert "0 of 1" in listed
    again = files | {"pages": [upload()]}
    wrong = secretary.post(reverse("archive:add"), again, headers={"X-Upload": "progress"})
    assert wrong.status_code == 422
    assert "byte for byte" in wrong.content.decode()
