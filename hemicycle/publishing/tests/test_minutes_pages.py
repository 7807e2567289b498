"""The pages of minutes: who reads what, the desk's forms, two secretaries at once, corrections, and the PDF."""

import re
from pathlib import Path

from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries

from hemicycle.demo.club import Club
from hemicycle.meetings.models import Meeting
from hemicycle.printing.models import PrintJob
from hemicycle.printing.tasks import make
from hemicycle.publishing.acts import approve_minutes, circulate_minutes, draw_up_minutes
from hemicycle.publishing.models import Minutes, MinutesApproval, MinutesCorrection
from hemicycle.publishing.printed import minutes_paper
from hemicycle.publishing.tests.debated import SECRET, closed
from hemicycle.publishing.tests.minuted import A_WEEK, circulated, drawn_up, latest, next_meeting, text_of
from hemicycle.publishing.tests.test_communique import hold_to_golden
from hemicycle.publishing.tests.world import both_days
from hemicycle.voting.tests.test_pages import as_person
from hemicycle.voting.tests.world import at

HERE = ["general-meeting", 1, 1]
LATER = 4 * 24 * 60


def get(client: Client, name: str, *args: object, status: int = 200, **query: str) -> str:
    answer = client.get(reverse(f"publishing:{name}", args=args), query)
    assert answer.status_code == status
    return answer.content.decode()


def post(client: Client, name: str, *args: object, **sent: str) -> tuple[int, str]:
    answer = client.post(reverse(f"publishing:{name}", args=args), {"once": f"{hash(str(sent)):x}", **sent})
    return answer.status_code, answer.content.decode()


def edited(club: Club, minutes: Minutes, number: int = 1) -> dict[str, str]:
    """Return what the form of the desk sends where nothing was changed."""
    version = minutes.versions.get(number=number)
    texts = {f"text_{one['name']}": text_of(version, one["name"]) for one in version.content["sections"]}
    return {"seen": str(number), "note": "", "departs_because": "", **texts}


def test_the_desk_draws_up_the_minutes_from_the_page_of_a_meeting_that_is_over(club: Club) -> None:
    meeting = closed(club)
    desk = as_person(club.members[1])
    with at(LATER):
        page = desk.get(reverse("meetings:meeting", args=HERE)).content.decode()
        assert reverse("publishing:draw_up_minutes", args=[meeting.pk]) in page
        status, _text = post(desk, "draw_up_minutes", meeting.pk, language="en")
        assert status == 302
        text = get(desk, "minutes", *HERE)
    assert "Circulate the minutes" in text
    assert "Version 1, a draft of the desk." in text
    for other in (Client(), as_person(club.members[5])):
        get(other, "minutes", *HERE, status=404)
        get(other, "minutes_version", *HERE, 1, status=404)
    page = Client().get(reverse("meetings:meeting", args=HERE)).content.decode()
    assert "Minutes" not in page


def test_a_section_is_edited_and_the_rest_stays(club: Club) -> None:
    minutes, desk = drawn_up(club), as_person(club.members[1])
    with at(LATER):
        form = get(desk, "revise_minutes", minutes.meeting_id)
        assert "The races begin in June." in form
        sent = edited(club, minutes) | {"text_item-3": "The races begin on the first Sunday in June."}
        assert post(desk, "revise_minutes", minutes.meeting_id, **sent)[0] == 302
        assert post(desk, "revise_minutes", minutes.meeting_id, **edited(club, minutes, 2))[0] == 409
    before, after = (minutes.versions.get(number=number).content["sections"] for number in (1, 2))
    assert [one["name"] for one, other in zip(before, after, strict=True) if one != other] == ["item-3"]


def test_the_rest_is_written_anew_from_the_book(club: Club) -> None:
    minutes, desk = drawn_up(club), as_person(club.members[1])
    with at(LATER):
        sent = {name: text.replace("\n", "\r\n") for name, text in edited(club, minutes).items()}
        Meeting.objects.filter(pk=minutes.meeting_id).update(purpose="To speak of moorings.")
        sent |= {"text_item-3": "The races begin on a Sunday.", "renew": "1"}
        assert post(desk, "revise_minutes", minutes.meeting_id, **sent)[0] == 302
    version = latest(minutes)
    assert "To speak of moorings." in text_of(version, "meeting")
    assert [one["name"] for one in version.content["sections"] if one["edited"]] == ["item-3"]


def test_two_secretaries_see_both_texts_and_nothing_is_lost(club: Club) -> None:
    minutes, first, second = drawn_up(club), as_person(club.members[1]), as_person(club.members[0])
    sent = edited(club, minutes)
    with at(LATER):
        post(
            first,
            "revise_minutes",
            minutes.meeting_id,
            **sent | {"text_item-3": "Races in June.", "text_meeting": "We met at the hall."},
        )
        mine = sent | {"text_item-3": "Races on Sundays.", "text_agenda": "1. Boats"}
        status, text = post(second, "revise_minutes", minutes.meeting_id, **mine)
        assert status == 409
        for said in ("Ben Bloom saved version 2 since you began", "Races on Sundays.", "Races in June.", "1. Boats"):
            assert said in text
        assert "We met at the hall." in text
        assert latest(minutes).number == 2
        assert re.search(r'name="seen" value="2"', text)
        again = edited(club, minutes, 2) | {"text_item-3": "Races on Sundays in June.", "text_agenda": "1. Boats"}
        assert post(second, "revise_minutes", minutes.meeting_id, **again)[0] == 302
    assert text_of(latest(minutes), "item-3") == "Races on Sundays in June."
    assert text_of(latest(minutes), "meeting") == "We met at the hall."


def test_a_broken_form_is_met_with_a_sentence(club: Club) -> None:
    minutes, desk = drawn_up(club), as_person(club.members[1])
    with at(LATER):
        for seen, answered in (("", 422), ("x", 422), ("9" * 30, 409), ("-1", 422), ("7", 409)):
            status, text = post(desk, "revise_minutes", minutes.meeting_id, **edited(club, minutes) | {"seen": seen})
            assert status == answered
            assert "The races begin in June." in text
        get(desk, "propose_correction", minutes.meeting_id, status=404, section="nowhere")


def test_what_contradicts_the_book_is_shown_to_the_desk(club: Club) -> None:
    minutes, desk = drawn_up(club), as_person(club.members[1])
    with at(LATER):
        sent = edited(club, minutes) | {"text_item-1": "“Cheaper moorings” was adopted unanimously, with 9 for."}
        post(desk, "revise_minutes", minutes.meeting_id, **sent)
        text = get(desk, "minutes", *HERE)
        assert "may not be said: the votes on “Cheaper moorings” were 5 for, 1 against, 1 abstained." in text
        assert "the book counts 5 for" in text
        status, text = post(desk, "circulate_minutes", minutes.meeting_id, seen="2", until="")
        assert status == 422
        assert "may not be said" in text


def test_members_propose_corrections_and_the_desk_answers(club: Club) -> None:
    minutes, member, desk = circulated(club), as_person(club.members[5]), as_person(club.members[1])
    with at(LATER):
        text = get(member, "minutes", *HERE)
        assert "Propose a correction" in text
        assert "Circulate the minutes" not in text
        form = get(member, "propose_correction", minutes.meeting_id, section="item-3")
        assert "The races begin in June." in form
        sent = {"section": "item-3", "seen": "1", "text": "The races begin in May.", "reason": "June is too late."}
        assert post(member, "propose_correction", minutes.meeting_id, **sent)[0] == 302
        correction = MinutesCorrection.objects.get()
        form = get(desk, "take_up_correction", correction.pk)
        assert "<ins>May.</ins>" in form
        assert "<del>June.</del>" in form
        get(member, "decline_correction", correction.pk, status=403)
        assert post(desk, "take_up_correction", correction.pk, seen="1", text="The races begin in May.")[0] == 302
        text = get(member, "minutes", *HERE)
        assert "Taken up in version 2." in text
        assert "The races begin in May." in text
        assert "The races begin in June." in get(member, "minutes_version", *HERE, 1)


def test_who_proposed_upon_an_older_version_is_shown_the_newer_one_and_sends_it_again(club: Club) -> None:
    minutes, member, desk = circulated(club), as_person(club.members[5]), as_person(club.members[1])
    with at(LATER):
        sent = {"section": "item-3", "text": "The races begin in May.", "reason": "June is too late."}
        changed = edited(club, minutes) | {"text_item-3": "The races begin in July.", "note": "A slip"}
        assert post(desk, "revise_minutes", minutes.meeting_id, **changed)[0] == 302
        status, text = post(member, "propose_correction", minutes.meeting_id, seen="1", **sent)
        assert status == 409
        for said in ("saved version 2 since you began", "The races begin in May.", "The races begin in July."):
            assert said in text
        assert re.search(r'name="seen" value="2"', text)
        assert post(member, "propose_correction", minutes.meeting_id, seen="2", **sent)[0] == 302


def test_what_was_changed_is_told_to_whom_the_book_tells_it(club: Club) -> None:
    meeting = both_days(club)
    with at(3 * 24 * 60):
        minutes = draw_up_minutes(by=club.secretary, meeting_id=meeting.pk)
        circulate_minutes(by=club.secretary, minutes_id=minutes.pk, seen=1)
    member, desk, guest = (as_person(who) for who in (club.members[5], club.members[1], club.outsider))
    changes = (("item-B1-body", "Nothing.", "What the caretaker earns"), ("item-2", "Races in July.", "The month"))
    with at(LATER):
        for number, (name, text, note) in enumerate(changes, 1):
            sent = edited(club, minutes, number) | {f"text_{name}": text, "note": note}
            assert post(desk, "revise_minutes", minutes.meeting_id, **sent)[0] == 302
        assert all("What the caretaker earns" in get(reader, "minutes", *HERE) for reader in (member, desk))
        told = get(guest, "minutes", *HERE)
    assert "What the caretaker earns" not in told
    assert "The month" in told


def test_a_correction_of_a_private_part_is_not_there_for_others(club: Club) -> None:
    minutes, member = circulated(club), as_person(club.members[5])
    with at(LATER):
        sent = {"section": "item-2-body", "seen": "1", "text": "The caretaker was thanked.", "reason": "He was."}
        assert post(member, "propose_correction", minutes.meeting_id, **sent)[0] == 302
        correction = MinutesCorrection.objects.get()
        get(Client(), "decline_correction", correction.pk, status=404)
        assert SECRET in get(member, "minutes", *HERE)


def test_a_later_meeting_approves_on_the_page(club: Club) -> None:
    minutes, meeting, desk = circulated(club), next_meeting(club), as_person(club.members[1])
    with at(A_WEEK + 5):
        form = get(desk, "approve_minutes", minutes.meeting_id)
        assert "Nobody objected" in form
        status, _text = post(desk, "approve_minutes", minutes.meeting_id, seen="1", meeting=str(meeting.pk), result="")
        assert status == 302
        text = get(as_person(club.members[5]), "minutes", *HERE)
        assert "approved by General Meeting, meeting 2 without objection" in text
        get(Client(), "minutes", *HERE, status=404)
        assert post(desk, "reopen_minutes", minutes.meeting_id, because="A name.")[0] == 302
        assert post(desk, "circulate_minutes", minutes.meeting_id, seen="1", until="")[0] == 409
    assert MinutesApproval.objects.get().meeting == meeting


def test_minutes_are_drawn_as_their_reader_may_read_them(club: Club, tmp_path: Path, settings: object) -> None:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    minutes = circulated(club)
    version = latest(minutes)
    assert SECRET in minutes_paper(version, "body", "https://club.example/")
    assert SECRET not in minutes_paper(version, "participants", "https://club.example/")
    address = reverse("publishing:minutes_pdf", args=[*HERE, 1])
    member = as_person(club.members[5])
    with at(LATER):
        member.post(address)
        make.call(PrintJob.objects.get().pk)
        assert b"".join(member.get(address).streaming_content).startswith(b"%PDF-")
        assert Client().get(address).status_code == 404


def test_minutes_are_drawn_anew_once_they_are_approved(club: Club, tmp_path: Path, settings: object) -> None:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    minutes, meeting, member = circulated(club), next_meeting(club), as_person(club.members[5])
    address = reverse("publishing:minutes_pdf", args=[*HERE, 1])
    with at(A_WEEK + 5):
        member.post(address)
        approve_minutes(by=club.chair, minutes_id=minutes.pk, seen=1, meeting_id=meeting.pk)
        assert "was not drawn yet" in get(member, "minutes_pdf", *HERE, 1)
        member.post(address)
    assert [job.arguments["state"] for job in PrintJob.objects.order_by("pk")] == ["circulated", "approved"]


def test_the_printed_minutes_word_for_word(club: Club) -> None:
    version = latest(circulated(club))
    with override("en"):
        hold_to_golden("minutes_paper.html", minutes_paper(version, "body", "https://club.example/minutes/1/"))


def test_minutes_ask_little_of_the_database(club: Club, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    circulated(club)
    member = as_person(club.members[5])
    with at(LATER), django_assert_max_num_queries(14):
        get(member, "minutes", *HERE)
