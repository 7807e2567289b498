"""The scorer: what counts as the same, and how it adds up."""

import json
from pathlib import Path

import pytest

from hemicycle.reader.score import FIELDS, Tally, alike, cases, differences, mean_f1, score, table, total

TRUTH = {
    "source_name": "The Beacon",
    "published": "2020-05-04",
    "is_meeting_report": True,
    "title": "Council Meets in Karesh",
    "meeting": {"body": "Council of Karesh", "term_ordinal": 3, "enlarged": None, "start": "2020-05-03"},
    "presided_by": "Mara Lind",
    "authorized_by": None,
    "attendance": [{"category": "members", "who": "members of the Council", "mode": "video"}],
    "agenda": ["On the harbour", "On elections"],
    "reports": [{"by": "Mara Lind", "on": "the harbour"}],
    "adopted": [{"what": "the harbour plan", "how": "unanimously"}, {"what": "a fee on boats", "how": "failed"}],
    "tasks": [{"sector": "harbour", "text_start": "The harbour board must report by the end"}],
    "criticised": [],
    "commended": ["the lifeboat crew"],
    "article_first_words": "KARESH, May 4. The Council met on Sunday",
    "article_last_words": "and the meeting was closed at nine o'clock",
    "furniture_examples": ["Subscribe now!", "More from The Beacon"],
}


def test_the_truth_scores_full_marks_against_itself() -> None:
    scores = score(TRUTH, TRUTH)
    assert set(scores) == set(FIELDS)
    assert all(tally.right == tally.given == tally.wanted for tally in scores.values())
    assert mean_f1(scores) == 1
    assert not list(differences(TRUTH, TRUTH))


def test_nothing_given_is_nothing_found() -> None:
    scores = score(TRUTH, {"is_meeting_report": True})
    assert scores["agenda"] == Tally(0, 0, 2)
    assert scores["agenda"].precision is None
    assert scores["agenda"].recall == 0
    assert scores["authorized_by"].f1 is None
    assert scores["is_meeting_report"] == Tally(1, 1, 1)


def test_strings_are_the_same_whatever_their_case_spaces_and_marks() -> None:
    assert alike("The Seventh Council\u2019s  report", "seventh councils REPORT")
    assert alike("state-of-the-art harbour", "state-of-the- art harbour")
    assert not alike("the harbour plan", "the plan of the railway board")


def test_a_row_is_met_by_its_keys_and_once_only() -> None:
    found = {
        **TRUTH,
        "attendance": [{"category": "observers", "who": "members of the Council", "mode": "video"}],
        "adopted": [
            {"what": "harbour plan", "how": "by a majority"},
            {"what": "the harbour plan", "how": "unanimously"},
        ],
    }
    scores = score(TRUTH, found)
    assert scores["attendance"] == Tally(0, 1, 1)
    assert scores["attendance.mode"] == Tally(0, 0, 0)
    assert scores["adopted"] == Tally(1, 2, 2)
    assert scores["adopted"].f1 == pytest.approx(0.5)


def test_dates_and_numbers_are_the_same_or_not() -> None:
    meeting = {**TRUTH["meeting"], "start": "2020-05-04", "term_ordinal": "3", "enlarged": False}
    scores = score(TRUTH, {**TRUTH, "meeting": meeting})
    assert scores["meeting.start"] == Tally(0, 1, 1)
    assert scores["meeting.term_ordinal"] == Tally(0, 1, 1)
    assert scores["meeting.enlarged"] == Tally(0, 0, 0)


def test_furniture_that_holds_the_article_is_wrong() -> None:
    found = {**TRUTH, "furniture_examples": ["SUBSCRIBE NOW", "KARESH, May 4. The Council met on Sunday morning"]}
    assert score(TRUTH, found)["furniture_examples"] == Tally(1, 2, 2)


def test_differences_name_the_field() -> None:
    (told,) = differences(TRUTH, {**TRUTH, "presided_by": ["Jon Brandt"]})
    assert told == 'presided_by: wanted "Mara Lind", given ["Jon Brandt"]'


def test_documents_add_up_in_total_and_in_the_table() -> None:
    both = total([score(TRUTH, TRUTH), score(TRUTH, {"is_meeting_report": False})])
    assert both["agenda"] == Tally(2, 2, 4)
    assert both["is_meeting_report"] == Tally(1, 2, 2)
    lines = table({"all": both, "council": score(TRUTH, TRUTH)}).splitlines()
    assert lines[0].split() == ["prec.", "recall", "F1", "council"]
    (agenda,) = [line.split() for line in lines if line.startswith("agenda")]
    assert agenda == ["agenda", "100", "%", "50", "%", "67", "%", "100", "%"]
    assert lines[-1].startswith("mean of F1")


def test_a_folder_gives_its_pages_with_genres(tmp_path: Path) -> None:
    (tmp_path / "one.html").write_text("<p>One</p>")
    (tmp_path / "one.truth.json").write_text(json.dumps(TRUTH))
    (tmp_path / "genres.json").write_text('{"one": "council"}')
    (case,) = cases(tmp_path)
    assert (case.page.name, case.genre, case.truth) == ("one.html", "council", TRUTH)


def test_a_truth_without_its_page_is_said(tmp_path: Path) -> None:
    (tmp_path / "two.truth.json").write_text("{}")
    with pytest.raises(ValueError, match="there must be one page"):
        list(cases(tmp_path))
    (tmp_path / "two.truth.json").write_text("{")
    with pytest.raises(ValueError, match="is no JSON"):
        list(cases(tmp_path))
