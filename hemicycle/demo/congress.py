"""An extraordinary session of Congress: units name delegates, an alternate is called, credentials are adopted."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from hemicycle.accounts.access import Access
from hemicycle.bodies.models import Body
from hemicycle.decisions.acts import certify_decision
from hemicycle.demo.carrying_out import heads
from hemicycle.demo.organisation import Federation
from hemicycle.demo.schedule import Hours, past
from hemicycle.demo.story import Scene
from hemicycle.demo.tables import stated, table
from hemicycle.demo.tellers import count_by_tellers
from hemicycle.journal.act import Actor
from hemicycle.meetings.acts import (
    Asked,
    accredit_mandates,
    accredit_members,
    add_item,
    adopt_agenda,
    adopt_credentials,
    answer_summons,
    call_for_mandates,
    close_meeting,
    close_sitting,
    convene_meeting,
    draw_conclusion,
    hand_over_seat,
    hear_report,
    make_badges,
    name_delegates,
    open_sitting,
    participants_came,
    refer_back_item,
    report_credentials,
    seat_alternate,
    settle_item,
    summon,
    take_chair,
    take_up_item,
)
from hemicycle.meetings.models import AgendaItem, Meeting, Participation, Sitting
from hemicycle.meetings.models.mandates import AlternateCall, MandateCall
from hemicycle.motions.acts import table_motion
from hemicycle.motions.models import Motion
from hemicycle.publishing.acts import publish_communique
from hemicycle.publishing.communique import compose, digest_of
from hemicycle.voting.acts import certify_result, declare_result, open_ballot
from hemicycle.voting.hands import Hands


@dataclass
class Session:
    """The session as its scenes find it."""

    world: Federation
    facts: dict[str, Any]
    hours: Hours
    meeting: Meeting = field(init=False)
    sitting: Sitting = field(init=False)
    items: list[AgendaItem] = field(default_factory=list)
    motion: Motion = field(init=False)

    @property
    def body(self) -> Body:
        """Congress."""
        return self.world.bodies["congress"]

    def desk(self) -> Actor:
        """Return the Secretary of Congress."""
        return self.world.holding("congress", "secretary", self.hours.day)

    def chair(self) -> Actor:
        """Return the President of Congress."""
        return self.world.holding("congress", "chair", self.hours.day)

    def person(self, part: str) -> int:
        """Return the key of the person whom a part of the table names."""
        return self.world.people[self.facts[part]["person"]].pk

    def row(self, name: str) -> Participation:
        """Return the accreditation of somebody."""
        return self.sitting.participations.get(person=self.world.people[name])


def congress(world: Federation) -> Iterator[Scene]:
    """Yield the session from its convening to its communiqué."""
    facts = table("congress")
    one = Session(world, facts, past(world.present, facts["days_ago"], facts["opens"]))
    at = one.hours.at

    def before(days: str, hour: int) -> datetime:
        return one.hours.days_after(-facts[days], hour)

    yield Scene(before("convened", 10), lambda: convene(one), f"{facts['title']}: the regions name delegates")
    yield Scene(before("called", 10), lambda: call(one))
    yield Scene(before("named", 17), lambda: name(one))
    yield Scene(
        before("summoned", 12), lambda: summon(by=one.desk(), meeting_id=one.meeting.pk, text=stated(facts["summons"]))
    )
    yield Scene(before("answered", 18), lambda: answer(one))
    yield Scene(at(-40), lambda: accredit(one), f"{facts['title']}: credentials, one question, hands")
    yield Scene(at(-10), lambda: come(one))
    yield Scene(at(-1), lambda: preside(one))
    yield Scene(at(0), lambda: open_sitting(by=one.chair(), sitting_id=one.sitting.pk))
    yield Scene(at(4), lambda: adopt_agenda(by=one.chair(), meeting_id=one.meeting.pk))
    yield Scene(at(8), lambda: check(one))
    yield Scene(at(15), lambda: take_up_item(by=one.chair(), item_id=one.items[0].pk))
    yield Scene(at(17), lambda: report(one))
    yield Scene(at(70), lambda: vote(one))
    yield Scene(at(85), lambda: settle_item(by=one.chair(), item_id=one.items[0].pk))
    yield Scene(at(facts["leaves"]["minute"]), lambda: hand_over(one))
    yield Scene(at(100), lambda: take_up_item(by=one.chair(), item_id=one.items[1].pk))
    yield Scene(at(120), lambda: refer_back(one))
    yield Scene(at(facts["minutes"]), lambda: close_sitting(by=one.chair(), sitting_id=one.sitting.pk))
    yield Scene(at(facts["minutes"] + 60), lambda: decide(one))
    yield Scene(one.hours.days_after(1, 10), lambda: publish(one))


def convene(one: Session) -> None:
    """Convene the session and make its agenda."""
    facts, opens = one.facts, one.hours.opens
    one.meeting = convene_meeting(
        by=one.desk(),
        body_id=one.body.pk,
        kind="extraordinary",
        starts=one.hours.day,
        ends=one.hours.day,
        sittings=[(opens, opens + timedelta(minutes=facts["minutes"]))],
        title=facts["title"],
        purpose=facts["purpose"],
        place=facts["place"],
    )
    one.sitting = one.meeting.sittings.get()
    for part in ("item", "later"):
        item = facts[part]
        one.items.append(
            add_item(by=one.desk(), meeting_id=one.meeting.pk, title=item["title"], referred_by=item["referred_by"])
        )


def call(one: Session) -> None:
    """Ask the regions for delegates, and one unit for a delegation."""
    facts, units = one.facts, one.world.units
    regions = [Asked(units[region].pk, facts["delegates"], facts["alternates"]) for region in facts["mandates"]]
    guests = facts["delegation"]
    call_for_mandates(
        by=one.desk(),
        meeting_id=one.meeting.pk,
        units=[*regions, Asked(units[guests["unit"]].pk, guests["number"])],
        deadline=one.hours.days_after(-facts["deadline"], 18),
    )


def name(one: Session) -> None:
    """Let the head of each unit name those whom it sends."""
    facts, people = one.facts, one.world.people
    calls = {
        found.unit.name: found.pk for found in MandateCall.objects.filter(meeting=one.meeting).select_related("unit")
    }
    for region, names in facts["mandates"].items():
        keys = [people[who].pk for who in names]
        name_delegates(
            by=head_of(one, region),
            call_id=calls[region],
            delegates=keys[: facts["delegates"]],
            alternates=keys[facts["delegates"] :],
        )
    guests = facts["delegation"]
    name_delegates(
        by=head_of(one, guests["unit"]),
        call_id=calls[guests["unit"]],
        head=people[guests["head"]].pk,
        number=guests["number"],
    )


def head_of(one: Session, unit: str) -> Actor:
    """Return the head of a unit."""
    return one.world.acting(heads()[unit], "head of unit", one.world.units[unit].book_id, one.hours.day)


def answer(one: Session) -> None:
    """Enter an apology, upon which an alternate is called, and who takes part from elsewhere or comes."""
    first = [names[0] for names in one.facts["mandates"].values()]
    said = [(one.world.people[who].pk, "coming") for who in first]
    said += [(one.person("apology"), "apology"), (one.person("remote"), "remote")]
    for person, coming in said:
        answer_summons(by=one.desk(), meeting_id=one.meeting.pk, person_id=person, coming=coming)


def accredit(one: Session) -> None:
    """Accredit the Presidium, and everybody whom the units named, and make their badges."""
    accredit_members(by=one.desk(), sitting_id=one.sitting.pk)
    accredit_mandates(by=one.desk(), sitting_id=one.sitting.pk)
    make_badges(by=one.desk(), meeting_id=one.meeting.pk)


def come(one: Session) -> None:
    """Enter who is there, one of them from elsewhere; the alternate who was called takes the empty seat."""
    away, afar = one.person("apology"), one.person("remote")
    rows = list(one.sitting.participations.all())
    near = [row.pk for row in rows if row.person_id not in {away, afar}]
    participants_came(by=one.desk(), sitting_id=one.sitting.pk, participations=near)
    far = [row.pk for row in rows if row.person_id == afar]
    participants_came(by=one.desk(), sitting_id=one.sitting.pk, participations=far, mode="remote")
    called = AlternateCall.objects.select_related("alternate").get(meeting=one.meeting, stands_for=away)
    seat_alternate(
        by=one.desk(),
        participation_id=one.row(called.alternate.name).pk,
        stands_for_id=one.sitting.participations.get(person=away).pk,
    )


def preside(one: Session) -> None:
    """Let the President take the chair."""
    president = one.world.people[one.chair().name]
    take_chair(by=one.chair(), sitting_id=one.sitting.pk, person_id=president.pk, basis="office")


def check(one: Session) -> None:
    """Report on the credentials, and adopt the report."""
    found = report_credentials(by=one.desk(), meeting_id=one.meeting.pk, text=one.facts["credentials"]["text"])
    adopt_credentials(by=one.chair(), sitting_id=one.sitting.pk, report_id=found.pk)


def report(one: Session) -> None:
    """Hear the report, and table the motion."""
    said, moved = one.facts["report"], one.facts["motion"]
    hear_report(
        by=one.desk(),
        item_id=one.items[0].pk,
        reporter_id=one.person("report"),
        title=said["title"],
        text=stated(said["text"]),
    )
    one.motion = table_motion(
        by=one.desk(),
        item_id=one.items[0].pk,
        title=moved["title"],
        mover=moved["mover"],
        preamble=moved["preamble"],
        points=[(point["text"], point.get("operational", False)) for point in moved["points"]],
    )


def vote(one: Session) -> None:
    """Let hands be raised, counted, and the result declared and certified."""
    moved = one.facts["motion"]
    ballot = open_ballot(by=one.chair(), motion_id=one.motion.pk, method="show of hands")
    votes_for, against, abstained = moved["hands"]
    hands = Hands(votes_for, against, abstained, tuple(moved["tellers"]))
    counted = count_by_tellers(ballot, hands, one.desk(), one.chair())
    declare_result(by=one.chair(), result_id=counted.pk)
    certify_result(by=one.desk(), result_id=counted.pk)


def hand_over(one: Session) -> None:
    """Let a delegate leave, and an alternate take the seat."""
    leaves = one.facts["leaves"]
    hand_over_seat(
        by=one.desk(),
        participation_id=one.row(leaves["person"]).pk,
        alternate_id=one.row(leaves["alternate"]).pk,
    )


def refer_back(one: Session) -> None:
    """Conclude the debate on what was not prepared, and refer it to the Council."""
    draw_conclusion(
        by=one.desk(),
        item_id=one.items[1].pk,
        drawn_by_id=one.person("conclusion"),
        text=one.facts["conclusion"]["text"],
    )
    refer_back_item(by=one.chair(), item_id=one.items[1].pk, to=one.world.bodies["council"].name)


def decide(one: Session) -> None:
    """Make a decision of what was carried, and close the session."""
    certify_decision(by=one.desk(), result_id=one.motion.ballots.get().results.get().pk)
    close_meeting(by=one.desk(), meeting_id=one.meeting.pk)


def publish(one: Session) -> None:
    """Publish the communiqué to everyone."""
    one.meeting.refresh_from_db()
    seen = digest_of(compose(one.meeting, "en", Access.PUBLIC))
    publish_communique(by=one.desk(), meeting_id=one.meeting.pk, seen=seen)
