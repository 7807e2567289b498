"""Saved pages laid out: what a reader of the page would read, in its order, and what the mark-up says each part is."""

import json
import re
from functools import lru_cache
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from hemicycle.reader import lexicon
from hemicycle.reader.blocks import BLANKS, BLOCKS_AT_MOST, LOOKED_AT, READ_AT_MOST, Draft, Laid
from hemicycle.reader.plain import lay_plain
from hemicycle.reader.shape import Label, Span

CHARACTERS_AT_MOST = 6_000_000
TAGS_AT_MOST = 200_000
FEW_TAGS = 6_000  # With fewer, no nesting is deep enough to take the parser long.
DEPTH_AT_MOST = 256
LINKS_TOLD_ONE_BY_ONE = 12
TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^<>]*>")
VOID = frozenset(lexicon.load("furniture-marks", "html")["tags"]["void"])
INLINE = frozenset(lexicon.load("furniture-marks", "html")["tags"]["inline"])
SKIPPED = frozenset(lexicon.load("furniture-marks", "html")["tags"]["skipped"])
BY_TAG = {
    "nav": Label.NAVIGATION,
    "menu": Label.NAVIGATION,
    "button": Label.NAVIGATION,
    "dialog": Label.NAVIGATION,
    "footer": Label.COLOPHON,
    "aside": Label.TEASER,
    "figcaption": Label.CAPTION,
}
SMALL = frozenset((Label.FRONT, Label.CAPTION))  # Labels that a class name gives to small parts only.
UNNAMED = (Label.ARTICLE, "", 0)
MAIN = frozenset(("main", "article"))
FORMS = {"li": "item", "dt": "item", "dd": "item", "figcaption": "caption", "caption": "caption", "tr": "row"}
WORDS = re.compile(r"[a-z]+|[A-Z]+(?![a-z])|[A-Z][a-z]+")
META = {
    "og:title": "title",
    "og:site_name": "source",
    "application-name": "source",
    "article:published_time": "published",
    "datepublished": "published",
    "date": "published",
    "dc.date": "published",
    "dc.date.issued": "published",
    "dcterms.issued": "published",
    "dcterms.created": "published",
    "pubdate": "published",
    "publishdate": "published",
    "publish-date": "published",
    "sailthru.date": "published",
    "citation_publication_date": "published",
    "parsely-pub-date": "published",
    "article:modified_time": "modified",
    "og:updated_time": "modified",
    "lastmod": "modified",
    "dc.publisher": "source",
    "publisher": "source",
    "og:url": "address",
}


def lay_html(text: str) -> Laid:
    """A page as blocks; the text of the reading is the page's words as laid out, the head's facts first."""
    notes = []
    source = text
    if len(source) > CHARACTERS_AT_MOST:
        source = source[:CHARACTERS_AT_MOST]
        notes.append(f"The page is very long; its first {CHARACTERS_AT_MOST:,} characters were read.")
    if source.count("<") > FEW_TAGS:
        source = _bounded(source)
    parser = LexborHTMLParser(source)
    walk = _Walk()
    _head(parser, source, walk)
    if parser.body is not None:
        walk.through(parser.body)
    laid = walk.laid()
    laid.notes[:0] = notes
    root = parser.root
    laid.language = ((root.attributes.get("lang") or "") if root is not None else "")[:12].lower()
    return laid


def _bounded(source: str) -> str:
    """The page without the tags that nest too deep, each replaced by a line break, and not too many of them."""
    depth, count = 0, 0

    def kept(found: re.Match[str]) -> str:
        nonlocal depth, count
        count += 1
        if count > TAGS_AT_MOST:
            return " "
        if found[2].lower() in VOID:
            return found[0]
        if found[1]:
            depth -= 1
            return found[0] if depth < DEPTH_AT_MOST else "<br>"
        depth = max(depth, 0) + 1
        if depth <= DEPTH_AT_MOST:
            return found[0]
        return "" if found[2].lower() in INLINE else "<br>"

    return TAG.sub(kept, source)


def _head(parser: LexborHTMLParser, source: str, walk: "_Walk") -> None:
    """What the page's head says of it, as lines before the page."""
    seen: set[tuple[str, str]] = set()

    def say(key: str, value: str | None, shown: str) -> None:
        value = BLANKS.sub(" ", value or "").strip()[:400]
        if value and (key, value) not in seen and len(seen) < 24:
            seen.add((key, value))
            walk.line(key, value, shown)

    title = parser.css_first("title")
    if title is not None:
        say("page_title", title.text(), "title")
    for node in parser.css("meta")[:200]:
        marks = node.attributes
        named = (marks.get("property") or marks.get("name") or marks.get("itemprop") or "").lower()
        if named in META:
            say(META[named], marks.get("content"), named)
    if "ld+json" in source:
        for node in parser.css('script[type="application/ld+json"]')[:8]:
            for key, value, shown in _linked_data(node.text()):
                say(key, value, shown)


def _linked_data(text: str) -> list[tuple[str, str, str]]:
    """What a page's linked data says of its title, its day and its publisher."""
    try:
        data: Any = json.loads(text) if len(text) < 200_000 else None
    except (ValueError, RecursionError):
        return []
    items = data if isinstance(data, list) else [data]
    items = [item for item in items[:20] if isinstance(item, dict)]
    items += [inner for item in items for inner in _list(item.get("@graph")) if isinstance(inner, dict)]
    said: list[tuple[str, str, str]] = []
    for item in items[:40]:
        publisher = item.get("publisher")
        for key, value, shown in (
            ("title", item.get("headline"), "headline"),
            ("published", item.get("datePublished"), "datePublished"),
            ("modified", item.get("dateModified"), "dateModified"),
            ("source", publisher.get("name") if isinstance(publisher, dict) else None, "publisher"),
        ):
            if isinstance(value, str):
                said.append((key, value, shown))
    return said


def _list(value: Any) -> list[Any]:
    return value[:20] if isinstance(value, list) else []


@lru_cache(maxsize=4096)
def _hint(classes: str) -> tuple[Label, str] | None:
    """What the name of a part says it is."""
    marks = _marks()
    for word in WORDS.findall(classes[:200]):
        label = marks.get(word.lower())
        if label is not None:
            return label, f"the page names it “{classes[:40]}”"
    return None


@lru_cache(maxsize=1)
def _marks() -> dict[str, Label]:
    return {
        word: Label(label)
        for label, words in lexicon.load("furniture-marks", "html")["parts"].items()
        for word in words
    }


class _Walk:
    """One pass over the page's elements."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.length = 0
        self.drafts: list[Draft] = []
        self.meta: list[tuple[str, str, Span]] = []
        self.notes: list[str] = []
        self.buffer: list[str] = []
        self.linked = 0
        self.in_link = 0
        self.form, self.level = "paragraph", 0
        self.hints: list[tuple[Label, str, int]] = []
        self.regions = 0
        self.region_of: dict[int, int] = {}
        self.mains = 0
        self.main_seen = False
        self.times: list[str] = []
        self.full = False

    def line(self, key: str, value: str, shown: str) -> None:
        """A line of the page's head."""
        start = self.length + len(shown) + 2
        self.out.append(f"{shown}: {value}\n")
        self.meta.append((key, value, Span(start, start + len(value))))
        draft = Draft(self.length, start + len(value), f"{shown}: {value}", "metadata", inside=False)
        draft.mark(Label.FRONT, "the page's head says so")
        self.drafts.append(draft)
        self.length += len(self.out[-1])

    def through(self, body: LexborNode) -> None:
        """Every element and text in the page's order, without recursion."""
        node: LexborNode | None = body
        open_tags: list[tuple[LexborNode, str]] = []
        buffer = self.buffer  # Emptied where a block ends, never another list.
        while node is not None and not self.full:
            tag = node.tag
            if tag == "-text":  # Four nodes in ten; a call for each would take a tenth of the time.
                words = node.text_content or ""
                if buffer or not words.isspace():
                    buffer.append(words)
                if self.in_link:
                    self.linked += len(words.strip())
            elif tag is not None and tag not in SKIPPED and self._enter(node, tag):
                open_tags.append((node, tag))
                if (following := node.first_child) is not None:
                    node = following
                    continue
                self._leave(open_tags.pop()[1])
            following = node.next if open_tags else None
            while following is None and open_tags:
                above, tag = open_tags.pop()
                if tag in INLINE:
                    self.in_link -= tag == "a"
                else:
                    self._leave(tag)
                following = above.next if open_tags else None
            node = following
        self.flush()

    def _enter(self, node: LexborNode, tag: str) -> bool:
        """Takes what stands at the beginning of an element; True where its inside is to be read."""
        if tag not in INLINE:
            return self._enter_block(node, tag)
        if tag == "a":
            self.in_link += 1
        elif tag == "time" and (moment := node.attributes.get("datetime")):
            self.times.append(moment)
        return True

    def _enter_block(self, node: LexborNode, tag: str) -> bool:
        """Takes what stands at the beginning of a block; True where its inside is to be read."""
        if tag == "br":
            self.flush("line")
            return False
        if tag in {"td", "th"}:
            if self.buffer and "".join(self.buffer[-2:]).strip():
                self.buffer.append(" | ")
            return True
        if self.buffer:
            self.flush()
        marks = node.attributes
        if marks and ("hidden" in marks or "display:none" in (marks.get("style") or "").replace(" ", "")):
            return False
        if tag == "pre":
            self._verbatim(node)
            return False
        self._hinted(tag, marks)
        if tag in {"nav", "menu"} or (tag == "ul" and self.hints[-1][0] is Label.NAVIGATION):
            self._menu(node)
            self.hints.pop()
            return False
        if tag in MAIN:
            self.mains += 1
            self.main_seen = True
        self.form = FORMS.get(tag, "paragraph")
        if tag in {"h1", "h2", "h3", "h4", "h5", "h6"}:
            self.form, self.level = "heading", int(tag[1])
        return True

    def _hinted(self, tag: str, marks: dict[str, str | None]) -> None:
        hint: tuple[Label, str] | None = None
        if tag in BY_TAG:
            hint = BY_TAG[tag], f"the page marks it as {tag}"
        elif tag == "header" and not self.mains:
            hint = Label.MASTHEAD, "the page marks it as its header"
        elif marks and tag not in MAIN and tag != "body":
            named = marks.get("class") or ""
            if "id" in marks or "role" in marks:
                named = f"{named} {marks.get('id') or ''} {marks.get('role') or ''}".strip()
            hint = _hint(named) if named else None
        if hint is None:
            self.hints.append(self.hints[-1] if self.hints else UNNAMED)
        else:
            self.regions += 1
            self.hints.append((*hint, self.regions))

    def _leave(self, tag: str) -> None:
        if tag in INLINE:
            self.in_link -= tag == "a"
            return
        if tag in {"td", "th"}:
            return
        if self.buffer:
            self.flush()
        self.form, self.level = "paragraph", 0
        if self.hints:
            self.hints.pop()
        if tag in MAIN:
            self.mains -= 1

    def flush(self, form: str = "") -> None:
        """What was gathered becomes a block."""
        if not self.buffer:
            return
        words = "".join(self.buffer)
        if "  " in words or not words.isprintable():
            words = BLANKS.sub(" ", words)
        words = words.strip().strip("|").strip()
        self.buffer.clear()
        linked, self.linked = self.linked, 0
        times = self.times
        if times:
            self.times = []
        if not words:
            return
        draft = self._put(words, form or self.form)
        draft.linked = min(linked / len(words), 1.0) if linked else 0.0
        if times:
            self.meta.extend(("time", moment, Span(draft.start, draft.end)) for moment in times)

    def _put(self, words: str, form: str) -> Draft:
        flat = words[:LOOKED_AT]
        draft = Draft(self.length, self.length + len(words), flat, form, self.level, 1, inside=self.mains > 0)
        if self.hints and self.hints[-1][2]:
            draft.hint, draft.hint_why = self.hints[-1][0], self.hints[-1][1]
            self.region_of[len(self.drafts)] = self.hints[-1][2]
        self.drafts.append(draft)
        self.out.append(words + "\n\n")
        self.length += len(words) + 2
        self.full = len(self.drafts) >= BLOCKS_AT_MOST or self.length > READ_AT_MOST
        return draft

    def _menu(self, node: LexborNode) -> None:
        """A list of links, told as a whole where it is long."""
        lines = [BLANKS.sub(" ", line).strip() for line in node.text(separator="\n").split("\n")]
        lines = [line for line in lines if line]
        for words in [" · ".join(lines)] if len(lines) > LINKS_TOLD_ONE_BY_ONE else lines:
            draft = self._put(words, "item")
            draft.linked = 1.0

    def _verbatim(self, node: LexborNode) -> None:
        """Text that was set line by line."""
        words = (node.text_content or node.text() or "").strip("\n")
        inner = lay_plain(words)
        for draft in inner.drafts:
            draft.start += self.length
            draft.end += self.length
            draft.inside = self.mains > 0
        self.drafts.extend(inner.drafts)
        self.out.append(words + "\n\n")
        self.length += len(words) + 2

    def laid(self) -> Laid:
        """The page, with the hints that hold."""
        words: dict[int, int] = {}
        for index, region in self.region_of.items():
            words[region] = words.get(region, 0) + self.drafts[index].words
        everything = sum(draft.words for draft in self.drafts if draft.form != "metadata") or 1
        for index, region in self.region_of.items():
            draft = self.drafts[index]
            whole_page = words[region] > everything * 0.5 and draft.hint_why.startswith("the page names")
            if whole_page or (draft.hint in SMALL and draft.words > 60):
                draft.hint, draft.hint_why = None, ""
        if not self.main_seen:
            for draft in self.drafts:
                draft.inside = draft.form != "metadata"
        laid = Laid("".join(self.out), self.drafts, "text/html", meta=self.meta)
        if self.full:
            laid.notes.append("The page is very long; only its first part was read.")
        return laid
