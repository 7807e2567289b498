"""The consent agenda: several items decided at once; one objection takes an item out."""

from uuid import uuid4

import pytest
from django.urls import reverse

from hemicycle.decisions.acts import certify_decision
from hemicycle.demo.club import Club
from hemicycle.journal.act import Refused
from hemicycle.journal.models import Entry
from hemicycle.journal.verify import verify
from hemicycle.journal.words import sentence
from hemicycle.meetings.acts import add_item, declare_interest, participant_went
from hemicycle.meetings.agenda import Vote
from hemicycle.meetings.models import AgendaItem
from hemicycle.motions.acts import table_amendment, table_motion
from hemicycle.motions.models import Motion
from hemicycle.voting.acts import certify_result, decide_consent_agenda
from hemicycle.voting.models import Ballot, Result
from hemicycle.voting.tests.test_pages import as_person
from hemicycle.voting.tests.world import Floor, at, floor_of, participation_of

pytestmark = pytest.mark.django_db
TITLES = ("Dues", "Rooms", "Tea")


def with_items(club: Club) -> tuple[Floor, list[Motion]]:
    """Bring the club to its sitting, with three items to come that have a motion each."""
    floor, motions = floor_of(club), []
    with at(2):
        for title in TITLES:
            vote = Vote(7, 0, 0)
            item = add_item(by=club.chair, meeting_id=floor.meeting.pk, title=title, vote=vote)
            motions.append(
                table_motion(by=club.chair, item_id=item.pk, title=title, points=[(f"{title} are settled.", True)])
            )
    return floor, motions


def states(floor: Floor) -> list[str]:
    return list(floor.meeting.items.order_by("ordinal").values_list("state", flat=True))


def test_items_are_decided_together_and_one_objection_takes_an_item_out(club: Club) -> None:
    floor, motions = with_items(club)
    chair, member = as_person(club.members[0]), as_person(club.members[4])
    address = reverse("voting:consent_agenda", args=[floor.sitting.pk])
    with at(5):
        where = [floor.meeting.body.slug, floor.meeting.term.ordinal, floor.meeting.ordinal]
        assert address in chair.get(reverse("live:desk", args=where)).content.decode()
        page = chair.get(address).content.decode()
        # The motion on the item that is being dealt with comes to its own turn.
        assert [title in page for title in ("Repair of the roof", *TITLES)] == [False, True, True, True]
        assert "Dues" not in member.get(address).content.decode()
        sent = {"once": uuid4().hex, "agreed": [motions[0].pk, motions[2].pk], "objector": "Eva Egger"}
        assert member.post(address, sent).status_code == 403
        assert chair.post(address, {**sent, "once": uuid4().hex}).status_code == 302
    assert states(floor) == ["current", "settled", "pending", "settled"]
    entry = Entry.objects.get(kind="consent_agenda.decided")
    assert sentence(entry) == (
        "Adopted together by consent, nobody objecting: item 2, “Dues”; item 4, “Tea”. "
        "Eva Egger objected to item 3, “Rooms”, which comes to its turn."
    )
    with at(6):
        for result in Result.objects.order_by("pk"):
            assert result.declared
            certify_result(by=club.chair, result_id=result.pk)
            assert certify_decision(by=club.chair, result_id=result.pk).adopted == "by consent"
    assert verify() == []


def test_only_what_is_alone_on_an_item_to_come_is_decided_by_the_consent_agenda(club: Club) -> None:
    floor, (dues, rooms, tea) = with_items(club)

    def refused(code: str, *motions: int) -> None:
        with pytest.raises(Refused) as refusal:
            decide_consent_agenda(by=club.chair, sitting_id=floor.sitting.pk, motions=motions)
        assert refusal.value.code == code
        assert not Ballot.objects.exists()

    with at(5):
        refused("nothing_agreed")
        refused("not_for_consent", floor.motion.pk)
        table_amendment(by=club.chair, motion_id=dues.pk, target="point", point=1, text="Dues are doubled.")
        table_motion(by=club.chair, item_id=rooms.item_id, title="More rooms", points=[("There are more.", True)])
        for motion in (dues, rooms):
            refused("not_for_consent", tea.pk, motion.pk)
        declare_interest(by=club.chair, item_id=tea.item_id, person_id=club.members[3].pk, nature="She sells it.")
        refused("not_for_consent", tea.pk)


def test_without_a_quorum_nothing_is_decided_by_consent(club: Club) -> None:
    floor, motions = with_items(club)
    with at(5):
        for number in range(2, 7):
            participant_went(by=club.chair, participation_id=participation_of(floor, number).pk)
        with pytest.raises(Refused) as refusal:
            decide_consent_agenda(by=club.chair, sitting_id=floor.sitting.pk, motions=[motions[0].pk])
    assert refusal.value.code == "no_quorum"
    assert states(floor)[1:] == [AgendaItem.State.PENDING] * 3
