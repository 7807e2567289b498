"""The law may take away an entry's facts; the entry and the chain remain."""

import pytest

from hemicycle.demo.club import Club
from hemicycle.journal.act import Refused
from hemicycle.journal.acts import erase_facts
from hemicycle.journal.models import Book, Entry
from hemicycle.journal.words import sentence

LAW = "Order 7 of the data protection office"


def some_entry(club: Club) -> Entry:
    """Return an entry whose facts name a person."""
    return Entry.objects.filter(book=club.administrator.book, kind="account.opened").order_by("number")[0]


def test_erased_facts_are_gone_and_the_entry_remains(club: Club) -> None:
    before = some_entry(club)
    told = erase_facts(by=club.administrator, book_id=before.book_id, number=before.number, reason=LAW)
    after = Entry.objects.get(pk=before.pk)
    assert (after.facts_text, after.salt, after.facts) == (None, None, {})
    assert (after.digest, after.facts_digest, after.subjects) == (before.digest, before.facts_digest, before.subjects)
    assert told == after
    assert "erased" in sentence(after)


def test_the_book_of_the_installation_tells_what_was_erased_and_why(club: Club) -> None:
    entry = some_entry(club)
    erase_facts(by=club.administrator, book_id=entry.book_id, number=entry.number, reason=f" {LAW} ")
    act = Entry.objects.get(kind="facts.erased")
    book = Book.objects.get(pk=entry.book_id)
    assert act.facts == {"book": str(book.uuid), "title": book.title, "number": entry.number, "reason": LAW}
    assert LAW in sentence(act)
    assert str(entry.number) in sentence(act)


def test_erasing_asks_for_a_reason_an_entry_and_facts_that_are_there(club: Club) -> None:
    entry = some_entry(club)

    def refusal(number: int, reason: str = LAW) -> str:
        with pytest.raises(Refused) as caught:
            erase_facts(by=club.administrator, book_id=entry.book_id, number=number, reason=reason)
        return caught.value.code

    assert refusal(entry.number, reason="  ") == "no_reason"
    assert refusal(9999) == "no_such_entry"
    erase_facts(by=club.administrator, book_id=entry.book_id, number=entry.number, reason=LAW)
    assert refusal(entry.number) == "erased_before"
    assert refusal(Entry.objects.get(kind="facts.erased").number) == "records_an_erasure"


def test_only_an_administrator_erases(club: Club) -> None:
    entry = some_entry(club)
    with pytest.raises(Refused, match="administrator"):
        erase_facts(by=club.chair, book_id=entry.book_id, number=entry.number, reason=LAW)
    assert Entry.objects.get(pk=entry.pk).facts_text
