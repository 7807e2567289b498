"""Pages of every kind, as they are saved in the world: the article is found, the rest is named."""

from datetime import date

import pytest

from hemicycle.reader.page import open_page
from hemicycle.reader.shape import Label, Page, Unreadable

BODY = (
    "The council of Brackwater met on Tuesday and adopted its plan for the harbour by eleven votes to four.",
    "Mayor Ines Halloran, who presided, said that the dredging would begin before the autumn storms and end by May.",
    "The council instructed the harbour master to publish the tenders and to report to its next meeting.",
)


def labelled(page: Page, label: Label) -> list[str]:
    """The words of the blocks of one kind."""
    return [page.words(block.span) for block in page.blocks if block.label is label]


def article(page: Page) -> str:
    """The page's own words from the article's beginning to its end."""
    assert page.article_span is not None
    return page.words(page.article_span)


def test_a_news_page_in_html() -> None:
    page = open_page(
        f"""<!doctype html><html lang="en-GB"><head><title>Council adopts harbour plan - The Brackwater Post</title>
        <meta property="article:published_time" content="2022-03-09T07:00:00Z"></head><body>
        <header><div class="logo">The Brackwater Post</div><nav><ul><li><a href="/">Home</a></li>
        <li><a href="/n">News</a></li></ul></nav></header><main><article><h1>Council adopts harbour plan</h1>
        <p class="byline">By Tom Ashe</p><figure><img src="a"><figcaption>Boats at low tide</figcaption></figure>
        <p>{BODY[0]}</p><div class="ad-slot">Fresh fish daily at Moll's</div><p>{BODY[1]}</p>
        <p>Read more: Who paid for the pier?</p><p>{BODY[2]}</p></article>
        <aside class="related"><h2>Related</h2><ul><li><a>Gulls: a solution?</a></li></ul></aside></main>
        <footer>© 2022 Brackwater Media</footer></body></html>""".encode(),
        name="post.html",
    )
    assert page.title == "Council adopts harbour plan"
    assert page.published == date(2022, 3, 9)
    assert page.source_name == "The Brackwater Post"
    assert page.article.text == "\n\n".join(BODY)
    assert article(page).startswith(BODY[0])
    assert article(page).endswith(BODY[2])
    assert labelled(page, Label.ADVERTISEMENT) == ["Fresh fish daily at Moll's"]
    assert labelled(page, Label.CAPTION) == ["Boats at low tide"]
    assert "Gulls: a solution?" in labelled(page, Label.TEASER)
    assert "Home" in labelled(page, Label.NAVIGATION)


def test_a_news_page_whose_mark_up_says_nothing() -> None:
    page = open_page(
        f"""<html><body><table><tr><td><a href=a>Index</a><br><a href=b>Sport</a></td><td>
        <h2>Council adopts harbour plan</h2><p>BRACKWATER, 9 March 2022 (BNA) - {BODY[0]}</p>
        <p>{BODY[1]}</p><p>{BODY[2]}</p>
        <p>* * *</p><p><b>Other news</b></p><p><a href=c>Gulls return</a></p><p>All rights reserved.</p>
        </td></tr></table></body></html>""",
        name="old.htm",
    )
    assert page.title == "Council adopts harbour plan"
    assert article(page).startswith("BRACKWATER, 9 March 2022 (BNA)")
    assert article(page).endswith(BODY[2])
    assert page.published == date(2022, 3, 9)
    assert page.source_name == "BNA"


def test_a_press_release_ends_at_its_end_mark() -> None:
    text = (
        "HARBOUR ALLIANCE\nPRESS RELEASE\nFor immediate release: 9 March 2022\n\n"
        "Harbour conference closes with pledge\n\n"
        + "\n\n".join(BODY)
        + "\n\n###\n\nMedia contact: Jo Reed, 0550 100 200\n\nAbout the Alliance\n\nThe Alliance has forty members."
    )
    page = open_page(text, name="release.txt")
    assert page.title == "Harbour conference closes with pledge"
    assert page.article.text == "\n\n".join(BODY)
    assert page.published == date(2022, 3, 9)
    assert "###" in labelled(page, Label.END_MARK)


@pytest.mark.parametrize("mark", ["-0-", "ENDS", "-30-", "[ends]", "# # #", "— END —", "End of release", "(End)"])
def test_every_usual_end_mark_ends_the_article(mark: str) -> None:
    page = open_page(f"Harbour plan adopted\n\n{BODY[0]}\n\n{BODY[1]}\n\n{mark}\n\n{BODY[2]}\n", name="a.txt")
    assert page.article.text == f"{BODY[0]}\n\n{BODY[1]}"
    inline = open_page(
        f"Harbour plan adopted\n\n{BODY[0]}\n\n{BODY[1]} -0-\n\nGulls return to the pier\n", name="b.txt"
    )
    assert inline.article.text == f"{BODY[0]}\n\n{BODY[1]}"


def test_minutes_keep_their_fields_and_items_and_shed_chat_and_page_numbers() -> None:
    page = open_page(
        "Minutes of the Harbour Working Group\n\nPresent: Ines Halloran, Tom Ashe\nApologies: Jo Reed\n\n"
        "1. Minutes of the last meeting\nAgreed as a true record.\n\n[10:02] <tom> can you hear me\n\n"
        "2. Dredging\nInes reported that the tenders were out.\nACTION: Tom to publish the tenders.\n\n- 2 -\n\n"
        "The meeting closed at 11.30.\n\nEnd of minutes\n",
        name="minutes.txt",
    )
    assert page.title == "Minutes of the Harbour Working Group"
    assert article(page).startswith("Present: Ines Halloran")
    assert article(page).endswith("closed at 11.30.")
    assert labelled(page, Label.CHAT) == ["[10:02] <tom> can you hear me"]
    assert labelled(page, Label.NOISE) == ["- 2 -"]
    assert "hear me" not in page.article.text


def test_the_running_head_of_minutes_is_no_part_of_them_and_carried_motions_are() -> None:
    sheets = [
        f"Brackwater Town Council\n\n{index}. Item {index}\n\n{BODY[index % 3]}\n\nCarried.\n\nPage {index} of 3\n"
        for index in (1, 2, 3)
    ]
    page = open_page("\f".join(sheets), name="minutes.txt")
    assert page.article.text.count("Carried.") == 3
    assert page.article.text.count("Brackwater Town Council") == 0


def test_an_advertisement_within_an_article_is_cut_out_and_a_price_in_a_motion_is_not() -> None:
    motion = "Resolved: that £400 be paid to the band for the regatta."
    page = open_page(
        f"Harbour plan adopted\n\n{BODY[0]}\n\nADVERTISEMENT\n\nVisit our showroom for new sails, only £99!\n\n"
        f"{motion}\n\n{BODY[1]}",
        name="a.txt",
    )
    assert page.article.text == f"{BODY[0]}\n\n{motion}\n\n{BODY[1]}"


def test_teasers_that_nothing_announces_are_known_by_their_dates_and_repetitions() -> None:
    gulls = "Gulls return to pier number"
    crowd = "".join(f"{gulls} {n} and nobody\n\nMarch {n}, 2022\n\n{gulls} {n} and nobody\n\n" for n in (2, 3, 4))
    page = open_page(f"Harbour plan adopted\n\n{BODY[0]}\n\n{BODY[1]}\n\n{crowd}", name="a.txt")
    assert page.article.text == f"{BODY[0]}\n\n{BODY[1]}"
    assert len(labelled(page, Label.TEASER)) == 9


def test_a_date_that_could_be_two_is_read_by_the_sources_habit() -> None:
    def published(other: str) -> date | None:
        return open_page(
            f"Harbour plan adopted\n\nDate: 03/04/2022 | Source: BNA\n\n{BODY[0]} Since {other} it rained.",
            name="a.txt",
        ).published

    assert published("25/03/2022") == date(2022, 4, 3)
    assert published("03/25/2022") == date(2022, 3, 4)
    assert published("spring") == date(2022, 4, 3)


def test_markdown_marks_are_no_words() -> None:
    page = open_page(
        f"---\ntitle: x\ndate: 2022-03-09\n---\n\n# Harbour plan **adopted**\n\n**{BODY[0]}**\n\n"
        f"See [the plan](http://a.example/b). {BODY[1]}\n\n![Boats](b.png)\n\n- first *point*\n- second\n",
        name="a.md",
    )
    assert page.title == "Harbour plan adopted"
    assert page.published == date(2022, 3, 9)
    assert page.article.text == f"{BODY[0]}\n\nSee the plan. {BODY[1]}\n\n- first point\n\n- second"
    start = page.article.text.index("the plan.")
    assert page.words(page.article.span(start, start + 8)) == "the plan"


def test_wrapped_lines_are_one_paragraph_and_broken_words_are_whole() -> None:
    page = open_page(
        "Harbour plan adopted\n\nThe council of Brackwater met on Tuesday in the old custom house and\n"
        "adopted, by eleven votes to four, its plan for the harbour, which the com-\nmittee had put before it in "
        "spring; the mayor presided and the clerk took\nthe minutes.\n\nThe meeting closed at nine.\n",
        name="a.txt",
    )
    assert "which the committee had put" in page.article.text
    assert page.article.text.count("\n\n") == 1
    repair = next(repair for repair in page.repairs if repair.repaired == "committee")
    assert repair.original == "com-\nmittee"
    assert page.words(repair.span) == repair.original


def test_a_sentence_that_a_picture_cuts_is_put_together() -> None:
    page = open_page(
        f"Harbour plan adopted\n\n{BODY[0]}\n\nThe mayor said that the dredging had been put off for years and\n\n"
        f"Mayor Halloran at the pier\n\nwould now begin before the autumn storms.\n\n{BODY[2]}",
        name="a.txt",
    )
    assert "put off for years and would now begin" in page.article.text
    assert labelled(page, Label.CAPTION) == ["Mayor Halloran at the pier"]


@pytest.mark.parametrize(
    "misread",
    [
        ("cornmittee", "committee"),
        ("guestions", "questions"),
        ("Councii", ""),
        ("educatlon", "education"),
        ("ofthe", "of the"),
        ("rec0rd", "record"),
    ],
)
def test_a_misread_word_is_repaired_and_a_right_one_is_not(misread: tuple[str, str]) -> None:
    word, meant = misread
    page = open_page(
        f"Harbour plan adopted\n\nThe board met and heard the {word} of Monday in full. {BODY[0]}", name="a.txt"
    )
    assert (meant or word) in page.article.text
    assert [repair.original for repair in page.repairs] == ([word] if meant else [])


def test_right_words_are_left_alone() -> None:
    text = "The guest of Queen Elizabeth II, Mr McIntyre, guided the modern clear-up of World War II. " + BODY[0]
    page = open_page(f"Harbour plan adopted\n\n{text}", name="a.txt")
    assert page.article.text == text
    assert not page.repairs


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "utf-32"])
def test_a_text_is_read_in_its_own_encoding(encoding: str) -> None:
    text = "Café plan adopted\n\n" + "\n\n".join(BODY).replace("harbour", "“harbour”")
    page = open_page(text.encode(encoding), name="a.txt")
    assert "“harbour”" in page.article.text
    assert page.title == "Café plan adopted"


def test_russian_and_korean_are_read_in_their_encodings() -> None:
    russian = "Заседание совета\n\n" + "Совет города собрался во вторник и принял план развития порта. " * 4
    assert open_page(russian.encode("cp1251"), name="a.txt").language == "ru"
    korean = "전원회의에 관한 보도\n\n" + "회의는 화요일에 진행되였으며 항구계획을 채택하였다. " * 5
    assert open_page(korean.encode("euc-kr"), name="b.txt").language == "ko"
    assert open_page(korean, name="c.txt").language == "ko"


@pytest.mark.parametrize(
    ("source", "name", "said"),
    [
        (b"", "a.txt", "empty"),
        (b"\x00" * 50, "a.txt", "empty"),
        (bytes(range(256)) * 40, "a.bin", "no text"),
        (b"%PDF-1.7 nonsense", "a.pdf", "broken"),
        (b"PK\x03\x04nonsense", "a.docx", "broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 99, "a.doc", "old Word"),
        ("<html><body></body></html>", "a.html", "no words"),
    ],
)
def test_what_cannot_be_read_is_refused_by_a_sentence(source: bytes | str, name: str, said: str) -> None:
    with pytest.raises(Unreadable, match=said) as refused:
        open_page(source, name=name)
    assert str(refused.value).startswith(name)
