"""The register, a decision's page, a unit's inbox and the forms of both sides."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from hemicycle.accounts.access import Access
from hemicycle.bodies.acts import NewUnit, found_units
from hemicycle.decisions.models import Decision, Directive, Evidence, Progress
from hemicycle.decisions.queries import searchable_decisions, searchable_directives
from hemicycle.decisions.tests.world import APRIL, DUE, decided, issued, received
from hemicycle.demo.club import Club
from hemicycle.journal.clock import clock_at
from hemicycle.voting.tests.test_pages import as_person
from hemicycle.voting.tests.world import at, certified, floor_of

LATE = APRIL.replace(month=8)


def text_of(client: Client, name: str, *args: object, status: int = 200, **query: object) -> str:
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == status
    return answer.content.decode()


def test_the_register_finds_decisions_by_body_year_and_words(club: Club) -> None:
    decided(floor_of(club))
    anyone = Client()
    for found in ({}, {"year": 2026}, {"q": "roof"}, {"q": "HARBOUR HALL"}, {"body": "general-meeting"}):
        assert "Repair of the roof" in text_of(anyone, "decisions:register", **found)
    for missed in ({"year": 2025}, {"q": "regatta"}, {"body": "another-body"}):
        assert "No decision is found by these words." in text_of(anyone, "decisions:register", **missed)
    assert "Repair of the roof" in text_of(anyone, "decisions:register_of", "general-meeting")
    text_of(anyone, "decisions:register_of", "no-such-body", status=404)


@pytest.mark.parametrize("query", [{"year": "abc"}, {"page": "-1"}, {"body": "<b>"}, {"q": "x" * 500}, {"page": "99"}])
def test_a_register_asked_for_nonsense_still_answers(club: Club, query: dict[str, str]) -> None:
    decided(floor_of(club))
    text_of(Client(), "decisions:register", **query)


def test_an_empty_register_says_so(club: Club) -> None:
    assert "No decision was certified yet." in text_of(Client(), "decisions:register")


def test_a_closed_decision_is_neither_listed_nor_found_by_its_number(club: Club) -> None:
    decided(floor_of(club, item_access=Access.BODY))
    assert "Repair of the roof" not in text_of(Client(), "decisions:register")
    text_of(Client(), "decisions:decision", "general-meeting", 1, status=404)
    member = as_person(club.members[6])
    assert "Repair of the roof" in text_of(member, "decisions:register")
    text_of(member, "decisions:decision", "general-meeting", 1)


def test_a_decision_shows_its_points_tasks_and_reports(club: Club) -> None:
    directive = received(floor_of(club))
    with clock_at(APRIL):
        as_person(club.members[2]).post(
            reverse("decisions:report", args=[directive.pk]), {"narrative": "A roofer was found.", "once": "r"}
        )
        text = text_of(Client(), "decisions:decision", "general-meeting", 1)
    for said in (
        "The roof of the harbour hall is repaired.",
        "Adopted unanimously: 7 for, 0 against, 0 abstained.",
        "Have the roof repaired by a roofer.",
        "Harbour",
        "buildings",
        "A roofer was found.",
        "Under way",
    ):
        assert said in text
    assert "Hand to a unit" not in text
    with clock_at(LATE):
        assert f"Overdue by {(LATE.date() - DUE).days} days" in text_of(
            Client(), "decisions:decision", "general-meeting", 1
        )


def test_the_chair_certifies_and_hands_out_by_the_pages_alone(club: Club) -> None:
    result = certified(floor_of(club), *["for"] * 7)
    chair = as_person(club.members[0])
    with at(20):
        answer = chair.post(reverse("decisions:certify", args=[result.ballot_id]), {"once": "a"})
        assert answer.headers["Location"] == reverse("decisions:decision", args=["general-meeting", 1])
        assert "Hand to a unit" in text_of(chair, "decisions:decision", "general-meeting", 1)
        point = Decision.objects.get().points.get(ordinal=1)
        form = reverse("decisions:issue", args=[point.pk])
        assert "Harbour" in chair.get(form).content.decode()
        sent = {"responsible_unit": club.local.pk, "text": "Repair it.", "due": DUE.isoformat(), "once": "b"}
        assert chair.post(form, sent).status_code == 302
    assert Directive.objects.get().responsible_unit == club.local


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"due": "2026-03-24"}, "A task is due after it was decided"),
        ({"due": "soon"}, "This is not a day."),
        ({"text": " "}, "Say what is to be done."),
        ({"responsible_unit": ""}, "Choose the one unit that is responsible."),
        ({"responsible_unit": "4711"}, "This unit cannot be chosen."),
        ({"co_units": "9" * 30}, "This unit cannot be chosen."),
    ],
)
def test_a_wrong_task_is_refused_at_its_field_and_nothing_typed_is_lost(
    club: Club, wrong: dict[str, str], sentence: str
) -> None:
    decision = decided(floor_of(club))
    sent = {
        "responsible_unit": club.local.pk,
        "text": "Mend it well.",
        "due": DUE.isoformat(),
        "sector": "Halls",
    } | wrong
    with at(20):
        form = reverse("decisions:issue", args=[decision.points.get(ordinal=1).pk])
        answer = as_person(club.members[0]).post(form, sent)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert "Halls" in answer.content.decode()
    assert not Directive.objects.exists()


def test_the_head_of_a_unit_receives_and_reports_on_a_phone(club: Club) -> None:
    directive = issued(floor_of(club))
    head = as_person(club.members[2])
    with clock_at(APRIL):
        assert "Receive this task" in text_of(head, "decisions:tasks", "harbour")
        assert "Receive this task" not in text_of(Client(), "decisions:tasks", "harbour")
        head.post(reverse("decisions:receive", args=[directive.pk]), {"once": "a"})
        assert "Report on this task" in text_of(head, "decisions:tasks", "harbour")
        form = reverse("decisions:report", args=[directive.pk])
        assert "Reason for the delay" not in head.get(form).content.decode()
    with clock_at(LATE):
        assert "Reason for the delay" in head.get(form).content.decode()
        answer = head.post(form, {"narrative": "Half is done.", "once": "b"})
        assert answer.status_code == 422
        assert "Say why it is late;" in answer.content.decode()
        assert "Half is done." in answer.content.decode()
        head.post(form, {"narrative": "Done now.", "done": "on", "delay_reason": "No slates.", "once": "c"})
    assert Progress.objects.get().done
    assert "Reported as done" in text_of(Client(), "decisions:tasks", "harbour")


def test_what_was_signed_for_on_paper_is_received_at_its_own_time(club: Club) -> None:
    directive = issued(floor_of(club))
    head = as_person(club.members[2])
    form = reverse("decisions:receive", args=[directive.pk])
    with clock_at(APRIL):
        assert form in text_of(head, "decisions:directive", directive.pk)
        assert "It happened at another time" in head.get(form).content.decode()
        sent = {"happened": "2026-03-25", "happened_time": "10:30", "once": "a"}
        answer = head.post(form, sent)
        assert answer.status_code == 422
        assert "Say why it is entered now." in answer.content.decode()
        assert "10:30" in answer.content.decode()
        assert head.post(form, {**sent, "happened_reason": "Signed on paper."}).status_code == 302
    directive.refresh_from_db()
    assert directive.received is not None
    assert directive.received.date() == date(2026, 3, 25)
    assert directive.received < APRIL


def test_nobody_else_answers_for_a_unit(club: Club) -> None:
    directive = issued(floor_of(club))
    for number in (0, 5):
        with clock_at(APRIL):
            answer = as_person(club.members[number]).post(reverse("decisions:receive", args=[directive.pk]))
        assert answer.status_code == 403
    assert Client().post(reverse("decisions:receive", args=[directive.pk])).status_code == 403
    directive.refresh_from_db()
    assert directive.received is None


def test_a_guessed_address_finds_nothing(club: Club) -> None:
    chair = as_person(club.members[0])
    for name in ("decisions:issue", "decisions:report"):
        assert chair.get(reverse(name, args=[4711])).status_code == 404
    for name in ("decisions:receive", "decisions:certify"):
        assert chair.post(reverse(name, args=[4711])).status_code == 404
    text_of(chair, "decisions:tasks", "no-such-unit", status=404)
    text_of(chair, "decisions:decision", "general-meeting", 9, status=404)


def test_what_is_decided_and_asked_for_can_be_searched(club: Club) -> None:
    directive = issued(floor_of(club))
    (decision,) = searchable_decisions([directive.point.decision_id])
    (task,) = searchable_directives([directive.pk])
    assert "The members are thanked." in decision.text
    assert (decision.address, decision.kind) == ("/bodies/general-meeting/decisions/1/", "decision")
    assert (task.title, task.address) == ("Task of Harbour", "/bodies/general-meeting/decisions/1/#point-1")
    assert reverse("decisions:decision", args=["general-meeting", 1]) == f"/en{decision.address}"


def test_a_decision_page_asks_little_of_the_database(
    club: Club, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    received(floor_of(club))
    client = as_person(club.members[0])
    with clock_at(APRIL + timedelta(1)), django_assert_max_num_queries(12):
        text_of(client, "decisions:decision", "general-meeting", 1)


def test_each_side_finds_on_a_tasks_page_what_it_can_do(
    club: Club, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    directive = received(floor_of(club))
    head, chair, anyone = as_person(club.members[2]), as_person(club.members[0]), Client()
    page = reverse("decisions:directive", args=[directive.pk])

    def does(client: Client, name: str, **sent: str) -> int:
        address = reverse(f"decisions:{name}", args=[directive.pk])
        assert address in client.get(page).content.decode()
        return client.post(address, {"once": f"{name}-{len(sent)}", **sent}).status_code

    with clock_at(APRIL + timedelta(1)):
        assert "/extend/" not in chair.get(page).content.decode()
        assert "/withdraw/" not in head.get(page).content.decode()
        assert does(head, "extend", until="2026-06-29", because="Rain.") == 422
        assert does(head, "extend", until="2026-07-31", because="Rain.") == 302
        assert does(chair, "grant", until="2026-07-31") == 302
        assert does(head, "ask", text="Which slates?") == 302
        question = directive.steps.get(kind="asked")
        answer = reverse("decisions:answer", args=[question.pk])
        assert answer in chair.get(page).content.decode()
        assert chair.post(answer, {"text": "The grey ones.", "once": "answer"}).status_code == 302
        assert does(head, "report", narrative="Tight.", done="on", expected="") == 302
        assert does(chair, "send_back", because="It drips.") == 302
        with django_assert_max_num_queries(12):
            text = anyone.get(page).content.decode()
    for said in ("The grey ones.", "Tight.", "It drips.", "Sent back", "More time granted, until"):
        assert said in text
    assert "/report/" not in text
    text_of(Client(), "decisions:mine", status=302)
    with clock_at(LATE):
        assert "It drips." not in text_of(head, "decisions:mine")
        assert "Have the roof repaired by a roofer." in text_of(head, "decisions:mine")
        assert "Nothing waits for you." in text_of(as_person(club.members[6]), "decisions:mine")


def test_evidence_is_given_to_whoever_may_see_its_task(club: Club) -> None:
    directive = received(floor_of(club, item_access=Access.BODY))
    head = as_person(club.members[2])
    photo = SimpleUploadedFile("roof.png", b"\x89PNG\r\n\x1a\n and the rest")
    sent = {"narrative": "See the photo.", "evidence": photo, "once": "photo"}
    with clock_at(APRIL + timedelta(1)):
        assert head.post(reverse("decisions:report", args=[directive.pk]), sent).status_code == 302
        address = reverse("decisions:evidence", args=[Evidence.objects.get().pk])
        answer = head.get(address)
        assert b"".join(answer.streaming_content).startswith(b"\x89PNG")
        assert (answer.headers["Cache-Control"], answer.headers["X-Content-Type-Options"]) == (
            "private, no-store",
            "nosniff",
        )
        assert Client().get(address).status_code == 404
        wrong = {**sent, "once": "wrong", "evidence": SimpleUploadedFile("roof.exe", b"MZ")}
        refused = head.post(reverse("decisions:report", args=[directive.pk]), wrong)
    assert refused.status_code == 422
    assert "See the photo." in refused.content.decode()


def test_a_head_breaks_a_task_down_by_the_page(club: Club) -> None:
    directive = received(floor_of(club))
    (pier,) = found_units(by=club.administrator, units=[NewUnit("North pier", "pier", club.local.pk)])
    head, form = as_person(club.members[2]), reverse("decisions:break_down", args=[directive.pk])
    sent = {"text": "Bring slates.", "due": DUE.isoformat(), "once": "parts"}
    with clock_at(APRIL + timedelta(1)):
        assert "North pier" in head.get(form).content.decode()
        for units in ("9" * 30, "pier", ""):
            assert head.post(form, {**sent, "units": units}).status_code == 422
        assert head.post(form, {**sent, "units": pier.pk}).status_code == 302
        text = text_of(Client(), "decisions:decision", "general-meeting", 1)
    assert Directive.objects.get(parent=directive).responsible_unit == pier
    assert "1 part" in text
    assert "North pier" in text
