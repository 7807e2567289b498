"""The pages of the books: who may read an entry sees it, and of the others nothing at all."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from hemicycle.accounts.models import Account
from hemicycle.demo.club import MONDAY, Club
from hemicycle.journal.act import Happened, act
from hemicycle.journal.acts import erase_facts
from hemicycle.journal.checkpoints import sign_heads
from hemicycle.journal.models import Book, Entry
from hemicycle.journal.queries import entries_for

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def book(club: Club) -> Book:
    """Enter a public, an internal and a closed thing in the body's book, one of them of yesterday."""
    yesterday = Happened("moment", MONDAY - timedelta(days=1), reason="from the notes of the secretary")
    for kind, access, happened in (
        ("post.created", "public", None),
        ("post.created", "body", yesterday),
        ("post.created", "desk", None),
        ("post.created", "public", None),
    ):
        number = Entry.objects.filter(book=club.secretary.book).count() + 1
        with act(kind, by=club.secretary, happened=happened) as entry:
            facts = {"title": f"Post {number}"}
            entry.record(subjects=[club.term], access=access, facts=facts)
    return Book.objects.get(pk=club.secretary.book)


def sign_in(client: Client, person: object) -> None:
    """Sign in as a person."""
    client.force_login(Account.objects.get(person=person), backend=BACKEND)


def page(client: Client, book: Book, number: int | None = None) -> str:
    """Return a page of the book."""
    args = [book.noun, book.slug] if number is None else [book.noun, book.slug, number]
    answer = client.get(reverse("journal:book" if number is None else "journal:entry", args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_public_reads_what_is_public_and_sees_nothing_of_the_rest(client: Client, book: Book) -> None:
    shown = page(client, book)
    assert "Post 1" in shown
    assert "Post 4" in shown
    assert "Post 2" not in shown
    assert "Post 3" not in shown
    assert f'{reverse("journal:entry", args=[book.noun, book.slug, 2])}"' not in shown
    for number in (2, 3, 5, 0):
        answer = client.get(reverse("journal:entry", args=[book.noun, book.slug, number]))
        assert answer.status_code == 404


def test_a_member_reads_more_and_the_desk_reads_everything(client: Client, club: Club, book: Book) -> None:
    sign_in(client, club.members[4])
    shown = page(client, book)
    assert "Post 2" in shown
    assert "Post 3" not in shown
    sign_in(client, club.members[1])
    assert "Post 3" in page(client, book)


def test_an_entry_says_who_entered_it_and_when_it_happened(client: Client, club: Club, book: Book) -> None:
    sign_in(client, club.members[4])
    shown = page(client, book, 2)
    assert "Ben Bloom, Secretary, General Meeting" in shown
    assert "from the notes of the secretary" in shown
    assert '<time datetime="2026-03-01T09:00:00+00:00">' in shown
    assert '<time datetime="2026-03-02T09:00:00+00:00">' in shown


def test_an_entry_shows_its_place_in_the_chain_and_how_to_check_it(client: Client, book: Book) -> None:
    entry = Entry.objects.get(book=book, number=4)
    assert "not yet" in page(client, book, 4)
    sign_heads()
    shown = page(client, book, 4)
    for digest in (entry.digest, entry.previous, entry.facts_digest):
        assert digest in shown
    assert "export-book body/general-meeting" in shown
    assert "with number 4," in shown
    assert entry.salt
    assert entry.salt not in shown


def test_an_erased_entry_says_so(client: Client, club: Club, book: Book) -> None:
    erase_facts(by=club.administrator, book_id=book.pk, number=1, reason="Order 7")
    assert "erased as the law requires" in page(client, book, 1)
    assert "erased as the law requires" in page(client, book)


def test_the_books_that_a_reader_may_open_are_listed(client: Client, book: Book) -> None:
    shown = client.get(reverse("journal:books")).content.decode()
    assert "General Meeting" in shown
    assert "The installation" in shown
    assert "Harbour" not in shown


def test_a_book_that_is_not_there_is_not_found(client: Client, book: Book) -> None:
    assert client.get(reverse("journal:book", args=["body", "nowhere"])).status_code == 404


def test_a_book_without_entries_says_so(client: Client, club: Club) -> None:
    assert "Nothing was entered yet" in page(client, Book.objects.get(noun="unit", slug="harbour"))


def test_a_book_is_read_page_by_page(client: Client, club: Club, django_assert_max_num_queries: object) -> None:
    for _ in range(60):
        with act("post.created", by=club.secretary) as entry:
            facts = {"title": "Treasurer"}
            entry.record(subjects=[club.term], access="public", facts=facts)
    book = Book.objects.get(pk=club.secretary.book)
    with django_assert_max_num_queries(6):  # type: ignore[operator]
        first = client.get(reverse("journal:book", args=[book.noun, book.slug])).content.decode()
    assert first.count("timeline__entry") == 50
    second = client.get(reverse("journal:book", args=[book.noun, book.slug]), {"page": 2}).content.decode()
    assert second.count("timeline__entry") == 10


def test_what_a_reader_reads_in_a_book_is_what_the_reader_may_see(club: Club, book: Book) -> None:
    from hemicycle.accounts.access import Viewer

    for viewer in (Viewer(), Viewer(bodies=frozenset({book.pk})), Viewer(desks=frozenset({book.pk}))):
        read = set(entries_for(viewer, book))
        assert read == {entry for entry in book.entries.all() if viewer.sees(entry.access, book=book.pk)}
