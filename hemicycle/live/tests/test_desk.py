"""A sitting can be led by the one button of the desk."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from hemicycle.accounts.models import Account
from hemicycle.decisions.models import Decision, Directive
from hemicycle.demo.club import Club
from hemicycle.journal.clock import clock_at
from hemicycle.live.steps import Primary
from hemicycle.meetings.acts import call_quorum, cancel_meeting, convene_meeting, suspend_sitting
from hemicycle.meetings.models import Meeting, Participation
from hemicycle.meetings.tests.test_floor_acts import rules
from hemicycle.motions.acts import table_motion
from hemicycle.publishing.communique import compose, digest_of
from hemicycle.publishing.models import Minutes, Publication
from hemicycle.voting.acts import Hands, declare_result
from hemicycle.voting.models import Ballot
from hemicycle.voting.tests.test_ties import tied
from hemicycle.voting.tests.world import DAY, OPENING, POINTS, at, cast, counted, floor_of

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
STEPS = [
    "add item", "summon", "accredit", "open sitting", "take chair", "adopt agenda", "take up item", "check in",
    "open ballot", "close ballot", "declare result", "certify result", "certify decision",
    "settle item", "close sitting", "issue directive", "close meeting", "publish",
    "draw up minutes", "circulate minutes", "nothing",
]  # fmt: skip


def secretary(club: Club) -> Client:
    client = Client()
    client.force_login(Account.objects.get(person=club.members[1]), backend=BACKEND)
    return client


def address(meeting: Meeting, name: str = "desk") -> str:
    return reverse(f"live:{name}", args=[meeting.body.slug, meeting.term.ordinal, meeting.ordinal])


def typed(club: Club, meeting: Meeting, step: str) -> dict[str, object]:
    """What a secretary types where the step asks for more than a button."""
    members = Participation.objects.filter(sitting__meeting=meeting, capacity="member")
    return {
        "add item": {"title": "The harbour hall", "access": "public"},
        "summon": {"text": "You are called to the meeting."},
        "check in": {"participation": [str(row.pk) for row in members], "mode": "in person"},
        "issue directive": {
            "text": "Repair the roof.", "responsible_unit": club.local.pk, "due": (DAY + timedelta(90)).isoformat()
        },
        "publish": {"seen": digest_of(compose(meeting, "en", "public")), "language": "en", "access": "public"},
        "draw up minutes": {"language": "en"},
        "circulate minutes": {"seen": 1},
    }.get(step, {})  # fmt: skip


def press(client: Client, primary: Primary, number: int, more: dict[str, object]) -> None:
    """Press the button, or send the form to which it leads."""
    url = primary.offer.url
    if primary.step == "check in":
        url = url.replace("/participants/", "/came/")
    if primary.step == "circulate minutes":  # The button leads to their page, and a button there to the form.
        assert client.get(url).status_code == 200
        url = reverse("publishing:circulate_minutes", args=[Minutes.objects.get().meeting_id])
    sent = {"once": f"step-{number}", "as": primary.actors[0].capacity, **dict(primary.offer.fields), **more}
    answer = client.post(url, sent)
    assert answer.status_code == 302, (primary.step, answer.context["form"].errors if answer.context else answer)


def test_a_sitting_is_led_from_agenda_to_communique_by_the_one_button(club: Club) -> None:
    client = secretary(club)
    meeting = convene_meeting(
        by=club.chair, body_id=club.body.pk, kind="ordinary", starts=DAY, ends=DAY,
        sittings=[(OPENING, OPENING + timedelta(hours=4))], access="public",
    )  # fmt: skip
    taken = []
    for number in range(len(STEPS)):
        before = len(taken) < 2  # Added and summoned in time; the sitting comes later.
        with clock_at(OPENING - timedelta(days=21) if before else OPENING + timedelta(minutes=number)):
            page = client.get(address(meeting)).context
            taken.append(str(page["step"]))
            if page["primary"] is None:
                break
            press(client, page["primary"], number, typed(club, meeting, taken[-1]))
            if taken[-1] == "take up item":
                item = meeting.items.get()
                table_motion(by=club.chair, item_id=item.pk, title="Repair of the roof", points=POINTS)
            if taken[-1] == "open ballot":
                cast(Ballot.objects.get(), *["for"] * 7, "against")
    assert taken == STEPS
    assert Decision.objects.get().title == "Repair of the roof"
    assert Directive.objects.get().responsible_unit == club.local
    assert Publication.objects.get().meeting == meeting
    assert Minutes.objects.get().state == Minutes.State.CIRCULATED


def test_the_chair_is_told_for_whom_the_step_is_where_it_is_not_theirs(club: Club) -> None:
    floor = floor_of(club)
    Meeting.objects.filter(pk=floor.meeting.pk).update(closed=OPENING)
    floor.sitting.presidings.update(ends=OPENING)
    type(floor.sitting).objects.update(opened=OPENING - timedelta(hours=1), closed=OPENING)
    client = Client()
    client.force_login(Account.objects.get(person=club.members[0]), backend=BACKEND)
    text = client.get(address(floor.meeting)).content.decode()
    assert "This is for: press officer, secretary" in text
    assert "button--primary" not in text


def test_the_desk_shows_the_turnout_and_not_the_running_result(club: Club) -> None:
    floor = floor_of(club)
    client = secretary(club)
    with at(10):
        client.post(reverse("voting:open", args=[floor.motion.pk]), {"once": "o"})
        cast(Ballot.objects.get(), "for", "for", "against")
        text = client.get(address(floor.meeting)).content.decode()
        asked = client.get(address(floor.meeting, "desk_turnout"))
    assert "3 of 7" in text
    assert "3 of 7" in asked.content.decode()
    for word in ("outcome", "hemicycle__key", "swatch"):
        assert word not in text.replace("css/outcome", "").replace("css/hemicycle", "")


def test_where_no_vote_is_open_the_page_is_told_to_stop_asking(club: Club) -> None:
    floor = floor_of(club)
    with at(10):
        assert secretary(club).get(address(floor.meeting, "desk_turnout")).status_code == 286


def test_a_part_that_would_show_the_same_says_so(club: Club) -> None:
    floor = floor_of(club)
    client = secretary(club)
    with at(10):
        first, again = (client.get(address(floor.meeting, "next")).context["stand"] for _time in range(2))
        assert first == again
        counted(floor, "for", "for", "for", "for")
    with at(13):
        assert client.get(address(floor.meeting, "next")).context["stand"] != first


@pytest.mark.parametrize(("state", "offered"), [("draft", False), ("circulated", True), ("approved", False)])
def test_an_open_sitting_is_offered_the_minutes_that_it_can_approve(club: Club, state: str, offered: bool) -> None:
    floor = floor_of(club)
    before = OPENING - timedelta(days=30)
    earlier = convene_meeting(
        by=club.chair, body_id=club.body.pk, kind="ordinary", starts=before.date(), ends=before.date(),
        sittings=[(before, before + timedelta(hours=1))], access="public",
    )  # fmt: skip
    Minutes.objects.create(body=club.body, meeting=earlier, language="en", state=state, drawn_up=OPENING)
    with at(10):
        text = secretary(club).get(address(floor.meeting)).content.decode()
    assert (reverse("publishing:approve_minutes", args=[earlier.pk]) in text) is offered


def test_a_meeting_that_was_cancelled_has_nothing_to_publish(club: Club) -> None:
    meeting = convene_meeting(
        by=club.chair, body_id=club.body.pk, kind="ordinary", starts=DAY, ends=DAY,
        sittings=[(OPENING, OPENING + timedelta(hours=4))], access="public",
    )  # fmt: skip
    with clock_at(OPENING - timedelta(days=21)):
        cancel_meeting(by=club.chair, meeting_id=meeting.pk, because="The hall is flooded.")
        page = secretary(club).get(address(meeting))
    assert page.context["primary"] is None


def test_the_button_does_not_ask_who_declared_to_certify_where_the_rules_ask_for_two(club: Club) -> None:
    rules(club, two_persons_from=5)
    floor = floor_of(club)
    _ballot, result = tied(floor, hands=Hands(5, 1, 0))
    chair = Client()
    chair.force_login(Account.objects.get(person=club.members[0]), backend=BACKEND)
    with at(12):
        declare_result(by=club.chair, result_id=result.pk)
        told = chair.get(address(floor.meeting)).content.decode()
        assert "This is for: chair, secretary; not Ann Adler, who declared it" in told
        assert reverse("voting:certify", args=[result.ballot_id]) not in told
        page = secretary(club).get(address(floor.meeting)).context["primary"]
        assert (str(page.step), len(page.actors)) == ("certify result", 1)
        press(secretary(club), page, 1, {})
    result.refresh_from_db()
    assert result.certified


@pytest.mark.parametrize(("cause", "offered"), [("quorum", False), ("other", True)])
def test_a_rest_for_want_of_a_quorum_is_not_offered_to_be_resumed(club: Club, cause: str, *, offered: bool) -> None:
    rules(club, quorum_lost="suspend")
    floor = floor_of(club, present=3)
    with at(12):
        if cause == "quorum":
            call_quorum(by=club.chair, sitting_id=floor.sitting.pk)
        else:
            suspend_sitting(by=club.chair, sitting_id=floor.sitting.pk, because="Coffee.")
        told = secretary(club).get(address(floor.meeting)).content.decode()
    assert "Count" in told
    assert (reverse("meetings:resume", args=[floor.sitting.pk]) in told) is offered
