"""As whom a request reads and acts."""

from typing import cast

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import RequestFactory
from pytest_django import DjangoAssertNumQueries

from hemicycle.accounts.access import PUBLIC
from hemicycle.accounts.models import Account, Person
from hemicycle.accounts.request import HouseRequest
from hemicycle.demo.club import Club
from hemicycle.journal.act import Refused
from hemicycle.web.middleware import AsWhomMiddleware


def request_of(person: Person | None, **form: str) -> HouseRequest:
    request = cast(HouseRequest, RequestFactory().post("/", form))
    request.user = Account.objects.get(person=person) if person else AnonymousUser()
    AsWhomMiddleware(lambda request: HttpResponse())(request)
    return request


def test_a_stranger_reads_as_the_public_without_a_query(
    club: Club, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    request = request_of(None)
    with django_assert_num_queries(0):
        assert request.viewer == PUBLIC
        assert list(request.actors) == []
    with pytest.raises(Refused) as refused:
        request.actor_for(club.body.book_id, "meeting.convened")
    assert (refused.value.code, refused.value.status) == ("signed_out", 403)


def test_a_post_makes_a_reader_of_its_body(club: Club) -> None:
    chair, member = request_of(club.members[0]).viewer, request_of(club.members[5]).viewer
    assert chair.desks == {club.body.book_id}
    assert member.desks == frozenset()
    assert member.bodies == {club.body.book_id}
    assert member.organisation


def test_a_person_without_a_post_sees_what_the_public_sees(club: Club) -> None:
    viewer = request_of(club.outsider).viewer
    assert not viewer.organisation
    assert not viewer.bodies | viewer.desks
    assert viewer.person == club.outsider.pk


def test_the_first_capacity_that_may_do_it_acts(club: Club) -> None:
    request = request_of(club.members[0], once="abc")
    actor = request.actor_for(club.body.book_id, "motion.tabled")
    assert (actor.capacity, actor.once) == ("chair", "abc")


def test_the_capacity_that_the_form_chose_acts(club: Club) -> None:
    request = request_of(club.members[0], **{"as": "member"})
    assert request.actor_for(club.body.book_id, "motion.tabled").capacity == "member"
    assert request.actor_for(club.body.book_id, "motion.tabled").once is None


def test_a_chosen_capacity_gives_no_more_than_its_own_rights(club: Club) -> None:
    request = request_of(club.members[0], **{"as": "member"})
    with pytest.raises(Refused) as refused:
        request.actor_for(club.body.book_id, "meeting.convened")
    assert refused.value.code == "no_right"
    assert refused.value.status == 403


def test_nobody_acts_in_a_capacity_or_a_book_that_is_not_theirs(club: Club) -> None:
    for request in (request_of(club.members[5], **{"as": "chair"}), request_of(club.outsider)):
        with pytest.raises(Refused) as refused:
            request.actor_for(club.body.book_id, "meeting.convened")
        assert refused.value.code == "no_right"
    with pytest.raises(Refused):
        request_of(club.members[0]).actor_for(club.local.book_id, "directive.received")


def test_a_damaged_form_token_is_refused(club: Club) -> None:
    for token in ("x" * 65, "a b", "\0"):
        with pytest.raises(Refused) as refused:
            request_of(club.members[0], once=token).actor_for(club.body.book_id, "motion.tabled")
        assert refused.value.code == "form_damaged"


def test_a_page_asks_which_capacities_may_do_a_thing(club: Club) -> None:
    request = request_of(club.members[0])
    assert [actor.capacity for actor in request.actors_in(club.body.book_id, "motion.tabled")] == ["chair", "member"]
    assert request_of(club.members[5]).actors_in(club.body.book_id, "meeting.convened") == []


def test_who_reads_and_as_whom_they_act_is_asked_of_the_database_once(
    club: Club, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    request = request_of(club.members[0])
    with django_assert_num_queries(2):
        assert request.viewer.bodies
        assert list(request.actors)
        assert request.actor_for(club.body.book_id, "motion.tabled")
        assert request.viewer.organisation
