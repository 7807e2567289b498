"""The words without which a pattern cannot match, read off the pattern itself, so that most sentences are passed over.

A search for plain words is a hundred times faster than a search for a pattern. What is read here is sound: where a
pattern matches, at least one of its needles stands in the text in small letters. Where nothing can be said, the answer
is empty, and the pattern is tried.
"""

from functools import cache

SHORTEST = 3  # Letters of a word that is worth looking for.
MOST = 60  # Words of which one must stand there.
LISTS = 3  # Lists of such words that a pattern is asked for.
COMMON = frozenset(
    [
        "and",
        "are",
        "but",
        "for",
        "from",
        "had",
        "has",
        "have",
        "its",
        "that",
        "the",
        "their",
        "this",
        "was",
        "were",
        "with",
    ]
)  # Tell least.
_OPTIONAL = frozenset("?*")

Needles = frozenset[str]


@cache
def needles(pattern: str) -> tuple[str, ...]:
    """Words in small letters of which at least one stands in every text that the pattern matches; may be empty."""
    return all_needles(pattern)[0]


@cache
def all_needles(pattern: str) -> tuple[tuple[str, ...], ...]:
    """The most telling of such lists: one word of each must stand in the text; a list may be empty."""
    listed, at = _sequence(pattern, 0)
    if at < len(pattern):
        listed = [_branches(pattern, 0)[0], *[frozenset[str]()] * (LISTS - 1)]
    return tuple(tuple(sorted(found, key=len)) for found in listed)


def _branches(pattern: str, at: int) -> tuple[Needles, int]:
    """What every branch of an alternation needs, up to the bracket that closes it."""
    every: list[Needles] = []
    while True:
        found, at = _sequence(pattern, at)
        every.append(found[0])
        if at >= len(pattern) or pattern[at] != "|":
            break
        at += 1
    if not all(every):
        return frozenset(), at
    union = frozenset().union(*every)
    return (union if len(union) <= MOST else frozenset()), at


def _sequence(pattern: str, at: int) -> tuple[list[Needles], int]:
    """The most telling of what the parts of a sequence need, up to “|” or “)”."""
    needed: list[Needles] = []
    word = ""
    while at < len(pattern) and pattern[at] not in "|)":
        start, found, letter = at, frozenset[str](), ""
        sign = pattern[at]
        if sign == "(":
            found, at = _group(pattern, at)
        elif sign == "[":
            at = _past_class(pattern, at)
        elif sign == "\\":
            letter = pattern[at + 1] if not pattern[at + 1].isalnum() else ""
            at += 2
        else:
            letter = sign if sign.isalnum() or sign in " -'" else ""
            at += 1
        at, optional = _past_quantifier(pattern, at)
        if optional:
            found, letter = frozenset(), ""
        zero_width = pattern.startswith(("\\b", "(?!", "(?<", "(?="), start) or pattern[start] in "^$"
        if letter and at - start <= len(letter) + (pattern[start] == "\\"):
            word += letter.casefold()
            continue
        needed += [_own(word), frozenset[str]() if zero_width and pattern[start] != "(" else found]
        word = ""
    telling = sorted([*needed, _own(word)], key=_worth, reverse=True)
    return [*telling, *[frozenset[str]()] * LISTS][:LISTS], at


def _own(word: str) -> Needles:
    """What the word just ended needs."""
    return frozenset({word.strip()}) if len(word.strip()) >= SHORTEST else frozenset()


def _worth(found: Needles) -> float:
    """Few long words are worth more than many short ones."""
    return min(0 if word in COMMON else len(word) for word in found) - 0.02 * len(found) + 1 if found else 0.0


def _group(pattern: str, at: int) -> tuple[Needles, int]:
    """What a group needs; looking ahead or behind needs nothing of the text."""
    looking = pattern.startswith(("(?!", "(?<!", "(?=", "(?<="), at)
    at += 1
    if at < len(pattern) and pattern[at] == "?":
        at = _past_head(pattern, at)
    found, at = _branches(pattern, at)
    return (frozenset() if looking else found), at + 1


def _past_head(pattern: str, at: int) -> int:
    """Past “?:”, “?-i:”, “?P<name>”, “?!”, “?<=”."""
    if pattern.startswith("?P<", at):
        return pattern.index(">", at) + 1
    if pattern.startswith(("?<=", "?<!"), at):
        return at + 3
    if pattern.startswith("?>", at):
        return at + 2
    if pattern[at + 1] in "!=":
        return at + 2
    return pattern.index(":", at) + 1


def _past_class(pattern: str, at: int) -> int:
    """Past “[…]”."""
    at += 1
    if pattern[at] == "^":
        at += 1
    if pattern[at] == "]":
        at += 1
    while pattern[at] != "]":
        at += 2 if pattern[at] == "\\" else 1
    return at + 1


def _past_quantifier(pattern: str, at: int) -> tuple[int, bool]:
    """Past “?”, “*”, “+”, “{2,5}”, each perhaps lazy; whether it allows for none."""
    optional = False
    if at < len(pattern) and pattern[at] in "?*+":
        optional = pattern[at] in _OPTIONAL
        at += 1
    elif at < len(pattern) and pattern[at] == "{":
        end = pattern.index("}", at)
        optional = pattern[at + 1] in "0,"
        at = end + 1
    else:
        return at, False
    if at < len(pattern) and pattern[at] in "?+":
        at += 1
    return at, optional
