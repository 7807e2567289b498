"""A language model behind the same spans and the same review, where an operator names one; off by default.

What it claims must quote the passage word for word, or it is dropped: nothing that is not on the page enters a reading.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

import httpx

from hemicycle.reader.passages import Passage, Text
from hemicycle.reader.shape import Claim, Reading

FIELDS = frozenset(
    {
        *(f"meeting.{key}" for key in ("body", "term_ordinal", "meeting_ordinal", "kind", "start", "end", "place")),
        "presided_by",
        "authorized_by",
        "attendance",
        "agenda",
        "reports",
        "adopted",
        "tasks",
        "criticised",
        "commended",
    }
)
ADDRESS, MODEL, KEY = "HEMICYCLE_EXTRACTOR_URL", "HEMICYCLE_EXTRACTOR_MODEL", "HEMICYCLE_EXTRACTOR_KEY"
LONGEST_QUOTE = 2000  # Characters of a passage that a claim may quote.
MOST = 200  # Claims that are taken of one page.
AT_ONCE = 12_000  # Characters of the article that are sent in one question.
ASKED = (
    'You read the report of a meeting. Answer with a JSON object {"claims": [{"field", "value", "quote"}]}. '
    "quote is the passage that states the value, copied character for character. State nothing that is not there. "
    "Fields: "
)


class Extractor(Protocol):
    """Whoever claims facts of an article besides the rules."""

    def extract(self, article: str) -> Iterator[Mapping[str, Any]]:
        """Yield claims as {field, value, quote}."""
        ...


@dataclass(frozen=True)
class Endpoint:
    """An OpenAI-compatible endpoint that an operator named; asked once for each stretch of an article."""

    address: str  # Up to and without /chat/completions.
    model: str
    key: str = field(default="", repr=False)
    timeout: float = 60.0

    def extract(self, article: str) -> Iterator[Mapping[str, Any]]:
        """Ask the endpoint. Raises httpx.HTTPError where it does not answer."""
        headers = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        with httpx.Client(timeout=self.timeout, headers=headers) as client:
            for start in range(0, len(article), AT_ONCE):
                answer = client.post(
                    f"{self.address.rstrip('/')}/chat/completions",
                    json=self._question(article[start : start + AT_ONCE]),
                )
                answer.raise_for_status()
                yield from _claims_of(answer)

    def _question(self, passage: str) -> dict[str, Any]:
        return {
            "model": self.model,
            "temperature": 0,
            "response_format": {"type": "json_object"},
            "messages": [
                {"role": "system", "content": ASKED + ", ".join(sorted(FIELDS))},
                {"role": "user", "content": passage},
            ],
        }


def _claims_of(answer: httpx.Response) -> Iterator[Mapping[str, Any]]:
    """The claims of an answer; nothing where it is not of the form that was asked for."""
    try:
        content = json.loads(answer.json()["choices"][0]["message"]["content"])
    except (ValueError, KeyError, IndexError, TypeError):
        return
    listed = content.get("claims") if isinstance(content, dict) else None
    if isinstance(listed, list):
        yield from (claim for claim in listed if isinstance(claim, dict))


def named_in(environ: Mapping[str, str]) -> Endpoint | None:
    """The endpoint that the environment names, or None where it names none. Raises ValueError with a sentence."""
    address, model = environ.get(ADDRESS, "").strip(), environ.get(MODEL, "").strip()
    if not address and not model:
        return None
    if not address.startswith(("https://", "http://")) or not model:
        raise ValueError(f"{ADDRESS} must begin with https:// or http://, and {MODEL} must name a model.")
    return Endpoint(address, model, environ.get(KEY, "").strip())


def asked(reading: Reading, extractor: Extractor) -> tuple[Reading, bool]:
    """The reading with what the extractor claims, and whether it answered; where it did not, a note says so.

    What went wrong is told by its kind alone: the words of an error can hold the address, and the address a secret.
    """
    try:
        return extended(reading, extractor), True
    except httpx.HTTPStatusError as error:
        why = f"it answered with status {error.response.status_code}"
    except (httpx.HTTPError, httpx.InvalidURL, TimeoutError, ValueError) as error:
        why = type(error).__name__
    note = f"extractor: the endpoint gave no answer ({why}); this is what the rules read"
    return replace(reading, notes=(*reading.notes, note)), False


def extended(reading: Reading, extractor: Extractor) -> Reading:
    """The reading with what the extractor claims besides; what it does not quote is dropped, and counted."""
    text = Text(reading.page)
    kept: list[Claim] = []
    dropped = 0
    for told in extractor.extract(reading.page.article.text):
        claim = _checked(told, text, reading)
        if claim is None:
            dropped += 1
        elif len(kept) < MOST and not _known(claim, (*reading.claims, *kept)):
            kept.append(claim)
    added = f"{len(kept)} {'claim' if len(kept) == 1 else 'claims'} added"
    note = f"extractor: {added}, {dropped} dropped because the page does not say so in these words"
    return replace(reading, claims=(*reading.claims, *kept), notes=(*reading.notes, note))


def _checked(told: Mapping[str, Any], text: Text, reading: Reading) -> Claim | None:
    """The claim with its place, if its quote stands in the article."""
    name, value, quote = told.get("field"), told.get("value"), told.get("quote")
    if (
        not isinstance(name, str)
        or name not in FIELDS
        or not isinstance(quote, str)
        or not 3 <= len(quote) <= LONGEST_QUOTE
    ):
        return None
    if not isinstance(value, str | int | dict):
        return None
    at = reading.page.article.text.find(quote)
    if at < 0:
        return None
    passage = Passage(0, reading.page.article.text, 0)
    return text.claim(name, value, passage, at, at + len(quote), 0.4, "extractor", quote)


def _known(claim: Claim, others: tuple[Claim, ...]) -> bool:
    return any(other.field == claim.field and other.value == claim.value for other in others)
