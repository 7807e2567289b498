"""One thing is told in many ways: sentences of every genre, and what is read from them."""

from typing import Any

import pytest

from hemicycle.reader import flat, read

REPORT = "Assembly of the Northern Federation meets\n\n"
REPORT += "The Assembly of the Northern Federation was held in Tarn on 3 May 2021.\n\n"
MINUTES = "Minutes of the Meeting of Ellerby Town Council\nHeld on 3 May 2021 at the Town Hall\n\n1. Opening\n\n"


def rows(head: str, sentence: str, field: str) -> list[Any]:
    """What a page with this sentence has in a field."""
    listed: list[Any] = flat(read(f"{head}{sentence}\n", name="page.txt"))[field]
    return listed


@pytest.mark.parametrize(
    ("head", "sentence", "wanted"),
    [
        (REPORT, "Some 240 delegates, together with 45 observers, took part.", {"delegates", "observers"}),
        (REPORT, "Delegates representing 52 member federations attended the session.", {"delegates"}),
        (REPORT, "Secretaries of county committees sat in on the session.", {"observers"}),
        (REPORT, "Officials were present in a non-voting capacity.", {"observers"}),
        (REPORT, "Kang Tae Sun, first secretary of the Party, was present at the session.", {"leader"}),
        (REPORT, "Members of the Political Bureau were on the platform.", {"platform"}),
        (REPORT, "Greetings were delivered by representatives of nine parties.", {"guests"}),
        (MINUTES, "Cllr Green sent his apologies.", {"apologies"}),
        (MINUTES, "All members were present with the exception of Mr. Dorn.", {"members", "apologies"}),
        (MINUTES, "Members Present: Abbott, Boyd. Members Absent: Dang.", {"present", "apologies"}),
        (MINUTES, "Directors participating: Ann Lee, Tom Roe", {"present"}),
        (MINUTES, "There were 14 residents in attendance.", {"public"}),
    ],
)
def test_each_class_of_those_present_has_its_row(head: str, sentence: str, wanted: set[str]) -> None:
    assert {row["category"] for row in rows(head, sentence, "attendance")} == wanted


@pytest.mark.parametrize(
    ("head", "sentence", "by"),
    [
        (REPORT, "Opening the assembly, President Lena Moss recalled the founders.", "Lena Moss"),
        (REPORT, "A report on the budget was made by Finance Minister Ida Lund.", "Ida Lund"),
        (REPORT, "Delegates heard a report from Treasurer Mia Falk on the finances.", "Mia Falk"),
        (MINUTES, "The Treasurer reported a balance of 4,210.", "The Treasurer"),
        (MINUTES, "An update on the website was given by Tim Shaw.", "Tim Shaw"),
    ],
)
def test_who_reported_is_named(head: str, sentence: str, by: str) -> None:
    assert [row["by"] for row in rows(head, sentence, "reports")] == [by]


@pytest.mark.parametrize(
    ("head", "sentence", "how"),
    [
        (REPORT, "A proposal to raise the age limit did not secure the necessary votes.", "failed"),
        (REPORT, "Resolution 14, on pay, was voted down.", "failed"),
        (REPORT, "No agreement was reached on the seat of the court.", "failed"),
        (REPORT, "Lena Moss was re-elected president by 402 votes to 187.", "by 402 votes to 187"),
        (MINUTES, "It was proposed by Cllr Munro that the swings be replaced. There was no seconder.", "failed"),
        (MINUTES, "Motion by Ross, seconded by Tate, to approve the claims. Motion carried 4-0.", "carried 4-0"),
        (MINUTES, "Mr. Lane moved, and Ms. Hill seconded, that the hall be sold. The motion did not carry.", "failed"),
        (MINUTES, 'Cllr Lane: "That the council provide a bench." Cllr Lane withdrew the motion.', "withdrawn"),
    ],
)
def test_an_outcome_is_told_once_and_with_how_it_came_about(head: str, sentence: str, how: str) -> None:
    assert [row["how"] for row in rows(head, sentence, "adopted")] == [how]


@pytest.mark.parametrize(
    ("sentence", "sectors"),
    [
        ("The power industry sector must overhaul all its equipment.", ["power industry"]),
        ("It is necessary for the fishing sector to repair its vessels.", ["fishing"]),
        ("The Ministry of Light Industry has to renew its patterns.", ["Ministry of Light Industry"]),
        ("The chemical industry shall run the factory, and the cement industry shall follow.", 2),
    ],
)
def test_a_task_is_set_to_whom_the_page_names(sentence: str, sectors: list[str] | int) -> None:
    found = [row["sector"] for row in rows(REPORT, sentence, "tasks")]
    assert (len(found) if isinstance(sectors, int) else found) == sectors


@pytest.mark.parametrize(
    ("page", "report"),
    [
        (
            "EGM called for 8 May\n\nThe committee of the Seed Society decided to convene an Extraordinary"
            " General Meeting on 8 May, which Dermot Hickey will chair.",
            False,
        ),
        (
            "Opinion: What the plenum forgot\n\nThe plenum adopted its resolution. I think it should ask its members.",
            False,
        ),
        (
            "Board approves merger\n\nAt its meeting on 4 March the Board of the Savings Society approved"
            " the merger with Northern Mutual. Two directors voted against. Two voted against.",
            True,
        ),
    ],
)
def test_a_notice_and_a_comment_report_no_meeting(page: str, report: bool) -> None:
    assert read(page, name="page.txt").is_meeting_report is report


def test_a_small_l_is_read_as_the_capital_or_the_one_it_stands_for() -> None:
    reading = read(MINUTES + "lt was RESOLVED that NOTlCES cost €l0 each.\n", name="page.txt")
    assert "It was RESOLVED that NOTICES cost €10 each." in reading.page.article.text
    assert {repair.original for repair in reading.page.repairs} == {"l"}
