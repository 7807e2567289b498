"""The pages of invitations, and of the list in which a desk lets people in."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.contrib.auth.hashers import make_password
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hemicycle.accounts import acts, forms, queries
from hemicycle.accounts.models import Account, Person
from hemicycle.accounts.request import HouseRequest
from hemicycle.accounts.rights import may
from hemicycle.accounts.slips import printed
from hemicycle.accounts.words import Kind
from hemicycle.journal.act import Actor
from hemicycle.journal.clock import now
from hemicycle.journal.forms import typed_line

BACKEND = settings.AUTHENTICATION_BACKENDS[0]
# In digits: longer ones name nothing, and are not even read as numbers.
LONGEST_KEY = 18


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "POST"])
def enter_code(request: HouseRequest) -> HttpResponse:
    """Ask for the code on a slip."""
    form = forms.CodeForm(request.POST or None)
    if form.is_valid():
        if queries.invitation_behind(form.cleaned_data["code"]):
            return redirect("accounts:take_up", form.cleaned_data["code"])
        form.add_error("code", unknown_code())
    return render(request, "accounts/enter_code.html", {"form": form}, status=422 if form.errors else 200)


@sensitive_variables()
@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "POST"])
def take_up(request: HouseRequest, code: str) -> HttpResponse:
    """Let an invited person choose a password and sign in."""
    invitation = queries.invitation_behind(code)
    if invitation is None:
        form: forms.CodeForm | forms.TakeUpForm = forms.CodeForm({"code": ""})
        form.errors["code"] = form.error_class([unknown_code()])
        return render(request, "accounts/enter_code.html", {"form": form}, status=404)
    acts.refuse_stale(invitation, invitation.account, now())
    form = forms.TakeUpForm(request.POST or None, account=invitation.account)
    if request.method == "POST" and form.is_valid():
        # Hashed here, so that no book and no gate waits for it.
        hashed = make_password(form.cleaned_data["password1"])
        account = acts.take_invitation(invitation_id=invitation.pk, hashed=hashed)
        login(request, account, backend=BACKEND)
        request.session.set_expiry(0)
        messages.success(request, _("Welcome. From now on you sign in with your e-mail address and this password."))
        return redirect(settings.LOGIN_REDIRECT_URL)
    shown = {"form": form, "invitation": invitation, "account": invitation.account}
    return render(request, "accounts/take_up.html", shown, status=422 if form.errors else 200)


def unknown_code() -> str:
    """Return the sentence about a code that opens nothing."""
    return _("No invitation has this code. Compare it with your slip, or ask the desk for a new one.")


@login_required
@never_cache
@require_GET
def people(request: HouseRequest) -> HttpResponse:
    """Show who is known, and who can sign in."""
    text = typed_line(request.GET.get("q", ""), 100)
    page = queries.people(list(request.actors), text, request.GET.get("page", "1"))
    return render(
        request,
        "accounts/people.html",
        {
            "page": page,
            "people": [queries.listed(person) for person in page],
            "q": text,
            "form": forms.PersonForm(),
            "inviting": able(request, Kind.INVITATIONS_MADE),
            "closing": able(request, Kind.ACCOUNT_CLOSED),
        },
    )


@login_required
@require_POST
def register(request: HouseRequest) -> HttpResponse:
    """Enter a person, and open their account where an address was given."""
    by, form = acting(request, Kind.PERSONS_REGISTERED), forms.PersonForm(request.POST)
    if not form.is_valid():
        return render(request, "accounts/register.html", {"form": form, "inviting": [by]}, status=422)
    name, email = form.cleaned_data["name"], form.cleaned_data["email"]
    acts.register_persons(by=by, people=[acts.NewPerson(name, email=email)], with_accounts=True)
    messages.success(request, _("%(name)s was entered.") % {"name": name})
    return redirect("accounts:people")


@login_required
@require_POST
def open_account(request: HouseRequest, person_id: int) -> HttpResponse:
    """Open the account of a person who has none."""
    by, form = acting(request, Kind.ACCOUNT_OPENED), forms.AddressForm(request.POST)
    if not form.is_valid():
        return render(request, "accounts/register.html", {"form": form, "inviting": [by]}, status=422)
    person = get_object_or_404(Person, pk=person_id)
    acts.open_account(by=by, person_id=person.pk, email=form.cleaned_data["email"])
    messages.success(request, _("An account was opened for %(name)s.") % {"name": person.name})
    return redirect("accounts:people")


@login_required
@never_cache
@require_POST
def invite(request: HouseRequest) -> HttpResponse:
    """Invite the persons ticked: by mail, or by slips that this answer shows once."""
    by_mail, chosen = request.POST.get("way") != "slips", forms.chosen_accounts(request.POST)
    slips = acts.make_invitations(
        by=acting(request, Kind.INVITATIONS_MADE),
        account_ids=chosen,
        by_mail=by_mail,
        anew=request.POST.get("anew") == "yes",
    )
    if not by_mail:
        return render(request, "accounts/slips.html", {"slips": printed(request, slips)})
    if settings.CONFIG.email_url:
        told = ngettext("%(count)d letter is on its way.", "%(count)d letters are on their way.", len(chosen))
        messages.success(request, told % {"count": len(chosen)})
    else:
        messages.warning(
            request,
            _("The invitations were made, but no mail server is set up here: letters reach nobody. Print slips."),
        )
    return redirect("accounts:people")


@login_required
@require_POST
def close(request: HouseRequest, account_id: int) -> HttpResponse:
    """Close an account."""
    by, known = acting(request, Kind.ACCOUNT_CLOSED), get_object_or_404(Account, pk=account_id)
    account = acts.close_account(by=by, account_id=known.pk)
    messages.success(request, _("The account of %(name)s was closed.") % {"name": account.person.name})
    return redirect("accounts:people")


@login_required
@require_POST
def reopen(request: HouseRequest, account_id: int) -> HttpResponse:
    """Open a closed account again."""
    by, known = acting(request, Kind.ACCOUNT_REOPENED), get_object_or_404(Account, pk=account_id)
    account = acts.reopen_account(by=by, account_id=known.pk)
    messages.success(request, _("The account of %(name)s is open again; it needs an invitation.") % {"name": account})
    return redirect("accounts:people")


def able(request: HouseRequest, kind: str) -> list[Actor]:
    """Return the capacities, in whatever book, in which this person may do acts of this kind."""
    return [actor for actor in request.actors if may(kind, actor)]


def acting(request: HouseRequest, kind: str) -> Actor:
    """Return as whom this request acts: in the book that the form names, or else in the first that allows it."""
    book = request.POST.get("book", "")
    if book.isdecimal() and len(book) < LONGEST_KEY:
        return request.actor_for(int(book), kind)
    if not (allowed := able(request, kind)):
        raise Http404
    return request.actor_for(allowed[0].book, kind)
