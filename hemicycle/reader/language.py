"""Which language an article is in: by its script and its small words first, by lingua only where those leave doubt."""

import re
from collections import Counter
from functools import cache
from typing import Any

CONFIGURED = ("en", "ko", "zh", "ru", "fr")
SAMPLE = 2_000
NO_LETTERS = bytes(code for code in range(128) if not chr(code).isalpha())
LETTERS = re.compile(r"[^\W\d_]")
SMALL_WORDS = {
    "en": frozenset(
        ["the", "of", "and", "to", "in", "was", "that", "on", "for", "by", "with", "were", "at", "from", "is", "be"]
    ),
    "fr": frozenset(
        ["le", "la", "les", "des", "du", "et", "une", "dans", "par", "pour", "est", "au", "aux", "sur", "que", "qui"]
    ),
    "de": frozenset(
        ["der", "die", "das", "und", "den", "von", "mit", "ist", "im", "dem", "des", "nicht", "auf", "wurde"]
    ),
    "es": frozenset(["el", "los", "las", "del", "y", "en", "una", "por", "con", "para", "se", "que", "la", "de"]),
}
BLOCKS = (
    (0x0041, 0x024F, "Latin"),
    (0x0370, 0x03FF, "Greek"),
    (0x0400, 0x052F, "Cyrillic"),
    (0x0531, 0x058F, "Armenian"),
    (0x0590, 0x05FF, "Hebrew"),
    (0x0600, 0x08FF, "Arabic"),
    (0x0900, 0x0DFF, "Indic"),
    (0x0E00, 0x0FFF, "Thai"),
    (0x1100, 0x11FF, "Hangul"),
    (0x1E00, 0x1EFF, "Latin"),
    (0x3040, 0x30FF, "Kana"),
    (0x3130, 0x318F, "Hangul"),
    (0x3400, 0x9FFF, "Han"),
    (0xA8E0, 0xA8FF, "Indic"),
    (0xAC00, 0xD7AF, "Hangul"),
    (0xF900, 0xFAFF, "Han"),
)
OF_SCRIPT = {"Hangul": "ko", "Han": "zh", "Kana": "ja", "Cyrillic": "ru", "Greek": "el", "Hebrew": "he", "Arabic": "ar"}
SCRIPT_OF = {"en": "Latin", "fr": "Latin", "ko": "Hangul", "zh": "Han", "ru": "Cyrillic"}


@cache
def script_of(letter: str) -> str:
    """The script of a letter; nothing where it is of none that the reader tells apart."""
    code = ord(letter)
    return next((name for first, last, name in BLOCKS if first <= code <= last), "")


def script(text: str) -> str:
    """The script in which most of a text's letters are."""
    sample = text[:SAMPLE]
    plain = len(sample.encode("ascii", "ignore").translate(None, NO_LETTERS))
    if plain * 2 > len(sample) or (plain and sample.isascii()):
        return "Latin"
    counts = Counter(script_of(letter) for letter in LETTERS.findall(sample))
    counts.pop("", None)
    if counts.get("Kana", 0) * 5 > counts.get("Han", 0) > 0:
        return "Kana"
    return counts.most_common(1)[0][0] if counts else ""


def language_of(text: str, marked: str = "", configured: tuple[str, ...] = CONFIGURED) -> str:
    """The language of a text as a BCP 47 tag; “und” where none can be told. marked is what its mark-up says."""
    sample = text[:SAMPLE]
    found = script(sample)
    if not found:
        return "und"
    if found != "Latin":
        named = marked.split("-", maxsplit=1)[0]
        return (
            named
            if found == "Cyrillic" and named in {"uk", "bg", "be", "sr", "mk", "kk"}
            else OF_SCRIPT.get(found, "und")
        )
    return _latin(sample, marked, configured)


def _latin(sample: str, marked: str, configured: tuple[str, ...]) -> str:
    words = re.findall(r"[^\W\d_]+", sample.lower())
    each = Counter(words)
    counts = {language: sum(each[word] for word in small) for language, small in SMALL_WORDS.items()}
    ordered = sorted(counts, key=lambda language: -counts[language])
    best, second = ordered[0], ordered[1]
    if counts[best] >= max(3, 0.06 * len(words)) and counts[best] >= 1.5 * counts[second]:
        return marked if marked.split("-", maxsplit=1)[0] == best else best
    if marked and marked.split("-", maxsplit=1)[0] not in {"", "und"}:
        return marked
    if len(words) < 8:
        return best if counts[best] else "en" if sample.isascii() else "und"
    return _asked(sample, configured)


@cache
def _detector(configured: tuple[str, ...]) -> Any:
    """Lingua with the models of these languages only; it loads them when it is first asked."""
    from lingua import IsoCode639_1, LanguageDetectorBuilder

    codes = [getattr(IsoCode639_1, code.upper()) for code in configured]
    return LanguageDetectorBuilder.from_iso_codes_639_1(*codes).with_low_accuracy_mode().build()


def _asked(sample: str, configured: tuple[str, ...]) -> str:
    found = _detector(configured).detect_language_of(sample[:1_000])
    return found.iso_code_639_1.name.lower() if found is not None else "und"


def strange(text: str, home: str, configured: tuple[str, ...] = CONFIGURED) -> bool:
    """Whether a text is in a script that neither the article nor any configured language is written in."""
    found = script(text)
    allowed = {SCRIPT_OF[language] for language in configured if language in SCRIPT_OF} | {home}
    return bool(found) and found not in allowed
