"""What help a unit needs reaches whoever issued; a figure that is reported by periods says which are missing."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from hemicycle.bodies.acts import end_unit
from hemicycle.bodies.models import Unit
from hemicycle.decisions import acts
from hemicycle.decisions.acts import NewAim
from hemicycle.decisions.models import Progress
from hemicycle.decisions.tests.test_account import drawn
from hemicycle.decisions.tests.test_life import MAY, piers
from hemicycle.decisions.tests.test_pages import text_of
from hemicycle.decisions.tests.test_rollup import asked, reported
from hemicycle.decisions.tests.world import APRIL, decided, received
from hemicycle.demo.club import Club
from hemicycle.journal.clock import clock_at
from hemicycle.voting.tests.test_pages import as_person
from hemicycle.voting.tests.world import at, floor_of

pytestmark = pytest.mark.django_db
SCAFFOLD = "A scaffold from the mill."


def test_help_that_is_needed_reaches_the_issuer_and_the_account_until_it_is_no_more(club: Club) -> None:
    floor = floor_of(club)
    directive = received(floor)
    desk = as_person(club.members[0])
    telling = {"by": club.head, "directive_id": directive.pk}
    with clock_at(MAY):
        assert SCAFFOLD not in text_of(desk, "decisions:mine")
        acts.report_progress(**telling, narrative="Half.", help_needed=SCAFFOLD, expected=date(2026, 6, 20))
        mine = text_of(desk, "decisions:mine")
        assert SCAFFOLD in mine
        assert mine.index(">To answer<") < mine.index(SCAFFOLD)
    with clock_at(MAY + timedelta(days=1)):
        account = acts.draw_up_account(by=club.chair, meeting_id=floor.meeting.pk, item_id=floor.item.pk)
        keys = [club.body.slug, 1, floor.meeting.ordinal, account.number]
        shown = text_of(Client(), "decisions:account", *keys)
        assert SCAFFOLD in shown
        assert "20 June 2026" in shown.partition("Expected to be done by")[2][:80]
        table = Client().get(reverse("decisions:account_csv", args=keys)).content.decode()
        (row, *_others) = [one for one in csv.DictReader(io.StringIO(table)) if one["help_needed"]]
        assert (row["help_needed"], row["expected"]) == (SCAFFOLD, "2026-06-20")
    with clock_at(MAY + timedelta(days=2)):
        acts.report_progress(**telling, narrative="The scaffold came.")
        assert SCAFFOLD not in text_of(desk, "decisions:mine")


def test_a_figure_by_months_says_how_many_of_them_were_reported(club: Club) -> None:
    whole = asked(club, decided(floor_of(club)), NewAim("sum", "houses", target=100, every="month"))
    june = APRIL.replace(month=6, day=3)
    reported(whole, 4, period=date(2026, 4, 1), moment=APRIL + timedelta(days=2))
    with clock_at(june):
        for name, args in (("decisions:directive", [whole.pk]), ("decisions:tasks", [club.local.slug])):
            assert "1 of 3 periods reported" in text_of(as_person(club.members[2]), name, *args)
    reported(whole, 5, period=date(2026, 5, 1), moment=june)
    with clock_at(june):
        assert "2 of 3 periods reported" in text_of(Client(), "decisions:directive", whole.pk)


def test_what_was_told_in_time_is_entered_later_for_its_period(club: Club) -> None:
    whole = asked(club, decided(floor_of(club)), NewAim("sum", "houses", target=100, every="month"))
    head, form = as_person(club.members[2]), reverse("decisions:report", args=[whole.pk])
    april = {"narrative": "Told by boat.", "value": "4", "period": "2026-04-01"}
    with clock_at(APRIL.replace(month=5, day=23)):
        assert "April 2026, took reports until 15 May 2026" in head.get(form).content.decode()
        late = head.post(form, {**april, "once": "a"})
        assert late.status_code == 422
        assert "April 2026 took reports until 15 May 2026 and is closed." in late.content.decode()
        told = {"happened": "2026-05-10", "happened_reason": "The boat was late."}
        assert head.post(form, {**april, **told, "once": "b"}).status_code == 302
    assert Progress.objects.get().period == date(2026, 4, 1)


def test_the_target_of_a_share_stands_beside_what_it_has_come_to(club: Club) -> None:
    aim = NewAim("ratio", "houses", target=95, target_of=100)
    whole = asked(club, decided(floor_of(club)), aim)
    reported(whole, 19, out_of=100)
    shown = text_of(Client(), "decisions:directive", whole.pk)
    assert "19 of 100 houses (19.0 %; the target is 95.0 %)" in shown


def test_the_tree_of_a_day_has_the_units_that_ended_since(club: Club) -> None:
    (north, _south), _head = piers(club)
    with at(30):
        end_unit(by=club.administrator, unit_id=north.pk, ends=date(2026, 3, 24))
    page = reverse("bodies:unit", args=[Unit.objects.get(pk=club.local.pk).slug])
    before, after = (Client().get(page, {"on": on}).content.decode() for on in ("2026-03-23", "2026-03-24"))
    assert "North pier" in before
    assert "North pier" not in after


def test_a_refused_report_says_that_its_files_are_to_be_chosen_again(club: Club) -> None:
    directive = received(floor_of(club))
    head, form = as_person(club.members[2]), reverse("decisions:report", args=[directive.pk])
    again = "A browser sends no file twice: choose the files again."
    photo = SimpleUploadedFile("roof.pdf", b"%PDF-1.4\n%%EOF")
    with clock_at(MAY):
        assert again not in head.post(form, {"narrative": "", "once": "a"}).content.decode()
        assert again in head.post(form, {"narrative": "", "files": photo, "once": "b"}).content.decode()


def test_what_cannot_be_chosen_is_said_in_the_houses_words(club: Club) -> None:
    directive = received(floor_of(club))
    desk, form = as_person(club.members[0]), reverse("decisions:supersede", args=[directive.pk])
    with clock_at(MAY):
        answer = desk.post(form, {"by_number": "galaxy", "because": "So.", "once": "a"})
    assert answer.status_code == 422
    assert "Select a valid choice" not in answer.content.decode()


def test_an_account_that_nobody_asked_for_help_in_says_nothing_of_it(club: Club) -> None:
    floor = floor_of(club)
    received(floor)
    with at(30):
        account = drawn(floor, 31)
    assert {(one.help_needed, one.expected) for one in account.lines.all()} == {("", None)}
