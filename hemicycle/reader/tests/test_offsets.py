"""Whatever a page holds, every place the reader names is in it, and cuts out what the reader says is there."""

from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from hemicycle.reader.page import open_page
from hemicycle.reader.shape import Page, Unreadable

WORDS = st.sampled_from(
    [
        "The",
        "the",
        "council",
        "Council",
        "met",
        "and",
        "adopted",
        "of",
        "a",
        "plan",
        "for",
        "the",
        "rneeting",
        "guality",
        "ofthe",
        "com-",
        "-0-",
        "ENDS",
        "###",
        "***",
        "he",
        "II",
        "Kim",
        "said:",
        "more",
        "Advertisement",
        "3",
        "March",
        "2022",
        "page",
        "2",
        "of",
        "9",
        "©",
        "http://a.example",
        "<b>",
        "</p>",
        "ﬁnal",
        "un\xadbroken",
        "\u202eשלום",
        "회의",
        "संघ",
        ".",
        ",",
        '"',
        "“quoted”",
        "1.",
        "-",
        "*",
        "**bold**",
        "[link](x)",
    ]
)
LINES = st.lists(WORDS, max_size=24).map(" ".join)
PAGES = st.lists(
    st.tuples(LINES, st.sampled_from(["\n", "\n\n", "\r\n", "\n\n\n\n", "\f", " ", "\u2028", "\x00"])), max_size=14
)


def held(page: Page) -> None:
    """Every place is in the page, and every piece says what stands there."""
    size = len(page.text)
    places = [block.span for block in page.blocks] + [repair.span for repair in page.repairs] + list(page.lost)
    places += [span for span in (page.article_span, page.title_span, page.source_span) if span is not None]
    places += [span for span, _, _ in page.page_dates]
    assert all(0 <= span.start <= span.end <= size for span in places)
    assert all(page.words(repair.span) == repair.original for repair in page.repairs)
    assert [block.span.start for block in page.blocks] == sorted(block.span.start for block in page.blocks)
    assert all(page.words(block.span).strip() == page.words(block.span) != "" for block in page.blocks)
    mended = [repair.span for repair in page.repairs]
    bounds = [*(at for at, _, _ in page.article.pieces), len(page.article.text)]
    for (at, start, length), end in zip(page.article.pieces, bounds[1:], strict=True):
        assert 0 <= start <= start + length <= size
        if length == end - at and not any(span.start < start + length and start < span.end for span in mended):
            assert page.text[start : start + length] == page.article.text[at:end]
    for at in range(0, len(page.article.text), 7):
        span = page.article.span(at, at + 5)
        assert 0 <= span.start <= span.end <= size


@settings(deadline=None)
@given(PAGES, st.sampled_from(["a.txt", "a.html", "a.md", "a"]))
def test_offsets_of_pages_made_of_troubling_words_cut_out_what_is_said(parts: list[tuple[str, str]], name: str) -> None:
    source = "".join(line + end for line, end in parts)
    with suppress(Unreadable):
        held(open_page(source, name=name))


@settings(deadline=None)
@given(st.one_of(st.text(max_size=400), st.binary(max_size=600)), st.sampled_from(["a.txt", "a.html", "a.md", "a"]))
def test_any_text_and_any_bytes_are_read_and_hold_or_are_refused(source: str | bytes, name: str) -> None:
    with suppress(Unreadable):
        held(open_page(source, name=name))
