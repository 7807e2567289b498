"""The words that rules go by stand in lexicon/<kind>.<language>.toml; adding a language is adding a file."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

PLACE = Path(__file__).with_name("lexicon")
NAME = re.compile(r"[a-z][a-z_-]*\Z")


@cache
def load(kind: str, language: str = "en") -> Mapping[str, Any]:
    """The lexicon of a kind in a language (a regional tag falls back on its language); empty where there is none."""
    for tag in dict.fromkeys((language.lower(), language.lower().split("-")[0])):
        if not (NAME.match(kind) and NAME.match(tag)):
            continue
        path = PLACE / f"{kind}.{tag}.toml"
        if path.is_file():
            return MappingProxyType(tomllib.loads(path.read_text(encoding="utf-8")))
    return MappingProxyType({})


@cache
def languages(kind: str) -> tuple[str, ...]:
    """The languages that have a lexicon of this kind."""
    return tuple(sorted(path.name.split(".")[1] for path in PLACE.glob(f"{kind}.*.toml")))


def any_of(phrases: Iterable[str]) -> str:
    """A pattern for any of these phrases, the longest first; a space in one stands for any blanks."""
    ordered = sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))
    return "(?:" + "|".join(r"\s+".join(re.escape(word) for word in phrase.split()) for phrase in ordered) + ")"
