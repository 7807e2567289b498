"""The worlds of the journeys, told in acts by processes of their own: `python -m tests.journeys.founding WORLD`.

`plenary`, `second_day` and `enlarged` found the organisation of a published report up to the day before its meeting is
convened. `club` founds the club at its sitting today, seven of nine members there, with a motion on the table; beside
it a board sits without a quorum. `hall` founds a council of thirty that sits today. `archive` founds an organisation
whose administrator reads the past. `account` founds a federation of sixteen units, and `carried_out` lets most of
them do their part. Each tells the sessions with which its people are signed in, by short names, and
what a journey asks for.
"""

import json
import os
import sys
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import partial
from zoneinfo import ZoneInfo

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hemicycle.ground.settings")
django.setup()

from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402  # Django is set up first
from django.test import Client  # noqa: E402

from hemicycle.accounts.acts import NewPerson, found_installation, open_account, register_persons  # noqa: E402
from hemicycle.accounts.models import Account, Person  # noqa: E402
from hemicycle.bodies.acts import (  # noqa: E402
    Holding,
    NewUnit,
    adopt_rules,
    begin_term,
    create_post,
    found_body,
    found_units,
    give_posts,
)
from hemicycle.bodies.models import Body, PostKind  # noqa: E402
from hemicycle.bodies.queries import actors_of  # noqa: E402
from hemicycle.bodies.rules import PRESETS, Share  # noqa: E402
from hemicycle.command import prepare  # noqa: E402
from hemicycle.demo.club import Club, found_club  # noqa: E402
from hemicycle.journal.act import Actor  # noqa: E402
from hemicycle.journal.clock import now  # noqa: E402
from hemicycle.meetings.acts import (  # noqa: E402
    Accredit,
    accredit_members,
    accredit_participants,
    add_item,
    adopt_agenda,
    convene_meeting,
    hand_out_document,
    open_sitting,
    participants_came,
    take_chair,
    take_up_item,
)
from hemicycle.meetings.models import Meeting  # noqa: E402
from hemicycle.motions.acts import table_motion  # noqa: E402
from tests.journeys.federation import account as federation  # noqa: E402
from tests.journeys.federation import carried_out  # noqa: E402
from tests.journeys.plenary_facts import read_plenary  # noqa: E402
from tests.journeys.report_facts import read_enlarged, read_second_day  # noqa: E402

TERM_BEGAN = date(2016, 5, 9)
# People whom the page does not name; their names are invented.
INVENTED = {
    "secretary": "Rana Keel",
    "first": "Mara Ferro",
    "second": "Tomas Lind",
    "third": "Edda Roth",
    "alternate": "Jules Sand",
    "observer": "Olga Brandt",
    "press": "Pia Worth",
    "head": "Hugo Stern",
}


# Everybody in the hall of the journey of thirty phones.
IN_THE_HALL = 30


@dataclass(frozen=True)
class Seat:
    """What a body is founded with: its name and term, its chair, and the bodies and units that the report names."""

    organisation: str
    body: str
    kind: str
    term: int
    began: date
    held_before: int
    chair: str
    chair_title: str
    other_body: str = ""
    unit: str = ""


def plenary() -> dict[str, object]:
    """Found the organisation of the report on the plenary up to the day before its meeting is convened."""
    facts = read_plenary()
    other = facts.authorized_by.partition(" of ")[0]
    return founded(
        Seat(facts.organisation, facts.body, "central committee", facts.term, TERM_BEGAN, facts.ordinal - 1,
             facts.presiding, "chairman", other, facts.unit)
    )  # fmt: skip


def second_day() -> dict[str, object]:
    """Found the organisation of the daily report, some terms later."""
    facts = read_second_day()
    began = date(2021, 1, 10)
    return founded(
        Seat(facts.organisation, facts.body, "central committee", facts.term, began, facts.ordinal - 1,
             facts.concluded_by, facts.title, "Political Bureau")
    )  # fmt: skip


def enlarged() -> dict[str, object]:
    """Found the organisation of the report on the enlarged meeting, whose body is the smaller one."""
    facts = read_enlarged()
    return founded(
        Seat(facts.organisation, facts.body, "political bureau", facts.term, TERM_BEGAN, facts.ordinal - 1,
             facts.presiding, facts.title, "Central Committee")
    )  # fmt: skip


def founded(seat: Seat) -> dict[str, object]:
    """Found an organisation, the body that meets, another body and a unit, and give its people their posts."""
    installation = found_installation(administrator="Ada Admin", name=seat.organisation, language="en")
    by = Actor("Ada Admin", "administrator", "administrator", "The installation", installation.book_id)
    presiding, *others = register_persons(
        by=by,
        people=[
            NewPerson(seat.chair),
            *(NewPerson(name, email=f"{key}@plenary.example") for key, name in INVENTED.items()),
        ],
    )
    people = dict(zip(INVENTED, others, strict=True))
    (whole,) = found_units(by=by, units=[NewUnit(seat.organisation, "whole", None)])
    unit = whole
    if seat.unit:
        (unit,) = found_units(by=by, units=[NewUnit(seat.unit, "commission", whole.pk, founded=seat.began)])
    place = {"unit_id": whole.pk, "time_zone": "Asia/Pyongyang"}
    meets = found_body(by=by, name=seat.body, kind=seat.kind, **place)
    found_body(by=by, name=seat.other_body, kind="another body", **place)
    adopt_rules(by=by, body_id=meets.pk, preset=PRESETS["party"], in_force_from=seat.began)
    begin_term(by=by, body_id=meets.pk, ordinal=seat.term, starts=seat.began, held_before=seat.held_before)

    def post(kind: PostKind, title: str, *holders: Person, **more: object) -> list[Holding]:
        where = more if "unit_id" in more else {"body_id": meets.pk, **more}
        made = create_post(by=by, kind=kind, title=title, seats=len(holders), **where)
        return [Holding(made.pk, person.pk, seat.began) for person in holders]

    give_posts(
        by=by,
        holdings=[
            *post(PostKind.FULL, "member", *(people[key] for key in ("first", "second", "third")), votes=True),
            *post(PostKind.ALTERNATE, "alternate member", people["alternate"]),
            *post(PostKind.CHAIR, seat.chair_title, presiding),
            *post(PostKind.SECRETARY, "secretary", people["secretary"]),
            *post(PostKind.PRESS, "press officer", people["press"]),
            *post(PostKind.HEAD, "head", people["head"], unit_id=unit.pk),
        ],
    )
    for person in others:
        open_account(by=by, person_id=person.pk, email=person.email)
    return {"sessions": {key: session(person) for key, person in people.items()}, "names": INVENTED}


def club() -> dict[str, object]:
    """Found the club, let it sit today with a motion on the table, and let its board sit with nobody there."""
    made = found_club()
    meeting, secretary = sitting_today(made.body, made), secretary_of(made.body, made)
    sitting = meeting.sittings.get()
    accredited = accredit_members(by=secretary, sitting_id=sitting.pk)
    observing = accredit_participants(
        by=secretary, sitting_id=sitting.pk, people=[Accredit(made.outsider.pk, "observer")]
    )
    there = sorted((row for row in accredited if row.votes), key=lambda row: row.seat or 0)[:7]
    came = [row.pk for row in (*there, *observing)]
    participants_came(by=secretary, sitting_id=sitting.pk, participations=came)
    closed = hand_out_document(
        by=secretary, meeting_id=meeting.pk, upload=SimpleUploadedFile("desk.txt", b"For the desk."),
        title="A paper of the desk", access="desk",
    )  # fmt: skip
    further = convened_today(made.body, secretary)
    board_meeting = sitting_today(board(made), made)
    who = {
        "chair": made.members[0], "secretary": made.members[1], "head": made.members[2], "first": made.members[3],
        "second": made.members[4], "third": made.members[5], "absent": made.members[8], "observer": made.outsider,
    }  # fmt: skip
    return {
        "sessions": {name: session(person) for name, person in who.items()},
        "meeting": address(meeting),
        "sitting": sitting.pk,
        "item": meeting.items.get().pk,
        "motion": meeting.items.get().motions.get().pk,
        "participations": {row.person.name: row.pk for row in sitting.participations.select_related("person")},
        "closed_document": closed.document_id,
        "further_meeting": address(further),
        "further_sitting": further.sittings.get().pk,
        "board": address(board_meeting),
        "board_sitting": board_meeting.sittings.get().pk,
        "board_motion": board_meeting.items.get().motions.get().pk,
    }


def archive() -> dict[str, object]:
    """Found an organisation without a body yet, and an administrator who keeps its archive."""
    installation = found_installation(administrator="Ada Admin", name="The Reading Room", language="en")
    by = Actor("Ada Admin", "administrator", "administrator", "The installation", installation.book_id)
    (keeper,) = register_persons(by=by, people=[NewPerson("Ada Admin", email="ada@room.example")])
    found_units(by=by, units=[NewUnit("The Reading Room", "whole", None)])
    open_account(by=by, person_id=keeper.pk, email=keeper.email, is_administrator=True)
    return {"sessions": {"keeper": session(keeper)}}


def hall() -> dict[str, object]:
    """Found a council of thirty that sits today, everybody there; it decides by two thirds of the votes."""
    installation = found_installation(administrator="Ada Admin", name="The Council of the Coast", language="en")
    by = Actor("Ada Admin", "administrator", "administrator", "The installation", installation.book_id)
    numbers = range(1, IN_THE_HALL + 1)
    people = register_persons(
        by=by, people=[NewPerson(f"Delegate {number:02}", email=f"d{number}@hall.example") for number in numbers]
    )
    (whole,) = found_units(by=by, units=[NewUnit("The Coast", "whole", None)])
    body = found_body(by=by, unit_id=whole.pk, name="Council", kind="council", time_zone="Europe/Berlin")
    began = date(2026, 1, 1)
    rules = replace(
        PRESETS["association"], majority=Share(2, 3, strict=False), majorities={}, two_persons_from=None,
        vote_may_change=True,
    )  # fmt: skip
    adopt_rules(by=by, body_id=body.pk, preset=rules, in_force_from=began)
    begin_term(by=by, body_id=body.pk, ordinal=1, starts=began)
    full = create_post(by=by, body_id=body.pk, kind=PostKind.FULL, title="delegate", seats=IN_THE_HALL, votes=True)
    chair = create_post(by=by, body_id=body.pk, kind=PostKind.CHAIR, title="president")
    desk = create_post(by=by, body_id=body.pk, kind=PostKind.SECRETARY, title="secretary")
    holdings = [Holding(full.pk, person.pk, began, seat=number) for number, person in enumerate(people, 1)]
    holdings += [Holding(chair.pk, people[0].pk, began), Holding(desk.pk, people[1].pk, began)]
    give_posts(by=by, holdings=holdings)
    for person in people:
        open_account(by=by, person_id=person.pk, email=person.email)
    secretary = next(one for one in actors_of(people[1].pk, now().date()) if one.capacity == "secretary")
    meeting = convened_today(body, secretary)
    sitting, item = meeting.sittings.get(), meeting.items.get()
    open_sitting(by=secretary, sitting_id=sitting.pk, unsummoned_because="All are here.")
    accredited = accredit_members(by=secretary, sitting_id=sitting.pk)
    participants_came(by=secretary, sitting_id=sitting.pk, participations=[row.pk for row in accredited if row.votes])
    take_chair(by=secretary, sitting_id=sitting.pk, person_id=people[0].pk, basis="office")
    adopt_agenda(by=secretary, meeting_id=meeting.pk)
    take_up_item(by=secretary, item_id=item.pk)
    return {
        "sessions": {f"phone {number}": session(person) for number, person in enumerate(people, 1)},
        "meeting": address(meeting),
        "item": item.pk,
    }


def board(made: Club) -> Body:
    """Found the board: three of the club's members, of whom one is chair and one secretary."""
    body = found_body(
        by=made.administrator, unit_id=made.unit.pk, name="Board", kind="board", time_zone="Europe/Berlin"
    )
    start = date(2026, 1, 1)
    adopt_rules(by=made.administrator, body_id=body.pk, preset=PRESETS["association"], in_force_from=start)
    begin_term(by=made.administrator, body_id=body.pk, ordinal=1, starts=start)
    full = create_post(by=made.administrator, body_id=body.pk, kind=PostKind.FULL, title="member", seats=3, votes=True)
    chair = create_post(by=made.administrator, body_id=body.pk, kind=PostKind.CHAIR, title="Head of the board")
    desk = create_post(by=made.administrator, body_id=body.pk, kind=PostKind.SECRETARY, title="Secretary of the board")
    holdings = [Holding(full.pk, person.pk, start) for person in made.members[:3]]
    holdings += [Holding(chair.pk, made.members[0].pk, start), Holding(desk.pk, made.members[1].pk, start)]
    give_posts(by=made.administrator, holdings=holdings)
    return body


def convened_today(body: Body, secretary: Actor) -> Meeting:
    """Convene a meeting for all of today at the body's place, with one item."""
    zone = ZoneInfo(body.time_zone)
    today = now().astimezone(zone).date()
    hours = (datetime.combine(today, time.min, zone), datetime.combine(today, time(23, 59), zone))
    meeting = convene_meeting(by=secretary, body_id=body.pk, starts=today, ends=today, sittings=[hours])
    add_item(by=secretary, meeting_id=meeting.pk, title="The harbour hall")
    return meeting


def sitting_today(body: Body, made: Club) -> Meeting:
    """Bring a body to its open sitting, with its chair presiding and a motion on the current item."""
    desk = secretary_of(body, made)
    meeting = convened_today(body, desk)
    sitting, item = meeting.sittings.get(), meeting.items.get()
    open_sitting(by=desk, sitting_id=sitting.pk, unsummoned_because="All are here.")
    take_chair(by=desk, sitting_id=sitting.pk, person_id=made.members[0].pk, basis="office")
    adopt_agenda(by=desk, meeting_id=meeting.pk)
    take_up_item(by=desk, item_id=item.pk)
    points = [("The roof of the harbour hall is repaired.", True)]
    table_motion(by=desk, item_id=item.pk, title="Repair of the roof", preamble="It rains in.", points=points)
    return meeting


def secretary_of(body: Body, made: Club) -> Actor:
    """Return the second member of the club as secretary of one of its bodies."""
    held = actors_of(made.members[1].pk, now().date())
    return next(actor for actor in held if (actor.book, actor.capacity) == (body.book_id, "secretary"))


def address(meeting: Meeting) -> str:
    """Return the address of a meeting."""
    return f"/en/bodies/{meeting.body.slug}/terms/{meeting.term.ordinal}/meetings/{meeting.ordinal}/"


def session(person: Person) -> str:
    """Sign a person in and return the key of the session."""
    client = Client()
    client.force_login(Account.objects.get(person=person))
    return str(client.session.session_key)


if __name__ == "__main__":
    prepare.make_folders()
    prepare.bring_up_to_date()
    worlds = {world.__name__: world for world in (plenary, second_day, enlarged, club, archive, hall, carried_out)}
    worlds["account"] = partial(federation, session)
    sys.stdout.write(json.dumps(worlds[sys.argv[1]]()) + "\n")
