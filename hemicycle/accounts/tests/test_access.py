"""Who sees what: one question, asked of a thing or put to the database, with one answer."""

import itertools
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hemicycle.accounts.access import PUBLIC, Access, Viewer, narrowest
from hemicycle.demo.club import Club
from hemicycle.journal.canonical import NO_DIGEST
from hemicycle.journal.models import Entry

SCOPES = ("", "meeting:1", "meeting:2")
ORDER = list(Access)


@pytest.fixture
def three_books(club: Club) -> list[int]:
    """Give three books, each with one entry for every access and scope, as nobody's act writes them."""
    books = [club.body.book, club.local.book, club.unit.book]
    for book in books:
        number = book.entries.count() + 1000
        Entry.objects.bulk_create(
            [
                Entry(
                    book=book,
                    number=number + place,
                    recorded_at="2026-03-02T09:00:00Z",
                    happened_as="moment",
                    actor_name="",
                    actor_capacity="",
                    actor_body="",
                    kind="test",
                    subjects=[],
                    access=access,
                    scope=scope,
                    facts_text="{}",
                    facts_digest=NO_DIGEST,
                    rows=[],
                    rows_salt="",
                    previous=NO_DIGEST,
                    digest=NO_DIGEST,
                )
                for place, (access, scope) in enumerate(itertools.product(Access, SCOPES))
            ]
        )
    return [book.pk for book in books]


VIEWERS = st.builds(
    lambda organisation, bodies, desks, scopes: (organisation, bodies, desks, scopes),
    st.booleans(),
    st.frozensets(st.sampled_from([0, 1, 2])),
    st.frozensets(st.sampled_from([0, 1, 2])),
    st.frozensets(st.sampled_from(["meeting:1", "meeting:2", "meeting:3"])),
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(drawn=VIEWERS)
def test_the_database_shows_exactly_what_the_viewer_sees(
    three_books: list[int], drawn: tuple[bool, frozenset[int], frozenset[int], frozenset[str]]
) -> None:
    organisation, bodies, desks, scopes = drawn
    viewer = Viewer(
        person=1,
        account=1,
        organisation=organisation,
        bodies=frozenset(three_books[place] for place in bodies),
        desks=frozenset(three_books[place] for place in desks),
        scopes=scopes,
    )
    everything = Entry.objects.filter(kind="test")
    shown = set(everything.filter(viewer.filter(scope="scope")).values_list("pk", flat=True))
    seen = {entry.pk for entry in everything if viewer.sees(entry.access, book=entry.book_id, scope=entry.scope)}
    assert shown == seen


def every_viewer() -> Iterator[Viewer]:
    subsets = (frozenset[int](), frozenset({1}), frozenset({2}))
    for organisation, bodies, desks, scopes in itertools.product(
        (False, True), subsets, subsets, (frozenset[str](), frozenset({"meeting:1"}))
    ):
        yield Viewer(1, 1, organisation, bodies, desks, scopes)


def test_nobody_sees_more_than_the_access_says() -> None:
    for viewer in every_viewer():
        belongs = 1 in viewer.bodies | viewer.desks
        takes_part = "meeting:1" in viewer.scopes
        assert viewer.sees(Access.DESK, book=1, scope="meeting:1") == (1 in viewer.desks)
        assert viewer.sees(Access.BODY, book=1, scope="meeting:1") == belongs
        assert viewer.sees(Access.PARTICIPANTS, book=1, scope="meeting:1") == (belongs or takes_part)
        assert viewer.sees(Access.PARTICIPANTS, book=1) == belongs
        assert viewer.sees(Access.ORGANISATION, book=3) == viewer.organisation
        assert viewer.sees(Access.PUBLIC, book=1)


def test_who_sees_a_narrow_thing_sees_every_wider_one_of_its_place() -> None:
    for viewer in every_viewer():
        seen = [viewer.sees(access, book=1, scope="meeting:1") for access in ORDER]
        assert seen == sorted(seen, reverse=True)


def test_the_public_sees_only_what_is_public() -> None:
    assert [access for access in Access if PUBLIC.sees(access, book=1, scope="meeting:1")] == [Access.PUBLIC]
    assert not PUBLIC.sees(Access.ORGANISATION, book=1)


def test_what_is_made_of_several_goes_no_wider_than_the_narrowest() -> None:
    assert narrowest(Access.PUBLIC, Access.BODY, Access.PARTICIPANTS) == Access.BODY
    assert narrowest(Access.PUBLIC) == Access.PUBLIC


def test_an_unknown_access_is_a_mistake_and_never_public() -> None:
    with pytest.raises(ValueError, match="secret"):
        PUBLIC.sees("secret", book=1)
