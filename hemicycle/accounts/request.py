"""A request as every view of the house receives it: who reads, and as whom they may act."""

from collections.abc import Callable

from django.http import HttpRequest

from hemicycle.accounts.access import Viewer
from hemicycle.journal.act import Actor


class HouseRequest(HttpRequest):
    """A request after the middleware of web/: the rooms below web read these, and know nothing of web.

    `viewer`: for queries. `actors`: the capacities in which the person may act, the desk's first. Both are worked
    out on first use. `actors_in(book, kind)`: those of them who may do acts of this kind in this book (a page asks
    before it shows a button). `actor_for(book, kind)`: the one who does it, by the form's “as”, with its `once`;
    raises Refused. Where Django hands over a plain HttpRequest, annotate the view's argument with this class.
    """

    viewer: Viewer
    actors: list[Actor]
    actors_in: Callable[[int, str], list[Actor]]
    actor_for: Callable[[int, str], Actor]
