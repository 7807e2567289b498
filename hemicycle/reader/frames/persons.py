"""Which titles a page gives to whom, as of its date; who was elected, appointed, released, to which office."""

from collections.abc import Iterator

from hemicycle.reader.names import people, person
from hemicycle.reader.passages import Sentence, Text, plain
from hemicycle.reader.patterns import fitting, saying
from hemicycle.reader.shape import Claim


def claims(text: Text) -> Iterator[Claim]:
    """Claims “title” {person, title} and “election” {person, office, act}."""
    seen: set[tuple[str, str]] = set()
    for sentence in text.sentences:
        for name, title in [*_apposed(text, sentence), *_before(text, sentence)]:
            if (name, title) not in seen:
                seen.add((name, title))
                yield text.claim_sentence("title", {"person": name, "title": title}, sentence, 0.7, "title")
        yield from _elections(text, sentence)


def _apposed(text: Text, sentence: Sentence) -> Iterator[tuple[str, str]]:
    """“Ada Okoro, chairwoman of the Union and president of the Council, …”"""
    for found in saying("persons", "apposed", text.language).finditer(sentence.text):
        if name := person(found["name"], text.language):
            for title in saying("persons", "between", text.language).split(found["titles"]):
                if title.strip(" ,"):
                    yield name, plain(title).strip(" ,")


def _before(text: Text, sentence: Sentence) -> Iterator[tuple[str, str]]:
    """“General Secretary Ada Okoro”."""
    for found in saying("persons", "before", text.language).finditer(sentence.text):
        if name := person(found["name"], text.language):
            yield name, plain(found["title"])


def _elections(text: Text, sentence: Sentence) -> Iterator[Claim]:
    for rule in fitting("election", text.language, sentence.low):
        for found in rule.pattern.finditer(sentence.text):
            said = found.groupdict()
            names = people(said["who"] or "", text.language)
            for name in names[:20]:
                office = plain(said.get("office") or "").strip(" ,.") or None
                value = {"person": name, "office": office, "act": plain(said.get("act") or "elected").casefold()}
                yield text.claim_sentence("election", value, sentence, 0.7, rule.name)
