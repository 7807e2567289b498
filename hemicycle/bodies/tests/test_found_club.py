"""The club that the tests stand on is itself made of acts."""

from hemicycle.bodies.queries import voting_members
from hemicycle.demo.club import MONDAY, Club
from hemicycle.journal.models import Book, Entry
from hemicycle.journal.words import sentence


def test_every_founding_act_is_an_entry_that_can_be_told(club: Club) -> None:
    book = Book.objects.get(noun="installation")
    entries = list(Entry.objects.filter(book=book).order_by("number"))
    assert [entry.number for entry in entries] == list(range(1, book.head_number + 1))
    assert all(sentence(entry) for entry in entries)


def test_only_full_members_vote(club: Club) -> None:
    assert [held.person for held in voting_members(club.body, MONDAY.date())] == club.members
