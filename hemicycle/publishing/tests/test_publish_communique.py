"""Publishing: what was previewed is what is published, and it never changes."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from hemicycle.accounts.access import PUBLIC, Access, Viewer
from hemicycle.demo.club import Club
from hemicycle.journal.act import Refused
from hemicycle.journal.clock import clock_at
from hemicycle.journal.models import Entry
from hemicycle.journal.words import sentence
from hemicycle.meetings.acts import close_sitting
from hemicycle.meetings.models import Meeting
from hemicycle.publishing.acts import publish_communique
from hemicycle.publishing.communique import compose, digest_of
from hemicycle.publishing.models import Publication
from hemicycle.publishing.queries import publications_about, searchable_publications
from hemicycle.publishing.tests.world import both_days, convened, first_day, published
from hemicycle.voting.tests.world import OPENING, at

LATER = OPENING + timedelta(days=9)


def test_what_was_previewed_is_published(club: Club) -> None:
    meeting = both_days(club)
    with clock_at(LATER):
        publication = published(club, meeting)
    assert (publication.kind, publication.version, publication.language) == ("communiqué", 1, "en")
    assert publication.title == "First Enlarged Plenary Meeting of the First General Meeting"
    assert digest_of(publication.content) == publication.content_digest
    entry = Entry.objects.get(kind="communique.published")
    assert publication.up_to == entry.number - 1
    assert sentence(entry) == f"“{publication.title}” was published for everyone, version 1."


def test_a_preview_that_the_book_has_outgrown_is_not_published(club: Club) -> None:
    meeting = first_day(club)
    seen = digest_of(compose(meeting, "en", Access.PUBLIC))
    with at(60):
        close_sitting(by=club.chair, sitting_id=meeting.sittings.get(ordinal=1).pk)
    with at(61), pytest.raises(Refused) as refused:
        publish_communique(by=club.secretary, meeting_id=meeting.pk, seen=seen)
    assert refused.value.code == "content_changed"
    assert not Publication.objects.exists()


def test_a_publication_never_changes(club: Club) -> None:
    meeting = both_days(club)
    with clock_at(LATER):
        publication = published(club, meeting)
    with pytest.raises(IntegrityError), transaction.atomic():
        Publication.objects.filter(pk=publication.pk).update(title="Another")
    with pytest.raises(IntegrityError), transaction.atomic():
        publication.delete()


def test_the_same_text_is_not_published_twice(club: Club) -> None:
    meeting = both_days(club)
    with clock_at(LATER):
        published(club, meeting)
        with pytest.raises(Refused) as refused:
            published(club, meeting, reason="A slip.")
    assert refused.value.code == "nothing_changed"


def test_after_a_communique_a_later_version_says_what_it_corrects(club: Club) -> None:
    meeting = both_days(club)
    with clock_at(LATER):
        published(club, meeting)
        Meeting.objects.filter(pk=meeting.pk).update(purpose="To see that the hall outlasts two winters.")
        meeting.refresh_from_db()
        with pytest.raises(Refused) as refused:
            published(club, meeting)
        assert (refused.value.code, refused.value.field) == ("no_reason", "correction_reason")
        correction = published(club, meeting, reason="The purpose was wrong.")
    assert (correction.version, correction.correction_reason) == (2, "The purpose was wrong.")
    assert correction.correction_of is not None
    assert correction.correction_of.version == 1
    told = sentence(Entry.objects.filter(kind="communique.published").order_by("number").last())
    assert told.endswith("version 2, as a correction: The purpose was wrong.")


def test_a_communique_after_a_daily_report_corrects_nothing(club: Club) -> None:
    meeting = first_day(club)
    with at(50):
        daily = published(club, meeting)
    assert daily.kind == "daily report"
    assert daily.title == "First Sitting of the First Enlarged Plenary Meeting of the First General Meeting"
    with at(60):
        close_sitting(by=club.chair, sitting_id=meeting.sittings.get(ordinal=1).pk)
        assert published(club, meeting).correction_of is None


def test_nothing_is_published_of_a_meeting_that_has_not_begun(club: Club) -> None:
    meeting = convened(club)
    with pytest.raises(Refused) as refused:
        published(club, meeting)
    assert refused.value.code == "nothing_happened"


def test_a_publication_is_never_wider_than_its_meeting(club: Club) -> None:
    meeting = first_day(club)
    Meeting.objects.filter(pk=meeting.pk).update(access=Access.BODY)
    meeting.refresh_from_db()
    with at(50), pytest.raises(Refused) as refused:
        published(club, meeting)
    assert (refused.value.code, refused.value.field) == ("wider_than_meeting", "access")
    with at(51):
        assert published(club, meeting, access=Access.BODY).access == Access.BODY


def test_an_unknown_language_or_audience_is_refused(club: Club) -> None:
    meeting = first_day(club)
    for wrong in ({"language": "xx"}, {"access": "martians"}):
        with at(50), pytest.raises(Refused) as refused:
            publish_communique(by=club.secretary, meeting_id=meeting.pk, seen="", **wrong)
        assert refused.value.status == 422


def test_members_publish_nothing(club: Club) -> None:
    meeting = first_day(club)
    with at(50), pytest.raises(Refused) as refused:
        publish_communique(by=club.chair, meeting_id=meeting.pk, seen="")
    assert refused.value.status == 403


def test_what_is_for_the_body_is_seen_by_the_body_alone(club: Club) -> None:
    meeting = first_day(club)
    with at(50):
        published(club, meeting, access=Access.BODY)
    member = Viewer(person=1, organisation=True, bodies=frozenset({club.body.book_id}))
    assert publications_about(PUBLIC, meeting) == []
    assert len(publications_about(member, meeting)) == 1


def test_a_publication_is_found_by_what_it_says(club: Club) -> None:
    meeting = first_day(club)
    with at(50):
        publication = published(club, meeting)
    (found,) = searchable_publications([publication.pk])
    assert "Repair of the roof" in found.text
    assert found.address == "/bodies/general-meeting/terms/1/meetings/1/communique/1/"
