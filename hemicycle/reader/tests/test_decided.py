"""What was decided, item by item: each thing has a row of its own, with how it ended."""

import pytest

from hemicycle.reader import flat, read
from hemicycle.reader.tests.test_wordings import MINUTES, REPORT, SUBJECT, rows


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
        (
            REPORT,
            "The law was passed by 301 votes for, 12 against and 14 abstentions.",
            "by 301 votes for, 12 against and 14 abstentions",
        ),
        (REPORT, "The accounts were adopted by 93 votes to three.", "by 93 votes to three"),
        (REPORT, "The plan was approved with one vote against.", "with one vote against"),
        (REPORT, "Deputies adopted the law with full approval.", "with full approval"),
        (REPORT, "The plan was adopted without dissent.", "without dissent"),
        (REPORT, "The assembly decided to open its seat to the public.", "decided"),
        (REPORT, "Delegates backed a national campaign for clean water.", "backed"),
        (MINUTES, "The minutes of May were accepted with thanks.", "accepted with thanks"),
        (MINUTES, "The minutes of May were approved subject to the correction of a date.", SUBJECT),
        (MINUTES, "Motion by Ross, second by Tate, to sell the hall. All in favour.", "all in favour"),
        (
            MINUTES,
            "Motion by Ross, second by Tate, to sell the hall. The motion passed on a voice vote.",
            "on a voice vote",
        ),
        (MINUTES, "Motion by Ross to sell the hall. AYES: Ross, Tate. NAYS: None. Motion carried 2-0.", "carried 2-0"),
        (MINUTES, "The plan was agreed, Cllr Fox dissenting.", "agreed, cllr fox dissenting"),
        (MINUTES, "RESOLUTION: Publish the draft next week.", "resolution"),
    ],
)
def test_an_outcome_is_told_once_and_with_how_it_came_about(head: str, sentence: str, how: str) -> None:
    assert [row["how"] for row in rows(head, sentence, "adopted")] == [how]


@pytest.mark.parametrize(
    ("head", "sentence", "wanted"),
    [
        (REPORT, "It adopted a plan, approved the budget, and elected Ida Lund as president.", 3),
        (REPORT, "It passed eleven resolutions and chose Ida Lund as the new president.", 2),
        (REPORT, "Ida Lund was elected a member, Tom Dale was relieved of his post and Kit Roe was appointed head.", 3),
        (MINUTES, "Members agreed the budget, set the levy at 3% and appointed Dunn LLP as auditors.", 3),
        (
            MINUTES,
            "Proposed by Cllr. Lane, seconded by Cllr. Hill and RESOLVED that the tender be accepted.",
            ["the tender be accepted"],
        ),
        (MINUTES, "The Board proposed a dividend of 2%. The motion was carried.", ["a dividend of 2%"]),
        (MINUTES, "The chair called for a vote on the second draft. For: 3, against: 0.", ["the second draft"]),
        (MINUTES, "Minutes of meeting #36 approved without objection.", ["Minutes of meeting #36"]),
        (MINUTES, "The minutes were adopted on the proposal of Mr. P. Lane, seconded by Ms. A. Hill.", ["The minutes"]),
        (MINUTES, "An apology was received from Cllr. Hill (illness).", []),
    ],
)
def test_each_thing_decided_has_a_row_of_its_own(head: str, sentence: str, wanted: list[str] | int) -> None:
    found = [row["what"] for row in rows(head, sentence, "adopted")]
    assert (len(found) if isinstance(wanted, int) else found) == wanted


def test_a_report_that_follows_another_in_one_sentence_has_its_own_reporter() -> None:
    sentence = "It heard a report by Lena Moss on the budget, and a report on pay delivered by its secretary, Ida Lund."
    found = {(row["by"], row["on"]) for row in rows(REPORT, sentence, "reports")}
    assert found == {("Lena Moss", "budget"), ("Ida Lund", "report on pay")}


def test_a_line_of_chat_takes_nothing_of_the_minutes_with_it() -> None:
    page = "# Minutes of the Tabs Group\n\n- Date: 3 May 2021\n- Present: Ann Boyd\n\n## Tests\n"
    page += "<tom> can you hear me?\nIt was agreed to stop.\n"
    assert [row["what"] for row in flat(read(page, name="page.md"))["adopted"]] == ["stop"]


def test_short_lines_that_stand_apart_above_their_text_are_the_items_of_minutes() -> None:
    page = "Ellerby Trust\nMinutes of the annual general meeting held on 3 May 2021\n\nPresent: Ann Boyd, Tom Dale\n\n"
    page += (
        "Financial statements\nThe accounts were adopted.\n\nRule amendments\nA motion to amend rule 4 was lost.\n\n"
    )
    page += "Any other business\nThere was none.\n"
    assert rows("", page, "agenda") == ["Financial statements", "Rule amendments", "Any other business"]


def test_issues_that_were_discussed_are_items_one_by_one() -> None:
    sentence = (
        "The meeting discussed the issue of calling a congress, the issue of floods, and an organizational matter."
    )
    assert rows(REPORT, sentence, "agenda") == ["calling a congress", "floods", "an organizational matter"]


def test_votes_listed_below_a_heading_are_each_told() -> None:
    listed = "* Adopt the budget — passed 4/0/0\n* Sponsor the fair — passed 3/0/1\n* Move the office — failed 1/3/0\n"
    found = [(row["what"], row["how"]) for row in rows(MINUTES, listed, "adopted")]
    wanted = [("Adopt the budget", "passed 4/0/0"), ("Sponsor the fair", "passed 3/0/1"), ("Move the office", "failed")]
    assert found == wanted


def test_who_failed_at_work_is_no_motion_that_failed() -> None:
    assert rows(REPORT, "In his report the premier said the ports had failed to meet their plan.", "adopted") == []


def test_a_box_to_tick_names_who_is_to_act() -> None:
    page = "# Minutes of the Tabs Group\n\n- Date: 3 May 2021\n- Present: Ann Boyd\n\n## Plans\n\n"
    page += (
        "It was agreed to stop.\n\n## Action items\n\n- [ ] Rui: publish the budget\n- [x] Ann: write to the press\n"
    )
    tasks = flat(read(page, name="page.md"))["tasks"]
    assert [(row["sector"], row["text_start"][:7]) for row in tasks] == [("Rui", "Rui: pu"), ("Ann", "Ann: wr")]
