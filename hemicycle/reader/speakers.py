"""Who says what a passage says: outlet, report, speaker, quoted party, outermost first; nothing is asserted as fact."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from operator import itemgetter

from hemicycle.reader import lexicon
from hemicycle.reader.names import full_name, people
from hemicycle.reader.passages import Passage, Sentence, Text, plain
from hemicycle.reader.patterns import saying

NEAR = 80  # Characters before a verb of speaking within which its speaker stands.


@dataclass
class Voices:
    """The speaker of every sentence that has one, by passage and offset."""

    outer: tuple[str, ...]
    places: dict[int, list[tuple[int, tuple[str, ...]]]] = field(default_factory=dict)

    def at(self, passage: Passage, start: int) -> tuple[str, ...]:
        """Who speaks at a place of a passage, outermost first."""
        listed = [] if passage.front else self.places.get(passage.index, [])
        place = bisect_right(listed, start, key=itemgetter(0)) - 1
        return (*self.outer, *listed[place][1]) if place >= 0 else self.outer


def voices(text: Text) -> Voices:
    """Follow the article sentence by sentence: who is said to speak, and whose direct speech goes on unquoted."""
    outer = tuple(dict.fromkeys(part for part in (text.page.source_name, plain(text.page.title)) if part))
    found = Voices(outer or (text.page.name,))
    teller, speech = "", ""
    for sentence in text.sentences:
        named = _speaker(text, sentence, teller)
        teller = named or _subject(text, sentence) or teller
        opening = sentence.start <= sentence.passage.body_at
        if speech and opening and (named or _about_meeting(text, sentence)):
            speech = ""
        speaker = named or speech
        if not speaker and (body := saying("speakers", "meeting", text.language).match(sentence.text)):
            speaker = plain(body[0])
        chain = tuple(part for part in (speaker, _quoted(text, sentence)) if part)
        found.places.setdefault(sentence.passage.index, []).append((sentence.start, chain))
        if saying("speakers", "opens_speech", text.language).search(sentence.text):
            speech = named or teller
    return found


def _speaker(text: Text, sentence: Sentence, teller: str) -> str:
    """The person who is said to speak in this sentence; “he” is the one named last."""
    who = next(_said_by(sentence.text, text.language), "")
    if not who:
        return ""
    if re.fullmatch(r"(?:he|she|they)", who, re.IGNORECASE):
        return teller or text.chair
    return _whole(people(who, text.language)[-1:], text)


def _said_by(words: str, language: str) -> Iterator[str]:
    """Who stands before, or after, each verb of speaking."""
    for verb in _verbs(language).finditer(words):
        start = max(verb.start() - NEAR, 0)
        if found := _BEFORE.search(words[start : verb.start()]) or _AFTER.match(words[verb.end() :]):
            yield found["who"]


@cache
def _verbs(language: str) -> re.Pattern[str]:
    book = lexicon.load("speakers", language) or lexicon.load("speakers", "en")
    return re.compile(rf"\b(?:{'|'.join(book['verbs'])})\b")


_BEFORE = re.compile(r"(?P<who>\b[Hh]e|\b[Ss]he|\b[Tt]hey|(?:[A-Z][\w'’.-]+ ){0,3}[A-Z][\w'’-]+)\s+(?:\w+(?:ly)?\s+)?$")
_AFTER = re.compile(r" (?P<who>(?:[A-Z][\w'’.-]+ ){0,3}[A-Z][\w'’-]+)")


def _subject(text: Text, sentence: Sentence) -> str:
    """The person with whose name the sentence begins."""
    named = people(sentence.text[:80], text.language)
    return _whole(named[:1], text) if named and named[0].split()[-1] in sentence.text[:60] else ""


def _whole(named: list[str], text: Text) -> str:
    """The name in full; a lone capital word that is nobody's name is none."""
    name = full_name(named[0], text) if named else ""
    return name if " " in name else ""


def _about_meeting(text: Text, sentence: Sentence) -> bool:
    """Whether the meeting itself is the subject."""
    return saying("speakers", "meeting", text.language).match(sentence.text) is not None


def _quoted(text: Text, sentence: Sentence) -> str:
    """Whom the speaker quotes: “according to …”, “in the words of …”."""
    match = saying("speakers", "quoted", text.language).search(sentence.text)
    return plain(match["who"]) if match else ""
