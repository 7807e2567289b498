"""From a source to a page laid open: its blocks by kind, and its article as running text."""

from hemicycle.reader.about import days
from hemicycle.reader.about import source as publisher
from hemicycle.reader.article import Bounds, find_article
from hemicycle.reader.blocks import Laid
from hemicycle.reader.decoding import DOCX, decode, markdown_like, media_type_of
from hemicycle.reader.furniture import cues, look, split_headlines, split_marks
from hemicycle.reader.html import lay_html
from hemicycle.reader.language import language_of, script, strange
from hemicycle.reader.markdown import lay_markdown
from hemicycle.reader.plain import lay_plain
from hemicycle.reader.repair import repaired
from hemicycle.reader.repeats import mark_repeats
from hemicycle.reader.scanned import read_picture
from hemicycle.reader.shape import Block, Label, Page, Span, Unreadable
from hemicycle.reader.title import headline_words


def open_page(source: bytes | str, *, name: str, media_type: str | None = None) -> Page:
    """The page that a source holds. Raises Unreadable where nothing in it can be read."""
    laid = lay(source, name=name, media_type=media_type)
    sample = _sample(laid)
    language = language_of(sample, laid.language)
    bounds = find(laid, language, sample)
    drafts = laid.drafts
    source_name, source_span = publisher(laid, bounds, cues(language))
    title, titled = headline_words(laid, bounds.title)
    body = [draft for draft in drafts if draft.label is Label.ARTICLE]
    mended = repaired(body, laid.text, language)
    return Page(
        name=name,
        text=laid.text,
        media_type=laid.media_type,
        encoding=laid.encoding,
        language=language,
        blocks=tuple(
            Block(Span(d.start, d.end), d.label or Label.ARTICLE, d.form, d.level, d.repeats, d.why) for d in drafts
        ),
        article=mended.running,
        article_span=Span(body[0].start, body[-1].end) if body else None,
        title=title,
        title_span=Span(drafts[titled[0]].start, drafts[titled[-1]].end) if titled else None,
        repairs=mended.repairs,
        lost=mended.lost,
        page_dates=days(laid, bounds, language),
        notes=tuple(laid.notes),
        source_name=source_name,
        source_span=source_span,
    )


def lay(source: bytes | str, *, name: str, media_type: str | None = None) -> Laid:
    """A source of any kind as text and blocks. Raises Unreadable."""
    kind = media_type_of(source, name, media_type)
    if kind in {"application/pdf", DOCX} or kind.startswith("image/"):
        laid = _lay_binary(source.encode("utf-8", "replace") if isinstance(source, str) else source, kind, name)
    else:
        laid = _lay_text(source, kind, name)
    if not laid.drafts:
        raise Unreadable(f"{name} holds no words to read.")
    return laid


def _lay_binary(source: bytes, kind: str, name: str) -> Laid:
    if kind == "application/pdf":
        from hemicycle.reader.pdf import lay_pdf

        return lay_pdf(source, name=name)
    if kind == DOCX:
        from hemicycle.reader.docx import lay_docx

        return lay_docx(source, name=name)
    laid = lay_plain(read_picture(source, name=name), kind)
    laid.notes.append("The picture was read by Tesseract.")
    return laid


def _lay_text(source: bytes | str, kind: str, name: str) -> Laid:
    decoded = decode(source, name=name, html=kind == "text/html")
    if kind == "text/html":
        laid = lay_html(decoded.text)
    elif kind == "text/markdown" or (not name.lower().endswith(".txt") and markdown_like(decoded.text)):
        laid = lay_markdown(decoded.text)
    else:
        laid = lay_plain(decoded.text)
    laid.encoding = decoded.encoding
    laid.notes[:0] = decoded.notes
    return laid


def _sample(laid: Laid) -> str:
    """Running text of the page, as far as its language shows in it."""
    prose = [draft.flat for draft in laid.drafts if draft.prose and draft.inside]
    return " ".join(prose[:12] or [draft.flat for draft in laid.drafts[:40] if draft.form != "metadata"])


def _strange(laid: Laid, home: str) -> None:
    """Script noise: letters in which no language of this page is written."""
    if laid.text.isascii():
        return
    for draft in laid.drafts:
        if draft.words < 60 and not draft.flat.isascii() and strange(draft.flat, home):
            draft.mark(Label.NOISE, "in a script of no language that is read here")


def find(laid: Laid, language: str, sample: str) -> Bounds:
    """Label every block and find the article."""
    known = cues(language)
    laid.drafts = split_marks(laid.drafts, laid.text)
    laid.drafts = split_headlines(laid.drafts, laid.text, known)
    mark_repeats(laid.drafts)
    _strange(laid, script(sample))
    look(laid.drafts, known)
    return find_article(laid, known)
