"""The words and patterns the reader knows, as readable files: lexicon/<name>.<language>.toml, one for each genre."""

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent / "lexicon"


@lru_cache(maxsize=256)
def load(name: str, language: str) -> dict[str, Any]:
    """The lexicon of that name in that language (BCP 47, its first part counts); empty where there is none."""
    path = _HERE / f"{name}.{primary(language)}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


@lru_cache(maxsize=64)
def names(prefix: str, language: str) -> tuple[str, ...]:
    """The names of all lexicons that begin so in that language: names("genre-", "en")."""
    ending = f".{primary(language)}.toml"
    return tuple(sorted(path.name[: -len(ending)] for path in _HERE.glob(f"{prefix}*{ending}")))


def primary(language: str) -> str:
    """The language without region or script: en-GB is read as en."""
    return language.split("-", 1)[0].lower() or "en"
