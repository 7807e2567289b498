"""The names of languages, and in which direction they are written: from Django's table of them."""

import re

from django.conf.locale import LANG_INFO
from django.utils.translation import get_language_info

TAG = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*", re.ASCII)


def is_known(tag: str) -> bool:
    """Say whether a language has a name here."""
    return bool(TAG.fullmatch(tag)) and "name" in LANG_INFO.get(tag, {})


def name_of(tag: str) -> str:
    """Return what a language is called in the language of the reader; its tag where it is not known."""
    try:
        return str(get_language_info(tag)["name_translated"])
    except KeyError:
        return tag


def own_name_of(tag: str) -> str:
    """Return what a language calls itself."""
    try:
        return str(get_language_info(tag)["name_local"])
    except KeyError:
        return tag


def direction_of(tag: str) -> str:
    """Return in which direction a language is written, as HTML says it."""
    try:
        return "rtl" if get_language_info(tag)["bidi"] else "ltr"
    except KeyError:
        return "auto"


def known_languages() -> list[tuple[str, str]]:
    """Return every language that has a name, by that name."""
    found = [(tag, name_of(tag)) for tag, told in LANG_INFO.items() if "name" in told]
    return sorted(found, key=lambda pair: pair[1].casefold())
