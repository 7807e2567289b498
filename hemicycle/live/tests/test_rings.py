"""What each client of a group is sent: the present state once, hints to whom they concern, nothing that is hidden."""

import asyncio

import pytest

from hemicycle.accounts.access import Access, Viewer
from hemicycle.live.faces import Face
from hemicycle.live.stream_rights import STRANGER, Standing, Wish
from hemicycle.live.stream_rings import KEPT, NEW, Client, Hidden, Ring, Step
from hemicycle.live.stream_rolls import Turn

BOOK = 5
MEMBER = Standing(Viewer(person=7, account=1, bodies=frozenset({BOOK})), frozenset({"person:7"}))


@pytest.fixture
def ring() -> Ring:
    return Ring(Wish(BOOK, 3, Face.FLOOR, "en"), number=10, shown=8, fragment="eight")


def client(cursor: int, standing: Standing = STRANGER) -> Client:
    return Client(standing, None, cursor, 0, 0)


def step(
    number: int, *, shown: bool = True, hint: bool = False, names: tuple[str, ...] = (), rights: bool = False
) -> Step:
    hidden = () if shown else (Hidden(number, Access.BODY, ""),)
    return Step(number, number if shown else 0, hint, frozenset(names), hidden, rights)


def test_who_is_new_gets_the_present_state(ring: Ring) -> None:
    assert ring.due(client(NEW)) == b"id: 5:8\nevent: now\ndata: eight\n\n"


def test_who_has_seen_everything_gets_nothing(ring: Ring) -> None:
    assert ring.due(client(10)) == b""


def test_who_missed_something_gets_the_state_of_now_once(ring: Ring) -> None:
    slept = client(10)
    ring.take(step(11), "eleven")
    ring.take(step(12), "twelve")
    assert ring.due(slept) == b"id: 5:12\nevent: now\ndata: twelve\n\n"
    slept.cursor = ring.number
    assert ring.due(slept) == b""


def test_what_looks_the_same_is_not_sent_again(ring: Ring) -> None:
    ring.take(step(11), "eight")
    assert ring.due(client(10)) == b""
    assert ring.due(client(8)).count(b"event: now") == 0


def test_a_step_taken_in_twice_changes_nothing(ring: Ring) -> None:
    ring.take(step(11), "eleven")
    ring.take(step(9), "nine")
    assert (ring.number, ring.fragment) == (11, "eleven")


def test_everyone_is_hinted_at_when_a_vote_opens_and_one_when_it_concerns_one(ring: Ring) -> None:
    ring.take(step(11, names=("person:7",)), "eight")
    assert ring.due(client(10)) == b""
    assert ring.due(client(10, MEMBER)) == b"id: 5:11\nevent: mine\ndata: mine\n\n"
    ring.take(step(12, hint=True), "twelve")
    assert ring.due(client(10)).endswith(b"id: 5:12\nevent: mine\ndata: mine\n\n")


def test_an_entry_is_announced_to_nobody_who_may_not_see_it(ring: Ring) -> None:
    ring.take(step(11, shown=False), None)
    assert ring.due(client(10)) == b""
    assert ring.due(client(10, MEMBER)) == b"id: 5:11\nevent: mine\ndata: mine\n\n"


def test_faces_without_a_personal_part_get_no_hint() -> None:
    ring = Ring(Wish(BOOK, 3, Face.SCREEN, "en"), number=10, shown=10, fragment="ten")
    ring.take(step(11, hint=True), "ten")
    assert ring.due(client(10, MEMBER)) == b""


def test_who_is_behind_what_is_known_is_hinted_at_to_be_sure(ring: Ring) -> None:
    assert ring.due(client(9)) == b"id: 5:9\nevent: mine\ndata: mine\n\n"
    assert ring.due(client(3)) == b"id: 5:8\nevent: now\ndata: eight\n\nid: 5:8\nevent: mine\ndata: mine\n\n"
    for number in range(11, 13 + KEPT):
        ring.take(step(number), str(number))
    assert ring.floor == 12
    assert len(ring.steps) == KEPT
    assert ring.due(client(10)).count(b"event: mine") == 1
    assert ring.due(client(12)).count(b"event: mine") == 0


def test_rights_are_asked_again_before_anything_that_touches_them(ring: Ring) -> None:
    assert not ring.touches_rights(client(10))
    assert not ring.touches_rights(client(NEW))
    ring.take(step(11, rights=True), "eleven")
    ring.take(step(12), "twelve")
    assert ring.touches_rights(client(10))
    assert not ring.touches_rights(client(11))


def test_who_waits_is_served_at_once_and_who_is_behind_by_its_own_task(ring: Ring) -> None:
    pushed: list[bytes] = []
    takes = True

    def push(chunk: bytes) -> bool:
        pushed.append(chunk)
        return takes

    waiting = client(10)
    assert not ring.hand_over(waiting, 1.0)
    waiting.push, waiting.waiting = push, asyncio.Future(loop=asyncio.new_event_loop())
    waiting.waiting.get_loop().close()
    ring.take(step(11), "eleven")
    assert ring.hand_over(waiting, 1.0)
    assert (waiting.cursor, waiting.sent) == (11, 1.0)
    assert pushed == [b"26\r\nid: 5:11\nevent: now\ndata: eleven\n\n\r\n".replace(b"26", b"%x" % len(ring.now))]
    ring.take(step(12), "eleven")
    assert ring.hand_over(waiting, 2.0)
    assert (waiting.cursor, waiting.sent, len(pushed)) == (12, 1.0, 1)
    ring.take(step(13, rights=True), "thirteen")
    assert not ring.hand_over(waiting, 3.0)
    waiting.cursor, takes = 13, False
    ring.take(step(14), "fourteen")
    assert not ring.hand_over(waiting, 4.0)
    assert waiting.cursor == 13


def test_a_fragment_of_many_lines_is_one_event(ring: Ring) -> None:
    ring.take(step(11), "<p>\n\nHere</p>\n")
    assert ring.now == b"id: 5:11\nevent: now\ndata: <p>\ndata: \ndata: Here</p>\n\n"


def test_a_turn_of_a_roll_call_is_sent_to_all_once_and_hinted_at_to_whom_it_concerns(ring: Ring) -> None:
    other, member = client(10), client(10, MEMBER)
    ring.call(Turn("Ann", frozenset({1, 2}), frozenset({1})))
    ring.call(Turn("Ben", frozenset({1, 7}), frozenset({7})))
    told = b"event: turn\ndata: Ben\n\n"
    other.turned = member.turned = 0
    assert ring.due(other) == told
    assert ring.due(member) == told + b"event: mine\ndata: mine\n\n"
    member.turned = 2
    assert ring.due(member) == b""
    ring.call(Turn("Cleo", frozenset({2}), frozenset({2})))
    assert ring.due(member) == b"event: turn\ndata: Cleo\n\n"
    # Who slept through the turn in which they were concerned looks as well.
    member.turned = 0
    assert ring.due(member).endswith(b"event: mine\ndata: mine\n\n")


def test_who_comes_during_a_roll_call_hears_whose_turn_it_is(ring: Ring) -> None:
    ring.call(Turn("Ann", frozenset(), frozenset({1})))
    assert ring.due(client(NEW)).endswith(b"event: turn\ndata: Ann\n\n")
    ring.call(Turn("Ben", frozenset({1, 7}), frozenset({7})))
    assert ring.due(client(10, MEMBER)).endswith(b"event: mine\ndata: mine\n\n")
    ring.call(Turn("", frozenset(), frozenset()))
    assert ring.due(client(10, MEMBER)) == b"event: turn\ndata:\n\n"
