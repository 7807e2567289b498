"""A plenary of the Council, told from its table: convened, summoned, held, and where it is over, published."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any

from hemicycle.accounts.access import Access
from hemicycle.demo.accounting import accounting
from hemicycle.demo.attendance import Attendance, attendance
from hemicycle.demo.balloting import Balloting
from hemicycle.demo.calling import accept, called_instead, calling
from hemicycle.demo.carrying_out import carried_out
from hemicycle.demo.consulting import discussed
from hemicycle.demo.floor import events, people_in
from hemicycle.demo.minuting import minuting
from hemicycle.demo.organisation import Federation
from hemicycle.demo.papers import hand_out
from hemicycle.demo.schedule import Hours, in_progress, past
from hemicycle.demo.story import Scene
from hemicycle.demo.tables import stated, table
from hemicycle.journal.act import Actor
from hemicycle.meetings.acts import (
    Accredit,
    Delegation,
    accredit_participants,
    add_item,
    adopt_agenda,
    carry_over_item,
    close_meeting,
    close_sitting,
    convene_meeting,
    hear_report,
    open_sitting,
    participants_came,
    seat_alternate,
    settle_item,
    summon,
    take_chair,
    take_up_item,
)
from hemicycle.meetings.models import AgendaItem, Meeting, Participation, Sitting
from hemicycle.motions.acts import table_motion
from hemicycle.motions.models import Motion
from hemicycle.publishing.acts import publish_communique
from hemicycle.publishing.communique import compose, digest_of

SECRETARY = "Leilani Vasko"
PRESS = "Dara Quill"
ADOPT_AGENDA = 4
SECOND_DAY = (9, 13)


@dataclass
class Plenary:
    """One plenary as its scenes find it: its table, its hours, and what the scenes before have written."""

    world: Federation
    name: str
    facts: dict[str, Any]
    hours: Hours
    meeting: Meeting = field(init=False)
    sitting: Sitting = field(init=False)
    items: list[AgendaItem] = field(default_factory=list)
    there: dict[str, Participation] = field(default_factory=dict)
    motions: dict[str, Motion] = field(default_factory=dict)

    @property
    def is_over(self) -> bool:
        """Whether the plenary was closed before the present."""
        return "days_ago" in self.facts["meeting"]

    @property
    def title(self) -> str:
        """The title of the meeting."""
        return str(self.facts["meeting"]["title"])

    def members(self) -> dict[str, list[str]]:
        """Return the names of the members, by region."""
        found: dict[str, list[str]] = table("people")["members"]
        return found

    def attendance(self) -> Attendance:
        """Return who is there: whoever presides, reports, moves or says something is not chosen to be away."""
        items = self.facts["item"]
        needed = {SECRETARY, self.facts["presiding"]["person"]} | people_in(self.facts.get("event", []))
        needed |= {report["reporter"] for item in items for report in item.get("report", ())}
        needed |= {motion["mover_person"] for item in items for motion in item.get("motion", ())}
        return attendance(table("people"), self.facts["attendance"], self.title, needed)

    def desk(self) -> Actor:
        """Return the General Secretary, at the desk."""
        return self.world.acting(SECRETARY, "secretary", self.world.bodies["council"].book_id, self.hours.day)

    def chair(self) -> Actor:
        """Return who leads the sitting at the desk: the chair where she presides, else the General Secretary."""
        presiding = self.facts["presiding"]
        if presiding["basis"] != "office":
            return self.desk()
        return self.world.acting(presiding["person"], "chair", self.world.bodies["council"].book_id, self.hours.day)

    def second(self) -> Actor:
        """Return who certifies what the one who led the sitting at the desk declared."""
        if self.facts["presiding"]["basis"] == "office":
            return self.desk()
        return self.world.holding("council", "chair", self.hours.day)


def read_plenary(world: Federation, name: str) -> Plenary:
    """Return a plenary with its hours, before anything of it has happened."""
    facts = table(f"plenaries/{name}")
    meeting = facts["meeting"]
    if "days_ago" in meeting:
        return Plenary(world, name, facts, past(world.present, meeting["days_ago"], meeting["opens"]))
    ballot = next(motion["ballot"] for item in facts["item"] for motion in item.get("motion", ()) if "ballot" in motion)
    return Plenary(world, name, facts, in_progress(world.present, meeting["opens"], ballot["minute"]))


def scenes(plenary: Plenary) -> Iterator[Scene]:
    """Yield everything that happens in a plenary, up to the present."""
    yield from calling(plenary)
    yield from beforehand(plenary)
    yield from arrival(plenary)
    for number, item in enumerate(plenary.facts["item"]):
        yield from dealing_with(plenary, number, item)
    yield from events(plenary)
    if plenary.is_over:
        yield from afterwards(plenary)


def beforehand(plenary: Plenary) -> Iterator[Scene]:
    """Yield what comes before the meeting: it is convened, its agenda made, papers handed out, notice given."""
    facts, hours = plenary.facts["meeting"], plenary.hours
    convened = -facts["convened_days_before"]
    yield Scene(hours.days_after(convened, 10), partial(convene, plenary), f"{plenary.title} is convened and prepared")
    for number, item in enumerate(plenary.facts["item"]):
        yield Scene(hours.days_after(convened, 10, 5 + number), partial(put_on_agenda, plenary, item))
        for paper in item.get("document", ()):
            moment = hours.days_after(-paper["days_before"], 12, number)
            yield Scene(moment, partial(hand_out, plenary, number, paper))
    yield Scene(
        hours.days_after(-facts["summoned_days_before"], 14),
        lambda: summon(by=plenary.desk(), meeting_id=plenary.meeting.pk, text=stated(facts["summons"])),
    )


def convene(plenary: Plenary) -> None:
    """Convene the meeting for one day, or for today and tomorrow where it is in progress."""
    facts, hours = plenary.facts["meeting"], plenary.hours
    start = hours.opens
    sittings = [(start, start + timedelta(minutes=facts["minutes"]))]
    ends = hours.day
    if not plenary.is_over:
        ends += timedelta(days=1)
        sittings.append((hours.days_after(1, SECOND_DAY[0]), hours.days_after(1, SECOND_DAY[1])))
    plenary.meeting = convene_meeting(
        by=plenary.desk(),
        body_id=plenary.world.bodies["council"].pk,
        kind="plenary",
        starts=hours.day,
        ends=ends,
        sittings=sittings,
        title=facts["title"],
        purpose=facts["purpose"],
        place=facts["place"],
    )
    plenary.sitting = plenary.meeting.sittings.get(ordinal=1)


def put_on_agenda(plenary: Plenary, item: dict[str, Any]) -> None:
    """Put an item of the table on the agenda."""
    if "referral" in item:
        plenary.items.append(accept(plenary, item))
        return
    if item.get("carried_over"):
        left = AgendaItem.objects.get(meeting__body=plenary.meeting.body, title=item["title"])
        plenary.items.append(carry_over_item(by=plenary.desk(), item_id=left.pk, meeting_id=plenary.meeting.pk))
        return
    above = next((one.pk for one in plenary.items if one.title == item.get("under")), None)
    plenary.items.append(
        add_item(
            by=plenary.desk(),
            meeting_id=plenary.meeting.pk,
            title=item["title"],
            parent_id=above,
            referred_by=item.get("referred_by", ""),
        )
    )


def arrival(plenary: Plenary) -> Iterator[Scene]:
    """Yield how the hall fills: accreditation, coming in, alternates in empty seats, the chair, the opening."""
    hours, presiding = plenary.hours, plenary.facts["presiding"]
    yield Scene(hours.at(-40), partial(accredit, plenary), f"{plenary.title}: members and guests come in")
    yield Scene(hours.at(-20), partial(come_in, plenary))
    yield Scene(hours.at(-6), partial(fill_seats, plenary))
    yield Scene(
        hours.at(0),
        lambda: take_chair(
            by=plenary.chair(),
            sitting_id=plenary.sitting.pk,
            person_id=plenary.world.people[presiding["person"]].pk,
            basis=presiding["basis"],
            authorized_by=presiding.get("authorized_by", ""),
        ),
    )
    yield Scene(
        hours.at(2), lambda: open_sitting(by=plenary.chair(), sitting_id=plenary.sitting.pk), f"{plenary.title} sits"
    )
    yield Scene(hours.at(ADOPT_AGENDA), lambda: adopt_agenda(by=plenary.chair(), meeting_id=plenary.meeting.pk))


def accredit(plenary: Plenary) -> None:
    """Accredit members, alternates, auditors, observers and delegations, by the way in which they take part."""
    people = table("people")
    there = plenary.attendance()
    members = [name for names in people["members"].values() for name in names]
    alternates = [name for names in people["alternates"].values() for name in names]
    wanted = [(name, "member") for name in members] + [(name, "alternate") for name in alternates]
    wanted += [(name, "observer") for name in (*people["others"]["auditors"], *people["others"]["observers"])]
    wanted += [(name, "staff") for name in people["others"]["staff"]]
    for mode in ("in person", "remote"):
        made = accredit_participants(
            by=plenary.desk(),
            sitting_id=plenary.sitting.pk,
            people=[
                Accredit(plenary.world.people[name].pk, capacity)
                for name, capacity in wanted
                if (name in there.remote) == (mode == "remote")
            ],
            delegations=[
                Delegation(facts["name"], facts["number"], facts["capacity"])
                for facts in plenary.facts["delegation"]
                if mode == "in person"
            ],
            mode=mode,
        )
        plenary.there.update({str(row): row for row in made})


def come_in(plenary: Plenary) -> None:
    """Enter everybody who is there as there."""
    absent = plenary.attendance().absent
    participants_came(
        by=plenary.desk(),
        sitting_id=plenary.sitting.pk,
        participations=[row.pk for name, row in plenary.there.items() if name not in absent],
    )


def fill_seats(plenary: Plenary) -> None:
    """Give alternates the seats of members who stay away."""
    called = called_instead(plenary)
    for alternate, member in plenary.attendance().sits_for.items():
        seat_alternate(
            by=plenary.desk(),
            participation_id=plenary.there[called.get(member, alternate)].pk,
            stands_for_id=plenary.there[member].pk,
        )


def dealing_with(plenary: Plenary, number: int, item: dict[str, Any]) -> Iterator[Scene]:
    """Yield what happens on one item of the agenda, as far as its table goes."""
    at = plenary.hours.at
    if "minute" in item:
        yield Scene(at(item["minute"]), lambda: take_up_item(by=plenary.chair(), item_id=plenary.items[number].pk))
    for report in item.get("report", ()):
        yield Scene(at(report["minute"]), partial(hear, plenary, number, report))
    for motion in item.get("motion", ()):
        yield from moving(plenary, number, motion)
    if "account" in item:
        yield from accounting(plenary, number, item["account"])
    if "settled" in item:
        yield Scene(at(item["settled"]), lambda: settle_item(by=plenary.chair(), item_id=plenary.items[number].pk))


def hear(plenary: Plenary, number: int, report: dict[str, Any]) -> None:
    """Enter a report of the table."""
    hear_report(
        by=plenary.desk(),
        item_id=plenary.items[number].pk,
        reporter_id=plenary.world.people[report["reporter"]].pk,
        title=report["title"],
        text=stated(report["text"]),
        form=report["form"],
    )


def moving(plenary: Plenary, number: int, facts: dict[str, Any]) -> Iterator[Scene]:
    """Yield a motion's way: tabled, put to the vote, decided, and handed to units."""
    balloting = Balloting(plenary, number, facts)

    def put_forward() -> None:
        balloting.motion = plenary.motions[facts["title"]] = table_motion(
            by=plenary.desk(),
            item_id=plenary.items[number].pk,
            kind=facts["kind"],
            title=facts["title"],
            mover=facts["mover"],
            mover_person_id=plenary.world.people[facts["mover_person"]].pk,
            preamble=stated(facts["preamble"]),
            points=[(point["text"], point.get("operational", False)) for point in facts["points"]],
        )

    yield Scene(plenary.hours.at(facts["minute"]), put_forward)
    if "ballot" in facts:
        yield from balloting.scenes()
    if facts.get("directive"):
        yield from carried_out(balloting)
    if "consultation" in facts:
        yield from discussed(balloting)


def afterwards(plenary: Plenary) -> Iterator[Scene]:
    """Yield how a plenary ends, its communiqué on the next day, and its minutes."""
    hours, minutes = plenary.hours, plenary.facts["meeting"]["minutes"]
    yield Scene(hours.at(minutes - 10), lambda: close_sitting(by=plenary.chair(), sitting_id=plenary.sitting.pk))
    yield Scene(hours.at(minutes + 90), lambda: close_meeting(by=plenary.desk(), meeting_id=plenary.meeting.pk))
    yield Scene(hours.days_after(1, 10), partial(publish, plenary), f"{plenary.title}: the communiqué is published")
    yield from minuting(plenary)


def publish(plenary: Plenary) -> None:
    """Publish the communiqué to everyone, as the press officer read it before."""
    by = plenary.world.acting(PRESS, "press officer", plenary.world.bodies["council"].book_id, plenary.hours.day)
    plenary.meeting.refresh_from_db()
    seen = digest_of(compose(plenary.meeting, "en", Access.PUBLIC))
    publish_communique(by=by, meeting_id=plenary.meeting.pk, seen=seen)
