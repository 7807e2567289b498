"""What is entered can be found by its words, and only by those who may read it."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hemicycle.accounts.access import PUBLIC, Access, Viewer
from hemicycle.demo.club import Club
from hemicycle.search.find import Found, search, whole_words
from hemicycle.search.follower import catch_up
from hemicycle.search.index import rebuild
from hemicycle.search.tests import things
from hemicycle.search.tests.things import concern, enter


def titles(found: Found) -> set[str]:
    """Return what was found, by title."""
    return {hit.title for hit in found.hits}


@pytest.fixture
def world(club: Club, index_folder: Path) -> Club:
    """Enter a few things and read the book."""
    by = club.chair
    enter(
        by, "meeting", 1, "First plenary", "The harbour dues, and the co-operatives' <b>annual</b> report & accounts."
    )
    enter(by, "meeting", 2, "Second plenary", "Fishing quotas for Größenwahn", body="Council", book=club.head.book)
    enter(by, "decision", 1, "On the harbour dues", "The dues were decided to be halved.")
    enter(by, "decision", 2, "제7기 제5차 전원회의 결정서", "당중앙위원회 전원회의에서 토의하였다.", language="ko")
    enter(by, "decision", 3, "关于渔业的决议", "全体会议讨论了渔业问题，并通过了决议。", language="zh")
    catch_up()
    return club


def test_words_find_in_any_of_their_forms(world: Club) -> None:
    assert titles(search(PUBLIC, "HARBOURS due")) == {"First plenary", "On the harbour dues"}
    assert titles(search(PUBLIC, "halving")) == {"On the harbour dues"}
    assert titles(search(PUBLIC, "grossenwahn")) == titles(search(PUBLIC, "Größenwahn")) == {"Second plenary"}
    assert search(PUBLIC, "nowhere") == Found()


def test_a_phrase_stands_together_and_a_minus_leaves_out(world: Club) -> None:
    assert titles(search(PUBLIC, '"harbour dues"')) == {"First plenary", "On the harbour dues"}
    assert titles(search(PUBLIC, '"dues harbour"')) == set()
    assert titles(search(PUBLIC, "harbour -decided")) == {"First plenary"}
    assert titles(search(PUBLIC, 'harbour -"dues, and the"')) == {"On the harbour dues"}


def test_what_stands_in_the_title_comes_first(world: Club) -> None:
    assert search(PUBLIC, "dues").hits[0].title == "On the harbour dues"


def test_a_snippet_shows_the_words_marked_and_is_safe(world: Club) -> None:
    (hit,) = search(PUBLIC, "annual report").hits
    assert "&lt;b&gt;<mark>annual</mark>&lt;/b&gt; <mark>report</mark> &amp; accounts" in hit.snippet
    (hit,) = search(PUBLIC, "Größenwahn").hits
    assert "<mark>Größenwahn</mark>" in hit.snippet


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("전원회의", "제7기 제5차 전원회의 결정서"),
        ("중앙위원", "제7기 제5차 전원회의 결정서"),
        ("토의", "제7기 제5차 전원회의 결정서"),
        ("결정서 전원회의", "제7기 제5차 전원회의 결정서"),
        ("渔业", "关于渔业的决议"),
        ("渔", "关于渔业的决议"),
        ("通过了决议", "关于渔业的决议"),
        ("渔业 决议", "关于渔业的决议"),
    ],
)
def test_text_without_spaces_is_found_by_any_part_of_it(world: Club, text: str, title: str) -> None:
    found = search(PUBLIC, text)
    assert (found.total, titles(found)) == (1, {title})


def test_pairs_in_another_order_are_not_found(world: Club) -> None:
    assert search(PUBLIC, "业渔").total == 0
    assert search(PUBLIC, "회의전원회").total == 0


def test_what_was_found_without_spaces_is_marked(world: Club) -> None:
    (hit,) = search(PUBLIC, "渔业问题").hits
    assert "<mark>渔业问题</mark>" in hit.snippet


def test_decomposed_letters_find_composed_ones(world: Club) -> None:
    import unicodedata

    assert search(PUBLIC, unicodedata.normalize("NFD", "전원회의")).total == 1


def test_filters_narrow_what_is_found(world: Club) -> None:
    assert titles(search(PUBLIC, "harbour", kind="decision")) == {"On the harbour dues"}
    assert titles(search(PUBLIC, "plenary", body=world.head.book)) == {"Second plenary"}
    assert search(PUBLIC, "plenary", year=2025).total == 0
    assert search(PUBLIC, "plenary", year=2026).total == 2


def test_filters_alone_show_the_latest_first(world: Club) -> None:
    found = search(PUBLIC, "", kind="decision")
    assert [hit.day.day for hit in found.hits if hit.day] == [4, 3, 2]
    assert search(PUBLIC, "").hits == []


VIEWERS = {
    "public": Viewer(),
    "organisation": Viewer(person=1, organisation=True),
    "of the body": Viewer(person=1, organisation=True, bodies=frozenset({7})),
    "of another body": Viewer(person=1, organisation=True, bodies=frozenset({8})),
    "of the desk": Viewer(person=1, organisation=True, bodies=frozenset({7}), desks=frozenset({7})),
    "desk without a post": Viewer(person=1, desks=frozenset({7})),
    "participant": Viewer(person=1, scopes=frozenset({"meeting:5"})),
    "participant elsewhere": Viewer(person=1, scopes=frozenset({"meeting:6"})),
}


@pytest.mark.parametrize("viewer", VIEWERS.values(), ids=VIEWERS.keys())
def test_what_a_viewer_finds_is_what_the_viewer_may_see(club: Club, index_folder: Path, viewer: Viewer) -> None:
    entered = [
        enter(club.chair, "meeting", key, f"Secret {key}", access=access, book=book, scope=scope)
        for key, (access, book, scope) in enumerate(
            ((access, book, scope) for access in Access for book in (7, 8) for scope in ("", "meeting:5")), 1
        )
    ]
    catch_up()
    found = search(viewer, "secret")
    expected = {thing.title for thing in entered if viewer.sees(thing.access, book=thing.book, scope=thing.scope)}
    # Counted inside the query, so that not even the number tells of what is closed.
    assert (found.total, titles(found)) == (len(expected), expected)


def test_what_was_closed_a_moment_ago_is_not_shown(world: Club) -> None:
    things.THINGS["decision:1"] = replace(things.THINGS["decision:1"], access="desk")
    assert titles(search(PUBLIC, "harbour")) == {"First plenary"}
    things.THINGS.pop("meeting:1")
    assert titles(search(PUBLIC, "harbour")) == set()


def test_a_later_text_replaces_an_earlier_one(world: Club) -> None:
    enter(world.chair, "decision", 1, "On the pier", "The pier is closed.")
    catch_up()
    assert titles(search(PUBLIC, "harbour")) == {"First plenary"}
    assert titles(search(PUBLIC, "pier")) == {"On the pier"}


def test_what_is_no_longer_there_is_no_longer_found(world: Club) -> None:
    things.THINGS.pop("decision:1")
    concern(world.chair, "decision:1")
    catch_up()
    assert search(PUBLIC, "halved").total == 0


def test_pages_hold_twenty_each(club: Club, index_folder: Path) -> None:
    for key in range(1, 46):
        enter(club.chair, "meeting", key, f"Meeting {key}", "渔业问题")
    catch_up()
    for text in ("meeting", "渔业"):
        pages = [search(PUBLIC, text, page=number) for number in (1, 2, 3, 4)]
        assert [len(page.hits) for page in pages] == [20, 20, 5, 0]
        assert {page.total for page in pages} == {45}
        assert {page.pages for page in pages} == {3}
        assert len(set().union(*(titles(page) for page in pages))) == 45


HOSTILE = [
    '"',
    '"unbalanced',
    "-",
    "--",
    "-x",
    "AND OR NOT",
    "title:harbour",
    "access:desk OR id:decision*",
    "[1 TO 5]",
    "{a TO *}",
    "*",
    "?",
    "(((((",
    ")" * 5000,
    "(" * 10_000,
    "x" * 10_000,
    "渔" * 10_000,
    "a " * 5_000,
    "\0",
    "harbour\0dues",
    "\ud800",
    "\\",
    "^2 ~3 +must /regex.*/",
    "' OR 1=1 --",
    "<script>alert(1)</script>",
    "\u202e\u200b\ufeff",
    "😀",
    "",
    "   ",
]


@pytest.mark.parametrize("text", HOSTILE, ids=[repr(text[:12]) for text in HOSTILE])
def test_nothing_that_can_be_typed_is_an_error(world: Club, text: str) -> None:
    found = search(PUBLIC, text)
    assert found.ready
    assert all("<script" not in hit.snippet for hit in found.hits)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(
    text=st.text(max_size=80), more=st.fixed_dictionaries({}, optional={"page": st.integers(), "year": st.integers()})
)
def test_no_text_whatever_is_an_error(world: Club, text: str, more: dict[str, Any]) -> None:
    assert search(PUBLIC, text, **more).ready


def test_without_an_index_the_page_says_so(club: Club, index_folder: Path) -> None:
    assert search(PUBLIC, "harbour") == Found(ready=False)
    catch_up()
    assert search(PUBLIC, "harbour") == Found()


def test_the_index_can_be_made_anew(world: Club) -> None:
    assert rebuild() == 5
    assert titles(search(PUBLIC, "harbour")) == {"First plenary", "On the harbour dues"}
    assert catch_up() == 0


def test_an_excerpt_cuts_no_word_in_two() -> None:
    text = "oats " * 60 + "harbour " + "barley " * 60
    place = text.index("harbour")
    start, end = whole_words(text, place - 101, place, place + len("harbour"), place + 101)
    assert set(text[start:end].split()) == {"oats", "harbour", "barley"}
    assert (start, end) != (0, len(text))
    assert whole_words("渔" * 300, 50, 150, 152, 250) == (50, 250)
    assert whole_words("a word", 0, 0, 0, 100) == (0, 6)
