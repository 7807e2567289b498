"""Rows among many keys: the same as `in` says, in one parameter, on both databases."""

import pytest
from pytest_django import DjangoAssertNumQueries

from hemicycle.bodies.models import Unit
from hemicycle.demo.club import Club
from hemicycle.ground.among import Among

pytestmark = pytest.mark.django_db


def test_it_finds_what_in_finds(club: Club) -> None:
    keys = list(Unit.objects.order_by("pk").values_list("pk", flat=True))
    assert len(keys) > 1
    for some in (keys[:1], keys[1:], [*keys, 10**15], [10**15]):
        wanted = list(Unit.objects.filter(pk__in=some).order_by("pk"))
        assert list(Unit.objects.filter(Among("pk", some)).order_by("pk")) == wanted
        assert list(Unit.objects.filter(~Among("pk", some)).order_by("pk")) == list(
            Unit.objects.exclude(pk__in=some).order_by("pk")
        )
    assert Unit.objects.filter(Among("pk", keys)).count() == len(keys)


def test_a_relation_is_followed_by_its_key(club: Club) -> None:
    book = club.unit.book_id
    assert list(Unit.objects.filter(Among("book", [book]))) == [club.unit]
    assert list(Unit.objects.filter(Among("book__pk", [book]), name=club.unit.name)) == [club.unit]


def test_no_keys_ask_nothing(club: Club, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        assert not list(Unit.objects.filter(Among("pk", [])))


def test_more_keys_than_a_statement_has_places_are_one_parameter(club: Club) -> None:
    many = range(10**6, 10**6 + 300_000)
    assert list(Unit.objects.filter(Among("pk", [*many, club.unit.pk]))) == [club.unit]
