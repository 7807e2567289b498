"""The page of the keys with which programs add sources: made, shown once, and revoked."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from hemicycle.accounts import entering
from hemicycle.accounts.request import HouseRequest
from hemicycle.archive import acts, forms
from hemicycle.archive.models import SourceKey
from hemicycle.archive.queries.files import TAKEN
from hemicycle.archive.views.sources import archivists, keeper
from hemicycle.archive.words import Kind
from hemicycle.journal.act import Refused


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def keys(request: HouseRequest) -> HttpResponse:
    """Show the keys to the sources that the reader keeps, and make one; what it says is shown this once."""
    able = archivists(request)
    if not able:
        raise Http404
    homes = [(actor.book, actor.body) for actor in able]
    form, made = forms.KeyForm(request.POST or None, homes=homes), ""
    if request.method == "POST" and form.is_valid():
        home = int(form.cleaned_data["home"])
        try:
            by = keeper(request.actor_for(home, Kind.SOURCEKEY_MADE), home)
            _key, made = acts.make_source_key(by=by, home_id=home, name=form.cleaned_data["name"])
        except Refused as refusal:
            entering.show_beside(form, refusal)
        else:
            form = forms.KeyForm(homes=homes)
    shown = {
        "form": form,
        "made": made,
        "keys": SourceKey.objects.filter(home__in=[home for home, _name in homes]).select_related(
            "home", "account__person"
        ),
        "address": request.build_absolute_uri("/api/archive/sources/"),
        "endings": TAKEN,
    }
    return render(request, "archive/keys.html", shown, status=422 if form.errors else 200)


@login_required
@require_POST
def revoke(request: HouseRequest, key_id: int) -> HttpResponse:
    """Revoke a key."""
    homes = {actor.book for actor in archivists(request)}
    key = SourceKey.objects.filter(pk=key_id, home__in=homes).first()
    if key is None:
        raise Http404
    by = keeper(request.actor_for(key.home_id, Kind.SOURCEKEY_REVOKED), key.home_id)
    acts.revoke_source_key(by=by, key_id=key.pk)
    messages.success(request, _("“%(name)s” opens nothing any more.") % {"name": key.name})
    return redirect("archive:keys")
