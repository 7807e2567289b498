"""Every row that the acts of meetings and motions write is covered by the book, and an altered one is found."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hemicycle.demo.club import MONDAY, Club
from hemicycle.journal.clock import clock_at
from hemicycle.journal.verify import verify
from hemicycle.meetings.acts import (
    Accredit,
    accredit_participants,
    close_sitting,
    hand_out_document,
    hear_report,
    participant_went,
    participants_came,
    seat_alternate,
)
from hemicycle.meetings.mail import catch_up
from hemicycle.meetings.models import Meeting, Participation, Presence, Presiding, Sitting
from hemicycle.meetings.tests.world import at, under_way
from hemicycle.motions.acts import revise_motion, table_motion
from hemicycle.motions.models import Motion


@pytest.fixture
def busy(club: Club, settings: object, tmp_path: object) -> Club:
    """A sitting in which everything happened that can."""
    settings.MEDIA_ROOT = tmp_path
    gathering = under_way(club, present=6)
    sitting = gathering.sitting.pk
    accredit_participants(by=club.chair, sitting_id=sitting, people=[Accredit(club.outsider.pk, "observer")])
    alternate = Participation.objects.get(capacity="alternate")
    absent = Participation.objects.get(person=club.members[8])
    participants_came(by=club.chair, sitting_id=sitting, participations=[alternate.pk])
    seat_alternate(by=club.chair, participation_id=alternate.pk, stands_for_id=absent.pk)
    hear_report(by=club.chair, item_id=gathering.first.pk, reporter_id=club.members[2].pk, title="Boats")
    motion = table_motion(by=club.chair, item_id=gathering.first.pk, title="The roof", points=[("Repair it.", True)])
    revise_motion(by=club.chair, motion_id=motion.pk, points=[("Renew it.", True)])
    upload = SimpleUploadedFile("a.txt", b"roof\n" * 700_000)
    hand_out_document(by=club.chair, meeting_id=gathering.meeting.pk, title="Plan", upload=upload)
    with clock_at(at(12).start):
        participant_went(by=club.chair, participation_id=Participation.objects.get(person=club.members[4]).pk)
        close_sitting(by=club.chair, sitting_id=sitting)
    catch_up()
    return club


def test_the_books_hold_after_a_whole_sitting(busy: Club) -> None:
    assert verify() == []


@pytest.mark.parametrize(
    ("model", "changed"),
    [
        (Meeting, {"purpose": "Another."}),
        (Sitting, {"opened": MONDAY.replace(hour=8)}),
        (Participation, {"votes": False}),
        (Presence, {"went": None}),
        (Presiding, {"basis": "election"}),
        (Motion, {"state": "adopted"}),
    ],
)
def test_a_row_altered_by_hand_is_found(busy: Club, model: type, changed: dict[str, object]) -> None:
    row = model.objects.filter(votes=True).first() if model is Participation else model.objects.first()
    model.objects.filter(pk=row.pk).update(**changed)
    found = verify()
    assert len(found) == 1
    assert model._meta.db_table in str(found[0])
