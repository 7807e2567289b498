"""Whose body, unit or post it is: an administrator orders all of them, a desk its own."""

from hemicycle.accounts.capacities import Capacity
from hemicycle.accounts.rights import within
from hemicycle.bodies.models import Body, Unit
from hemicycle.journal.act import Actor


def refuse_foreign(by: Actor, owner: Body | Unit) -> None:
    """Refuse an act on another body or unit than the actor's own, unless an administrator does it."""
    if by.capacity != Capacity.ADMINISTRATOR:
        within(by, owner.book_id)
