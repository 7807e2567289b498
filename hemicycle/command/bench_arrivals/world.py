"""The bench's own world: a body of many members, all accredited and with a badge, and desks that are signed in."""

import json
import sys
from datetime import timedelta
from pathlib import Path

from hemicycle.ground.opening import open_house

if __name__ == "__main__":
    open_house()

from django.test import Client

from hemicycle.accounts.acts import NewPerson, register_persons
from hemicycle.accounts.models import Account
from hemicycle.bodies.acts import Holding, create_post, give_posts
from hemicycle.bodies.models import PostKind
from hemicycle.command.new_database import make_tables
from hemicycle.demo.club import Club, found_club
from hemicycle.journal.clock import clock_at, now
from hemicycle.meetings.acts import (
    accredit_members,
    convene_meeting,
    make_badges,
    open_sitting,
    participants_came,
    take_chair,
)
from hemicycle.meetings.queries.badges import badge_key


def found(arrivals: int, desks: int, path: Path) -> None:
    """Build the world and write down what the clients need of it."""
    make_tables()
    with clock_at(now() - timedelta(days=30)):
        club = found_club()
        seat_many(club, arrivals)
    start = now()
    hours = [(start, start + timedelta(hours=8))]
    meeting = convene_meeting(
        by=club.chair,
        body_id=club.body.pk,
        starts=start.date(),
        ends=(start + timedelta(days=1)).date(),
        sittings=hours,
    )
    sitting = meeting.sittings.get()
    rows = accredit_members(by=club.secretary, sitting_id=sitting.pk)
    chair = club.members[0].pk
    take_chair(by=club.chair, sitting_id=sitting.pk, person_id=chair, basis="office")
    first = [row.pk for row in rows if row.person_id == chair]
    participants_came(by=club.secretary, sitting_id=sitting.pk, participations=first)
    open_sitting(by=club.chair, sitting_id=sitting.pk, unsummoned_because="It is only a bench.")
    badges = make_badges(by=club.secretary, meeting_id=meeting.pk)
    clients = [Client() for _desk in range(desks)]
    for client in clients:
        client.force_login(Account.objects.get(person=club.secretary.person))
    said = {
        "door": f"/en/sittings/{sitting.pk}/door/",
        "keys": [badge_key(badge.pk) for badge in badges][-arrivals:],
        "desks": [client.cookies["sessionid"].value for client in clients],
        "sitting": sitting.pk,
    }
    path.write_text(json.dumps(said), encoding="utf-8")
    print(f"{len(badges)} badges", flush=True)


def seat_many(club: Club, arrivals: int) -> None:
    """Give a seat with a vote to many people beside those of the club."""
    people = register_persons(by=club.administrator, people=[NewPerson(f"Member {n:05}") for n in range(arrivals)])
    post = create_post(
        by=club.administrator, body_id=club.body.pk, kind=PostKind.FULL, title="delegate", seats=arrivals, votes=True
    )
    start = now().date()
    give_posts(by=club.administrator, holdings=[Holding(post.pk, person.pk, start) for person in people])


if __name__ == "__main__":
    found(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
