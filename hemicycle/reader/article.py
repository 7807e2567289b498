"""Where the article begins and where it ends, and what within it is no part of it."""

import re
from dataclasses import dataclass

from hemicycle.reader.blocks import MARKER, WORD, Draft, Laid
from hemicycle.reader.ending import last_block
from hemicycle.reader.furniture import Cues, plain
from hemicycle.reader.page_dates import dateline_at, dates_in
from hemicycle.reader.shape import Label
from hemicycle.reader.title import FIELD, find_headline

LASTING = re.compile(
    r"\b(?:\d+|a few|two|three|four|five|ten|fifteen|twenty|thirty)[ -]minutes?\b|\bminutes?(?:'s?)? silence\b"
    r"|\bminutes of the (?:\w+ )?(?:last|previous|\d+(?:st|nd|rd|th))\b|\bminutes and matters arising\b"
)
LONG_OFFER = 45  # Words of an offer, at the most.
SIGNED = 7  # Words of a line that says when the minutes themselves were confirmed, at the most.
LINKED = 0.9  # Share of a block's words that are links.
ISOLATED = 3  # Blank lines around a picture's words.
STAR = re.compile(r"\s*[★☆►▶◆●■•*]\s*\S")
POSTED = re.compile(
    r"\A\W*(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day\b,?\s*)?(?:\d{1,2}(?:st|nd|rd|th)?\s+[A-Z]\w{2,8}|[A-Z]\w{2,8}\s+\d{1,2}),?\s+\d{4}\b(?:.{0,12}\d{1,2}:\d\d|\s*[|,·–-]?\s*(?:by|in|posted)\b)",
    re.IGNORECASE,
)
SUBTITLE = re.compile(r"\s*[(\[（].{6,160}[)\]）]\s*\Z")
OFFER = re.compile(
    r"(?:\A|[.!?:]\s)(?:call|visit|order|book|shop|buy|save|try|enjoy|discover|get|join|come|ask|win|treat|don't miss|"
    r"hurry|free|new|best|fresh)\b|\b(?:offer|sale|discount|deals?|bargains?|showroom|subscribers?|readers save)\b",
    re.IGNORECASE,
)
PRICE = re.compile(
    r"[£$€¥]\s?\d|\d\s?%\s?off|\b\d{3,5}[ -]\d{3,4}(?:[ -]\d{2,4})?\b|\bwww\.|https?://|\w\.(?:com|org|net|co\.\w\w|example)\b|!",
    re.IGNORECASE,
)


PRICED = re.compile(r"[£$€¥\d!]|[wW]{3}\.|[hH][tT][tT][pP]|\.[cenoCENO]")  # Without one of these there is no price.


@dataclass(frozen=True, slots=True)
class Bounds:
    """The headline's blocks, and the article's first and last block."""

    title: tuple[int, ...]
    first: int
    last: int
    minutes: bool


def is_minutes(laid: Laid, known: Cues) -> bool:
    """Whether the page says near its top that it is a record of what was said and decided."""
    words = tuple(known.names.get("minutes", ()))
    seen = 0
    for draft in laid.drafts:
        if draft.form != "metadata":
            seen += 1
        table = draft.form == "row" and draft.flat.startswith("|")
        if not table and draft.words <= 30 and not draft.hint:
            low = plain(draft.flat[:200])
            named = any(word in low for word in words)
            if named and any(word in LASTING.sub(" ", low) for word in words):
                return True
        if seen > 24:
            return False
    return False


def find_article(laid: Laid, known: Cues) -> Bounds:
    """Label every block of a page whose own words have been looked at; say where its article stands."""
    drafts = laid.drafts
    _outside(laid)
    minutes = is_minutes(laid, known)
    for draft in drafts if minutes else ():
        said = draft.why in {"front: begins “confirmed:”", "front: begins “approved:”", "front: begins “signed ”"}
        if draft.why == "front: begins “date:”" or (said and draft.words > SIGNED):
            draft.label, draft.why = None, ""  # Minutes say so of their meeting, or of what was decided.
    headline = find_headline(laid, known, minutes)
    for index in headline.blocks:
        drafts[index].mark(Label.TITLE, "the headline")
    first = _first(laid, headline.blocks, headline.lead, minutes)
    _adverts(drafts, first)
    _chat(drafts)
    _cutting(drafts, first, known)
    if laid.media_type == "text/plain":
        _isolated(drafts, first, known)
    last = last_block(laid, first, known, minutes)
    _running_heads(drafts, first, last)
    for index, draft in enumerate(drafts):
        if draft.label is None and first <= index <= last:
            draft.mark(Label.ARTICLE, "between its beginning and its end")
    _rest(drafts, first, last, known)
    return Bounds(headline.blocks, first, last, minutes)


def _outside(laid: Laid) -> None:
    """What stands outside the page's main part is furniture, where the main part holds the running text."""
    inside = sum(draft.words for draft in laid.drafts if draft.inside and draft.prose)
    outside = sum(draft.words for draft in laid.drafts if not draft.inside and draft.prose)
    if inside < 40 and outside > inside:
        for draft in laid.drafts:
            draft.inside = draft.form != "metadata"
        return
    _headed_outside(laid.drafts)
    seen = False
    for draft in laid.drafts:
        seen = seen or draft.inside
        if not draft.inside and draft.label is None:
            draft.mark(Label.TEASER if seen else Label.NAVIGATION, "outside the page's main part")


def _headed_outside(drafts: list[Draft]) -> None:
    """Where the headline stands before the main part, what follows it and is not marked as furniture belongs to it."""
    main = next((index for index, draft in enumerate(drafts) if draft.inside), 0)
    if any(draft.inside and draft.form == "heading" and draft.level == 1 for draft in drafts):
        return
    tops = [index for index in range(main) if drafts[index].form == "heading" and drafts[index].level == 1]
    for index in range(tops[-1], main) if tops else ():
        draft = drafts[index]
        if index == tops[-1] or draft.hint is None:
            draft.inside = True
            draft.label = None if draft.label is Label.MASTHEAD else draft.label


def _first(laid: Laid, title: tuple[int, ...], lead: int, minutes: bool) -> int:
    """The first block of the article: what follows the headline and is neither by-line nor sub-title."""
    drafts = laid.drafts
    lead = min(lead, len(drafts))
    if not title:
        return lead
    filed = lead < len(drafts) and dateline_at(laid.text, drafts[lead].start, drafts[lead].end) is not None
    first = title[-1] + 1
    for index in range(title[-1] + 1, lead):
        draft = drafts[index]
        if draft.label is not None:
            first = index + 1
            continue
        why = _front(laid, index, lead, minutes, filed)
        if not why:
            return index
        draft.mark(Label.FRONT, why)
        first = index + 1
    while first < len(drafts) and drafts[first].label is not None:
        first += 1
    return first


def _front(laid: Laid, index: int, lead: int, minutes: bool, filed: bool) -> str:
    """Why a block between the headline and the text is no part of the article; nothing where it is."""
    draft = laid.drafts[index]
    if minutes and FIELD.match(draft.flat):
        return ""
    if filed:
        return "between the headline and the dateline"
    if any(found.alone for found in dates_in(laid.text, draft.start, min(draft.end, draft.start + 120))):
        return "a date line"
    if draft.words <= 12 and POSTED.search(draft.flat) and not draft.closed and not minutes:
        return "a date line"
    if (
        index
        and laid.drafts[index - 1].why == "a date line"
        and draft.words <= 12
        and not draft.closed
        and _bare(draft)
    ):
        return "the place under a date line"
    if STAR.match(draft.flat) and draft.form != "item" and draft.words < 30:
        return "a sub-title"
    if SUBTITLE.match(draft.flat):
        return "a sub-title"
    if any(later.label is Label.FRONT for later in laid.drafts[index + 1 : lead]):
        return "before the by-line or date line"
    if minutes or draft.closed or draft.flat.endswith(",") or FIELD.match(draft.flat) or MARKER.match(draft.flat + " "):
        return ""
    alike_later = sum(
        other.form == draft.form and other.level == draft.level and other.label is None and not other.closed
        for other in laid.drafts[lead : lead + 200]
        if other.words <= 14
    )
    single = index + 1 == lead and 4 <= draft.words <= 40
    return "a sub-title" if single and alike_later < 2 and draft.form in {"heading", "paragraph"} else ""


def _bare(draft: Draft) -> bool:
    """No field, item or heading of its own: the words alone."""
    plain_line = draft.form == "paragraph" or bool(re.search(r",|\d", draft.flat))
    return plain_line and not FIELD.match(draft.flat) and not MARKER.match(draft.flat + " ")


def _adverts(drafts: list[Draft], first: int) -> None:
    """What an advertisement's label announces, and offers without a label."""
    for index in range(first, len(drafts)):
        draft = drafts[index]
        if draft.label is Label.ADVERTISEMENT and draft.why.endswith("the whole line"):
            _announced(drafts, index)
        elif draft.label is not None or draft.words > LONG_OFFER:
            continue
        elif _offer(draft) if draft.repeats is None or draft.repeats < first else _sold(drafts[draft.repeats]):
            draft.mark(Label.ADVERTISEMENT, "offers something for sale")


def _announced(drafts: list[Draft], index: int) -> None:
    for after in range(index + 1, min(index + 6, len(drafts))):
        if drafts[after].label is Label.ADVERTISEMENT and drafts[after].why.endswith("the whole line"):
            for between in drafts[index + 1 : after]:
                if between.label is None and between.words <= 60:
                    between.mark(Label.ADVERTISEMENT, "between two labels of an advertisement")
            return
    if index + 1 < len(drafts):
        near = drafts[index + 1]
        signs = (
            bool(PRICE.search(near.flat))
            + bool(OFFER.search(near.flat))
            + bool(re.search(r"\byou(?:r|rs)?\b", near.flat))
        )
        if near.label is None and near.words <= 45 and signs:
            near.mark(Label.ADVERTISEMENT, "follows an advertisement's label")


def _sold(draft: Draft) -> bool:
    """Whether the block that another repeats was found to offer something for sale."""
    return draft.label is Label.ADVERTISEMENT and draft.why == "offers something for sale"


def _offer(draft: Draft) -> bool:
    """An offer of something for sale."""
    if not 4 <= draft.words <= LONG_OFFER or PRICED.search(draft.flat) is None or draft.form in {"item", "row"}:
        return False
    return (
        FIELD.match(draft.flat) is None
        and OFFER.search(draft.flat) is not None
        and len({found[0][:1] for found in PRICE.finditer(draft.flat)}) >= 2
    )


def _chat(drafts: list[Draft]) -> None:
    """Lines of chat are talk around the minutes, unless the minutes are kept in that form."""
    lines = [draft for draft in drafts if draft.hint_why == "a line of chat"]
    if len(lines) <= 0.4 * len(drafts):
        for draft in lines:
            if draft.label is None:
                draft.mark(Label.CHAT, "a line of chat")


def _cutting(drafts: list[Draft], first: int, known: Cues) -> None:
    """A line that stands between the halves of a sentence is the words of a picture."""
    finite = known.names.get("finite", frozenset())
    for index in range(first + 1, len(drafts) - 1):
        draft = drafts[index]
        if draft.label is not None or draft.closed or draft.words > 40 or draft.form in {"item", "row"}:
            continue
        after = _text_beside(drafts, index, 1)
        if after is None or not after.flat[:1].islower():
            continue
        if draft.flat[:1].islower() or draft.flat[-1:] in ",;:-" or not finite.isdisjoint(plain(draft.flat).split(" ")):
            continue  # A sentence of its own, if only the beginning of one.
        before = _text_beside(drafts, index, -1)
        if before is None or before.closed or before.words < 6:
            continue
        if before.flat[-1:] not in ":;" and before.form not in {"heading", "row"} and after.form == "paragraph":
            draft.mark(Label.CAPTION, "stands between the halves of a sentence")


def _text_beside(drafts: list[Draft], index: int, step: int) -> Draft | None:
    """The nearest block of text, over page numbers and the like."""
    for away in range(1, 6):
        at = index + step * away
        if not 0 <= at < len(drafts):
            return None
        if drafts[at].label is None:
            return drafts[at]
    return None


def _isolated(drafts: list[Draft], first: int, known: Cues) -> None:
    """Words under a picture stand alone in a page of which the rest stands close."""
    gaps = [draft.gap for draft in drafts[first:]]
    wide = sum(gap >= ISOLATED for gap in gaps)
    if not wide or sorted(gaps)[len(gaps) // 2] > 1:
        return
    for index in range(first + 1, len(drafts)):
        draft = drafts[index]
        after = drafts[index + 1].gap if index + 1 < len(drafts) else ISOLATED
        if draft.label is not None or draft.form in {"item", "row"} or draft.flat[:1].islower():
            continue
        if plain(draft.flat).rsplit(" ", 1)[-1].strip(",") in known.names.get("unfinished", frozenset()):
            continue
        both = draft.gap >= ISOLATED and after >= ISOLATED
        one = draft.gap >= ISOLATED or after >= ISOLATED
        if (both and draft.words <= 60) or (one and draft.words <= 25 and draft.form != "heading" and not draft.closed):
            draft.mark(Label.CAPTION, "stands alone, as words under a picture do")


def _running_heads(drafts: list[Draft], first: int, last: int) -> None:
    """A short line that stands again on sheet after sheet, or repeats what stood above the article."""
    above = {_digitless(draft.flat) for draft in drafts[:first] if _heads(draft)}
    edges: dict[str, set[int]] = {}
    for index, draft in enumerate(drafts):
        edge = (
            index == 0
            or index + 1 == len(drafts)
            or drafts[index - 1].leaf != draft.leaf
            or drafts[index + 1].leaf != draft.leaf
        )
        if edge and draft.words <= 16:
            edges.setdefault(_digitless(draft.flat), set()).add(draft.leaf)
    for index, draft in enumerate(drafts):
        if not first < index <= last or draft.label is not None or draft.words > 16:
            continue
        same = _digitless(draft.flat)
        if same in above and draft.words >= 2:
            draft.mark(Label.MASTHEAD, "repeats what stands above the article")
        elif len(edges.get(same, ())) >= 2:
            draft.mark(Label.MASTHEAD, "stands at the edge of sheet after sheet")


def _heads(draft: Draft) -> bool:
    """Could stand at the head of every sheet."""
    own = draft.label in {Label.TITLE, Label.MASTHEAD, Label.FRONT, None}
    return own and draft.form != "metadata" and 2 <= draft.words <= 16


def _digitless(flat: str) -> str:
    return re.sub(r"\d+", "#", plain(flat)).strip(" -|.")


def _rest(drafts: list[Draft], first: int, last: int, known: Cues) -> None:
    """What no rule named: by where it stands."""
    after = Label.COLOPHON
    names = known.names.get("names", frozenset()) | known.names.get("bodies", frozenset())
    for index, draft in enumerate(drafts):
        if index > last and draft.why.startswith("tail"):
            after = Label.TEASER
        elif index > last and draft.label is Label.CAPTION:
            after = Label.CAPTION
        if draft.label is not None:
            continue
        if draft.linked > LINKED and draft.words <= 6:
            draft.mark(Label.NAVIGATION, "a link outside the article")
            continue
        if index < first:
            named = any(word in names for word in WORD.findall(plain(draft.flat)))
            draft.mark(Label.MASTHEAD if named else Label.FRONT, "before the article")
        else:
            draft.mark(after, "after the article")
