"""Which block is the headline of the page's own article."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from hemicycle.reader.blocks import MARKER, WORD, Draft, Laid
from hemicycle.reader.furniture import Cues, plain
from hemicycle.reader.page_dates import dateline_at, dates_in
from hemicycle.reader.repeats import alike, key_of
from hemicycle.reader.shape import Label

NTH = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b")  # Small letters in a line of capitals: 118th ANNUAL MEETING.
NEAR_TOP = 10  # Blocks from the top among which “Minutes of …” is a headline.
MINUTES_OF = re.compile(
    r"\W*(?:draft |unconfirmed |approved |confirmed )?"
    r"(?:minutes|notes|record|proceedings) (?:of|for|from) (?:the |a |an )",
    re.IGNORECASE,
)
WITHIN = 60  # Blocks from the top among which the first running text is looked for closely.
FIELD = re.compile(r"[A-Z][\w'’()&/ -]{1,40}:\s+\S|[A-Z][\w'’()&/ -]{1,30}:\Z")
OPENING = re.compile(
    r"(?:present|attendance|attendees|in attendance|apologies|call to order|roll call|agenda|members present|"
    r"participants|chair|chairs|welcome|opening|quorum)\b",
    re.IGNORECASE,
)
VENUE = re.compile(
    r"\b(?:council chambers?|room|hall|centre|center|street|road|avenue|library|building|zoom)\b", re.IGNORECASE
)
HELD_AT = re.compile(r"held\s+(?:at|in|on|via|by|virtually|remotely|online)\b", re.IGNORECASE)
NUMBERED = re.compile(r"\s*(\d{1,2})(?:[.)]|\s)\s*[A-Z]")
SHEET = re.compile(r"\s*[|–—-]?\s*\bpage \d{1,3} of \d{1,3}\b", re.IGNORECASE)
SITE = re.compile(r"\s+[|–—»·:-]\s+")


BRACKETED = re.compile(r"\s*[(\[（][^()\[\]]*[)\]）]\s*")  # A remark under a headline: “(Adopted on 3 May)”.


@dataclass(frozen=True, slots=True)
class Headline:
    """The blocks of a headline, and where the text under it begins."""

    blocks: tuple[int, ...]
    lead: int


def find_headline(laid: Laid, known: Cues, minutes: bool) -> Headline:
    """The headline of the article, which may run over some lines or stand twice."""
    drafts = laid.drafts
    lead = _lead(laid, minutes)
    named = next((value for value, _ in laid.said("title", "page_title")), "")
    best, best_score = None, 0.0
    lead_words = frozenset(WORD.findall(plain(drafts[lead].flat[:400]))) if lead < len(drafts) else frozenset()
    for index in range(max(0, lead - WITHIN), min(lead, len(drafts))):
        draft = drafts[index]
        if not _may_be(laid, draft):
            continue
        score = _score(draft, known, named, lead_words) + 0.5 * (index + 1) / (lead + 1)
        if all(other.label is not None for other in drafts[index + 1 : lead]):
            score += 2.5  # Nothing but by-lines stands between it and the text.
        if score > best_score:
            best, best_score = index, score
    if best is None:
        return Headline((), lead)
    return Headline(_whole(laid, best, lead, known), lead)


def headline_words(laid: Laid, blocks: tuple[int, ...]) -> tuple[str, tuple[int, ...]]:
    """The headline once, in the form that is not all capitals where it stands in both; and its blocks."""
    runs: list[list[int]] = []
    for index in blocks:
        if runs and runs[-1][-1] + 1 == index:
            runs[-1].append(index)
        else:
            runs.append([index])
    if not runs:
        return "", ()
    best = next((run for run in runs if not laid.drafts[run[0]].flat.isupper()), runs[0])
    return " ".join(_bare(laid.drafts[index].flat) for index in best), tuple(best)


def _bare(flat: str) -> str:
    """A line of a headline without the number of its sheet."""
    return SHEET.sub("", flat).strip()


def _lead(laid: Laid, minutes: bool) -> int:
    """Where running text begins: a dateline, a paragraph of prose, the first field or item of minutes."""
    drafts = laid.drafts
    soft = len(drafts)
    named = _named_minutes(drafts) if minutes else -1
    headed = any(draft.form == "heading" and draft.level == 1 and draft.inside for draft in drafts[:400])
    past = not headed or laid.media_type in {"text/plain", "application/pdf"}
    for index, draft in enumerate(drafts):
        if draft.form == "metadata" or not draft.inside:
            continue
        past = past or (draft.form == "heading" and draft.level == 1)
        if draft.label is not None or draft.form in {"heading", "row"} or not past:
            continue
        if draft.words <= 8 and any(
            f.alone for f in dates_in(laid.text, draft.start, min(draft.end, draft.start + 120))
        ):
            continue
        if (draft.prose and (draft.words >= 16 or index > 2)) or dateline_at(laid.text, draft.start, draft.end):
            return min(index, soft) if minutes else index
        if minutes and soft == len(drafts) and index > max(named, 0) and _begins_minutes(draft):
            soft = index
    return soft if soft < len(drafts) else _first(drafts)


def _named_minutes(drafts: Sequence[Draft]) -> int:
    """Which block near the top is the line “Minutes of …”: addresses may stand above it. -1 where none is."""
    return next((index for index, draft in enumerate(drafts[:NEAR_TOP]) if MINUTES_OF.match(draft.flat)), -1)


def _begins_minutes(draft: Draft) -> bool:
    flat = draft.flat
    return bool((FIELD.match(flat) or MARKER.match(flat + " ") or OPENING.match(flat)) and draft.words < 60)


def _first(drafts: Sequence[Draft]) -> int:
    """Without running text: what follows the first heading, else the first block."""
    usable = [index for index, draft in enumerate(drafts) if draft.inside and draft.label is None]
    if not usable:
        return len(drafts)
    heading = next((index for index in usable if drafts[index].form == "heading"), None)
    return usable[0] if heading is None else heading + 1


def _numbered(laid: Laid, draft: Draft) -> bool:
    """Whether a line is the first or a later of numbered headings: the next number follows."""
    found = NUMBERED.match(laid.text, draft.start, draft.end)
    if found is None:
        return False
    after = re.compile(rf"{int(found[1]) + 1}(?:[.)]|\s{{2,}}|\s(?=[A-Z]))")
    return any(other.start > draft.start and after.match(laid.text, other.start) for other in laid.drafts[:400])


def _may_be(laid: Laid, draft: Draft) -> bool:
    if draft.level != 1 and _numbered(laid, draft):
        return False
    if OPENING.fullmatch(draft.flat.strip(" :.#*")) and draft.words <= 3 and not (draft.level == 1 and draft.linked):
        return False
    if draft.form == "metadata" or not draft.inside or not 1 <= draft.words <= 45 or BRACKETED.fullmatch(draft.flat):
        return False
    if HELD_AT.match(draft.flat):
        return False
    if draft.label is not None and not (draft.form == "heading" and draft.level == 1 and draft.label is Label.MASTHEAD):
        return False
    if draft.flat[-1:] in ".;," and draft.form != "heading" and draft.words > 4:
        return False
    if draft.form == "row" or (draft.form != "heading" and FIELD.match(draft.flat)):
        return False
    return not any(found.alone for found in dates_in(laid.text, draft.start, min(draft.end, draft.start + 120)))


def _score(draft: Draft, known: Cues, named: str, lead: frozenset[str]) -> float:
    """How much a block looks like the headline."""
    low = plain(draft.flat)
    words = WORD.findall(low)
    score = 1.0
    if draft.form == "heading" and draft.level == 1:
        score += 2.0
    if named and _same(low, named):
        score += 5.0 if draft.form == "heading" else 3.0
    said = frozenset(words)
    if said & known.names.get("meetings", frozenset()) or any(word in low for word in known.names.get("minutes", ())):
        score += 1.5
    if any(phrase in low for phrase in known.names.get("minutes", ())):
        score += 1.0
    telling = {word for word in said if len(word) > 3}
    if telling:
        score += 2.0 * len(telling & lead) / len(telling)
    if 4 <= len(words) <= 24:
        score += 1.0
    if VENUE.search(draft.flat) and not said & known.names.get("happenings", frozenset()):
        score -= 4.0
    return score - _like_a_masthead(draft, words, known)


def _like_a_masthead(draft: Draft, words: list[str], known: Cues) -> float:
    """A newspaper's name or a body's alone is no headline."""
    if not words:
        return 9.0
    off = 0.0
    happens = known.names.get("happenings", frozenset())
    if len(words) <= 6 and words[-1] in known.names.get("names", frozenset()):
        off += 3.0
    bodies = known.names.get("bodies", frozenset())
    named = words[-1] in bodies or words[0] in bodies or ("of" in words and bool(bodies & set(words)))
    if len(words) <= 7 and named and not happens & set(words):
        off += 2.0
    if len(words) <= 1:
        off += 1.5
    if draft.linked > 0.9 and draft.form != "heading":
        off += 2.0
    if re.search(r"\b(?:vol|no|issue)\.?\s?\d|\d{4,5}\s?[A-Z]{2}\b|@|\btel\b", draft.flat, re.IGNORECASE):
        off += 3.0
    return off


def _same(low: str, named: str) -> bool:
    """The headline as the page's head names it, with or without the site's name."""
    mine = frozenset(WORD.findall(low))
    best = 0.0
    for part in (named, *named.split(" | "), *SITE.split(named)):
        other = frozenset(WORD.findall(plain(part)))
        if mine and other:
            best = max(best, len(mine & other) / len(mine | other))
    return best >= 0.7


def _whole(laid: Laid, best: int, lead: int, known: Cues) -> tuple[int, ...]:
    """The headline's other lines, and its later repetition."""
    drafts = laid.drafts
    blocks = [best]
    if laid.media_type in {"text/plain", "application/pdf"}:
        while blocks[0] > 0 and _runs_on(laid, blocks[0] - 1, blocks[0], known):
            blocks.insert(0, blocks[0] - 1)
        while blocks[-1] + 1 < lead and _runs_on(laid, blocks[-1], blocks[-1] + 1, known):
            blocks.append(blocks[-1] + 1)
    words = key_of(drafts[best].flat)
    for index in range(max(0, best - 8), lead):
        draft = drafts[index]
        if index not in blocks and draft.form != "metadata" and draft.words > 2 and alike(key_of(draft.flat), words):
            blocks.append(index)
    return tuple(sorted(blocks))


def _runs_on(laid: Laid, one: int, two: int, known: Cues) -> bool:
    """Whether a headline's line goes on in the next."""
    first, second = laid.drafts[one], laid.drafts[two]
    if not (_may_be(laid, first) and _may_be(laid, second)) or first.leaf != second.leaf:
        return False
    if second.gap > (laid.media_type == "application/pdf" and first.level == second.level):
        return False
    if _like_a_masthead(first, WORD.findall(plain(first.flat)), known) or FIELD.match(second.flat):
        return False
    if HELD_AT.match(second.flat):
        return False
    last = plain(first.flat).rsplit(" ", 1)[-1]
    if last in known.names.get("unfinished", frozenset()) or second.flat[:1].islower() or last.endswith((",", ":")):
        return True
    capitals = all(NTH.sub("", line).isupper() for line in (first.flat, second.flat))
    return capitals and first.words + second.words <= 30
