"""Terms, posts and who holds them: the list as of a day, and the forms that change it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hemicycle.accounts.models import Person
from hemicycle.accounts.request import HouseRequest
from hemicycle.bodies import acts, forms
from hemicycle.bodies.day import today_in
from hemicycle.bodies.forms.fields import key
from hemicycle.bodies.models import Body, Post, PostKind, Unit
from hemicycle.bodies.queries import body_named, names_offered, term_on, unit_named
from hemicycle.bodies.queries.holding import (
    decision_in,
    decisions_of,
    membership_for,
    post_by_key,
    posts_held,
    sees_holders,
    spells_to_come,
)
from hemicycle.bodies.views.entering import able, enter, get_or_post
from hemicycle.bodies.views.page import day_asked
from hemicycle.bodies.words import Kind
from hemicycle.journal.act import Actor


@require_safe
def posts(request: HouseRequest, slug: str) -> HttpResponse:
    """Show the posts of a body and who holds them on a day."""
    body = body_named(slug)
    today = today_in(body)
    day = day_asked(request) or today
    shown = {
        "body": body,
        "owner": body,
        "day": day,
        "is_today": day == today,
        "term": term_on(body, day),
        "terms": list(body.terms.order_by("-ordinal")),
        "posts": posts_held(request.viewer, body, day),
        "to_come": list(spells_to_come(request.viewer, body, day)),
        "named": sees_holders(request.viewer, body),
        "ordering": able(request, Kind.POSTS_GIVEN, body),
    }
    return render(request, "bodies/posts.html", shown)


def posts_address(owner: Body | Unit) -> str:
    """Return the page on which the posts of a body or unit stand."""
    if isinstance(owner, Body):
        return reverse("bodies:posts", args=[owner.slug])
    return reverse("bodies:unit", args=[owner.slug])


@get_or_post
def begin_term(request: HouseRequest, slug: str) -> HttpResponse:
    """Begin a term."""
    body = body_named(slug)
    last = body.terms.order_by("ordinal").last()
    form = forms.BeginTermForm(
        request.POST or None,
        initial={"ordinal": last.ordinal + 1 if last else 1, "starts": today_in(body), "held_before": 0},
    )
    return enter(
        request,
        body,
        Kind.TERM_BEGUN,
        form,
        lambda by: acts.begin_term(by=by, body_id=body.pk, **form.cleaned_data),
        heading=_("Begin a term of %(body)s") % {"body": body.name},
        button=_("Begin the term"),
        back=posts_address(body),
        hint=_("An open term ends where the next begins. Posts go on until they are ended."),
    )


@get_or_post
def end_term(request: HouseRequest, slug: str) -> HttpResponse:
    """End the open term."""
    body = body_named(slug)
    form = forms.EndTermForm(request.POST or None)
    return enter(
        request,
        body,
        Kind.TERM_ENDED,
        form,
        lambda by: acts.end_term(by=by, body_id=body.pk, ends=form.cleaned_data["ends"]),
        heading=_("End the term of %(body)s") % {"body": body.name},
        button=_("End the term"),
        back=posts_address(body),
    )


@get_or_post
def create_post(request: HouseRequest, slug: str) -> HttpResponse:
    """Create a post of a body."""
    body = body_named(slug)
    form = forms.CreatePostForm(request.POST or None, initial={"seats": 1})

    def do(by: Actor) -> object:
        typed = dict(form.cleaned_data)
        return acts.create_post(by=by, body_id=body.pk, kind=PostKind(typed.pop("kind")), **typed)

    return enter(
        request,
        body,
        Kind.POST_CREATED,
        form,
        do,
        heading=_("Create a post in %(body)s") % {"body": body.name},
        button=_("Create the post"),
        back=posts_address(body),
    )


@get_or_post
def create_head(request: HouseRequest, slug: str) -> HttpResponse:
    """Create the post of head of a unit."""
    unit = unit_named(slug)
    form = forms.CreatePostForm(request.POST or None, initial={"seats": 1, "title": _("Head")})
    for name in ("kind", "votes"):
        del form.fields[name]

    def do(by: Actor) -> object:
        return acts.create_post(by=by, unit_id=unit.pk, kind=PostKind.HEAD, **form.cleaned_data)

    return enter(
        request,
        unit,
        Kind.POST_CREATED,
        form,
        do,
        heading=_("Create the post of head of %(unit)s") % {"unit": unit.name},
        button=_("Create the post"),
        back=posts_address(unit),
    )


@get_or_post
def change_post(request: HouseRequest, post_id: int) -> HttpResponse:
    """Change how many seats a post has."""
    post = post_by_key(post_id)
    owner = owner_of(post)
    form = forms.ChangePostForm(request.POST or None, initial={"seats": post.seats})
    return enter(
        request,
        owner,
        Kind.POST_CHANGED,
        form,
        lambda by: acts.change_post(by=by, post_id=post.pk, seats=form.cleaned_data["seats"]),
        heading=_("Seats of “%(title)s”") % {"title": post.title},
        button=_("Change the seats"),
        back=posts_address(owner),
        hint=_("The title stays. For another title, create another post."),
    )


@get_or_post
def give_post(request: HouseRequest, post_id: int) -> HttpResponse:
    """Give a post to a person."""
    post = post_by_key(post_id)
    owner = owner_of(post)
    form = forms.GivePostForm(request.POST or None, decisions=decisions_of(owner), initial={"starts": today_in(owner)})

    def do(by: Actor) -> object:
        typed = form.cleaned_data
        holding = acts.Holding(
            post.pk, typed["person"].pk, typed["starts"], typed["ends"], typed["seat"], key(typed["group"])
        )
        return acts.give_posts(by=by, holdings=[holding], decided_by=decision_in(owner, key(typed["decided_by"])))

    ordering = able(request, Kind.POSTS_GIVEN, owner)
    names = names_offered(Person.objects.all()) if ordering else []
    return enter(
        request,
        owner,
        Kind.POSTS_GIVEN,
        form,
        do,
        heading=_("Give the post “%(title)s”") % {"title": post.title},
        button=_("Give the post"),
        back=posts_address(owner),
        names=names,
    )


@get_or_post
def end_post(request: HouseRequest, membership_id: int) -> HttpResponse:
    """End a spell in a post."""
    held = membership_for(request.viewer, membership_id)
    owner = owner_of(held.post)
    form = forms.EndPostForm(request.POST or None, decisions=decisions_of(owner), initial={"ends": today_in(owner)})

    def do(by: Actor) -> object:
        typed = form.cleaned_data
        decision = decision_in(owner, key(typed["decided_by"]))
        return acts.end_posts(by=by, membership_ids=[held.pk], ends=typed["ends"], decided_by=decision)

    return enter(
        request,
        owner,
        Kind.POSTS_ENDED,
        form,
        do,
        heading=_("%(name)s leaves the post “%(title)s”") % {"name": held.person.name, "title": held.post.title},
        button=_("End it"),
        back=posts_address(owner),
    )


def owner_of(post: Post) -> Body | Unit:
    """Return the body or unit of a post."""
    owner = post.body or post.unit
    if owner is None:
        raise ValueError("A post belongs to a body or a unit.")
    return owner
