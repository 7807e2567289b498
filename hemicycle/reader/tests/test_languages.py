"""One worked example for each language besides English; every lexicon has its place."""

import pytest

from hemicycle.reader import flat
from hemicycle.reader.dates import dates
from hemicycle.reader.page import open_page
from hemicycle.reader.patterns import genres, rules, saying
from hemicycle.reader.reading import read_page

FRENCH = """Le 20e congrès de la Fédération des tisserands s'est tenu à Lorval du 12 au 14 mai 2023.

Mme Odile Ferrand a présidé les travaux.

Les délégués ont adopté à l'unanimité la résolution sur les métiers.
"""
RUSSIAN = (
    "В Орше состоялся V пленум Союза ткачей. Он проходил 12 марта 2021. "
    "Председательствовал Иван Крылов. Пленум единогласно принял резолюцию о станках.\n"
)
CHINESE = (
    "织工联合会第三届中央委员会第五次全体会议于2021年3月12日在临河举行。"
    "会议由陈望主持。会议一致通过了《关于织机的决议》。"
)
KOREAN = (
    "직공동맹 중앙위원회 제3기 제5차 전원회의가 2021년 3월 12일부터 14일까지 강안에서 진행되였다. "
    "오세한 위원장이 회의를 사회하였다. 직기 개량에 관한 결정서를 전원일치로 채택하였다."
)


def shape(text: str, language: str) -> dict:
    """The flat shape of a text in that language."""
    from dataclasses import replace

    return flat(read_page(replace(open_page(text, name="page.txt"), language=language)))


def test_a_french_congress_is_read() -> None:
    read = shape(FRENCH, "fr")
    assert read["meeting"]["meeting_ordinal"] == 20
    assert read["meeting"]["body"] == "congrès de la Fédération des tisserands"
    assert (read["meeting"]["start"], read["meeting"]["end"]) == ("2023-05-12", "2023-05-14")
    assert read["meeting"]["place"] == "Lorval"
    assert read["presided_by"] == "Mme Odile Ferrand"
    assert read["adopted"] == [{"what": "la résolution sur les métiers", "how": "unanimous"}]


def test_a_russian_plenum_is_read() -> None:
    read = shape(RUSSIAN, "ru")
    assert (read["meeting"]["body"], read["meeting"]["meeting_ordinal"]) == ("Союза ткачей", 5)
    assert read["meeting"]["kind"] == "plenary"
    assert read["presided_by"] == "Иван Крылов"
    assert read["adopted"] == [{"what": "резолюцию о станках", "how": "unanimous"}]


def test_a_chinese_plenary_session_is_read() -> None:
    read = shape(CHINESE, "zh")
    assert read["meeting"]["body"] == "织工联合会"
    assert (read["meeting"]["term_ordinal"], read["meeting"]["meeting_ordinal"]) == (3, 5)
    assert (read["meeting"]["start"], read["meeting"]["place"]) == ("2021-03-12", "临河")
    assert read["presided_by"] == "陈望"
    assert read["adopted"] == [{"what": "《关于织机的决议》", "how": "unanimous"}]


def test_a_korean_plenary_meeting_is_read() -> None:
    read = shape(KOREAN, "ko")
    assert read["meeting"]["body"] == "직공동맹 중앙위원회"
    assert (read["meeting"]["term_ordinal"], read["meeting"]["meeting_ordinal"]) == (3, 5)
    assert (read["meeting"]["start"], read["meeting"]["end"]) == ("2021-03-12", "2021-03-14")
    assert read["presided_by"] == "오세한"
    assert read["adopted"][0]["how"] == "unanimous"


@pytest.mark.parametrize("language", ["en", "fr", "ru", "zh", "ko"])
def test_every_pattern_of_every_language_compiles(language: str) -> None:
    assert genres(language)
    for key in ("held", "presiding", "adopted", "attendance", "reports", "tasks", "motion", "discussed", "title"):
        assert all(rule.pattern.pattern for rule in rules(key, language))
    assert saying("held", "minutes", language).pattern


def test_russian_dates_are_read() -> None:
    assert [found.first.isoformat() for found in dates("12 марта 2021", "ru") if found.first] == ["2021-03-12"]
