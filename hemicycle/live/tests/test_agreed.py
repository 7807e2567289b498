"""What was adopted by consent is certified with one button, and each still has its entries and its number."""

from uuid import uuid4

import pytest
from django.urls import reverse

from hemicycle.decisions.models import Decision
from hemicycle.demo.club import Club
from hemicycle.journal.act import Refused
from hemicycle.journal.models import Entry
from hemicycle.journal.verify import verify
from hemicycle.live.agreed import waiting_in
from hemicycle.live.views import certify_agreed
from hemicycle.voting.acts import certify_result, decide_consent_agenda, void_ballot
from hemicycle.voting.models import Result
from hemicycle.voting.tests.test_consent_agenda import with_items
from hemicycle.voting.tests.test_pages import as_person
from hemicycle.voting.tests.world import Floor, at

pytestmark = pytest.mark.django_db


def agreed(club: Club) -> tuple[Floor, list[Result]]:
    floor, motions = with_items(club)
    with at(5):
        return floor, decide_consent_agenda(
            by=club.chair, sitting_id=floor.sitting.pk, motions=[one.pk for one in motions]
        )


def test_the_desk_certifies_a_consent_agenda_with_one_button(club: Club) -> None:
    floor, _results = agreed(club)
    chair, member = as_person(club.members[0]), as_person(club.members[4])
    desk = reverse("live:desk", args=[floor.meeting.body.slug, floor.meeting.term.ordinal, floor.meeting.ordinal])
    address = reverse("live:certify_agreed", args=[floor.sitting.pk])
    with at(6):
        shown = chair.get(desk).content.decode()
        assert "Certify what was adopted by consent: 3 decisions" in shown
        assert f'action="{address}"' in shown
        assert "Nobody objected to item 2, “Dues”; item 3, “Rooms”; item 4, “Tea”." in shown
        assert member.post(address, {"once": uuid4().hex}).status_code == 403
        assert not Decision.objects.exists()
        once = uuid4().hex
        assert chair.post(address, {"once": once, "next": desk}).url == desk
        assert chair.post(address, {"once": once}).status_code == 409
        assert "adopted by consent: 3" not in chair.get(desk).content.decode()
    assert list(Decision.objects.order_by("number").values_list("number", "title", "adopted")) == [
        (1, "Dues", "by consent"),
        (2, "Rooms", "by consent"),
        (3, "Tea", "by consent"),
    ]
    kinds = Entry.objects.filter(book=club.body.book).order_by("-number").values_list("kind", flat=True)[:6]
    assert list(kinds) == ["decision.certified", "result.certified"] * 3
    assert {result.certified is not None for result in Result.objects.all()} == {True}
    assert verify() == []


def test_what_was_voided_or_certified_before_is_not_certified_again(club: Club) -> None:
    floor, (dues, rooms, tea) = agreed(club)
    with at(6):
        void_ballot(by=club.chair, ballot_id=dues.ballot_id, reason="Somebody objected unheard.")
        certify_result(by=club.chair, result_id=rooms.pk)
        assert waiting_in(floor.sitting.pk) == [rooms, tea]
        assert [one.title for one in certify_agreed(by=club.chair, sitting_id=floor.sitting.pk)] == ["Rooms", "Tea"]
        with pytest.raises(Refused) as refusal:
            certify_agreed(by=club.chair, sitting_id=floor.sitting.pk)
    assert refusal.value.code == "nothing_waits"
    assert Entry.objects.filter(kind="result.certified").count() == 2
