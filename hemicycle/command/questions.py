"""Asking a person at the terminal: a bad answer is asked again with a sentence; answers may come from a file too."""

import getpass
import re
import sys
from collections.abc import Callable
from difflib import get_close_matches
from pathlib import Path
from zoneinfo import available_timezones

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from hemicycle.command import Stop

Reader = Callable[[str], str]
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
LONGEST_NAME = 200


class BadAnswer(Exception):
    """An answer that cannot be used; the sentence says why."""


def ask(question: str, read: Reader, default: str = "", *, hidden: bool = False) -> str:
    """Ask until the answer can be used; an empty line takes the default.

    Raises:
        Stop: there are no more answers.
    """
    offered = f" [{default}]" if default else ""
    while True:
        try:
            answer = listen(f"{question}{offered}: ", hidden=hidden)
        except EOFError as error:
            raise Stop("The answers ended before the questions did. Nothing was entered.", 2) from error
        try:
            return read(answer.strip() or default)
        except BadAnswer as bad:
            print(f"  {bad}", flush=True)


def listen(prompt: str, *, hidden: bool) -> str:
    """Return one line from the terminal or from the file given as input; a hidden one is not shown while typed."""
    if hidden and sys.stdin.isatty():
        return getpass.getpass(prompt)
    return input(prompt)


def a_name(answer: str) -> str:
    """Read a name of a person or organisation."""
    if not answer:
        raise BadAnswer("A name is needed.")
    if len(answer) > LONGEST_NAME:
        raise BadAnswer(f"A name has at most {LONGEST_NAME} letters.")
    if not answer.isprintable():
        raise BadAnswer("This name holds a sign that cannot be printed.")
    return answer


def a_language(answer: str) -> str:
    """Read a language tag (BCP 47)."""
    if not LANGUAGE.fullmatch(answer) or len(answer) > 12:
        raise BadAnswer(f"“{answer}” is no language tag; write one such as en, de, ko or pt-BR.")
    return answer


def a_time_zone(answer: str) -> str:
    """Read a time zone by its name in the tz database."""
    known = available_timezones()
    if answer in known:
        return answer
    near = get_close_matches(answer, known, n=3, cutoff=0.5) or [
        zone for zone in sorted(known) if zone.lower().endswith(f"/{answer.lower().replace(' ', '_')}")
    ]
    hint = f"; perhaps {', '.join(near)}" if near else ", such as Europe/Berlin or Asia/Seoul"
    raise BadAnswer(f"“{answer}” is no time zone{hint}.")


def an_email(answer: str) -> str:
    """Read an e-mail address."""
    try:
        validate_email(answer)
    except ValidationError as error:
        raise BadAnswer(f"“{answer}” is no e-mail address.") from error
    return answer


def a_password(answer: str) -> str:
    """Read a password that the settings' rules accept."""
    try:
        validate_password(answer)
    except ValidationError as error:
        raise BadAnswer(" ".join(error.messages)) from error
    return answer


def one_of(names: list[str]) -> Reader:
    """Return the reader of a choice, by its name or its number in the list."""

    def read(answer: str) -> str:
        if answer.isdecimal() and 1 <= int(answer) <= len(names):
            return names[int(answer) - 1]
        if answer.lower() in names:
            return answer.lower()
        raise BadAnswer(f"“{answer}” is not among them; choose {', '.join(names)}.")

    return read


def local_time_zone() -> str:
    """Return this machine's time zone, or UTC where it does not say."""
    place = Path("/etc/localtime")
    name = str(place.resolve()).partition("zoneinfo/")[2] if place.exists() else ""
    return name if name in available_timezones() else "UTC"
