"""What on a page is furniture by its own words: adverts, teasers, captions, colophons, chat, dirt."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from hemicycle.reader import lexicon
from hemicycle.reader.blocks import Draft, flatten
from hemicycle.reader.shape import Label

SHORT = 60  # Words: a longer block is running text, whatever it begins with.
TURNED = tuple(zip("’‘“”–—\u00a0", "''\"\"-- ", strict=True))
EDGES = " \t-–—•·*>#|[](){}:.…»«\"“”'’→▶►■□★☆_=~/\\<"
MARK = re.compile(
    r"[ \t]*(?:[-–—]\s?(?:0|30)\s?[-–—]|\(ends?\)|\[ends?\]|[-–—]ends?[-–—]|/ends|(?<=[.!?”\x22])\s+ENDS"
    r"|(?<=[.!?”\x22])\s*[-–—]{1,2}\s?(?-i:[A-Z]{2,6})\s?[-–—]{1,2}|#\s?#\s?#|■|▪|◼)[ \t]*\Z",
    re.IGNORECASE,
)
END_ALONE = re.compile(
    r"(?:\((?:[A-Z] ){1,5}[A-Z]\)|[#]{3,}|#(?: #){2,}|-\s?(?:0|30)\s?-|(?:\*\s?){3,}|_{0,3}o0o_{0,3}|■+|∎)\Z",
    re.IGNORECASE,
)
WEAK_END = re.compile(r"(?:\*\s?){3,}\Z|\*\*\*")
PAGE_NUMBER = re.compile(
    r"\A(?:[-–—|\[(•]{0,2}\s*)?(?:page|pages|p\.|pg\.?|стр\.?|seite|sheet)?\s*\d{1,4}"
    r"(?:\s*(?:of|/|von|de|из)\s*\d{1,4})?\s*(?:\|\s*p\s*a\s*g\s*e)?\s*(?:[-–—|\])•]{0,2})\Z",
    re.IGNORECASE,
)
PAGED = re.compile(
    r"(?:\bpage|\bp\.|стр\.)\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\s*[)\]|]?\Z|\Apage\s+\d{1,4}\b", re.IGNORECASE
)
TURN_TO = re.compile(r"(?:--|[-–—.]{1,3})\s?(?:see\s)?page\s[A-Z]?\d{1,3}\W{0,2}\Z", re.IGNORECASE)
RULE = re.compile(r"[\s\W_]+\Z")
BLANK_TO_FILL = re.compile(r"[._…]{8,}")
CHAT_LINE = re.compile(
    r"\[?\d{1,2}:\d{2}(?::\d{2})?(?:\s?[ap]m)?\]?\s{0,3}(?:<[^<>]{1,40}>|\*{1,3}\s|From\s.{1,60}?\s(?:to|To)\s(?:Everyone|everyone)"
    r"|[A-Za-z_][\w.-]{0,20}:\s)|<[A-Za-z_][^<>\s]{0,30}>\s|\*\s?\w{1,20}\s(?:joins|leaves|is|has)\s|\*{3}\s"
)
ADDRESS = re.compile(r"\A(?:https?://\S+|www\.\S+|[\w.+-]{1,60}@[\w-]{1,60}\.[\w.]{2,30})\Z", re.IGNORECASE)
BYLINE = re.compile(
    r"\A(?:By|BY|Words|Report by|Von|Par|От)[: ]\s*"
    r"(?:[A-Z][\w.'’-]{0,20}(?![\w.'’-])[, ]*(?:and |& |in |our |for )?){1,7}"
    r"(?:[|,•-].{0,80})?\Z"
)
FIRST = re.compile(r"[^\W\u1100-\uffff]+")
UNDER_HEADLINE = re.compile(r"[ \t]*\r?\n\s*(?=held\s)", re.IGNORECASE)
WITHIN_HEADLINE = re.compile(r"(?<=\w)\s+(?=held\s)", re.IGNORECASE)
LONG_HEADLINE = 14  # Words of a headline of minutes that may say when and where.
SPACED = re.compile(r"(?:\w ){4,60}\w\Z")
CRUMBS = re.compile(r".{1,40}(?:\s[>»›/|•·]\s.{1,50}){2,8}\Z")
SIGNS = (
    (PAGE_NUMBER, Label.NOISE, "a page number"),
    (TURN_TO, Label.TEASER, "points to another page"),
    (PAGED, Label.NOISE, "a running head with its page number"),
    (ADDRESS, Label.COLOPHON, "an address by itself"),
    (BYLINE, Label.FRONT, "a by-line"),
    (BLANK_TO_FILL, Label.COLOPHON, "a blank to be filled in"),
)
PLAIN = re.compile(r"[^\W\d_]+(?:[ ,'’-]+[^\W\d_]+)*")
STATIC = (Label.ADVERTISEMENT, Label.CAPTION, Label.CHAT, Label.COLOPHON, Label.FRONT, Label.NAVIGATION, Label.TEASER)


@dataclass(slots=True)
class Cues:
    """The furniture words of a page's languages, ready to be asked."""

    whole: dict[str, tuple[Label, str]] = field(default_factory=dict)
    begins: dict[str, list[tuple[str, Label, str]]] = field(default_factory=dict)
    contains: dict[str, list[tuple[str, Label]]] = field(default_factory=dict)
    ends: set[str] = field(default_factory=set)
    names: dict[str, frozenset[str]] = field(default_factory=dict)

    def begin(self, flat: str) -> tuple[str, Label, str] | None:
        """The cue that these words begin with: phrase, label, table."""
        for phrase, label, table in self.begins.get(_key(flat), ()):
            if flat.startswith(phrase):
                return phrase, label, table
        return None

    def hold(self, flat: str) -> tuple[str, Label] | None:
        """The cue that stands within these words."""
        for word in set(flat.split(" ")) & self.contains.keys():
            for phrase, label in self.contains[word]:
                if phrase in flat:
                    return phrase, label
        return None


def plain(flat: str) -> str:
    """Words as the lexicons write them."""
    low = flat.lower()
    if not low.isascii():
        for sign, meant in TURNED:
            low = low.replace(sign, meant)
    return low


def bare(flat: str) -> str:
    """The same without quotes, bullets and stops at its ends."""
    return plain(flat).strip(EDGES).rstrip(",;!").strip()


@cache
def cues(language: str) -> Cues:
    """The cues of a language, with the English ones beneath them: pages mix the two."""
    ready = Cues()
    for tag in dict.fromkeys((language, "en")):
        words = lexicon.load("furniture", tag)
        for name in ("tail", "aside"):
            _add(ready, words.get(name, {}), Label.TEASER, name)
        for label in STATIC:
            _add(ready, words.get(label.value, {}), label, label.value)
        ready.ends.update(words.get("end", {}).get("marks", ()))
        for source in ("names", "masthead"):
            for name, listed in words.get(source, {}).items():
                ready.names[name] = ready.names.get(name, frozenset()) | frozenset(listed)
    return ready


def _add(ready: Cues, table: dict[str, list[str]], label: Label, name: str) -> None:
    for phrase in table.get("whole", ()):
        key = plain(phrase).strip(EDGES)
        ready.whole.setdefault(key, (label, name))
        if len(key) >= 10:
            ready.whole.setdefault(key.replace(" ", ""), (label, name))  # As spaced letters are read.
    for phrase in table.get("begins", ()):
        key = plain(phrase)
        ready.begins.setdefault(_key(key), []).append((key, label, name))
    for phrase in table.get("contains", ()):
        key = plain(phrase)
        ready.contains.setdefault(key.split()[0], []).append((key, label))


def _key(words: str) -> str:
    """What a cue is looked up by: its first word, or its first sign where words are not spaced."""
    found = FIRST.match(words)
    return found[0] if found is not None else words[:1]


def look(drafts: Iterable[Draft], known: Cues) -> None:
    """Label every block that its own words, or the page's mark-up, give away."""
    seen: dict[tuple[object, ...], Draft] = {}  # Teasers and links stand again and again.
    for draft in drafts:
        if draft.label is not None:
            continue
        if draft.words > SHORT:
            look_at(draft, known)
            continue
        before = seen.setdefault((draft.flat, draft.form, draft.hint, draft.hint_why, draft.linked), draft)
        if before is draft:
            look_at(draft, known)
        else:
            draft.label, draft.why = before.label, before.why
            draft.hint, draft.hint_why = before.hint, before.hint_why


def look_at(draft: Draft, known: Cues) -> None:
    """One block by its own words; the mark-up's word where its own say nothing."""
    flat = draft.flat
    if draft.hint is Label.NAVIGATION and draft.linked > 0.9:
        draft.mark(draft.hint, draft.hint_why)
        return
    if draft.words <= 12 and _signs(draft, flat, known):
        return
    if draft.words <= SHORT:
        if draft.words <= 30 and CHAT_LINE.match(flat):
            draft.hint, draft.hint_why = draft.hint or Label.CHAT, draft.hint_why or "a line of chat"
        if _by_words(draft, flat, known):
            return
    if draft.hint is Label.FRONT and draft.prose:
        return  # A first paragraph, whatever the page names it.
    if draft.hint is not None and draft.hint is not Label.ARTICLE and draft.hint_why != "a line of chat":
        draft.mark(draft.hint, draft.hint_why)


def _signs(draft: Draft, flat: str, known: Cues) -> bool:
    """What signs alone give away: page numbers, end marks, rules, addresses, by-lines."""
    if flat[0].isalpha() and flat[-1].isalpha() and PLAIN.fullmatch(flat):
        if bare(flat) in known.ends:
            draft.mark(Label.END_MARK, "an end mark by itself")
        elif flat.startswith(("By ", "BY ", "Words ", "Report by", "Von ", "Par ", "От ")) and BYLINE.match(flat):
            draft.mark(Label.FRONT, "a by-line")
        return draft.label is not None
    if END_ALONE.match(flat) or bare(flat) in known.ends:
        draft.mark(Label.END_MARK, "weak end mark" if WEAK_END.match(flat) else "an end mark by itself")
    elif RULE.match(flat):
        blank = BLANK_TO_FILL.search(flat) and "_" in flat and " " in flat and len(set(flat)) <= 2
        draft.mark(*((Label.COLOPHON, "a blank to be filled in") if blank else (Label.NOISE, "no words")))
    else:
        found = next(((label, why) for pattern, label, why in SIGNS if pattern.search(flat)), None)
        if found is not None:
            draft.mark(*found)
        elif draft.words >= 3 and CRUMBS.match(flat) and draft.form != "row":
            draft.mark(Label.NAVIGATION, "a trail of links")
    return draft.label is not None


def _by_words(draft: Draft, flat: str, known: Cues) -> bool:
    """What the lexicon's words give away."""
    low = plain(flat)
    core = low.strip(EDGES)
    if SPACED.match(core):
        core = core.replace(" ", "")
    found = known.whole.get(core) or known.whole.get(core.rstrip("!"))
    if found is not None:
        draft.mark(found[0], f"{found[1]}: the whole line")
        return True
    begun = known.begin(low) or (known.begin(core) if core != low else None)
    if begun is not None and _may_begin(draft, begun):
        draft.mark(begun[1], f"{begun[2]}: begins “{begun[0]}”")
        return True
    if draft.words > 32:
        return False
    held = known.hold(low)
    if held is not None and _may_hold(draft, held[1]):
        draft.mark(held[1], f"{held[1].value}: holds “{held[0]}”")
        return True
    return False


def _may_begin(draft: Draft, begun: tuple[str, Label, str]) -> bool:
    """A long sentence that happens to begin so is none; a phrase that ends with a mark is sure."""
    phrase, label, _ = begun
    sure = not phrase[-1].isalnum() or " " in phrase.strip()
    if label in {Label.COLOPHON, Label.ADVERTISEMENT}:
        return True
    if label is Label.FRONT and phrase[-1] != ":":
        return draft.words <= 16
    if label is Label.CHAT:
        return draft.words <= 16
    return draft.words <= (40 if sure else 12)


def _may_hold(draft: Draft, label: Label) -> bool:
    """Whether a cue within a block counts, by what the block is otherwise."""
    if label is Label.CHAT:
        return draft.hint_why == "a line of chat" or draft.words <= 9
    if label is Label.CAPTION:
        return draft.words <= 28
    return True


def split_marks(drafts: list[Draft], text: str) -> list[Draft]:
    """The blocks, with an end mark after a block's last sentence as a block of its own."""
    parted: list[Draft] = []
    for draft in drafts:
        parted.append(draft)
        if text[draft.end - 1] not in "-)]#/sS■▪◼" or draft.form == "metadata":
            continue
        tail = text[max(draft.start, draft.end - 16) : draft.end]
        found = MARK.search(tail)
        if found is None or draft.end - draft.start <= 16:
            continue
        words = tail[found.start() :]
        start = draft.end - len(words.lstrip())
        mark = Draft(start, draft.end, words.strip(), "line", inside=draft.inside, leaf=draft.leaf)
        mark.mark(Label.END_MARK, "an end mark after the last sentence")
        draft.end -= len(words)
        draft.end -= len(text[draft.start : draft.end]) - len(text[draft.start : draft.end].rstrip())
        draft.flat = draft.flat[: -len(words.strip())].rstrip() if draft.flat.endswith(words.strip()) else draft.flat
        draft.closed = True
        parted.append(mark)
    return parted


def split_headlines(drafts: list[Draft], text: str, known: Cues) -> list[Draft]:
    """The blocks, with the lines under a minutes' headline (“held at …”) as a block of their own."""
    parted: list[Draft] = []
    for index, draft in enumerate(drafts):
        parted.append(draft)
        begins = (
            index < 14 and draft.words <= 60 and draft.flat.lower().startswith(tuple(known.names.get("minutes", ())))
        )
        found = UNDER_HEADLINE.search(text, draft.start, draft.end) if begins else None
        if found is None and begins and draft.words > LONG_HEADLINE:
            found = WITHIN_HEADLINE.search(text, draft.start, draft.end)
        if found is None:
            continue
        rest = Draft(
            found.end(), draft.end, flatten(text[found.end() : draft.end]), leaf=draft.leaf, inside=draft.inside
        )
        draft.end, draft.flat = found.start(), flatten(text[draft.start : found.start()])
        draft.closed = False
        draft.words = draft.flat.count(" ") + 1
        parted.append(rest)
    return parted
