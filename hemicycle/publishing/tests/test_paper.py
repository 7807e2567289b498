"""How a communiqué breaks into pages: a caption stays with its table, the imprint with what it ends."""

import pypdfium2
import pytest

from hemicycle.publishing.printed import STYLES, draw

LINE = "<p>The boats were counted, and every one of them was there.</p>"
TABLE = (
    "<table><caption>Persons present</caption><thead><tr><th>Capacity</th><th>Together</th></tr></thead>"
    "<tbody><tr><th>member</th><td>109</td></tr><tr><th>observer</th><td>7</td></tr></tbody></table>"
)
IMPRINT = '<p class="imprint">Version 1, from the book up to entry 62.<br>https://example.org/communique/1/</p>'


def pages(inside: str) -> list[str]:
    html = f'<html lang="en"><head><title>Communiqué</title></head><body>{inside}{IMPRINT}</body></html>'
    document = pypdfium2.PdfDocument(draw(html, STYLES.read_text(encoding="utf-8")))
    return [page.get_textpage().get_text_range() for page in document]


@pytest.mark.parametrize("lines", range(24, 32))
def test_neither_a_caption_nor_the_imprint_stands_alone_on_a_page(lines: int) -> None:
    with_table = pages(LINE * lines + TABLE + LINE * 3)
    assert [page for page in with_table if "Persons present" in page] == [page for page in with_table if "109" in page]
    last = pages(LINE * lines)[-1]
    assert "Version 1" in last
    assert "boats" in last
