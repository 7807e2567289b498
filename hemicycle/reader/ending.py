"""Where the article ends: an end mark, what stands after every article, a crowd of teasers, signatures."""

import re

from hemicycle.reader.blocks import Draft, Laid
from hemicycle.reader.furniture import BLANK_TO_FILL, Cues, plain
from hemicycle.reader.page_dates import dates_in
from hemicycle.reader.shape import Label

SIGNATURE = 6  # Words of a name or an office under minutes.
CLOSED = re.compile(
    r"\b(?:meeting|session|chair\w*|president)\b[^.]{0,60}"
    r"\b(?:closed|rose|ended|adjourned|concluded|finished)\b",
    re.IGNORECASE,
)
ENOUGH = 25  # Words after which an end mark may end an article.
SUBMITTED = re.compile(
    r"(?:respectfully submitted|submitted by|minutes (?:taken|recorded|submitted|prepared) by|/s/)", re.IGNORECASE
)
REACHED = re.compile(r"[\w.+-]{1,60}@[\w-]{1,60}\.\w|\b(?:tel|phone|fax)\b[.:]?\s*[+(]?\d", re.IGNORECASE)


def last_block(laid: Laid, first: int, known: Cues, minutes: bool) -> int:
    """The last block of the article."""
    drafts = laid.drafts
    words = 0
    end = len(drafts) - 1
    index = first
    while index < len(drafts):
        draft = drafts[index]
        if words >= ENOUGH and _stops(drafts, index):
            end = index - 1
            break
        if draft.label is None:
            words += draft.words
        index += 1
    end = min(end, _cluster(laid, first, end))
    return _trimmed(drafts, first, end, known, minutes)


def _stops(drafts: list[Draft], index: int) -> bool:
    """Whether the article ends before this block."""
    draft = drafts[index]
    if draft.label is Label.END_MARK:
        return draft.why != "weak end mark" or not _resumes(drafts, index)
    if draft.label in {Label.TEASER, Label.CHAT} and draft.why.startswith("tail"):
        return not _resumes(drafts, index)
    if draft.label is Label.COLOPHON and draft.why.startswith("colophon: begins") and draft.words > 3:
        return not _resumes(drafts, index)
    marked = draft.hint_why.startswith("the page") and draft.label is draft.hint
    return marked and draft.hint in {Label.TEASER, Label.CHAT} and not _resumes(drafts, index, enough=1)


def _resumes(drafts: list[Draft], index: int, *, enough: int = 2) -> bool:
    """Whether running text goes on after furniture: two full paragraphs that nothing short parts."""
    close, seen = 0, 0
    for draft in drafts[index + 1 :]:
        if draft.label is None and draft.prose and draft.closed and draft.repeats is None and draft.hint is None:
            close += 1
            if close >= enough:
                return True
        elif draft.label is None:
            close = 0
            seen += 1
            if seen > 40:
                return False
    return False


def _cluster(laid: Laid, first: int, end: int) -> int:
    """Before a crowd of teasers that nothing announced: cut-off sentences, dates alone, blocks that stand twice."""
    drafts = laid.drafts
    again = {draft.repeats for draft in drafts[first : end + 1] if draft.repeats is not None}
    begin, evidence, index = end + 1, 0, end
    while index > first:
        draft = drafts[index]
        twice = draft.words >= 5 and (draft.repeats is not None or index in again)
        dated = draft.words <= 8 and any(found.alone for found in dates_in(laid.text, draft.start, draft.end))
        if twice or dated:
            evidence += 1
            begin = index
        elif draft.label is None and (draft.closed or draft.words <= 3 or draft.form in {"item", "row"}):
            break
        elif draft.label is None and draft.words >= 5 and evidence:
            begin = index if draft.words < 40 else begin
        index -= 1
    if evidence < 3:
        return end
    for draft in drafts[begin : end + 1]:
        if draft.label is None:
            draft.mark(Label.TEASER, "among teasers that repeat or are dated")
    return begin - 1


def _trimmed(drafts: list[Draft], first: int, end: int, known: Cues, minutes: bool) -> int:
    """Without what at its end is furniture, or a heading under which nothing stands."""
    while end > first:
        draft = drafts[end]
        if draft.label is not None:
            end -= 1
        elif draft.linked > 0.7 and draft.words <= 20:
            draft.mark(Label.NAVIGATION, "links after the article")
            end -= 1
        elif draft.form == "heading" and not draft.closed and not _minutes_heading(draft, known):
            draft.mark(Label.CAPTION if _captions_follow(drafts, end) else Label.TEASER, "a heading without text")
            end -= 1
        elif _signed(drafts, first, end):
            draft.mark(Label.COLOPHON, "a signature or an address at the end")
            end -= 1
        elif _loose(drafts, first, end, minutes):
            draft.mark(Label.CAPTION, "a line under a picture after the article")
            end -= 1
        elif _foreign(drafts, first, end):
            end -= 1
        else:
            break
    return end


def _signed(drafts: list[Draft], first: int, end: int) -> bool:
    """A name under a blank to be signed on, or an address."""
    draft = drafts[end]
    if draft.words > 30 or (draft.form == "heading" and draft.level == 1):
        return False
    if REACHED.search(draft.flat):
        return True
    if draft.words <= SIGNATURE and not draft.closed and ":" not in draft.flat and draft.flat[:1].isupper():
        above = [other for other in drafts[max(first, end - 3) : end] if other.label is None]
        if any(CLOSED.search(other.flat) and other.closed for other in above):
            return True  # A name and an office under “The meeting closed at …”
    near = drafts[max(first, end - 4) : end]
    blank = any(other.label and BLANK_TO_FILL.search(other.flat) for other in near)
    return draft.words <= 20 and (blank or any(SUBMITTED.match(other.flat) for other in near))


def _loose(drafts: list[Draft], first: int, end: int, minutes: bool) -> bool:
    """A line without a full stop at the end of a page that has pictures."""
    draft = drafts[end]
    if minutes or draft.closed or draft.form in {"item", "row"} or not 4 <= draft.words <= 30:
        return False
    return any(other.label is Label.CAPTION for other in drafts[first:])


def _minutes_heading(draft: Draft, known: Cues) -> bool:
    """A last line in capitals or of few words may be a name under minutes."""
    return draft.words <= 6 and not any(word in plain(draft.flat) for word in known.names.get("names", frozenset()))


def _captions_follow(drafts: list[Draft], index: int) -> bool:
    return any(draft.label is Label.CAPTION for draft in drafts[index + 1 : index + 4])


def _foreign(drafts: list[Draft], first: int, index: int) -> bool:
    """In another script than the article's first words."""
    if drafts[index].words >= 40 or any(sign.isalpha() and sign < "\u0250" for sign in drafts[index].flat):
        return False
    return any(sign.isalpha() and sign < "\u0250" for sign in drafts[first].flat[:80])
