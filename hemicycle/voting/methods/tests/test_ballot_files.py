"""Files of ballots are read tolerantly, and refused by a sentence that names the line."""

from contextlib import suppress
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemicycle.voting.methods.ballot_files import Found, Unreadable, decoded, read, read_text
from hemicycle.voting.methods.tests.making import calm

BLT = """3 2
4 1 3 2 0
2 2 0
1 0
0
"Ann Ash"
Ben Birch
"Cem Çelik"
"Board, by-election"
"""


def test_a_blt_file_gives_candidates_seats_papers_and_title() -> None:
    found = read_text(BLT)
    assert found.candidates == ("Ann Ash", "Ben Birch", "Cem Çelik")
    assert (found.seats, found.title, found.withdrawn) == (2, "Board, by-election", frozenset())
    assert found.papers == {(1, 3, 2): 4, (2,): 2, (): 1}


@pytest.mark.parametrize(
    "text",
    [
        BLT.replace("\n", "\r\n"),
        BLT.replace(" ", "\t").replace("\tAsh", " Ash").replace("\tBirch", " Birch").replace("\tÇ", " Ç"),
        BLT.replace("3 2\n", "# made by hand\n\n3 2 # three for two\n", 1),
        BLT.replace("4 1 3 2 0", "1 1 3 2 0\n3 1 3 2 0 # found later"),
        BLT.replace("4 1 3 2 0", "4 1 3 2"),
        BLT.replace("4 1 3 2 0", "  4  1 - 3  3 2 0"),
        BLT.replace("Ben Birch", '"Ben Birch"').replace('"Ann Ash"', "Ann Ash"),
        BLT.replace('"Ann Ash"\n', '"Ann Ash" ').replace("Ben Birch", '"Ben Birch"'),
    ],
)
def test_blt_files_of_many_hands_are_read_alike(text: str) -> None:
    assert read_text(text).papers == read_text(BLT).papers
    assert read_text(text).candidates == read_text(BLT).candidates


def test_a_blt_file_may_name_who_withdrew_and_equal_ranks() -> None:
    for line, gone in (("-2", {2}), ("-2 -3", {2, 3}), ("[withdrawn 3 2]", {2, 3})):
        found = read_text(f"3 1\n{line}\n5 1=3 2 0\n0\nA\nB\nC\n")
        assert (found.withdrawn, found.papers) == (frozenset(gone), {((1, 3), 2): 5})


def test_a_blt_file_without_names_gets_numbers_for_names() -> None:
    assert read_text("2 1\n5 1 0\n0\n").candidates == ("Candidate 1", "Candidate 2")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (BLT.replace("2 2 0", "2 4 0"), "Line 3: There is no candidate 4; they are numbered from 1 to 3."),
        (BLT.replace("2 2 0", "two 2 0"), "Line 3: “two 2 0” does not begin with a whole number of papers."),
        (BLT.replace("2 2 0", "2 b 0"), "Line 3: “b” is no candidate's number."),
        (BLT.replace("\n0\n", "\n"), 'Line 5: “"Ann Ash"” does not begin with a whole number of papers.'),
        ("3 2\n[tie 2 1]\n0\n", "Line 2: “[tie 2 1]” does not begin with a whole number of papers."),
        ("3 2\n4 1 0\n", "Line 2: The line “0” after the papers is missing."),
        ("2 1\n4 1 0\n0\nAnn\n", "Line 4: There are 2 candidates, but only 1 names at the end."),
        ("3 0\n0\n", "Line 1: 3 candidates and 0 seats cannot be."),
        ("", "There are no ballots in this file."),
        ("V: 12\nV: 1x2\n", "Line 2: “1x2” ranks 3 options, but there are 2 on the list."),
        ("V: 12\nV: \n", "Line 2: After “V:” come the ranks of the options, a sign for each, “-” for none."),
        ("count,ranking\n3,A>B\nmany,B\n", "Line 3: “many” is no whole number of papers."),
        ("A,B\n1,2\n1,second\n", "Line 3: “second” is neither a rank nor a mark."),
        ("3,2\n1,2,3\n", "Line 1: this is no row of candidates, ranks or rankings, and no ballots follow it."),
        ("hello\n", "Line 1: this is no row of candidates, ranks or rankings, and no ballots follow it."),
        ("ranking\n>\n", "No paper in this file names anybody."),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_line(text: str, sentence: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_text(text)
    assert str(refused.value) == sentence


SHEET = """   The format is: "V: vote 	Login	Name"

     Option 1---->: Go on [3:1]
   /  Option 2--->: Go back
   |/  Option 3-->: Further discussion
   ||/
V: 12-	voter-1
V: 112 		0af3
V: 12-	voter-3
"""


def test_a_tally_sheet_gives_options_default_majorities_and_papers() -> None:
    found = read_text(SHEET)
    assert found.candidates == ("Go on [3:1]", "Go back", "Further discussion")
    assert (found.default, found.majorities) == (3, {1: Fraction(3)})
    assert found.papers == {(1, 2): 2, ((1, 2), 3): 1}


@pytest.mark.parametrize(
    "text",
    [
        "count,ranking\n2,Kiss>Wright\n1,Wright=Kiss>Smith\n1,\n",
        "2,Kiss>Wright\n1,Wright=Kiss>Smith\n1,\n",
        "ranking;votes\nKiss>Wright;2\nWright=Kiss > Smith;1\n;1\n",
        "ranking\nKiss>Wright\nWright=Kiss>Smith\nKiss>Wright\n>\n",
        "Kiss,Wright,Smith\n1,2,\n1,1,2\n1,2,0\n,,\n-,-,-\n".replace(",,\n", "", 1),
        "voter,Kiss\tWright\tSmith".replace(",", "\t") + "\na\t1\t2\t\nb\t1\t1\t2\nc\t3\t7\t\nd\t\t\t\n",
    ],
)
def test_tables_of_rankings_are_read_alike(text: str) -> None:
    found = read_text(text)
    kiss, wright = found.candidates.index("Kiss") + 1, found.candidates.index("Wright") + 1
    assert found.papers == {(kiss, wright): 2, (tuple(sorted((kiss, wright))), 3): 1, (): 1} or found.papers == {
        (kiss, wright): 2,
        ((wright, kiss), 3): 1,
        (): 1,
    }


@pytest.mark.parametrize(
    "header",
    [
        "Ballot,Precinct,1st Choice,2nd Choice,3rd Choice",
        "Ballot,Precinct,rank1,rank2,rank3",
        "Ballot,Precinct,Mayor Choice 1,Mayor Choice 2,Mayor Choice 3",
        "Ballot,Precinct,First choice,Second choice,Third choice",
        "Ballot,Precinct,1,2,3",
    ],
)
def test_a_column_for_each_rank_is_known_by_many_names(header: str) -> None:
    rows = "7,North,Ann,Ben,\n8,North,overvote,Ann,Ben\n9,South,Ann,overvote,Ben\n10,South,skipped,Ben,Ben\n"
    header = header.replace("Ballot,", "Ballot ID,")
    found = read_text(f"{header}\n{rows}")
    assert found == Found(("Ann", "Ben"), {(1, 2): 1, (): 1, (1,): 1, (2,): 1})


def test_lists_with_their_votes_are_numbered_as_they_stand() -> None:
    found = read_text('party,votes\n"Hope, and Work",1 204\nGreens,"33,015"\nPirates=Free,7\n')
    assert found.candidates == ("Hope, and Work", "Greens", "Pirates=Free")
    assert found.papers == {(1,): 1204, (2,): 33015, (3,): 7}


def test_marks_without_order_are_all_in_the_first_rank() -> None:
    assert read_text("Ann,Ben,Cem\nx,,x\n,yes,\n0,0,0\n").papers == {((1, 3),): 1, (2,): 1, (): 1}


def test_candidates_can_be_given_in_their_order(tmp_path: Path) -> None:
    path = tmp_path / "ballots.csv"
    path.write_bytes("ranking\nÉva>Ann\n".encode("cp1252"))
    assert read(path, ("Ann", "Ben", "Éva")) == Found(("Ann", "Ben", "Éva"), {(3, 1): 1})
    path.write_text("\ufeffranking\nÉva>Ann\nEve\n", encoding="utf-8")
    with pytest.raises(Unreadable, match="Line 3: “Eve” is not on the list of candidates"):
        read(path, ("Ann", "Ben", "Éva"))


@calm
@given(st.text('0123456789 ,;=>-#"\n\tVabcÉ:/', max_size=120) | st.binary(max_size=60).map(decoded))
def test_garbage_is_refused_by_a_sentence_or_read_but_never_crashes(text: str) -> None:
    with suppress(Unreadable):
        assert read_text(text).candidates
