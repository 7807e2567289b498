"""A body chooses its languages; what its texts say in them is entered, and goes out of date with the text."""

import pytest
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from hemicycle.accounts.access import PUBLIC
from hemicycle.bodies.models import Body
from hemicycle.bodies.queries import actors_of
from hemicycle.demo.club import Club
from hemicycle.journal.act import Refused
from hemicycle.journal.models import Entry
from hemicycle.journal.verify import verify
from hemicycle.journal.words import sentence
from hemicycle.languages.acts import choose_languages, translate
from hemicycle.languages.models import Translation
from hemicycle.languages.originals import original_of, originals_in
from hemicycle.languages.queries import languages_of, standing_of, words_of
from hemicycle.meetings.acts import add_item, draw_conclusion, strike_words
from hemicycle.meetings.agenda import Vote
from hemicycle.meetings.models import AgendaItem
from hemicycle.meetings.queries.searchable import searchable_items
from hemicycle.motions.acts import revise_motion, table_motion
from hemicycle.motions.models import Motion
from hemicycle.motions.queries import searchable_motions
from hemicycle.voting.acts import open_ballot
from hemicycle.voting.tests.world import DAY, Floor, at, floor_of


@pytest.fixture
def floor(club: Club) -> Floor:
    """A motion on the table of a club that works in Portuguese and Arabic too."""
    choose_languages(by=club.secretary, body_id=club.body.pk, languages=["pt", "ar"])
    return floor_of(club)


def said(row: models.Model, part: str, language: str) -> list[tuple[str, bool]]:
    """Return what a part of a row says in a language, and whether that is up to date."""
    original = original_of(str(row._meta.model_name), row.pk)
    assert original
    words = words_of(PUBLIC, Body.objects.get(), [original.subject])
    wordings = words.of([original.subject], part, original.texts[part], original.language)
    return [(one.text, one.current) for one in wordings if one.language == language]


def test_a_body_works_in_its_own_language_and_those_it_chose(floor: Floor) -> None:
    assert languages_of(Body.objects.get()) == ["en", "pt", "ar"]
    entry = Entry.objects.get(kind="languages.chosen")
    assert "with translations into Portuguese and Arabic" in sentence(entry)
    assert verify() == []


@pytest.mark.parametrize(
    ("languages", "code"),
    [
        (["xx"], "unknown_language"),
        (["en"], "own_language"),
        (["pt", "pt"], "languages_twice"),
        (["pt", "ar"], "nothing_changed"),
        (["de", "fr", "it", "es", "ko"], "languages_twice"),
    ],
)
def test_languages_that_cannot_stand_are_refused(floor: Floor, languages: list[str], code: str) -> None:
    with pytest.raises(Refused) as refused:
        choose_languages(by=floor.club.secretary, body_id=floor.club.body.pk, languages=languages)
    assert refused.value.code == code


def test_a_translation_stands_in_the_book_and_names_the_authentic_language(floor: Floor) -> None:
    made = translate(
        by=floor.club.secretary,
        noun="agendaitem",
        key=floor.item.pk,
        language="pt",
        texts={"title": "O salão do porto"},
    )
    assert [row.text for row in made] == ["O salão do porto"]
    entry = Entry.objects.get(kind="text.translated")
    assert entry.facts["authentic"] == "en"
    assert f"meeting:{floor.meeting.pk}" in entry.subjects
    assert "says in Portuguese. The authentic text is in English." in sentence(entry)
    assert said(floor.item, "title", "pt") == [("O salão do porto", True)]
    assert verify() == []


def test_a_point_that_is_changed_leaves_the_translations_of_the_others_as_they_are(floor: Floor) -> None:
    texts = {"point 1": "Repara-se o telhado.", "point 2": "Agradece-se aos sócios."}
    translate(by=floor.club.secretary, noun="motion", key=floor.motion.pk, language="pt", texts=texts)
    with at(5):
        points = [("The members are thanked.", False), ("The roof is repaired before the autumn.", True)]
        revise_motion(by=floor.club.secretary, motion_id=floor.motion.pk, preamble="", points=points)
    # The thanks moved to the first place with their translation; the roof's is out of date.
    assert said(floor.motion, "point 1", "pt") == [("Agradece-se aos sócios.", True)]
    assert said(floor.motion, "point 2", "pt") == [("Agradece-se aos sócios.", False)]
    original = original_of("motion", floor.motion.pk)
    assert original
    (standing,) = standing_of(original, words_of(PUBLIC, Body.objects.get(), [original.subject]), ["en", "pt"])
    assert (standing.translated, standing.outdated) == (1, 1)


def test_a_title_that_is_changed_has_a_translation_that_says_it_is_old(club: Club) -> None:
    choose_languages(by=club.secretary, body_id=club.body.pk, languages=["pt"])
    floor = floor_of(club, chaired=False)
    translate(by=club.secretary, noun="agendaitem", key=floor.item.pk, language="pt", texts={"title": "O salão"})
    original = original_of("agendaitem", floor.item.pk)
    assert original
    words = words_of(PUBLIC, Body.objects.get(), [original.subject], read="pt")
    found = words.of([original.subject], "title", "The harbour hall and its roof", "en")
    assert [(one.language, one.authentic, one.current) for one in found] == [("en", True, True), ("pt", False, False)]
    hall = words_of(PUBLIC, Body.objects.get(), [original.subject], current_only=True)
    assert len(hall.of([original.subject], "title", "The harbour hall and its roof", "en")) == 1


def test_what_was_made_of_a_closed_text_is_not_shown_beside_an_open_one(club: Club) -> None:
    choose_languages(by=club.secretary, body_id=club.body.pk, languages=["pt"])
    floor = floor_of(club, item_access="body")
    translate(by=club.secretary, noun="agendaitem", key=floor.item.pk, language="pt", texts={"title": "Um segredo"})
    subjects = [f"agendaitem:{floor.item.pk}"]
    assert len(words_of(PUBLIC, Body.objects.get(), subjects).of(subjects, "title", "Another title", "en")) == 1
    assert Entry.objects.get(kind="text.translated").access == "body"


@pytest.mark.parametrize(
    ("language", "texts", "code"),
    [
        ("en", {"title": "The hall"}, "own_language"),
        ("de", {"title": "Der Saal"}, "other_language"),
        ("pt", {"title": "  "}, "no_text"),
        ("pt", {"point 9": "Nada"}, "text_changed"),
    ],
)
def test_what_is_no_translation_is_refused(floor: Floor, language: str, texts: dict[str, str], code: str) -> None:
    with pytest.raises(Refused) as refused:
        translate(by=floor.club.secretary, noun="agendaitem", key=floor.item.pk, language=language, texts=texts)
    assert refused.value.code == code
    assert not Translation.objects.exists()


def test_the_same_translation_is_not_entered_twice(floor: Floor) -> None:
    title = {"title": "Salão"}
    translate(by=floor.club.chair, noun="agendaitem", key=floor.item.pk, language="pt", texts=title)
    with pytest.raises(Refused) as refused:
        translate(by=floor.club.chair, noun="agendaitem", key=floor.item.pk, language="pt", texts=title)
    assert refused.value.code == "nothing_changed"


def test_what_is_voted_on_keeps_its_wording_until_the_vote_is_closed(floor: Floor) -> None:
    with at(10):
        ballot = open_ballot(by=floor.club.chair, motion_id=floor.motion.pk)
        translate(
            by=floor.club.secretary, noun="ballot", key=ballot.pk, language="pt", texts={"question": "Aprova-se?"}
        )
        with pytest.raises(Refused) as refused:
            translate(
                by=floor.club.secretary, noun="ballot", key=ballot.pk, language="pt", texts={"question": "Rejeita-se?"}
            )
    assert refused.value.code == "vote_open"


def test_a_question_put_in_the_usual_words_was_translated_with_its_motion(floor: Floor) -> None:
    translate(
        by=floor.club.secretary, noun="motion", key=floor.motion.pk, language="ar", texts={"question": "هل يُعتمد؟"}
    )
    with at(10):
        ballot = open_ballot(by=floor.club.chair, motion_id=floor.motion.pk)
    subjects = [f"ballot:{ballot.pk}", f"motion:{floor.motion.pk}"]
    found = words_of(PUBLIC, Body.objects.get(), subjects).of(subjects, "question", ballot.question, "en")
    assert [one.text for one in found] == [ballot.question, "هل يُعتمد؟"]


def test_a_member_translates_nothing(floor: Floor) -> None:
    member = actors_of(floor.club.members[4].pk, DAY)[0]
    with pytest.raises(Refused) as refused:
        translate(by=member, noun="agendaitem", key=floor.item.pk, language="pt", texts={"title": "Salão"})
    assert refused.value.code == "no_right"


def test_many_texts_are_read_with_as_many_queries_as_few(floor: Floor) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as made:
            assert len(originals_in(PUBLIC, floor.meeting.pk)) >= 2
            assert list(searchable_motions(Motion.objects.values_list("pk", flat=True)))
            assert list(searchable_items(AgendaItem.objects.values_list("pk", flat=True)))
        return len(made)

    title = {"title": "O salão do porto"}
    translate(by=floor.club.secretary, noun="agendaitem", key=floor.item.pk, language="pt", texts=title)
    few = asked()
    with at(5):
        for name in ("The boat", "The pier"):
            table_motion(
                by=floor.club.chair, item_id=floor.item.pk, title=name, points=[(f"{name} is painted.", False)]
            )
            add_item(by=floor.club.chair, meeting_id=floor.meeting.pk, title=name, vote=Vote(7, 0, 0))
    assert asked() == few
    (found,) = searchable_items([floor.item.pk])
    assert "O salão do porto" in found.text


def test_a_conclusion_that_was_struck_is_not_translated_any_more(floor: Floor) -> None:
    chair = floor.club.chair
    with at(5):
        drawn = draw_conclusion(by=chair, item_id=floor.item.pk, drawn_by_id=floor.club.members[0].pk, text="So be it.")
        assert original_of("conclusion", drawn.pk)
        strike_words(by=chair, meeting_id=floor.meeting.pk, noun="conclusion", key=drawn.pk, because="Another day.")
    assert original_of("conclusion", drawn.pk) is None
    assert all(one.noun != "conclusion" for one in originals_in(PUBLIC, floor.meeting.pk))
