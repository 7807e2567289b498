"""Markdown on paper: what is marked is laid out, and nothing in it is fetched or run."""

from hemicycle.meetings.packs.marked import laid_out


def test_headings_tables_and_emphasis_are_laid_out() -> None:
    html = laid_out("## What it costs\n\nAbout **forty**.\n\n| Year | Sum |\n|---|--:|\n| 2025 | 40 |\n", "The budget")
    assert "<h3>What it costs</h3>" in html
    assert "<strong>forty</strong>" in html
    assert "<td>2025</td>" in html
    assert "|" not in html
    assert "*" not in html


def test_a_first_heading_that_says_the_title_again_is_left_out() -> None:
    assert "h1" not in laid_out("# The budget\n\nForty.\n", "The budget")
    assert "The budget" not in laid_out("# The budget\n\nForty.\n", "The budget")
    assert "<h2>Another</h2>" in laid_out("# Another\n", "The budget")


def test_what_is_written_in_it_stays_text() -> None:
    html = laid_out(
        "<script>alert(1)</script> [here](javascript:alert(1)) ![a <b>map</b>](https://maps.example/x.png)", ""
    )
    assert "<script" not in html
    assert 'href="javascript' not in html
    assert "<img" not in html
    assert "[a &lt;b&gt;map&lt;/b&gt;]" in html
