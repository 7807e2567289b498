"""The event stream through the real door: who may follow, and that a phone which slept gets exactly what it missed."""

import pytest

from hemicycle.journal.clock import now
from tests.door.server import Door, Event, Stream, World

pytestmark = pytest.mark.door


def next_event(stream: Stream) -> Event:
    event = stream.event()
    assert event
    return event


def head(world: World) -> int:
    return int(max(world.rows("SELECT head_number FROM journal_book WHERE noun = 'body'")))


@pytest.fixture
def world(door: Door) -> World:
    """The world that the module's server serves."""
    return door.world


def test_everyone_sees_a_vote_open_and_close(door: Door, world: World) -> None:
    faces = {"public": "", "screen": door.session("member"), "floor": door.session("member")}
    faces["desk"] = door.session("chair")
    streams = {face: Stream(door, door.live(face, lang="en"), cookie) for face, cookie in faces.items()}
    for stream in streams.values():
        first = next_event(stream)
        assert (first.name, first.number) == ("now", head(world))
    ballot = world.hall("open", str(world.keys["motion"]))["opened"]
    for face, stream in streams.items():
        told = next_event(stream)
        assert (told.name, told.number) == ("now", head(world))
        assert "Repair of the roof" in told.data
        if face in {"floor", "desk"}:
            assert next_event(stream) == Event(told.identifier, "mine", "mine")
    world.hall("close", str(ballot))
    assert "Shall" not in next_event(streams["public"]).data
    for stream in streams.values():
        stream.close()


def test_a_roll_call_tells_phones_and_screens_whose_turn_it_is_and_the_book_nothing(door: Door, world: World) -> None:
    faces = {"public": "", "screen": door.session("member"), "floor": door.session("member")}
    streams = {face: Stream(door, door.live(face, lang="en"), cookie) for face, cookie in faces.items()}
    for stream in streams.values():
        next_event(stream)
    opened = world.hall("roll")
    names, roll = opened["names"], str(opened["opened"])
    for face, expected in {"public": ["now"], "screen": ["now", "turn"], "floor": ["now", "mine", "turn"]}.items():
        told = [next_event(streams[face]) for _name in expected]
        assert [one.name for one in told] == expected
    number = head(world)
    # The member who follows is the fifth of the list.
    for called in range(2, 6):
        assert world.hall("answer", roll, str(called - 1))["answered"] == 302
        turn = next_event(streams["floor"])
        assert (turn.name, f'called__name">{names[called - 1]}<' in turn.data) == ("turn", True)
        assert next_event(streams["screen"]).name == "turn"
    assert next_event(streams["floor"]).name == "mine"
    assert head(world) == number
    with Stream(door, door.live("floor"), door.session("member")) as late:
        assert [next_event(late).name for _event in range(3)] == ["now", "turn", "mine"]
    world.hall("close", roll)
    told = [next_event(streams["floor"]) for _event in range(3)]
    assert [(one.name, bool(one.data.strip())) for one in told if one.name == "turn"] == [("turn", False)]
    assert next_event(streams["public"]).name == "now"
    for stream in streams.values():
        stream.close()


def test_the_head_of_a_stream_keeps_proxies_from_holding_it(door: Door) -> None:
    with Stream(door, door.live()) as stream:
        assert stream.status == 200
        assert stream.answer.headers["content-type"] == "text/event-stream; charset=utf-8"
        assert stream.answer.headers["cache-control"] == "no-cache, no-transform"
        assert stream.answer.headers["x-accel-buffering"] == "no"


def test_a_stream_begins_with_the_servers_clock(door: Door) -> None:
    before = int(now().timestamp() * 1000)
    with Stream(door, door.live()) as stream:
        told = stream.clocks.get(timeout=20)
    assert before <= told <= now().timestamp() * 1000


def test_a_phone_that_slept_gets_the_present_state_once(door: Door, world: World) -> None:
    with Stream(door, door.live()) as stream:
        seen = next_event(stream).identifier
    with Stream(door, door.live(), last=seen) as awake:
        assert awake.silent(0.5)
        ballot = world.hall("open", str(world.keys["motion"]))["opened"]
        opened = next_event(awake)
        assert opened.number == head(world)
    world.hall("close", str(ballot))
    with Stream(door, door.live(), last=opened.identifier) as late:
        closed = next_event(late)
        assert closed.number == head(world)
        assert late.silent(0.5)
    with Stream(door, door.live(after=closed.identifier)) as later:
        assert later.silent(0.5)
    with Stream(door, door.live(), last="77:3") as stranger:
        assert next_event(stranger).number == head(world)


def test_a_phone_that_slept_through_a_restart_misses_nothing(door: Door, world: World) -> None:
    with Stream(door, door.live("floor"), door.session("member")) as stream:
        seen = next_event(stream).identifier
    door.stop()
    ballot = world.hall("open", str(world.keys["motion"]))["opened"]
    door.start()
    with Stream(door, door.live("floor"), door.session("member"), last=seen) as awake:
        now, mine = next_event(awake), next_event(awake)
        assert (now.name, mine.name, now.number) == ("now", "mine", head(world))
        assert "Repair of the roof" in now.data
    world.hall("close", str(ballot))


@pytest.mark.parametrize(
    ("face", "who", "status"),
    [
        ("desk", "", 404),
        ("desk", "member", 404),
        ("desk", "chair", 200),
        ("floor", "", 404),
        ("floor", "outsider", 404),
        ("floor", "member", 200),
        ("screen", "", 404),
        ("public", "", 200),
        ("roof", "chair", 404),
    ],
)
def test_a_face_is_there_for_those_who_may_have_it(door: Door, face: str, who: str, status: int) -> None:
    with Stream(door, door.live(face), door.session(who) if who else "") as stream:
        assert stream.status == status


def test_who_signed_out_is_sent_nothing_after_an_act_that_touches_rights(world: World, door: Door) -> None:
    signed_out = Stream(door, door.live("floor"), door.session("member"))
    staying = Stream(door, door.live("desk"), door.session("chair"))
    for stream in (signed_out, staying):
        assert next_event(stream).name == "now"
    world.change(f"DELETE FROM django_session WHERE session_key = '{world.keys['sessions']['member']}'")  # noqa: S608  # ours
    world.hall("give")
    assert signed_out.event() is None
    assert next_event(staying).name in {"now", "mine"}
    with Stream(door, door.live("floor"), door.session("member")) as again:
        assert again.status == 404
    signed_out.close()
    staying.close()
