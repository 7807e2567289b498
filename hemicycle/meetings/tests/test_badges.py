"""Badges: made, made anew, struck; what they open and what not; and the door that scans one after the other."""

from datetime import timedelta

import pytest
from django.core import signing
from django.test import Client

from hemicycle.accounts.capacities import Capacity
from hemicycle.demo.club import MONDAY, Club
from hemicycle.journal.act import Actor, Refused
from hemicycle.journal.clock import clock_at
from hemicycle.journal.models import Entry
from hemicycle.journal.verify import verify
from hemicycle.meetings.acts import (
    accredit_members,
    close_meeting,
    close_sitting,
    make_badges,
    participant_came,
    remake_badge,
    settle_item,
    strike_badge,
)
from hemicycle.meetings.acts.accrediting import refuse_for_another
from hemicycle.meetings.models import Badge, FloorRequest, Participation, Presence
from hemicycle.meetings.queries import quorum_at
from hemicycle.meetings.queries.badges import MOST_SIGN_INS, WITHIN, badge_key, standing_by_badge
from hemicycle.meetings.tests.naming import told
from hemicycle.meetings.tests.world import Gathering, convened, signed_in, under_way
from hemicycle.motions.acts import table_motion
from hemicycle.voting.acts import open_ballot
from hemicycle.voting.queries import ballot_for, own_votes

FLOOR = "/en/bodies/general-meeting/terms/1/meetings/1/floor/"


def badge_of(club: Club, number: int) -> Badge:
    return Badge.objects.get(person=club.members[number], struck=None)


def address_of(badge: Badge) -> str:
    return f"/en/check-in/{badge_key(badge.pk)}/"


@pytest.fixture
def sitting(club: Club) -> Gathering:
    gathering = under_way(club, present=5)
    make_badges(by=club.secretary, meeting_id=gathering.meeting.pk)
    return gathering


def phone_with(badge: Badge) -> Client:
    """Sign a phone in with a badge."""
    phone = Client()
    assert phone.post(address_of(badge)).headers["Location"] == FLOOR
    return phone


def test_badges_are_made_once_for_all_who_are_accredited(club: Club) -> None:
    gathering = convened(club)
    with pytest.raises(Refused, match="None was made twice"):
        make_badges(by=club.secretary, meeting_id=gathering.meeting.pk)
    accredit_members(by=club.secretary, sitting_id=gathering.sitting.pk)
    made = make_badges(by=club.secretary, meeting_id=gathering.meeting.pk)
    assert len(made) == 10
    assert told() == "10 badges for the meeting were made."
    with pytest.raises(Refused, match="None was made twice"):
        make_badges(by=club.secretary, meeting_id=gathering.meeting.pk)
    assert verify() == []


def test_a_badge_made_anew_ends_the_one_before(club: Club, sitting: Gathering) -> None:
    old = badge_of(club, 6)
    with pytest.raises(Refused, match="Say why"):
        remake_badge(by=club.secretary, badge_id=old.pk)
    new = remake_badge(by=club.secretary, badge_id=old.pk, because="Lost on the way")
    assert told() == ("The badge of Gus Grau was made anew: Lost on the way. The one before opens nothing any more.")
    assert badge_of(club, 6) == new
    with pytest.raises(Refused, match="struck already"):
        strike_badge(by=club.secretary, badge_id=old.pk, because="Lost")
    strike_badge(by=club.secretary, badge_id=new.pk, because="Lost too.")
    assert told() == "The badge of Gus Grau was struck: Lost too."
    assert not Badge.objects.filter(person=club.members[6], struck=None).exists()
    assert verify() == []


def test_a_badge_says_whose_it_is_and_signs_in_to_its_meeting_alone(club: Club, sitting: Gathering) -> None:
    badge = badge_of(club, 6)
    phone = Client()
    asked = phone.get(address_of(badge))
    assert "Gus Grau" in asked.content.decode()
    assert "Take it to the desk" in asked.content.decode()
    assert phone.get(FLOOR).status_code == 302
    phone = phone_with(badge)
    floor = phone.get(FLOOR)
    assert floor.status_code == 200
    assert "I am here" in floor.content.decode()
    assert "Leave this device" in floor.content.decode()
    row = Participation.objects.get(sitting=sitting.sitting, person=club.members[6])
    assert phone.post(f"/en/participations/{row.pk}/came/", {"next": FLOOR}).headers["Location"] == FLOOR
    assert told() == "Gus Grau came."
    # No page of the house knows them beyond this meeting.
    for page in ("/en/me/", f"/en/sittings/{sitting.sitting.pk}/door/", FLOOR.replace("floor", "desk")):
        assert phone.get(page).status_code in {302, 404}
    other = Participation.objects.get(sitting=sitting.sitting, person=club.members[7])
    assert phone.post(f"/en/participations/{other.pk}/came/").status_code == 403
    assert not other.presences.exists()
    assert phone.post("/en/badges/leave/").status_code == 302
    assert phone.get(FLOOR).status_code == 302


def test_a_badge_asks_for_the_floor_and_withdraws_but_for_nobody_else(club: Club, sitting: Gathering) -> None:
    phone, other = phone_with(badge_of(club, 3)), phone_with(badge_of(club, 4))
    assert phone.get(f"{FLOOR}ask/").status_code == 200
    assert phone.post(f"{FLOOR}ask/", {"once": "", "kind": "for"}).status_code == 302
    (asked,) = FloorRequest.objects.all()
    assert (asked.person, asked.kind) == (club.members[3], "for")
    assert other.post(f"/en/requests/{asked.pk}/withdraw/").status_code == 403
    assert phone.post(f"/en/requests/{asked.pk}/withdraw/").status_code == 302
    asked.refresh_from_db()
    assert asked.withdrawn is not None


def test_a_chair_who_comes_with_a_badge_holds_no_office_by_it(club: Club, sitting: Gathering) -> None:
    standing = standing_by_badge(badge_of(club, 0).pk)
    assert standing
    assert [actor.capacity for actor in standing.actors] == [Capacity.MEMBER]
    assert not standing.viewer.bodies
    assert not standing.viewer.desks
    (actor,) = standing.actors
    with pytest.raises(Refused, match="With a badge you come and go"):
        table_motion(by=actor, item_id=sitting.first.pk, title="A gift", points=[("Give.", True)])
    elsewhere = Actor(actor.name, actor.capacity, actor.title, actor.body, actor.book, actor.person, only="meeting:0")
    row = Participation.objects.get(sitting=sitting.sitting, person=club.members[6])
    mine = Actor("Gus", Capacity.MEMBER, "member", "", actor.book, club.members[6].pk, only="meeting:0")
    with pytest.raises(Refused, match="another meeting"):
        participant_came(by=mine, participation_id=row.pk)
    assert not row.presences.exists()
    with pytest.raises(Refused, match="only for yourself"):
        refuse_for_another(elsewhere, row)


def test_a_badge_votes_in_its_meeting_and_in_no_other(club: Club, sitting: Gathering) -> None:
    motion = table_motion(by=club.chair, item_id=sitting.first.pk, title="The boathouse", points=[("Mend it.", True)])
    ballot = open_ballot(by=club.chair, motion_id=motion.pk)
    phone = phone_with(badge_of(club, 2))
    assert 'name="card"' in phone.get(FLOOR).content.decode()
    standing = standing_by_badge(badge_of(club, 2).pk)
    assert standing
    assert own_votes(standing.viewer, ballot_for(standing.viewer, ballot.pk))[0].card
    ballot.sitting.meeting_id += 1
    assert own_votes(standing.viewer, ballot) == []


def test_a_struck_badge_signs_nobody_in_and_whoever_did_is_out(club: Club, sitting: Gathering) -> None:
    badge = badge_of(club, 6)
    phone = phone_with(badge)
    strike_badge(by=club.secretary, badge_id=badge.pk, because="Found in the street")
    assert phone.get(FLOOR).status_code == 302
    gone = Client().post(address_of(badge))
    assert gone.status_code == 410
    assert "opens nothing any more" in gone.content.decode()


def test_a_badge_ends_with_its_meeting(club: Club, sitting: Gathering) -> None:
    badge = badge_of(club, 6)
    phone = phone_with(badge)
    with clock_at(MONDAY + timedelta(hours=1)):
        settle_item(by=club.chair, item_id=sitting.first.pk, outcome="Noted.")
        close_sitting(by=club.chair, sitting_id=sitting.sitting.pk)
        close_meeting(by=club.chair, meeting_id=sitting.meeting.pk)
    assert phone.get(FLOOR).status_code == 302
    assert "The meeting is over" in Client().get(address_of(badge)).content.decode()


def test_a_badge_signs_in_only_so_often(club: Club, sitting: Gathering) -> None:
    badge = badge_of(club, 6)
    for _time in range(MOST_SIGN_INS):
        assert Client().post(address_of(badge)).status_code == 302
    often = Client().post(address_of(badge))
    assert often.status_code == 429
    assert "very often" in often.content.decode()
    with clock_at(MONDAY + WITHIN + timedelta(seconds=1)):
        assert Client().post(address_of(badge)).status_code == 302
    assert verify() == []


def test_a_forged_badge_is_no_badge(club: Club, sitting: Gathering) -> None:
    badge = badge_of(club, 6)
    letter = "A" if badge_key(badge.pk)[-1] != "A" else "B"
    for key in ("forged", f"{badge.pk}-AAAAAAAAAAAAAAA", badge_key(badge.pk)[:-1] + letter, badge_key(badge.pk + 999)):
        assert Client().get(f"/en/check-in/{key}/").status_code == 404


def test_a_badge_leads_the_desk_to_its_person_and_nobody_else(club: Club, sitting: Gathering) -> None:
    row = Participation.objects.get(sitting=sitting.sitting, person=club.members[6])
    desk = signed_in(club.members[1])
    sheet = desk.get(f"/en/sittings/{sitting.sitting.pk}/badges/").content.decode()
    assert sheet.count('class="qr"') == 10
    # Badges printed before they signed in name an accreditation: they are found at the door, and sign nobody in.
    older = f"/en/check-in/{signing.Signer(salt='hemicycle.meetings.badge').sign_object(row.pk)}/"
    assert Client().get(older).status_code == 302
    for address in (older, address_of(badge_of(club, 6))):
        assert "Enter as there" in desk.get(address).content.decode()
        assert "Enter as there" in signed_in(club.members[6]).get(address).content.decode()
        assert "Enter as there" not in signed_in(club.members[5]).get(address).content.decode()
    desk.post(f"/en/participations/{row.pk}/came/", {"next": older})
    assert "Enter as gone" in desk.get(older).content.decode()


def test_the_door_enters_one_after_the_other_and_the_quorum_follows(club: Club, sitting: Gathering) -> None:
    desk, door = signed_in(club.members[1]), f"/en/sittings/{sitting.sitting.pk}/door/"
    shown = desk.get(door).content.decode()
    assert "5 of 9 members" in shown
    assert "autofocus" in shown
    badge = badge_of(club, 6)
    scanned = desk.post(door, {"code": f"http://hall.example{address_of(badge)}", "way": "came"}).content.decode()
    assert "scan--success" in scanned
    assert "Gus Grau" in scanned
    assert "6 of 9 members" in scanned
    again = desk.post(door, {"code": badge_key(badge.pk).lower(), "way": "came"}, headers={"HX-Request": "true"})
    assert "entered as there already" in again.content.decode()
    assert "<html" not in again.content.decode()
    assert "5 of 9 members" in desk.post(door, {"code": badge_key(badge.pk), "way": "went"}).content.decode()
    assert "on no badge of this house" in desk.post(door, {"code": "https://elsewhere.example/x"}).content.decode()
    strike_badge(by=club.secretary, badge_id=badge.pk, because="Lost.")
    assert "was struck: Lost." in desk.post(door, {"code": badge_key(badge.pk)}).content.decode()
    assert Presence.objects.filter(participation__person=club.members[6]).count() == 1
    assert signed_in(club.members[3]).get(door).status_code == 404
    assert quorum_at(sitting.sitting, Entry.objects.latest("pk").recorded_at).present == 5


def test_the_door_finds_a_name_as_it_is_typed_and_without_a_script(club: Club, sitting: Gathering) -> None:
    desk, door = signed_in(club.members[1]), f"/en/sittings/{sitting.sitting.pk}/door/"
    part = desk.get(door, {"code": "gra"}, headers={"HX-Request": "true"}).content.decode()
    assert "Gus Grau" in part
    assert "<html" not in part
    whole = desk.post(door, {"code": "gra"}).content.decode()
    assert "<html" in whole
    assert not Presence.objects.filter(participation__person=club.members[6]).exists()
    row = Participation.objects.get(sitting=sitting.sitting, person=club.members[6])
    assert "scan--success" in desk.post(door, {"row": row.pk, "way": "came"}).content.decode()
    assert "Nobody accredited has such a name" in desk.get(door, {"code": "zzz"}).content.decode()
    elsewhere = desk.post(door, {"row": "999999", "way": "came"}).content.decode()
    assert "scan--error" in elsewhere
