"""In a demo only: sign in as the chair, the secretary, a delegate, an observer or the head of a unit, by one button.

Who that is is found in whatever world the demo tells: in the body whose meeting is in progress, or met last.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import login
from django.db.models import Case, Exists, OuterRef, QuerySet, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from hemicycle.accounts.models import Account, Installation
from hemicycle.bodies.models import Membership, PostKind
from hemicycle.bodies.queries import held_on
from hemicycle.decisions.models import Directive
from hemicycle.journal.clock import now
from hemicycle.meetings.models import Meeting, Participation, ParticipationCapacity
from hemicycle.voting.models import Entitled


@dataclass(frozen=True)
class Part:
    """A part that a visitor can take: its word in the form, what it is called, and who plays it."""

    key: str
    label: str
    account: Account
    title: str


@never_cache
@require_http_methods(["GET", "POST"])
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Show the parts of the demo, or take one."""
    get_object_or_404(Installation, is_demo=True)
    found = list(parts())
    if request.method == "GET":
        return render(request, "web/demo_sign_in.html", {"parts": found})
    part = next((part for part in found if part.key == request.POST.get("part")), None)
    if part is None:
        raise Http404
    login(request, part.account, backend=settings.AUTHENTICATION_BACKENDS[0])
    return redirect(settings.LOGIN_REDIRECT_URL)


def parts() -> Iterator[Part]:
    """Yield the parts that the demo's world has somebody for."""
    meeting = present_meeting()
    if meeting is None:
        return
    of_body = Membership.objects.filter(held_on(now().date()), person__account__is_active=True)
    of_body = of_body.select_related("person__account", "post").order_by(useful_first(meeting), "seat", "pk")
    taken: set[int] = set()
    for key, label, held in (
        ("chair", _("the chair"), of_body.filter(post__body=meeting.body, post__kind=PostKind.CHAIR)),
        ("secretary", _("the secretary"), of_body.filter(post__body=meeting.body, post__kind=PostKind.SECRETARY)),
        ("delegate", _("a delegate"), of_body.filter(post__body=meeting.body, post__kind=PostKind.FULL)),
        ("unit", _("the head of a unit"), of_body.filter(post__kind=PostKind.HEAD)),
    ):
        membership = held.exclude(person__in=taken).first()
        if membership:
            taken.add(membership.person_id)
            yield Part(key, label, membership.person.account, membership.post.title)
    observer = observers(meeting).exclude(person__in=taken).first()
    if observer and observer.person:
        yield Part("observer", _("an observer"), observer.person.account, str(meeting))


def useful_first(meeting: Meeting) -> Case:
    """Return the order in which those come first who have something to do: a vote to cast, a task to receive."""
    to_vote = Entitled.objects.filter(
        ballot__sitting__meeting=meeting, ballot__closed=None, ballot__voided=None, vote=None
    )
    to_receive = Directive.objects.filter(received=None)
    return Case(
        When(post__kind=PostKind.FULL, person__in=to_vote.values("participation__person"), then=0),
        When(post__kind=PostKind.HEAD, post__unit__in=to_receive.values("responsible_unit"), then=0),
        default=1,
    )


def present_meeting() -> Meeting | None:
    """Return the meeting in progress, or else the latest."""
    meetings = Meeting.objects.filter(cancelled=None).select_related("body", "term")
    newest = ("-starts", "-pk")
    sitting = meetings.filter(sittings__opened__isnull=False, sittings__closed=None).order_by(*newest).first()
    return sitting or meetings.filter(closed=None).order_by(*newest).first() or meetings.order_by(*newest).first()


def observers(meeting: Meeting) -> QuerySet[Participation]:
    """Return the observers accredited to a meeting who can sign in."""
    found = Participation.objects.filter(
        sitting__meeting=meeting, capacity=ParticipationCapacity.OBSERVER, person__account__is_active=True
    )
    # Whoever only observes comes before those who hold a post besides.
    posts = Membership.objects.filter(person=OuterRef("person"))
    return found.select_related("person__account").order_by(Exists(posts), "pk")
