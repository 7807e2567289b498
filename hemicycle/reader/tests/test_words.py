"""Sentences, dates, names and numbers: the small laws that every frame stands on."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemicycle.reader.dates import Anchor, dateline, dates, first_day, issue_year, juche_year
from hemicycle.reader.identity import ordinal, same_body, without_ordinal
from hemicycle.reader.names import people, who
from hemicycle.reader.naming import meeting_named
from hemicycle.reader.needles import needles
from hemicycle.reader.patterns import fitting, rules
from hemicycle.reader.sentences import sentences
from hemicycle.reader.sieve import Sieve, places


def cut(text: str) -> list[str]:
    """The sentences of a text."""
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("The C.C. of the W.P. met. It sat long.", 2),
        ("Mr. J. P. Hollis moved No. 5. Carried.", 2),
        ("It ended at 9 p.m. The lights went out.", 2),
        ("“Is it so?” asked Ms. Dane. “It is.”", 2),
        ("Costs rose by 3.5 per cent, i.e. by a third.", 1),
    ],
)
def test_a_stop_ends_a_sentence_unless_it_belongs_to_a_word(text: str, count: int) -> None:
    assert len(cut(text)) == count


@given(st.text(max_size=400))
def test_sentences_are_stretches_of_the_text_in_order(text: str) -> None:
    at = 0
    for start, end in sentences(text):
        assert at <= start < end <= len(text)
        assert not text[at:start].strip()
        at = end


def spans(text: str, anchor: Anchor | None = None) -> list[tuple[str | None, str | None]]:
    """First and last day of each date of a text."""
    found = dates(text, "en", anchor or Anchor())
    return [(f.first.isoformat() if f.first else None, f.last.isoformat() if f.last else None) for f in found]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("from December 28 to 31, 2019", "2019-12-28", "2019-12-31"),
        ("28-31 December 2019", "2019-12-28", "2019-12-31"),
        ("16/11/2020", "2020-11-16", "2020-11-16"),
        ("11/16/2020", "2020-11-16", "2020-11-16"),
        ("2021-04-08", "2021-04-08", "2021-04-08"),
        ("the 5th day of May 2014", "2014-05-05", "2014-05-05"),
        ("30 December to 2 January 2020", "2019-12-30", "2020-01-02"),
        ("Sept. 9, 2014", "2014-09-09", "2014-09-09"),
    ],
)
def test_dates_are_read_as_people_write_them(text: str, first: str, last: str) -> None:
    assert spans(text)[0] == (first, last)


def test_a_weekday_counts_back_from_the_dateline() -> None:
    monday = Anchor(date(2020, 11, 16), 2020)
    assert spans("on Sunday", monday) == [("2020-11-15", "2020-11-15")]
    assert spans("on Monday", monday) == [("2020-11-16", "2020-11-16")]
    assert spans("tonight", monday) == [("2020-11-16", "2020-11-16")]
    assert spans("on Sunday") == [(None, None)]


def test_a_date_without_a_year_takes_the_anchors() -> None:
    assert spans("on 2 June", Anchor(date(2013, 6, 5), 2013)) == [("2013-06-02", "2013-06-02")]
    assert spans("on 28 December", Anchor(date(2013, 1, 5), 2013)) == [("2012-12-28", "2012-12-28")]
    assert first_day("on 2 June") is None


def test_an_issue_names_its_year_in_either_count() -> None:
    assert juche_year("Juche 109") == 2020
    assert issue_year("No. 412 Special Supplement (2018)") == 2018


def test_a_dateline_has_a_place_and_a_day() -> None:
    found = dateline("Karesh, 26 June (SIB) -- The session ended.", "en", Anchor(None, 1997))
    assert found is not None
    assert (found.place, found.day) == ("Karesh", date(1997, 6, 26))
    assert dateline("The session ended - at last.") is None


@given(st.text(max_size=200))
def test_no_text_breaks_the_dates(text: str) -> None:
    for found in dates(text):
        assert 0 <= found.start < found.end <= len(text)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Seventh", 7),
        ("7th", 7),
        ("Twenty-first", 21),
        ("XIX", 19),
        ("hundredth", 100),
        ("ninety-ninth", 99),
        ("tall", None),
    ],
)
def test_ordinals_in_words_digits_and_roman(text: str, number: int | None) -> None:
    assert ordinal(text) == number


def test_a_body_is_parted_from_its_term() -> None:
    named = without_ordinal("the 7th Central Committee of the Weavers' Union (WU)")
    assert (named.name, named.ordinal) == ("Central Committee of the Weavers' Union", 7)
    assert named.original.startswith("the 7th")
    assert same_body("C.C., WPK", "WPK Central Committee")
    assert not same_body("Seventh Council", "Eighth Council")


@pytest.mark.parametrize(
    ("phrase", "body", "term", "number", "kind"),
    [
        (
            "The Third Plenum of the Ninth Central Committee of the Front",
            "Central Committee of the Front",
            9,
            3,
            "plenary",
        ),
        ("the 31st plenary meeting of the Board of Weavers", "Board of Weavers", None, 31, "plenary"),
        ("The 14th Congress of the Tenants' League", "Congress of the Tenants' League", None, 14, "congress"),
        ("the 51st Annual General Meeting of Brook Homes Ltd", "Brook Homes Ltd", None, 51, "annual general meeting"),
    ],
)
def test_the_name_of_a_meeting_says_what_it_is(
    phrase: str, body: str, term: int | None, number: int, kind: str
) -> None:
    named = meeting_named(phrase)
    assert named is not None
    assert (named.body, named.term_ordinal, named.meeting_ordinal, named.kind) == (body, term, number, kind)


def test_a_sitting_is_a_day_of_its_meeting() -> None:
    named = meeting_named("The second-day sitting of the Ninth Plenary Meeting of the Eighth Council")
    assert named is not None
    assert (named.sitting_day, named.meeting_ordinal, named.term_ordinal) == (2, 9, 8)


def test_offices_are_no_part_of_a_name() -> None:
    assert people("Supreme Leader of the Party, state and armed forces Ada Okoro presided") == ["Ada Okoro"]
    assert who("Party Chairman Daniil Korvin") == ["Daniil Korvin"]
    assert who("the Vice-Chancellor") == ["Vice-Chancellor"]
    assert who("the Political Bureau of the Front") == ["Political Bureau of the Front"]


def test_a_pattern_never_matches_without_one_of_its_needles() -> None:
    texts = [
        "The meeting was held on Sunday.",
        "Motion by Reyes, second by Poole, to approve the budget. AYES: all. Motion carried.",
        "Sharply criticized at the meeting were the officials of the Board of Melioration.",
        "RESOLVED that the accounts be adopted nem. con.",
        "Upon authorization of the Bureau, Ada Okoro presided over the meeting.",
    ]
    for key in ("held", "presiding", "adopted", "motion", "criticised", "authorization", "reports", "tasks"):
        for rule in rules(key, "en"):
            for text in texts:
                if rule.pattern.search(text):
                    for listed in filter(None, rule.needles):
                        assert any(needle in text.lower() for needle in listed), rule.name
                    assert rule in fitting(key, "en", text.lower())
                    assert rule.search(text, text.lower())


def test_a_sieve_finds_what_each_word_looked_for_by_itself_would_find() -> None:
    needled = [("vote",), ("took part", "sat in"), (), ("a b", "on"), ("in the chair",)]
    texts = (
        "they devoted a day",
        "who took part, and",
        "took no part",
        "x a b y",
        "sat  in",
        "she sat in the chair",
        "",
    )
    for text in texts:
        by_itself = [not listed or any(needle in text for needle in listed) for listed in needled]
        found = set(places(Sieve(needled).may(text)))
        assert found == {place for place, may in enumerate(by_itself) if may}


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        (r"colou?rs?", ("colo",)),
        (r"(?:foot|hand)balls?", ("ball",)),
        (r"(?P<x>[A-Z]+) (?:said|told)", ("said", "told")),
        (r"(?:a|b)c?", ()),
        (r"presid(?:ed|ing)(?! by)", ("presid",)),
        (r"(?<!x)word{2,3}ing", ("wor",)),
    ],
)
def test_needles_are_read_off_the_pattern(pattern: str, found: tuple[str, ...]) -> None:
    got = needles(pattern)
    assert got == found or all(re.search(pattern, text) is None for text in ("", "x"))
    assert not found or got
