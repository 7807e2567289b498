"""The pages of meetings, as every kind of viewer sees them, and what the desk sends from them."""

import secrets
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hemicycle.demo.club import MONDAY, Club
from hemicycle.journal.clock import clock_at
from hemicycle.journal.models import Entry
from hemicycle.meetings.acts import (
    Accredit,
    Delegation,
    accredit_members,
    accredit_participants,
    close_meeting,
    close_sitting,
    hand_out_document,
    hear_report,
)
from hemicycle.meetings.models import AgendaItem, DocumentVersion, Meeting, Participation, Presence, Presiding, Report
from hemicycle.meetings.tests.world import Gathering, convened, signed_in, under_way
from hemicycle.motions.acts import table_motion

PAGE = "/en/bodies/general-meeting/terms/1/meetings/1/"
BUDGET = 12
PDF = b"%PDF-1.7\n..."


def sent(client: Client, name: str, key: int, **typed: object) -> object:
    return client.post(reverse(f"meetings:{name}", args=[key]), {"once": secrets.token_hex(8), **typed})


def full(club: Club) -> Gathering:
    """A sitting with something of everything that its page shows."""
    gathering = under_way(club)
    accredit_participants(
        by=club.secretary,
        sitting_id=gathering.sitting.pk,
        people=[Accredit(club.outsider.pk, "observer")],
        delegations=[Delegation("Officials of the region", 12)],
    )
    hear_report(
        by=club.chair,
        item_id=gathering.first.pk,
        reporter_id=club.members[2].pk,
        title="State of the boathouse",
        text="It leaks.",
    )
    table_motion(by=club.chair, item_id=gathering.first.pk, title="The roof", points=[("It is repaired.", True)])
    for title, access in (("Plan", "public"), ("Estimate", "participants")):
        hand_out_document(
            by=club.chair,
            meeting_id=gathering.meeting.pk,
            title=title,
            access=access,
            upload=SimpleUploadedFile("a.pdf", PDF),
        )
    return gathering


def test_the_public_page_shows_what_is_public_and_no_names_of_members(club: Club) -> None:
    full(club)
    page = Client().get(PAGE)
    text = page.content.decode()
    assert page.status_code == 200
    for said in ("The boathouse", "State of the boathouse", "It leaks.", "The roof", "Plan", "Officials of the region"):
        assert said in text
    assert "Ann Adler presided, by office." in text
    for hidden in ("Estimate", "Eva Egger", "Open the desk"):
        assert hidden not in text


def test_who_takes_part_sees_what_is_for_participants(club: Club, desk: Client) -> None:
    full(club)
    assert b"Estimate" in signed_in(club.outsider).get(PAGE).content
    assert b"Take part" in signed_in(club.outsider).get(PAGE).content
    assert b"Open the desk" in desk.get(PAGE).content


def test_a_closed_meeting_has_no_page_for_others(club: Club, desk: Client) -> None:
    gathering = full(club)
    Meeting.objects.update(access="participants")
    addresses = [
        PAGE,
        reverse("meetings:participants", args=[gathering.sitting.pk]),
        reverse("meetings:download", args=[1, 1]),
        reverse("meetings:take_up_item", args=[gathering.first.pk]),
        reverse("meetings:add_item", args=[gathering.meeting.pk]),
        "/en/bodies/general-meeting/terms/1/meetings/77/",
    ]
    for address in addresses:
        assert Client().get(address).status_code == 404, address
    assert desk.get(PAGE).status_code == 200
    assert b"meetings/1/" not in Client().get("/en/bodies/general-meeting/").content


def queries(client: Client, address: str) -> list[str]:
    """Return what a page asks of the database, once its caches are warm."""
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return [query["sql"][:300] for query in asked.captured_queries]


@pytest.mark.parametrize("address", ["/en/bodies/", "/en/bodies/general-meeting/", "/en/units/the-club/"])
def test_pages_of_bodies_and_units_keep_to_their_budget(club: Club, desk: Client, address: str) -> None:
    full(club)
    asked = queries(desk, address)
    assert len(asked) <= BUDGET, "\n".join(asked)


@pytest.mark.parametrize("name", ["participants", "summon", "add_item", "hand_out", "take_chair", "hear_report"])
def test_pages_of_the_desk_keep_to_their_budget(club: Club, desk: Client, name: str) -> None:
    gathering = full(club)
    rows = {"participants": gathering.sitting, "take_chair": gathering.sitting, "hear_report": gathering.first}
    asked = queries(desk, reverse(f"meetings:{name}", args=[rows.get(name, gathering.meeting).pk]))
    assert len(asked) <= BUDGET, "\n".join(asked)


def test_the_public_page_keeps_to_its_budget_and_a_reader_signed_in_adds_only_who_they_are(
    club: Club, desk: Client
) -> None:
    gathering = full(club)
    with clock_at(MONDAY + timedelta(hours=1)):
        close_sitting(by=club.chair, sitting_id=gathering.sitting.pk)
        close_meeting(by=club.chair, meeting_id=gathering.meeting.pk)
    asked = queries(Client(), PAGE)
    assert len(asked) <= BUDGET, "\n".join(asked)
    who_reads = ("django_session", "accounts_account", "bodies_membership", "meetings_participation")
    assert len(queries(desk, PAGE)) <= len(asked) + len(who_reads)


def test_a_meeting_is_convened_with_a_sitting_on_each_day(club: Club, desk: Client) -> None:
    typed = {
        "once": "abc",
        "kind": "plenary",
        "starts": "2026-03-28",
        "ends": "2026-03-29",
        "opens": "09:00",
        "closes": "17:30",
        "title": "Spring plenary",
        "access": "public",
    }
    address = "/en/bodies/general-meeting/convene/"
    assert b"Convene General Meeting" in desk.get(address).content
    answer = desk.post(address, typed)
    assert (answer.status_code, answer.url) == (302, f"{PAGE}desk/")
    meeting = Meeting.objects.get()
    # The clocks go forward on the second night: nine at the place is one hour earlier in UTC.
    assert [f"{one.planned_start:%d %H:%M}" for one in meeting.sittings.all()] == ["28 08:00", "29 07:00"]
    assert "called to plenary meeting 1" in desk.get(answer.url).content.decode()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"items": "The roof\nThe boat\nThe roof"}, "“The roof” stands there twice."),
        ({"items": "\n".join(f"Item {number}" for number in range(101))}, "at most 100 items"),
        ({"starts": "2025-12-01", "ends": "2025-12-01"}, "is in no term on 1 December 2025"),
        ({"ends": "2026-03-01"}, "ends before it starts"),
        ({"starts": "the second"}, "Write it like 2026-03-02"),
        ({"ends": "2026-12-01"}, "at most 60 days"),
        ({"closes": "08:00"}, "ends after it starts"),
    ],
)
def test_what_was_typed_comes_back_with_what_is_wrong(
    club: Club, desk: Client, changed: dict[str, str], said: str
) -> None:
    typed = {"kind": "ordinary", "starts": "2026-03-28", "ends": "2026-03-28", "opens": "09:00", "closes": "17:00"}
    typed |= {"title": "Kept as it was typed", "access": "public", "once": "abc", **changed}
    answer = desk.post("/en/bodies/general-meeting/convene/", typed)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert said in text
    assert 'value="Kept as it was typed"' in text
    assert "Nothing was entered" in text
    assert not Meeting.objects.exists()


def test_the_desk_runs_a_sitting_by_plain_forms(club: Club, desk: Client) -> None:
    gathering = convened(club)
    sitting, first = gathering.sitting.pk, gathering.first.pk
    steps: list[tuple[str, int, dict[str, object]]] = [
        ("accredit_members", sitting, {}),
        ("accredit", sitting, {"person": "Kim Kern", "capacity": "observer", "mode": "remote"}),
        ("accredit", sitting, {"delegation": "The press", "number": "7", "capacity": "invited", "mode": "in person"}),
        ("take_chair", sitting, {"person": "Ann Adler", "basis": "office"}),
        ("open_sitting", sitting, {}),
        ("take_up_item", first, {}),
        ("hear_report", first, {"reporter": "Cleo Costa", "form": "delivered", "title": "Boats"}),
        ("settle_item", first, {"outcome": "Noted."}),
    ]
    for name, key, typed in steps:
        assert desk.get(reverse(f"meetings:{name}", args=[key])).status_code == 200, name
        answer = sent(desk, name, key, **typed)
        assert answer.status_code == 302, (name, answer.content.decode())
    with clock_at(MONDAY + timedelta(hours=3)):
        for name, key in (("close_sitting", sitting), ("close", gathering.meeting.pk)):
            assert desk.get(reverse(f"meetings:{name}", args=[key])).status_code == 200
            assert sent(desk, name, key).url == f"{PAGE}desk/"
    assert Presiding.objects.get().person == club.members[0]
    assert Report.objects.get().reporter == club.members[2]
    assert AgendaItem.objects.get(pk=first).state == "settled"
    assert Meeting.objects.get().closed is not None
    assert Participation.objects.get(person=club.outsider).mode == "remote"


def test_the_agenda_is_made_adopted_and_sent_out_by_forms(club: Club, desk: Client) -> None:
    typed = {"kind": "ordinary", "starts": "2026-03-04", "ends": "2026-03-04", "opens": "09:00", "closes": "17:00"}
    desk.post("/en/bodies/general-meeting/convene/", {**typed, "access": "public", "once": "a1"})
    meeting = Meeting.objects.get()
    assert sent(desk, "add_item", meeting.pk, title="Fees", access="public").status_code == 302
    above = AgendaItem.objects.get()
    assert sent(desk, "add_item", meeting.pk, title="Late fees", access="public", parent=above.pk).status_code == 302
    assert AgendaItem.objects.get(title="Late fees").parent == above
    answer = sent(desk, "summon", meeting.pk, text="Please come.")
    assert answer.status_code == 422
    assert b"Please come." in answer.content
    assert b"1 are left" in answer.content
    assert sent(desk, "summon", meeting.pk, text="Please come.", waive_because="All agreed.").status_code == 302
    assert sent(desk, "adopt_agenda", meeting.pk).status_code == 302
    refused = sent(desk, "add_item", meeting.pk, title="One more", access="public")
    assert refused.status_code == 409
    assert b'value="One more"' in refused.content
    assert b"not changed silently" in refused.content


def test_a_form_posted_twice_does_nothing_twice(club: Club, desk: Client) -> None:
    meeting = under_way(club).meeting
    Meeting.objects.update(agenda_adopted=None)
    typed = {"title": "Once only", "access": "public", "once": "the-same"}
    address = reverse("meetings:add_item", args=[meeting.pk])
    assert desk.post(address, typed).status_code == 302
    again = desk.post(address, typed)
    assert again.status_code == 409
    assert b"Nothing was entered twice" in again.content
    assert AgendaItem.objects.filter(title="Once only").count() == 1


def test_an_act_can_be_said_to_have_happened_earlier(club: Club, desk: Client) -> None:
    gathering = under_way(club)
    with clock_at(MONDAY + timedelta(days=2)):
        typed = {"happened": "2026-03-02", "happened_time": "11:45"}
        refused = sent(desk, "close_sitting", gathering.sitting.pk, **typed)
        assert refused.status_code == 422
        assert b"Say why it is entered now" in refused.content
        assert b'value="11:45"' in refused.content
        assert sent(desk, "close_sitting", gathering.sitting.pk, **typed, happened_reason="on paper").status_code == 302
    entry = Entry.objects.get(kind="sitting.closed")
    assert entry.happened_from == MONDAY + timedelta(hours=1, minutes=45)
    assert entry.happened_reason == "on paper"


def test_an_unknown_or_wrong_choice_is_told_beside_what_was_typed(club: Club, desk: Client) -> None:
    gathering = convened(club)
    unknown = sent(desk, "take_chair", gathering.sitting.pk, person="Nobody Known", basis="office")
    assert unknown.status_code == 422
    assert b"Nobody, or more than one, is called" in unknown.content
    assert b'value="Nobody Known"' in unknown.content
    no_office = sent(desk, "take_chair", gathering.sitting.pk, person="Eva Egger", basis="office")
    assert no_office.status_code == 422
    assert b"Eva Egger does not hold the office of chair" in no_office.content
    basis = sent(desk, "take_chair", gathering.sitting.pk, person="Eva Egger", basis="seniority")
    assert b"Choose one of these" in basis.content
    assert not Presiding.objects.exists()


def test_the_form_goes_on_to_an_address_of_this_house_only(club: Club, desk: Client) -> None:
    gathering = under_way(club)
    for wanted, reached in (("/en/me/", "/en/me/"), ("https://elsewhere.example/", f"{PAGE}desk/")):
        item = gathering.second if wanted == "/en/me/" else gathering.first
        assert sent(desk, "take_up_item", item.pk, next=wanted).url == reached


def test_htmx_gets_what_is_wrong_as_a_notice_above_its_form(club: Club, desk: Client) -> None:
    gathering = under_way(club)
    address = reverse("meetings:settle_item", args=[gathering.second.pk])
    answer = desk.post(address, {"once": "abc"}, headers={"HX-Request": "true"})
    assert answer.status_code == 409
    assert answer.headers["HX-Retarget"] == "#notices"
    assert b"Take it up first" in answer.content
    assert b"<html" not in answer.content


def test_only_the_desk_has_its_forms(club: Club) -> None:
    gathering = under_way(club)
    member = signed_in(club.members[4])
    address = reverse("meetings:add_item", args=[gathering.meeting.pk])
    assert member.get(address).status_code == 403
    assert member.post(address, {"title": "Mine", "access": "public", "once": "abc"}).status_code == 403
    assert Client().get(address).url.startswith("/en/sign-in/")
    assert Client().post(address, {"title": "Mine"}).status_code == 403
    assert not AgendaItem.objects.filter(title="Mine").exists()


def test_the_desk_ticks_off_who_comes_and_goes(club: Club, desk: Client) -> None:
    gathering = under_way(club, present=2)
    listed = reverse("meetings:participants", args=[gathering.sitting.pk])
    text = desk.get(listed).content.decode()
    assert text.count('name="participation"') == 8
    assert "Eva Egger" in text
    eva, fay = (Participation.objects.get(person=club.members[n]) for n in (4, 5))
    assert sent(desk, "participants_came", gathering.sitting.pk, participation=[eva.pk, fay.pk]).url == listed
    assert Presence.objects.filter(went=None).count() == 4
    nobody = sent(desk, "participants_came", gathering.sitting.pk, participation=[eva.pk])
    assert nobody.status_code == 409
    assert b"Nothing was entered twice" in nobody.content
    with clock_at(MONDAY + timedelta(hours=1)):
        assert sent(desk, "went", eva.pk).status_code == 302
    assert Presence.objects.get(participation=eva).went is not None
    assert "Eva Egger" in desk.get(listed, {"q": "egg"}).content.decode()
    assert "Nobody accredited has such a name" in desk.get(listed, {"q": "zzz"}).content.decode()
    strange = sent(desk, "participants_came", gathering.sitting.pk, participation=["x"])
    assert strange.status_code == 422


def test_one_checks_in_oneself_and_nobody_else(club: Club) -> None:
    under_way(club, present=2)
    eva, fay = (Participation.objects.get(person=club.members[n]) for n in (4, 5))
    own = signed_in(club.members[4])
    assert sent(own, "came", eva.pk, mode="remote", next=f"{PAGE}floor/").url == f"{PAGE}floor/"
    assert Presence.objects.get(participation=eva).mode == "remote"
    assert sent(own, "came", fay.pk).status_code == 403
    assert sent(own, "came", eva.pk).status_code == 409
    assert sent(signed_in(club.outsider), "came", fay.pk).status_code == 404
    assert not Presence.objects.filter(participation=fay).exists()


def test_an_alternate_is_given_a_seat_by_form(club: Club, desk: Client) -> None:
    under_way(club, present=4)
    alternate = Participation.objects.get(capacity="alternate")
    absent = Participation.objects.get(person=club.members[8])
    text = desk.get(reverse("meetings:seat", args=[alternate.pk])).content.decode()
    assert "Ida Iding" in text
    assert "Ann Adler</option>" not in text
    assert sent(desk, "seat", alternate.pk, stands_for=absent.pk).status_code == 302
    assert Participation.objects.get(pk=alternate.pk).votes
    assert sent(desk, "unseat", alternate.pk).status_code == 302
    assert not Participation.objects.get(pk=alternate.pk).votes


def test_a_document_is_handed_out_and_read_by_those_who_may(club: Club, desk: Client) -> None:
    gathering = convened(club)
    accredit_members(by=club.secretary, sitting_id=gathering.sitting.pk)
    key = gathering.meeting.pk
    typed = {"title": "Estimate", "item": gathering.first.pk, "access": "participants"}
    assert sent(desk, "hand_out", key, **typed, upload=SimpleUploadedFile("e <1>.pdf", PDF)).status_code == 302
    version = DocumentVersion.objects.get()
    address = reverse("meetings:download", args=[version.document_id, 1])
    answer = signed_in(club.members[4]).get(address)
    assert b"".join(answer.streaming_content) == PDF
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert Client().get(address).status_code == 404
    assert signed_in(club.outsider).get(address).status_code == 404
    assert (
        signed_in(club.members[4]).get(reverse("meetings:download", args=[version.document_id, 2])).status_code == 404
    )
    assert sent(desk, "hand_out_version", version.document_id, upload=SimpleUploadedFile("b.pdf", PDF + b"2")).url
    assert DocumentVersion.objects.count() == 2


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.pdf", b"", "The file is empty"),
        ("a.pdf", b"<html>", "not what its name says"),
        ("a.exe", b"MZ", "of a kind not taken here"),
    ],
)
def test_a_wrong_file_is_told_and_the_rest_of_the_form_stays(
    club: Club, desk: Client, name: str, content: bytes, said: str
) -> None:
    meeting = convened(club).meeting
    upload = SimpleUploadedFile(name, content)
    answer = sent(desk, "hand_out", meeting.pk, title="Estimate", access="public", upload=upload)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert 'value="Estimate"' in answer.content.decode()
    missing = sent(desk, "hand_out", meeting.pk, title="Estimate", access="public")
    assert missing.status_code == 422
    assert not DocumentVersion.objects.exists()


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_addresses_of_acts_take_no_other_methods(club: Club, desk: Client, method: str) -> None:
    gathering = convened(club)
    call: Callable[[str], object] = getattr(desk, method)
    assert call(reverse("meetings:summon", args=[gathering.meeting.pk])).status_code == 405
