"""One thing is told in many ways: sentences of every genre, and what is read from them."""

from typing import Any

import pytest

from hemicycle.reader import flat, read

REPORT = "Assembly of the Northern Federation meets\n\n"
REPORT += "The Assembly of the Northern Federation was held in Tarn on 3 May 2021.\n\n"
SUBJECT = "approved subject to the correction of a date"
PARTED = {"present", "officers", "in attendance"}
LED = {"leader", "members", "alternate members"}
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
        (
            MINUTES,
            "Also present were the Clerk, Mrs Marsh, and two members of the public.",
            {"in attendance", "public"},
        ),
        (MINUTES, "Board: Ann Boyd (Chair), Tom Dale, Sue Ring", {"present"}),
        (MINUTES, "Trustees: Ann Boyd, Tom Dale. Officers: Jo Marsh. By invitation: Kit Roe.", PARTED),
        (MINUTES, "In attendance: Jo Marsh (Clerk) 2 members of the public", {"in attendance", "public"}),
        (MINUTES, "On roll call, the following members answered present: Boyd, Dale and Ring.", {"present"}),
        (REPORT, "Also present were representatives of the media.", {"in attendance"}),
        (REPORT, "Among the guests were the mayor of Tarn and the bishop.", {"guests"}),
        (REPORT, "The bishop of Tarn, Ulf Sand, was a guest.", {"guests"}),
        (REPORT, "Twelve observer organisations were represented.", {"observers"}),
        (REPORT, "Out of 62 member clubs, 48 were represented.", {"member associations"}),
        (REPORT, "Of 112 delegates entitled to vote 96 had signed in, well above the 57 needed.", {"quorum count"}),
        (REPORT, "Judges and heads of missions followed the sittings from the boxes.", {"guests"}),
        (REPORT, "Twenty or so pupils watched from the gallery.", {"public"}),
        (REPORT, "Vice-premiers and heads of bureaux took part as non-members.", {"observers"}),
        (REPORT, "The Bishop of Tarn brought the greetings of the churches.", {"guests"}),
        (REPORT, "The congress was greeted by a delegation of young pioneers.", {"guests"}),
        (REPORT, "More than 400 delegates from 61 countries ended the congress today.", {"delegates"}),
        (REPORT, "Observers from two unions also addressed the delegates.", {"observers"}),
        (REPORT, "Present were deputies and the heads of missions as guests.", {"members", "guests"}),
        (MINUTES, "Ms. K. Ono attended by web conference.", {"present"}),
        (REPORT, "The council met with 84 of its 96 members present.", {"members"}),
        (REPORT, "Thirty of the 36 affiliates were represented.", {"member associations"}),
        (REPORT, "By decision 4, parties were asked to report.", set()),
        (REPORT, "It was attended by Ann Boyd, general secretary, members and alternate members of the Bureau.", LED),
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
        (REPORT, "The assembly was opened by President Lena Moss.", "Lena Moss"),
        (REPORT, "Lena Moss closed the assembly, thanking the hosts.", "Lena Moss"),
        (REPORT, "The assembly heard an address by Lena Moss.", "Lena Moss"),
        (REPORT, "In her address, Lena Moss said that the federation had grown.", "Lena Moss"),
        (REPORT, "Lena Moss, in her opening address, said that the federation had grown.", "Lena Moss"),
        (REPORT, "The assembly heard the report of the General Secretary, Ida Lund.", "Ida Lund"),
        (REPORT, "Delegates heard Ida Lund report on pay.", "Ida Lund"),
        (REPORT, "Ida Lund reported that all mandates were valid.", "Ida Lund"),
        (REPORT, "The assembly received the report of the Audit Committee, presented by Mia Falk.", "Mia Falk"),
        (REPORT, "The budget was introduced by Finance Minister Ida Lund.", "Ida Lund"),
        (REPORT, "The general secretary, Ida Lund, presented the activity report.", "Ida Lund"),
        (REPORT, "Opening the debate, the President of Norland had called for peace.", "the President of Norland"),
        (MINUTES, "Police Chief Dole reported three thefts.", "Dole"),
        (MINUTES, "The Head of Planning introduced the report.", "The Head of Planning"),
        (
            MINUTES,
            "The Committee received a report from the Director of Planning on housing.",
            "the Director of Planning",
        ),
        (MINUTES, "Chair's report: Ann Boyd thanked all volunteers.", "Ann Boyd"),
        (MINUTES, "2. Librarian's report\n\nKit Roe took the paper as read.", "Kit Roe"),
    ],
)
def test_who_reported_is_named(head: str, sentence: str, by: str) -> None:
    assert [row["by"] for row in rows(head, sentence, "reports")] == [by]


@pytest.mark.parametrize(
    ("sentence", "sectors"),
    [
        (
            "The speaker clarified the tasks for the Party, military and economic fields.",
            ["Party, military and economic"],
        ),
        ("Ida Lund stressed the need to provide for what is to come.", [None]),
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


@pytest.mark.parametrize(
    ("sentence", "units"),
    [
        ("The Assembly criticised the slow work of the Housing Agency.", ["Housing Agency"]),
        ("The Assembly condemned the government's decision to close the mines.", ["government"]),
        ("Members expressed their frustration with Northern Water.", ["Northern Water"]),
        ("The Assembly voiced concern over the conduct of the Port Authority.", ["Port Authority"]),
        ("Concern was expressed at the performance of Northern Water.", ["Northern Water"]),
        ("Dissatisfaction was expressed with Northern Water.", ["Northern Water"]),
        ("Members expressed disappointment that Northern Water had not attended.", ["Northern Water"]),
        ("It took the Port Authority to task for late boats.", ["Port Authority"]),
        ("The report laid bare the failings of the Port Authority.", ["Port Authority"]),
        ("It criticised the irresponsible attitude of the officials of the port.", ["officials of the port"]),
        ("Blame was laid on the Port Authority.", ["Port Authority"]),
        ("The board was unhappy with the contractor, Bright Ltd.", ["contractor", "Bright Ltd"]),
        ("The committee noted with concern the delays at the Mining Bureau.", ["Mining Bureau"]),
        ("The Assembly voiced concern over the rise in prices.", []),
        ("It deplores the delay in the delivery of boats by the Harbour Office.", ["Harbour Office"]),
        ("A motion deploring the way in which Glen Dairies had ended its contracts was carried.", ["Glen Dairies"]),
        ("It condemned the careless attitude of the Post Office, where parcels had lain for months.", ["Post Office"]),
    ],
)
def test_who_is_blamed_is_named_without_the_fault(sentence: str, units: list[str]) -> None:
    assert rows(REPORT, sentence, "criticised") == units


@pytest.mark.parametrize(
    ("sentence", "units"),
    [
        ("The Council placed on record its appreciation of the Scouts.", ["Scouts"]),
        ("Tribute was paid to the outgoing treasurer, Mia Falk.", ["outgoing treasurer, Mia Falk"]),
        ("The Assembly commended the tireless efforts of the host city.", ["host city"]),
    ],
)
def test_who_is_thanked_is_named_without_the_deed(sentence: str, units: list[str]) -> None:
    assert rows(REPORT, sentence, "commended") == units


def of_meeting(page: str) -> dict[str, Any]:
    """What a page says of its meeting."""
    found: dict[str, Any] = flat(read(page, name="page.txt"))
    return {**found["meeting"], "presided_by": found["presided_by"]}


@pytest.mark.parametrize(
    ("page", "wanted"),
    [
        (
            "ELLERBY COUNTY BOARD\nProceedings of May 3, 2021\n\nThe Board met in regular session.\n\n"
            "Dale moved and Ring seconded that the minutes of April 6 be approved. Motion carried.",
            {"start": "2021-05-03", "end": "2021-05-03"},
        ),
        (
            "Tabular Labels Group\n\nStatus: for comments by 2021-06-30\n\nMinutes of the 4th meeting\n\n"
            "3-4 May 2021, Lund, Skania\n\n1. Opening\n\nThe convenor opened the meeting.",
            {"start": "2021-05-03", "end": "2021-05-04", "place": "Lund, Skania"},
        ),
        (
            "SENATE OF ELLERBY UNIVERSITY\n\nMinutes of Meeting No. 4, held in Room 2.08, Old College, on 3 May 2021\n"
            "\nPresent: Dr A. Boyd (Vice-Chancellor, Chair); Dr T. Dale\n\n1. Minutes\nThe minutes were confirmed.",
            {"meeting_ordinal": 4, "place": "Room 2.08, Old College", "presided_by": "Dr A. Boyd"},
        ),
        (
            "Assembly ends\n\nTARN, 3 May 2021 -- The 4th Assembly of the Shore came to a close here yesterday after"
            " two days of deliberation. It passed the budget.",
            {"start": "2021-05-01", "end": "2021-05-02", "place": "Tarn"},
        ),
        (
            "ISO/TC 99/WG 5 N 312\nReport of the 21st meeting of ISO/TC 99/WG 5\nTarn, 4-6 May 2021\n\n"
            "1 Opening\nThe convenor, Mr. H. Dale, opened the meeting.\n\n2 Agenda\nThe agenda was adopted.\n\n"
            "3 Texts\nResolution 98: WG 5 decides to submit the text. Unanimous.",
            {"body": "ISO/TC 99/WG 5", "meeting_ordinal": 21, "start": "2021-05-04", "end": "2021-05-06"},
        ),
        (
            "ELLERBY TOWN COUNCIL\n\nMinutes of the 4th meeting, 3 May 2021, Tarn\n\n1. Opening\n\nAll were present.",
            {"start": "2021-05-03", "place": "Tarn"},
        ),
        (
            "Minutes of the Board of Ellerby Trust\n\n3 May 2021, 09.30 – 12.10, Lecture Theatre 2\n\n1. Opening\n\n"
            "The minutes were approved.",
            {"place": "Lecture Theatre 2"},
        ),
        (
            "Members gather\n\nWednesday 5 May 2021\n\nDelegates of the Northern Union spent Saturday at the Corn"
            " Hall in Tarn for the spring meeting of the Delegate Council. The president was in the chair. The accounts"
            " were adopted by 93 votes to three.",
            {"start": "2021-05-01", "place": "Corn Hall in Tarn"},
        ),
        (
            "Union meets\n\nTARN, May 3, 2021 (NNA) -- The Assembly of the Shore wrapped up its 16th meeting today.",
            {"meeting_ordinal": 16},
        ),
        (
            "Council of Women's Front holds seventh plenum\n\nTARN, 9 June 2021 -- The seventh plenum of the fourth"
            " Council of the Women's Front wound up here on Saturday after three days of work. It approved the budget.",
            {"body": "Council of the Women's Front", "term_ordinal": 4, "start": "2021-06-03", "end": "2021-06-05"},
        ),
        (
            "PRESS RELEASE\n\nTarn, 12 October 2021\n\nKeepers close congress\n\nSome 400 delegates"
            " ended the 18th World Congress of the"
            " Keepers' Union in Tarn today. The Congress, which opened on 8 October, passed two resolutions.",
            {"meeting_ordinal": 18, "place": "Tarn", "start": "2021-10-08", "end": "2021-10-12"},
        ),
        (
            "Minutes of the Tabs Group, Meeting #37\n\nDate: 2021-09-15\nChair: Ann Boyd\n\n1. Opening\nIt was agreed.",
            {"meeting_ordinal": 37},
        ),
        (
            "Assembly in Lund\n\nThe General Assembly of the Handball League took place in Lund on 3 May 2021. The"
            " President, Ann Boyd, chaired the Assembly. The budget was adopted.",
            {"presided_by": "Ann Boyd", "place": "Lund"},
        ),
        (
            "Nurses back ballot\n\nTARN, 3 May 2021 -- The National Council of the Nurses' Union, meeting in Tarn"
            " today, voted by 41 to 3 to ballot its members.",
            {"body": "National Council of the Nurses' Union", "place": "Tarn", "start": "2021-05-03"},
        ),
        (
            "Results approved\n\n3 May 2021\n\nShareholders of Uplands Bank approved a dividend of 2 crowns at the"
            " annual general meeting in Tarn on Thursday. They re-elected the board.",
            {"body": "Uplands Bank", "kind": "annual general meeting", "place": "Tarn"},
        ),
        (
            "Conclusions on fisheries\n\n3 May 2021\n\nThe Council of Ministers of the Shore today adopted conclusions"
            " on fisheries. The Council was chaired by Ann Boyd. It decided to cut the quota by a tenth.",
            {"body": "Council of Ministers of the Shore", "presided_by": "Ann Boyd"},
        ),
        (
            "Handball League\n\nAssembly elects\n\nThe 24th ordinary General Assembly of the Handball League was held"
            " in Tarn from 1 to 3 May 2021.",
            {"body": "General Assembly of the Handball League", "kind": "ordinary", "meeting_ordinal": 24},
        ),
        (
            "Communique of the Third Plenary Session of the Central Committee\n\n(Adopted on 3 May 2021)\n\nThe Third"
            " Plenary Session of the Central Committee was held in Tarn on 3 May 2021. The session was presided over by"
            " the Political Bureau.",
            {"presided_by": "Political Bureau", "meeting_ordinal": 3},
        ),
        (
            "GLEN COUNTY COUNCIL\n\nMINUTES OF MONTHLY MEETING HELD IN THE COURTHOUSE ON 3RD MAY 2021\n\n"
            "CATHAOIRLEACH: Cllr Ann Boyd\n\n1. MINUTES\nThe minutes were confirmed.",
            {"kind": "monthly meeting", "presided_by": "Cllr Ann Boyd"},
        ),
        (
            "A letter\n\nDear friends, the XIX General Synod sat at Tarn from the 5th to the 8th of October 2020.",
            {"body": "General Synod", "meeting_ordinal": 19},
        ),
    ],
)
def test_a_meeting_has_its_own_days_place_and_chair(page: str, wanted: dict[str, Any]) -> None:
    found = of_meeting(page)
    assert {key: found[key] for key in wanted} == wanted


def test_names_that_go_on_below_a_label_are_there_too() -> None:
    listed = "MEMBERS PRESENT:  Ann Boyd      Tom Dale\n                  Sue Ring      Jim Fox\n"
    found = rows(MINUTES, listed, "attendance")
    assert [(row["category"], row["who"]) for row in found] == [("present", "Ann Boyd Tom Dale, Sue Ring Jim Fox")]


def test_terms_and_their_descriptions_are_labels_of_minutes() -> None:
    page = (
        "<html><body><h1>Tabs Working Group Teleconference</h1><h2>03 May 2021</h2><dl><dt>Present</dt>"
        "<dd>AnnB, TomD, SueR</dd><dt>Regrets</dt><dd>JimF</dd><dt>Chair</dt><dd>AnnB</dd></dl>"
        "<h3>Tests</h3><p>AnnB: we have 12 tests.</p><p>RESOLUTION: Publish the draft.</p></body></html>"
    )
    found = flat(read(page, name="page.html"))
    assert found["is_meeting_report"] is True
    assert [row["who"] for row in found["attendance"]] == ["AnnB, TomD, SueR", "JimF"]
    assert found["presided_by"] == "AnnB"


@pytest.mark.parametrize(
    ("head", "sentence", "chairs"),
    [
        (REPORT, "The sessions were chaired in turn by Lena Moss and Ida Lund.", ["Lena Moss", "Ida Lund"]),
        (REPORT, "Presiding was Lena Moss, president.", "Lena Moss"),
        (REPORT, "Kang Tae Sun, upon authorization of the Bureau, conducted the meeting.", "Kang Tae Sun"),
        (MINUTES, "Ann Boyd called the meeting to order. The Board directed the Business Manager to act.", "Ann Boyd"),
        (REPORT, "The assembly was led by Moderator Lena Moss.", "Lena Moss"),
        (REPORT, "Guiding the session was Kang Tae Sun.", "Kang Tae Sun"),
        (REPORT, "The two co-chairs, Lena Moss and Ida Lund, opened the meeting.", ["Lena Moss", "Ida Lund"]),
        (REPORT, "The session was presided over by the Political Bureau.", "Political Bureau"),
        (REPORT, "The President of the Federation, Lena Moss, presided over the assembly.", "Lena Moss"),
        (MINUTES, "Meeting called to order at 7:00 p.m. by Chair Ann Boyd.", "Ann Boyd"),
        (MINUTES, "Chair: Cllr Ann Boyd (Chairman) and Tom Dale (Vice-Chairman)", "Cllr Ann Boyd"),
        (MINUTES, "Members present: Ann Boyd, President; Tom Dale, Vice President", "Ann Boyd"),
        (MINUTES, "Present: Councillors A. Boyd (Chairman), T. Dale", "Councillor A. Boyd"),
        (MINUTES, "Chairperson: A Boyd", "A Boyd"),
    ],
)
def test_who_is_said_to_preside_is_named(head: str, sentence: str, chairs: str | list[str]) -> None:
    assert flat(read(f"{head}{sentence}\n", name="page.txt"))["presided_by"] == chairs


@pytest.mark.parametrize(
    ("head", "sentence", "modes"),
    [
        (REPORT, "Provincial officials took part through video conference.", ["video"]),
        (REPORT, "Ministers attended the session remotely.", ["remote"]),
        (REPORT, "Twelve deputies were present in the hall and three online.", [None]),
        (REPORT, "Three hundred delegates took part in person and forty remotely.", [None]),
        (REPORT, "Twelve deputies attended, three of them by video.", [None, "video"]),
        (REPORT, "Delegates attended the session, which was streamed online.", [None]),
        (REPORT, "Members attended in person and online.", [None]),
        (MINUTES, "Two members of the public joined online.", ["remote"]),
        (MINUTES, "Present: Ann Lee, Tom Roe\n\nBy telephone: Jo Marsh, Kim Foss", [None, "remote"]),
        (MINUTES, "Present: Ann Lee, Tom Roe\n\nOn Teams: Jo Marsh, Kim Foss", [None, "video"]),
        (MINUTES, "This is a hybrid meeting, held by Zoom and in person.\n\nPresent: Ann Lee, Tom Roe", [None]),
        (MINUTES, "The next meeting will be held by Zoom.\n\nPresent: Ann Lee, Tom Roe", [None]),
        (MINUTES, "Present: Ann Lee, Tom Roe (on Zoom), Jo Marsh", [None]),
        (MINUTES, "The meeting was held via Microsoft Teams.\n\nPresent: Ann Lee, Tom Roe", ["video"]),
    ],
)
def test_a_mode_holds_of_the_class_of_which_it_is_told(head: str, sentence: str, modes: list[str | None]) -> None:
    assert [row["mode"] for row in rows(head, sentence, "attendance")] == modes


@pytest.mark.parametrize(
    "sentence",
    [
        "Seven delegates voted against the motion.",
        "Five delegates argued for a delay.",
        "Eleven members were elected to the board.",
        "Ann Boyd attended the university of Tarn.",
        "Last year 200 members attended the rally.",
    ],
)
def test_who_votes_or_is_elected_makes_no_class_of_those_present(sentence: str) -> None:
    assert rows(REPORT, sentence, "attendance") == []
