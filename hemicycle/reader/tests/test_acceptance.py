"""The forty questions about the three seeds: each is answered by a query over the claims, with the right line."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hemicycle.reader import read
from hemicycle.reader.frames.plans import parts_of
from hemicycle.reader.identity import compared, same_body
from hemicycle.reader.shape import TEXT_LOST, Claim, Reading
from hemicycle.reader.tests.answers import SECTORS_IN_BOTH

Three = dict[str, Reading]


@pytest.fixture(scope="module")
def three(seeds: Path) -> Three:
    """The three seeds, read."""
    return {path.name[:3]: read(path.read_bytes(), name=path.name) for path in sorted(seeds.glob("*.txt"))}


def said(reading: Reading, field: str, where: Callable[[Any], bool] = lambda value: True) -> list[Claim]:
    """The claims of a field whose value fits."""
    return [claim for claim in reading.claims if claim.field == field and where(claim.value)]


def one(reading: Reading, field: str) -> Any:
    """The value of a field that is stated once."""
    found = said(reading, field)
    assert found, f"nothing is stated of {field}"
    return found[0].value


def lines(claims: list[Claim]) -> set[int]:
    """The lines on which claims stand."""
    return {claim.line for claim in claims}


def sectors_tasked(reading: Reading) -> set[str]:
    """Every sector that got a task."""
    return {sector for claim in said(reading, "tasks") for sector in claim.value["sectors"]}


def test_q1_which_three_meetings_are_reported(three: Three) -> None:
    told = {
        key: (one(r, "meeting.body"), one(r, "meeting.term_ordinal"), one(r, "meeting.meeting_ordinal"))
        for key, r in three.items()
    }
    assert told["000"] == ("Political Bureau of the Central Committee of the Workers' Party of Korea", 7, 20)
    assert told["002"] == ("Central Committee of the Workers' Party of Korea", 7, 5)
    assert told["003"] == ("Central Committee of the Workers' Party of Korea", 8, 9)
    assert one(three["000"], "meeting.enlarged") is True
    assert one(three["003"], "meeting.sitting_day") == 2
    assert [said(three[key], "meeting.body")[0].line for key in ("000", "002", "003")] == [10, 19, 1]


def test_q2_in_which_order_they_were_held(three: Three) -> None:
    assert (one(three["002"], "meeting.start"), one(three["002"], "meeting.end")) == ("2019-12-28", "2019-12-31")
    assert one(three["000"], "meeting.start") == "2020-11-15"
    assert (one(three["003"], "meeting.weekday"), one(three["003"], "meeting.month")) == ("Wednesday", "December 2023")


def test_q3_the_day_is_derived_from_on_sunday_and_the_dateline(three: Three) -> None:
    claim = said(three["000"], "meeting.start")[0]
    assert (claim.value, claim.line) == ("2020-11-15", 10)
    assert "Sunday" in three["000"].page.words(claim.span)


def test_q4_the_report_was_published_on_16_november(three: Three) -> None:
    page = three["000"].page
    assert page.published is not None
    assert page.published.isoformat() == "2020-11-16"
    assert any(day.isoformat() == "2025-01-31" and role == "page" for _, day, role in page.page_dates)


def test_q5_where_each_was_held(three: Three) -> None:
    first, second = said(three["000"], "meeting.place")[0], said(three["002"], "meeting.place")[0]
    assert str(first.value).startswith("office building")
    assert str(second.value).startswith("headquarters building")
    assert (first.line, second.line) == (10, 19)
    assert not said(three["003"], "meeting.place")


def test_q6_q7_who_presided_and_on_whose_authorization(three: Three) -> None:
    for key, line in (("002", 27), ("000", 18)):
        presided, authorized = said(three[key], "presided_by"), said(three[key], "authorized_by")
        assert [(claim.value, claim.line) for claim in presided] == [("Kim Jong Un", line)]
        assert same_body(str(authorized[0].value), "Political Bureau of the WPK Central Committee")
        assert authorized[0].line == line


def test_q8_who_presided_over_the_second_day_is_not_stated(three: Three) -> None:
    assert not said(three["003"], "presided_by")
    assert lines(said(three["003"], "reports", lambda row: "Kim Jong Un" in row["by"])) == {2}


def test_q9_which_titles_each_report_gives_him(three: Three) -> None:
    def titles(key: str, line: int) -> list[str]:
        return [
            c.value["title"]
            for c in said(three[key], "title", lambda v: v["person"] == "Kim Jong Un")
            if c.line == line
        ]

    assert titles("002", 21) == ["chairman of the Workers' Party of Korea"]
    assert [title.split(" of ")[0] for title in titles("000", 12)] == ["chairman", "chairman", "supreme commander"]
    assert titles("003", 2) == ["General Secretary"]


def test_q10_who_took_part_other_than_as_observers(three: Three) -> None:
    rows = said(three["002"], "attendance", lambda row: row["category"] != "observers")
    assert lines(rows) == {23}
    assert [row.value["category"] for row in rows] == ["members", "alternate members", "members"]
    assert "Central Auditing Commission" in rows[2].value["who"]


def test_q11_who_were_its_observers(three: Three) -> None:
    rows = said(three["002"], "attendance", lambda row: row["category"] == "observers")
    assert lines(rows) == {25}
    assert len(rows[0].value["groups"]) == 8


def test_q12_who_attended_by_video_and_in_what_capacity(three: Three) -> None:
    rows = said(three["000"], "attendance", lambda row: row["mode"] == "video")
    assert [(row.value["category"], row.line, len(row.value["groups"])) for row in rows] == [("observers", 16, 5)]


def test_q13_no_count_and_no_quorum_is_stated(three: Three) -> None:
    for reading in three.values():
        assert not said(reading, "attendance", lambda row: row["category"] == "quorum count")


def test_q14_the_agenda_has_four_items_and_the_fourth_wraps(three: Three) -> None:
    items = said(three["002"], "agenda")
    assert [item.line for item in items] == [30, 31, 32, 33]
    assert str(items[3].value).endswith("with splendour")
    last = three["002"].page.text.count("\n", 0, items[3].span.end) + 1
    assert last == 35


def test_q15_what_came_of_each_item(three: Three) -> None:
    told = {c.value["item"]: (c.value["outcome"], c.line) for c in said(three["002"], "discussed") if c.value["item"]}
    assert told[1] == ("unanimous", 191)
    assert told[2] == (None, 193)
    assert told[3] == ("decided", 193)
    assert told[4] == (TEXT_LOST, 195)


def test_q16_what_the_enlarged_meeting_discussed(three: Three) -> None:
    told = said(three["000"], "discussed")
    assert {20, 24} <= lines(told)
    assert any("anti-epidemic system" in claim.value["what"] for claim in told)
    assert not said(three["000"], "agenda", lambda value: False)


def test_q17_which_outcomes_are_called_unanimous(three: Three) -> None:
    told = {
        (key, c.line) for key, r in three.items() for c in said(r, "adopted", lambda row: row["how"] == "unanimous")
    }
    assert told == {("002", 191), ("000", 30)}
    assert lines(said(three["003"], "adopted", lambda row: row["how"] == "approved")) == {11}


def test_q18_on_which_item_written_speeches_were_presented(three: Three) -> None:
    assert [(c.value, c.line) for c in said(three["002"], "speeches")] == [({"form": "written", "item": 1}, 189)]


def test_q19_who_reported_on_the_first_item(three: Three) -> None:
    first = said(three["002"], "reports")[0]
    assert (first.value["by"], first.line) == ("Kim Jong Un", 41)
    assert (first.value["on"], first.value["item"]) == ("agenda item", one(three["002"], "agenda"))


def test_q20_why_the_plenary_was_convened(three: Three) -> None:
    claim = said(three["002"], "purpose")[0]
    assert claim.line == 43
    assert "obstacles and difficulties" in str(claim.value)
    assert "decisive measures" in str(claim.value)


def test_q21_how_long_since_the_fourth(three: Three) -> None:
    fourth = said(three["002"], "mentioned", lambda value: value["meeting_ordinal"] == 4)[0]
    assert (fourth.line, fourth.value["term_ordinal"], fourth.value["start"]) == (39, 7, None)
    assert "past eight months" in fourth.value["since"]


def test_q22_what_follow_up_was_ordered(three: Three) -> None:
    assert 205 in lines(said(three["002"], "tasks"))


def test_q23_which_successes_are_listed_against_the_fourth_plenary(three: Three) -> None:
    listed = said(three["002"], "success", lambda value: value["against"] is not None)
    assert [claim.line for claim in listed] == [235, 257, 277, 291, 297, 309]
    assert all("Fourth Plenary Meeting" in claim.value["against"] for claim in listed)


def test_q24_how_the_growth_sectors_differ(three: Three) -> None:
    told = {claim.line: claim.value for claim in said(three["002"], "success")}
    assert told[73]["fields"] == ["metal", "coal-mining", "building materials", "light industries"]
    assert told[291]["fields"] == ["metal", "coal-mining", "electric power", "building materials industries"]
    assert "light industry" in told[73]["sectors"]
    assert "light industry" not in told[291]["sectors"]
    assert "light industry" in told[297]["sectors"]


def test_q25_which_projects_were_complete_and_which_under_way(three: Three) -> None:
    done = said(three["002"], "project", lambda value: value["state"] == "complete")
    ahead = said(three["002"], "project", lambda value: value["state"] == "under way")
    assert (len(done), lines(done)) == (4, {71})
    assert (len(ahead), lines(ahead)) == (4, {73})
    assert all(claim.value["others"] for claim in ahead)


def test_q26_which_provinces_are_praised(three: Three) -> None:
    praised = said(three["002"], "commended")
    assert [str(claim.value).split(" and ")[0] for claim in praised] == ["Kangwon Province", "North Phyongan"]
    assert 75 in lines(praised)


def test_q27_which_slogans_are_quoted(three: Three) -> None:
    told = said(three["002"], "slogan")
    assert {str(claim.value).rstrip("!") for claim in told} == {
        "Let Us Smash Straight Through All the Barriers in the Way of Our Advance",
        "Higher and Faster",
    }
    assert 163 in lines(told)
    assert lines(told) <= {111, 121, 163}


def test_q28_which_units_were_criticised(three: Three) -> None:
    told = said(three["000"], "criticised")
    assert lines(told) == {26}
    assert [str(claim.value) for claim in told] == [
        "Party committee of Pyongyang University of Medicine",
        "relevant departments of the Central Committee of the WPK",
        "judicial and procuratorial organs",
        "security organizations",
    ]


def test_q29_on_what_grounds_as_alleged_there(three: Three) -> None:
    grounds = said(three["000"], "criticised.grounds")
    assert lines(grounds) == {26}
    assert "handling complaints" in str(grounds[0].value)
    assert all(claim.speakers for claim in grounds)


def test_q30_offence_punishment_and_reply_are_not_stated(three: Three) -> None:
    assert not [c for c in three["000"].claims if c.field in {"punished", "reply"} or c.field == "election"]


def test_q31_which_kinds_of_criticised_unit_also_had_observers(three: Three) -> None:
    groups = said(three["000"], "attendance", lambda row: row["category"] == "observers")[0].value["groups"]
    criticised = [str(claim.value) for claim in said(three["000"], "criticised")]
    both = [unit for unit in criticised if any(_kin(unit, group) for group in groups)]
    assert any("departments" in unit for unit in both)
    assert any("procuratorial" in unit for unit in both)


def _kin(unit: str, group: str) -> bool:
    kinds = ("departments", "procurat", "prosecut", "security")
    mine = {word.replace("prosecut", "procurat") for word in kinds if word in unit.casefold()}
    return bool(mine & {word.replace("prosecut", "procurat") for word in kinds if word in group.casefold()})


def test_q32_anti_epidemic_tasks_for_which_fields_in_which_campaign(three: Three) -> None:
    task = next(c for c in said(three["000"], "tasks") if c.line == 22)
    assert {"public health", "defence", "economy"} <= set(task.value["sectors"])
    assert any("80-day campaign" in str(c.value) and c.line == 22 for c in said(three["000"], "campaign"))


def test_q33_which_meeting_asked_for_a_system_against_natural_disasters(three: Three) -> None:
    told = {(key, c.line) for key, r in three.items() for c in said(r, "tasks", lambda v: "emergency" in v["sectors"])}
    assert ("002", 129) in told
    assert "natural disasters" in three["002"].page.words(
        next(c.span for c in said(three["002"], "tasks") if c.line == 129)
    )


def test_q34_which_sectors_got_tasks_in_both(three: Three) -> None:
    both = sectors_tasked(three["002"]) & sectors_tasked(three["003"])
    assert both >= SECTORS_IN_BOTH


def test_q35_the_key_industrial_sectors_for_2024(three: Three) -> None:
    claim = next(c for c in said(three["003"], "fields") if "key industrial sectors" in c.value["of"])
    assert (claim.line, claim.value["fields"]) == (4, ["metal", "chemistry", "electric power", "coal", "machinery"])


def test_q36_what_is_in_the_cultural_field(three: Three) -> None:
    claim = next(c for c in said(three["003"], "fields") if "cultural field" in c.value["of"])
    assert claim.line == 7
    assert claim.value["fields"] == parts_of("science, education, public health, literature and art, media and sports")


def test_q37_which_plan_and_programme_2024_serves(three: Three) -> None:
    told = [(str(c.value), c.line) for c in said(three["003"], "plan")]
    assert ("five-year plan", 3) in told
    assert any("programme set forth at the Eighth Congress" in value and line == 3 for value, line in told)


def test_q38_which_earlier_decision_is_cited_for_rural_housing(three: Three) -> None:
    claim = said(three["003"], "earlier_decision")[0]
    assert claim.line == 5
    assert "resolution of the Eighth WPK Central Committee" in str(claim.value)


def test_q39_the_ninth_plenary_had_not_ended(three: Three) -> None:
    assert [(c.value, c.line) for c in said(three["003"], "meeting.ended")] == [(False, 12)]


def test_q40_what_the_magazine_is(three: Three) -> None:
    told = {
        c.field.removeprefix("issue."): (c.value, c.line) for c in three["002"].claims if c.field.startswith("issue.")
    }
    assert told["special"] == ("Special Issue", 3)
    assert told["year"] == (2020, 5)
    assert told["number"] == ("769", 7)
    assert told["issn"] == ("1727-9224", 313)
    assert told["series"] == ("Pictorial KOREA", 319)
    assert told["languages"] == (["Korean", "English", "Chinese", "Russian", "French"], 319)


def test_trap_3_and_4_a_teaser_makes_at_most_a_mention_without_dates(three: Three) -> None:
    mentioned = said(three["003"], "mentioned", lambda value: value.get("teaser"))
    assert lines(mentioned) <= {32, 34}
    assert all(claim.value["start"] is None for claim in mentioned)
    body = three["003"].page.article_span
    assert body is not None
    facts = [c for c in three["003"].claims if c.field != "mentioned" and not c.field.startswith("issue.")]
    assert all(c.span.start < body.end for c in facts)
    assert all(c.line <= 30 for c in three["000"].claims if not c.field.startswith("issue."))


def test_trap_6_the_undated_sitting_gets_no_day(three: Three) -> None:
    assert not said(three["003"], "meeting.start")


def test_trap_13_bodies_are_the_same_under_their_names(three: Three) -> None:
    assert same_body("C.C., WPK", "WPK Central Committee")
    assert compared("Politburo of the CC") == compared("Political Bureau of the Central Committee")
    assert same_body("7th Central Committee", "Seventh Central Committee")
    assert not same_body("Seventh Central Committee", "Eighth Central Committee")


def test_trap_14_successes_are_no_tasks(three: Three) -> None:
    for reading in three.values():
        tasks = {claim.span for claim in said(reading, "tasks")}
        assert not tasks & {claim.span for claim in said(reading, "success")}


def test_trap_15_no_counts_and_no_elections_are_made_up(three: Three) -> None:
    for reading in three.values():
        assert not said(reading, "election")
        assert not any(any(sign.isdigit() for sign in str(c.value["how"])) for c in said(reading, "adopted"))


def test_trap_12_unquoted_direct_speech_has_its_speaker(three: Three) -> None:
    claim = next(c for c in said(three["002"], "tasks") if c.line == 109)
    assert claim.speakers[-1] == "Kim Jong Un"
    assert claim.speakers[0] == three["002"].page.source_name
    crime = said(three["000"], "criticised.grounds")[0]
    assert crime.speakers
