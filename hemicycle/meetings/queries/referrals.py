"""What bodies referred to one another, for their desks."""

from django.db.models import QuerySet
from django.http import Http404

from hemicycle.accounts.access import Viewer
from hemicycle.bodies.models import Body
from hemicycle.meetings.models import Referral

WITH_ALL = ("body", "to", "item__meeting__body", "item__meeting__term", "accepted_as__meeting__term")


def waiting_for(body: Body) -> QuerySet[Referral]:
    """Return what was referred to a body and is not answered yet, the oldest first."""
    asked = Referral.objects.filter(to=body, accepted_as=None, declined=None)
    return asked.select_related("body", "to").order_by("referred", "pk")


def made_by(body: Body) -> QuerySet[Referral]:
    """Return what a body referred to others, the latest first, with what came of it."""
    return Referral.objects.filter(body=body).select_related(*WITH_ALL).order_by("-referred", "-pk")


def referral_for(viewer: Viewer, pk: int) -> Referral:
    """Return a referral for the desks of the two bodies; raise Http404 for others."""
    found = Referral.objects.filter(pk=pk).select_related("body", "to").first()
    if found is None or not {found.body.book_id, found.to.book_id} & viewer.desks:
        raise Http404
    return found
