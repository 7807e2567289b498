"""The order of wordings, and which of them are up to date, for any text and any translations of it."""

from hypothesis import given
from hypothesis import strategies as st

from hemicycle.languages.rules import Rendered, digest_of_words, wordings

TAGS = st.sampled_from(["en", "pt", "ar", "ko"])
TEXTS = st.sampled_from(["One ship.", "Two  ships.", "Three ships."])
PARTS = st.sampled_from(["title", "point 1", "point 2", ""])


@st.composite
def rendered(draw: st.DrawFn) -> Rendered:
    return Rendered(
        draw(PARTS), digest_of_words(draw(TEXTS)), draw(TAGS), draw(st.sampled_from(["Um navio.", "سفينة", "배"]))
    )


@given(TEXTS, TAGS, PARTS.filter(bool), st.lists(rendered(), max_size=8), TAGS)
def test_one_wording_is_authentic_and_stands_first_or_after_the_readers_own(
    text: str, language: str, part: str, made: list[Rendered], read: str
) -> None:
    found = wordings(text, language, part, made, read)
    assert [one.text for one in found if one.authentic] == [text]
    assert len({one.language for one in found}) == len(found)
    place = next(number for number, one in enumerate(found) if one.authentic)
    assert place <= 1
    if place:
        assert found[0].language == read
        assert found[0].current


@given(TEXTS, TAGS, PARTS.filter(bool), st.lists(rendered(), max_size=8))
def test_a_translation_is_current_only_if_it_was_made_of_these_words(
    text: str, language: str, part: str, made: list[Rendered]
) -> None:
    for one in wordings(text, language, part, made):
        if one.authentic:
            continue
        last = [way for way in made if way.language == one.language and way.digest == digest_of_words(text)]
        assert one.current == bool(last)
        if last:
            assert one.text == last[-1].text
        else:
            older = [way.text for way in made if way.language == one.language and way.part == part]
            assert one.text == older[-1]


def test_a_line_broken_elsewhere_is_the_same_text() -> None:
    assert digest_of_words("One\n ship.") == digest_of_words("One ship.")
