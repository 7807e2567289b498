"""The table of rights."""

from importlib import import_module
from importlib.util import find_spec

import pytest
from django.apps import apps

from hemicycle.accounts.capacities import Capacity
from hemicycle.accounts.rights import MAY, ask, may, within
from hemicycle.journal.act import Actor, Refused


def acting_as(capacity: Capacity, book: int = 1) -> Actor:
    return Actor("Ann", capacity, capacity.value, "Council", book)


def kinds_of_the_house() -> set[str]:
    return {
        str(kind)
        for app in apps.get_app_configs()
        if app.name.startswith("hemicycle.") and find_spec(f"{app.name}.words")
        for kind in getattr(import_module(f"{app.name}.words"), "Kind", ())
    }


def test_every_kind_of_act_has_its_right() -> None:
    assert kinds_of_the_house() - set(MAY) == set()


def test_every_right_is_given_to_somebody() -> None:
    assert all(MAY.values())


@pytest.mark.parametrize("kind", sorted(MAY))
def test_only_the_named_capacities_may(kind: str) -> None:
    for capacity in Capacity:
        actor = acting_as(capacity)
        if capacity in MAY[kind]:
            ask(kind, actor)
            assert may(kind, actor)
        else:
            with pytest.raises(Refused) as refused:
                ask(kind, actor)
            assert (refused.value.code, refused.value.status) == ("no_right", 403)
            assert not may(kind, actor)


@pytest.mark.parametrize("capacity", [Capacity.OBSERVER, Capacity.AUDITOR])
def test_who_only_watches_changes_nothing_but_their_own_presence_and_answer(capacity: Capacity) -> None:
    own = {"participant.came", "participant.went", "summons.answered", "summons.received"}
    assert {kind for kind in MAY if capacity in MAY[kind]} <= own


def test_only_the_administrator_and_the_desk_let_people_in() -> None:
    letting_in = ("account.opened", "invitations.made")
    allowed = set().union(*(MAY[kind] for kind in letting_in))
    assert allowed == {Capacity.ADMINISTRATOR, Capacity.SECRETARY}


def test_an_unknown_kind_is_a_mistake_of_the_program() -> None:
    with pytest.raises(KeyError):
        ask("ballot.forged", acting_as(Capacity.CHAIR))


def test_nobody_acts_on_what_belongs_to_another_body() -> None:
    within(acting_as(Capacity.CHAIR, book=1), 1)
    with pytest.raises(Refused) as refused:
        within(acting_as(Capacity.CHAIR, book=1), 2)
    assert refused.value.code == "other_body"
