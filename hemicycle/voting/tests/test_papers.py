"""What a paper says, in one way of writing, and what is none. Pure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemicycle.voting.papers import BadPaper, Form, composed, named, ranks_of, read

NUMBERS = st.lists(st.integers(1, 9), unique=True, max_size=9)
FORMS = [Form.RANKING, Form.MARKS, Form.YES_NO, Form.LIST]


def written(form: Form, numbers: list[int]) -> str:
    """Write a paper that names these options."""
    if form == Form.YES_NO:
        return " ".join(f"{number}y" for number in numbers)
    return {Form.RANKING: ">", Form.MARKS: "+"}.get(form, "").join(map(str, numbers))


def code_of(text: str, form: Form, *, options: int, most: int = 0) -> str:
    """Return why a text is no paper, empty where it is one."""
    try:
        read(text, form, options=options, most=most)
    except BadPaper as bad:
        return bad.code
    return ""


@given(st.sampled_from(FORMS[:3]), NUMBERS)
def test_a_canonical_paper_reads_as_itself(form: Form, numbers: list[int]) -> None:
    paper = read(written(form, numbers), form, options=9)
    assert read(paper, form, options=9) == paper
    assert sorted(named(paper, form)) == sorted(numbers)
    assert named(read(written(Form.RANKING, numbers), Form.RANKING, options=9), Form.RANKING) == numbers


@given(st.sampled_from(FORMS[:3]), NUMBERS, st.integers(0, 9), st.integers(0, 5))
def test_a_paper_is_read_only_where_it_names_what_it_may(
    form: Form, numbers: list[int], options: int, most: int
) -> None:
    fits = all(number <= options for number in numbers) and (not most or len(numbers) <= most)
    code = code_of(written(form, numbers), form, options=options, most=most)
    assert code in ({""} if fits else {"unknown_option", "too_many"})


@given(st.text(max_size=30), st.sampled_from(list(Form)))
def test_whatever_is_sent_is_a_paper_or_refused_with_a_code(text: str, form: Form) -> None:
    code = code_of(text, form, options=5)
    assert code in {"", "unknown_choice", "unknown_option", "named_twice", "too_many", "not_a_paper"}
    if not code:
        paper = read(text, form, options=5)
        assert read(paper, form, options=5) == paper


@given(st.permutations(range(1, 7)), st.integers(0, 6))
def test_places_given_to_names_make_the_ranking_in_their_order(order: list[int], ranked: int) -> None:
    fields = [(f"rank-{option}", str(place) if place <= ranked else "") for place, option in enumerate(order, 1)]
    if ranked:
        assert composed([("papers", "1"), *sorted(fields)]) == ">".join(map(str, order[:ranked]))
    else:
        with pytest.raises(BadPaper, match="nothing_said"):
            composed([("papers", "1"), *fields])


def test_a_paper_is_blank_only_where_its_voter_says_so() -> None:
    assert composed([("papers", "1"), ("mark", "2"), ("blank", "1")]) == ""
    assert composed([("card", "x")]) is None
    with pytest.raises(BadPaper, match="unknown_choice"):
        read("", Form.MOTION)


def test_several_share_a_rank_where_equal_ranks_count() -> None:
    assert read("2>5=1", Form.RANKS, options=5) == "2>1=5"
    assert read(" 3 ", Form.RANKS, options=5) == "3"
    assert ranks_of("2>1=5") == [[2], [1, 5]]
    assert named("2>1=5", Form.RANKS) == [2, 1, 5]
    for paper, code in (
        ("2=2", "named_twice"),
        ("2>1=2", "named_twice"),
        ("1=9", "unknown_option"),
        ("1==2", "not_a_paper"),
    ):
        with pytest.raises(BadPaper) as bad:
            read(paper, Form.RANKS, options=5)
        assert bad.value.code == code
    with pytest.raises(BadPaper):
        read("2>5=1", Form.RANKING, options=5)
    sent = [("papers", "1"), ("rank-1", "3"), ("rank-2", "1"), ("rank-5", "1")]
    assert composed([*sent, ("equal", "1")]) == "2=5>1"
    with pytest.raises(BadPaper, match="same_rank"):
        composed(sent)
