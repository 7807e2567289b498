"""The floor on the pages: asked for from a phone, called at the desk, its clock on every face."""

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from hemicycle.accounts.models import Person
from hemicycle.demo.club import Club
from hemicycle.journal.models import Entry
from hemicycle.live.faces import Face
from hemicycle.live.fragments import render
from hemicycle.live.stream_reader import waiting_in
from hemicycle.live.tests.test_faces import address, as_person
from hemicycle.meetings.acts import close_debate, give_floor, go_into_private
from hemicycle.meetings.models import FloorRequest, Meeting, Turn
from hemicycle.voting.tests.world import Floor, at, floor_of


def page(client: Client, meeting: Meeting, name: str) -> str:
    with at(5):
        answer = client.get(address(meeting, name))
    assert answer.status_code == 200
    return answer.content.decode()


def send(client: Client, where: str, **fields: object) -> int:
    with at(6):
        return client.post(where, {"once": "", **fields}).status_code


def asks(floor: Floor, person: Person, kind: str = "comment") -> FloorRequest:
    assert send(as_person(person), address(floor.meeting, "ask"), kind=kind) == 302
    return FloorRequest.objects.get(person=person, called=None, withdrawn=None)


def test_a_delegate_asks_from_the_phone_sees_the_place_changes_and_withdraws(club: Club) -> None:
    floor = floor_of(club)
    ask = address(floor.meeting, "ask")
    first, second = as_person(club.members[2]), as_person(club.members[3])
    assert ask in page(first, floor.meeting, "floor")
    assert send(first, ask, kind="for") == 302
    assert send(second, ask, kind="against") == 302
    assert "You are called next" in page(first, floor.meeting, "mine")
    assert "Place 2 of 2 on the list of speakers" in page(second, floor.meeting, "mine")
    assert send(second, ask, kind="point of order") == 302
    assert "You are called next" in page(second, floor.meeting, "mine")
    other = FloorRequest.objects.get(person=club.members[2])
    assert send(second, f"/en/requests/{other.pk}/withdraw/") == 403
    assert send(second, f"/en/requests/{other.pk}/move/", to="last") == 403
    assert send(first, f"/en/requests/{other.pk}/withdraw/") == 302
    assert "list of speakers" not in page(first, floor.meeting, "mine")


@pytest.mark.parametrize(("kind", "status"), [("reply", 422), ("", 422), ("<b>", 422), ("comment", 302)])
def test_what_is_no_kind_of_request_is_refused_in_a_sentence(club: Club, kind: str, status: int) -> None:
    floor = floor_of(club)
    assert send(as_person(club.members[2]), address(floor.meeting, "ask"), kind=kind) == status
    assert FloorRequest.objects.count() == (status == 302)


def test_who_is_not_there_or_takes_no_part_cannot_ask(club: Club) -> None:
    floor = floor_of(club, present=6)
    ask = address(floor.meeting, "ask")
    assert send(as_person(club.members[8]), ask, kind="comment") == 409
    assert "Check in first" in page(as_person(club.members[8]), floor.meeting, "ask")
    assert send(as_person(club.outsider), ask, kind="comment") == 404
    assert send(Client(), ask, kind="comment") in {302, 403}
    close_debate(by=club.chair, item_id=floor.item.pk, only_list=True)
    assert send(as_person(club.members[2]), ask, kind="comment") == 409
    shown = page(as_person(club.members[2]), floor.meeting, "ask")
    assert "The list of speakers is closed" in shown
    assert re.findall(r'name="kind" value="([^"]+)"', shown) == ["point of order"]
    assert "The list of speakers is closed." in page(as_person(club.members[2]), floor.meeting, "floor")


def test_the_desk_calls_the_next_speaker_with_one_button(club: Club) -> None:
    floor = floor_of(club)
    desk = as_person(club.members[0])
    assert "Call the next speaker" not in page(desk, floor.meeting, "next")
    first, second = asks(floor, club.members[2]), asks(floor, club.members[3], "against")
    shown = page(desk, floor.meeting, "next")
    assert shown.count("Call the next speaker") >= 1
    assert "Open the vote" not in re.sub(r"(?s)<nav.*", "", shown)
    where = f"/en/items/{floor.item.pk}/call-next/"
    assert send(as_person(club.members[4]), where, request=first.pk) == 403
    assert send(desk, where, request=first.pk) == 302
    assert "data-clock" in page(desk, floor.meeting, "next")
    assert send(desk, where, request=second.pk) == 302
    last = Entry.objects.filter(book=club.body.book_id).order_by("-number")[:2]
    assert [entry.kind for entry in last] == ["floor.given", "floor.given"]
    assert send(desk, where, request=second.pk) == 409  # Called already: nobody else is called, and no speech ends.
    assert [turn.speaker for turn in Turn.objects.filter(ends=None)] == [club.members[3]]
    assert send(desk, where, request="x") == 404
    assert send(desk, where) == 404


def test_the_list_is_put_in_order_by_buttons_and_by_the_rules_again(club: Club) -> None:
    floor = floor_of(club)
    desk = as_person(club.members[1])
    rows = [asks(floor, club.members[number]) for number in (2, 3, 4)]

    def order() -> list[str]:
        return re.findall(r'queue__who">(\w+)', page(desk, floor.meeting, "next"))

    assert order() == ["Cleo", "Dov", "Eva"]
    for to, expected in {
        "last": ["Dov", "Eva", "Cleo"],
        "up": ["Dov", "Cleo", "Eva"],
        "1": ["Cleo", "Dov", "Eva"],
        "down": ["Dov", "Cleo", "Eva"],
        "first": ["Cleo", "Dov", "Eva"],
    }.items():
        assert send(desk, f"/en/requests/{rows[0].pk}/move/", to=to) == 302
        assert order() == expected
    send(desk, f"/en/requests/{rows[2].pk}/move/", to="first")
    for to in ("", "0", "sideways", "9" * 50):
        assert send(desk, f"/en/requests/{rows[0].pk}/move/", to=to) in {302, 422}
    assert send(desk, f"/en/items/{floor.item.pk}/order/") == 302
    assert order() == ["Cleo", "Dov", "Eva"]
    assert send(desk, f"/en/requests/{'9' * 18}/move/", to="up") == 404


def test_the_desk_puts_somebody_on_the_list_and_gives_the_floor_beside_it(club: Club) -> None:
    floor = floor_of(club)
    desk = as_person(club.members[1])
    add, give = f"/en/items/{floor.item.pk}/speaker/", f"/en/items/{floor.item.pk}/floor/"
    assert send(desk, add, speaker="Cleo Costa", kind="question") == 302
    assert FloorRequest.objects.get().kind == "question"
    assert send(desk, add, speaker="Nobody", kind="question") == 422
    assert send(desk, add, speaker=club.outsider.name, kind="question") == 422
    assert send(desk, give, speaker="Dov Dahl", kind="interruption") == 422
    assert send(desk, give, speaker="Dov Dahl", kind="for") == 302
    assert send(desk, give, speaker="Cleo Costa", kind="interruption") == 302
    inner = Turn.objects.get(during__isnull=False)
    shown = page(desk, floor.meeting, "next")
    assert "End it, go on with the speech" in shown
    assert "The clock of Dov Dahl stands meanwhile." in page(as_person(club.members[4]), floor.meeting, "floor")
    assert send(desk, f"/en/turns/{inner.pk}/end/") == 302
    assert send(desk, f"/en/turns/{inner.during_id}/hold/", because="x" * 501) == 422
    assert send(desk, f"/en/turns/{inner.during_id}/hold/") == 302
    assert "Let the clock go on" in page(desk, floor.meeting, "next")
    assert send(desk, f"/en/turns/{inner.during_id}/resume/") == 302
    limits = f"/en/items/{floor.item.pk}/limits/"
    for seconds in ("-1", "x", "99999999"):
        assert send(desk, limits, speech_seconds=seconds) == 422
    assert send(desk, limits, speech_seconds="90", item_minutes="10") == 302
    assert "Left of the time of this item" in page(desk, floor.meeting, "next")
    assert send(as_person(club.members[4]), limits, speech_seconds="90") == 403
    assert "Dov Dahl" in page(as_person(club.members[4]), floor.meeting, "floor")


def test_what_is_said_in_private_and_by_whom_is_shown_to_nobody_else(club: Club) -> None:
    floor = floor_of(club)
    with at(5):
        go_into_private(by=club.chair, sitting_id=floor.sitting.pk, access="body")
        give_floor(by=club.chair, item_id=floor.item.pk, speaker_id=club.members[3].pk, kind="against")
    with at(6):
        for face in (Face.PUBLIC, Face.FLOOR, Face.SCREEN):
            shown = render(floor.meeting.pk, face, "en")
            assert "Dov" not in shown
            assert "data-clock" not in shown
        assert "Dov Dahl" in render(floor.meeting.pk, Face.MEMBERS, "en")
    listed = Client().get(f"/en/meetings/{floor.meeting.pk}/contributions/").content.decode()
    assert "Dov" not in listed
    turn = Turn.objects.get()
    assert Client().get(f"/en/turns/{turn.pk}/end/").status_code == 404


def test_those_who_wait_are_hinted_at_when_the_list_moves_and_nobody_else(club: Club) -> None:
    floor = floor_of(club)
    first, _second = asks(floor, club.members[2]), asks(floor, club.members[3])
    with at(7):
        give_floor(by=club.chair, item_id=floor.item.pk, request_id=first.pk)
    entry = Entry.objects.get(kind="floor.given")
    line = (entry.number, entry.kind, entry.access, entry.scope, entry.subjects)
    assert waiting_in([line]) == {f"person:{club.members[3].pk}"}
    assert waiting_in([(1, "report.heard", "public", "", [f"agendaitem:{floor.item.pk}"])]) == frozenset()


@pytest.mark.parametrize(("name", "most"), [("floor", 12), ("mine", 12), ("ask", 12)])
def test_a_page_with_the_floor_keeps_to_its_budget(
    club: Club, django_assert_max_num_queries: DjangoAssertNumQueries, name: str, most: int
) -> None:
    floor = floor_of(club)
    for number in (2, 3, 4):
        asks(floor, club.members[number])
    with at(7):
        give_floor(by=club.chair, item_id=floor.item.pk, speaker_id=club.members[5].pk)
    client = as_person(club.members[3])
    page(client, floor.meeting, name)
    with django_assert_max_num_queries(most):
        page(client, floor.meeting, name)
