"""The desk does on pages what it does in a sitting under way, without JavaScript; everybody sees what is."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from hemicycle.demo.club import Club
from hemicycle.meetings.models import Interest, Organ, Sitting
from hemicycle.meetings.tests.world import signed_in, under_way
from hemicycle.motions.acts import table_motion
from hemicycle.motions.models import Amendment, ProceduralMotion
from hemicycle.voting.models import Ballot


def base(club: Club) -> str:
    return f"/en/bodies/{club.body.slug}/terms/1/meetings/1/"


def sent(client: Client, name: str, key: int, /, **typed: Any) -> None:
    """Look at a form, fill it in and send it."""
    address = reverse(name, args=[key])
    assert client.get(address).status_code == 200, name
    answer = client.post(address, {"as": "chair", "once": f"{name}-{key}-{len(typed)}".replace(":", "-"), **typed})
    assert answer.status_code == 302, (name, answer.context["form"].errors if answer.context else answer.status_code)


def test_the_desk_leads_a_debate_by_its_pages(club: Club) -> None:
    gathering = under_way(club)
    chair, sitting, item = signed_in(club.members[0]), gathering.sitting.pk, gathering.first.pk
    sent(chair, "meetings:give_speech", item, speaker="Cleo Costa", form="written", text="Keep the roof.")
    sent(chair, "meetings:declare_interest", item, person="Dov Dahl", nature="the roofer")
    sent(chair, "meetings:withdraw_interest", Interest.objects.get().pk)
    sent(chair, "meetings:close_list", item)
    sent(chair, "meetings:close_debate", item)
    sent(chair, "meetings:reopen_debate", item, because="a question")
    sent(chair, "meetings:draw_conclusion", item, drawn_by="Ann Adler", text="The roof comes first.")
    sent(chair, "meetings:form_organ", gathering.meeting.pk, kind="drafting", people="Cleo Costa\nDov Dahl")
    sent(chair, "meetings:report_of_organ", Organ.objects.get().pk, text="It is drafted.")
    page = Client().get(base(club)).content.decode()
    for said in ("Cleo Costa handed in a speech in writing.", "The roof comes first.", "It is drafted."):
        assert said in page
    sent(chair, "meetings:end_organ", Organ.objects.get().pk)
    sent(chair, "meetings:reverse_ruling", sitting, ruling="No", instead="Yes")
    sent(chair, "meetings:refer_back_item", item, to="the Board")
    sent(chair, "meetings:reopen_item", item, because="It came back.")


def test_the_desk_leads_a_sitting_by_its_pages_and_everybody_sees_it(club: Club) -> None:
    gathering = under_way(club)
    chair, sitting = signed_in(club.members[0]), gathering.sitting.pk
    member, nobody = signed_in(club.members[4]), Client()

    def seen(said: str) -> None:
        for client, face in ((member, "floor/"), (member, "screen/"), (nobody, "")):
            assert said in client.get(base(club) + face).content.decode(), face

    sent(chair, "meetings:suspend", sitting, because="Lunch")
    seen("The sitting is suspended")
    assert "Resume sitting 1" in chair.get(base(club) + "desk/").content.decode()
    sent(chair, "meetings:resume", sitting)
    sent(chair, "meetings:call_quorum", sitting, asked_by="Eva Egger")
    sent(chair, "meetings:go_into_private", sitting, access="body")
    assert "The sitting goes on in private" in nobody.get(base(club)).content.decode()
    assert "The boathouse</h1>" in member.get(base(club) + "floor/").content.decode()
    sent(chair, "meetings:open_to_public", sitting)
    sent(chair, "meetings:leave_chair", sitting, because="a call")
    assert Sitting.objects.get(pk=sitting).suspension.cause == "vacant"
    assert "Nobody presides" in chair.get(base(club) + "desk/").content.decode()


def test_what_comes_before_the_meeting_is_on_every_face(club: Club) -> None:
    gathering = under_way(club)
    motion = table_motion(by=club.chair, item_id=gathering.first.pk, title="Roof", points=[("It is repaired.", True)])
    chair, member = signed_in(club.members[0]), signed_in(club.members[4])
    faces = [(chair, "desk/"), (member, "floor/"), (member, "screen/")]
    sent(chair, "motions:amend", motion.pk, target="point", point=1, text="It is repaired in May.", mover="Eva Egger")
    for client, face in faces:
        assert "Amendment 1" in client.get(base(club) + face).content.decode(), face
    amendment = Amendment.objects.get()
    sent(chair, "voting:ask_amendment", amendment.pk, method="show of hands")
    assert "Show of hands" in member.get(base(club) + "screen/").content.decode()
    assert "It is repaired in May." in member.get(base(club) + "screen/").content.decode()
    ballot = Ballot.objects.get()
    refused = chair.post(
        reverse("voting:count", args=[ballot.pk]),
        {"votes_for": 10, "against": 1, "abstained": 0, "once": "x", "as": "chair"},
    )
    assert refused.status_code == 422
    assert "The tellers counted 11 votes, but 9 voters are there." in refused.content.decode()
    sent(chair, "voting:count", ballot.pk, votes_for=6, against=1, abstained=0, tellers="Cleo Costa")
    result = ballot.results.get()
    for name in ("declare", "certify"):
        chair.post(reverse(f"voting:{name}", args=[ballot.pk]), {"result": result.pk, "once": name, "as": "chair"})
    sent(chair, "voting:move_procedure", gathering.sitting.pk, name="close debate", mover="Dov Dahl")
    for client, face in [*faces, (Client(), "")]:
        assert "to close the debate" in client.get(base(club) + face).content.decode(), face
    sent(chair, "voting:decide_procedure", ProceduralMotion.objects.get().pk)
    assert "carry it out" in chair.get(base(club) + "desk/").content.decode()
    sent(chair, "meetings:close_debate", gathering.first.pk)
    sent(chair, "voting:ask", motion.pk, method="consent")
    assert "Does anybody object?" in member.get(base(club) + "screen/").content.decode()
    sent(chair, "voting:objection", Ballot.objects.latest("pk").pk, objector="Eva Egger")
    sent(chair, "voting:ask", motion.pk, method="consent", question="Again?")
    sent(chair, "voting:consent", Ballot.objects.latest("pk").pk)


@pytest.mark.parametrize("name", ["suspend", "adjourn", "go_into_private", "call_quorum", "leave_chair"])
def test_a_member_does_not_lead_the_sitting(club: Club, name: str) -> None:
    gathering = under_way(club)
    member = signed_in(club.members[4])
    assert member.post(reverse(f"meetings:{name}", args=[gathering.sitting.pk]), {"once": "m"}).status_code == 403
