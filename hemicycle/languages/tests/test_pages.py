"""Two languages on the pages: side by side in the hall, one below the other elsewhere, the reader's first."""

import re

import pytest
from django.test import Client

from hemicycle.accounts.models import Account
from hemicycle.bodies.models import Body
from hemicycle.demo.club import Club
from hemicycle.journal.verify import verify
from hemicycle.languages.acts import choose_languages, translate
from hemicycle.languages.models import Translation
from hemicycle.languages.queries import languages_of
from hemicycle.live.faces import Face
from hemicycle.live.fragments import render
from hemicycle.live.stream_rights import Wish, standing_of
from hemicycle.motions.acts import table_motion, withdraw_motion
from hemicycle.voting.acts import open_ballot
from hemicycle.voting.tests.world import Floor, at, floor_of

TITLE, QUESTION = "O salão do porto", "Deve aprovar-se a reparação do telhado?"
ARABIC = "قاعة المرفأ"


@pytest.fixture
def floor(club: Club) -> Floor:
    """A vote is open in a club that works in three languages; item and question are translated."""
    choose_languages(by=club.secretary, body_id=club.body.pk, languages=["pt", "ar"])
    floor = floor_of(club)
    by = club.secretary
    translate(by=by, noun="agendaitem", key=floor.item.pk, language="pt", texts={"title": TITLE})
    translate(by=by, noun="agendaitem", key=floor.item.pk, language="ar", texts={"title": ARABIC})
    translate(by=by, noun="motion", key=floor.motion.pk, language="pt", texts={"question": QUESTION})
    with at(10):
        open_ballot(by=club.chair, motion_id=floor.motion.pk)
    return floor


def address(floor: Floor, name: str = "") -> str:
    return f"/en/bodies/{floor.club.body.slug}/terms/1/meetings/{floor.meeting.ordinal}/{name}"


def signed_in(name: str) -> Client:
    browser = Client()
    browser.force_login(Account.objects.get(person__name=name))
    return browser


def text_of(page: object) -> str:
    return re.sub(r"\s+", " ", page.content.decode())  # type: ignore[attr-defined]  # A response of the test client.


def test_the_hall_reads_the_question_side_by_side_and_which_is_authentic(floor: Floor) -> None:
    with at(11):
        shown = render(floor.meeting.pk, Face.SCREEN, "en", "pt")
    columns = re.findall(r'<span class="screen__column">.*?</span>\s*<span class="screen__title" lang="(\w+)"', shown)
    assert columns == ["en", "pt"]
    assert "English · authentic text" in shown
    assert QUESTION in shown
    # Above a question that stands in two languages, the item is named in one, on one line.
    assert '<span lang="en" dir="ltr">The harbour hall</span>' in shown
    assert ARABIC not in shown


@pytest.mark.parametrize("face", [Face.PUBLIC, Face.SCREEN, Face.FLOOR])
def test_a_motion_is_shown_in_its_own_language_whatever_that_of_its_item(club: Club, face: Face) -> None:
    choose_languages(by=club.secretary, body_id=club.body.pk, languages=["pt"])
    floor = floor_of(club)
    withdraw_motion(by=club.chair, motion_id=floor.motion.pk)
    tabled = table_motion(
        by=club.chair, item_id=floor.item.pk, title="O telhado", points=[("Repara-se.", True)], language="pt"
    )
    translate(by=club.secretary, noun="motion", key=tabled.pk, language="en", texts={"title": "The roof itself"})
    with at(11):
        shown = render(floor.meeting.pk, face, "en")
    assert '<span lang="pt" dir="ltr">O telhado</span>' in shown
    assert 'lang="en" dir="ltr">The roof itself</span>' in shown


def test_the_public_page_shows_first_what_its_reader_reads(floor: Floor) -> None:
    browser = Client()
    with at(11):
        before = text_of(browser.get(address(floor)))
        back = browser.get(f"/en/read-in/pt/?next={address(floor)}")
        after = text_of(browser.get(address(floor)))
    assert back.headers["Location"] == address(floor)
    assert before.index(">The harbour hall<") < before.index(f">{TITLE}<")
    assert after.index(f'lang="pt" dir="ltr">{TITLE}<') < after.index(">The harbour hall<")
    assert "Translation; the authentic text is in English:" in after
    assert "Translation; the authentic text is in English:" not in before
    assert f'<span class="others__text" lang="ar" dir="rtl">{ARABIC}</span>' in before


def test_the_delegate_and_the_voting_card_read_the_question_in_both(floor: Floor, club: Club) -> None:
    browser = signed_in(club.members[3].name)
    browser.cookies["read_in"] = "pt"
    with at(11):
        page = text_of(browser.get(address(floor, "floor/")))
        card = text_of(browser.get(f"/en/ballots/{floor.motion.ballots.get().pk}/"))
    assert page.count(QUESTION) == 1
    assert page.index(QUESTION) < page.rindex("Shall “Repair of the roof” be adopted?")
    assert "&amp;read=pt" in page
    assert f'<h1 id="ballot-question" lang="pt" dir="ltr">{QUESTION}</h1>' in card


def test_a_language_that_the_body_does_not_work_in_makes_no_stream_of_its_own(floor: Floor) -> None:
    book = floor.club.body.book_id
    assert standing_of(Wish(book, floor.meeting.pk, Face.PUBLIC, "en", "pt"), None)
    assert standing_of(Wish(book, floor.meeting.pk, Face.PUBLIC, "en", "de"), None) is None
    browser = Client()
    browser.cookies["read_in"] = "de"
    with at(11):
        assert "read=en" in text_of(browser.get(address(floor)))


def test_a_body_of_one_language_shows_no_choice_and_one_stream(club: Club) -> None:
    floor = floor_of(club)
    with at(5):
        page = text_of(Client().get(address(floor)))
    assert "Texts first in" not in page
    assert "read=" not in page


def test_the_desk_sees_what_is_missing_and_enters_it(floor: Floor, club: Club) -> None:
    browser = signed_in(club.secretary.name)
    with at(12):
        page = text_of(browser.get(address(floor, "desk/translations/")))
        assert page.count("Translated") >= 2
        assert "Missing" in page
        form = f"/en/translations/motion/{floor.motion.pk}/ar/"
        assert "The roof of the harbour hall is repaired." in text_of(browser.get(form))
        answer = browser.post(form, {"in_point_1": "يُصلح السقف", "next": address(floor, "desk/translations/")})
    assert answer.status_code == 302
    assert Translation.objects.filter(language="ar", part="point 1", text="يُصلح السقف").exists()
    assert verify() == []


def test_a_refused_translation_comes_back_with_what_was_typed(floor: Floor, club: Club) -> None:
    browser = signed_in(club.secretary.name)
    with at(12):
        answer = browser.post(f"/en/translations/ballot/{floor.motion.ballots.get().pk}/ar/", {"in_question": "  "})
        assert answer.status_code == 422
        typed = {"in_question": "Outra pergunta"}
        answer = browser.post(f"/en/translations/motion/{floor.motion.pk}/pt/", typed)
    assert answer.status_code == 409
    assert "What is asked no longer changes" in text_of(answer)
    assert "Outra pergunta" in text_of(answer)


def test_the_secretary_chooses_the_languages_of_the_body(floor: Floor, club: Club) -> None:
    browser = signed_in(club.secretary.name)
    page = text_of(browser.get(f"/en/bodies/{club.body.slug}/"))
    assert "They are translated into: Portuguese, Arabic." in page
    assert browser.post(f"/en/bodies/{club.body.slug}/languages/", {"language_0": "ko"}).status_code == 302
    assert languages_of(Body.objects.get()) == ["en", "ko"]


def test_a_stranger_translates_nothing_and_learns_nothing_of_a_closed_text(club: Club) -> None:
    choose_languages(by=club.secretary, body_id=club.body.pk, languages=["pt"])
    floor = floor_of(club, item_access="body")
    assert Client().get(f"/en/translations/agendaitem/{floor.item.pk}/pt/").status_code == 404
    assert Client().get(f"/en/translations/person/{club.members[0].pk}/pt/").status_code == 404
    assert signed_in(club.members[3].name).get(f"/en/translations/agendaitem/{floor.item.pk}/pt/").status_code == 403
