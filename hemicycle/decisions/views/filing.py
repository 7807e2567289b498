"""The paper of an account on its way to the documents of its item: drawn in the background, then filed by an act."""

from collections.abc import Callable
from dataclasses import asdict
from typing import IO, Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hemicycle.accounts.request import HouseRequest
from hemicycle.decisions import account_paper, acts
from hemicycle.decisions.models import Account
from hemicycle.decisions.queries.accounts import account_for, lines_for_all
from hemicycle.decisions.words import Kind
from hemicycle.journal.act import Actor
from hemicycle.meetings.queries import meeting_for
from hemicycle.printing.asking import ask_for
from hemicycle.printing.models import PrintJob

MAKER = "hemicycle.decisions.views.filing.make"


def account_address(account: Account, name: str = "account") -> str:
    """Return the address of an account, or of a file of it, in the language of the reader."""
    meeting = account.meeting
    keys = [meeting.body.slug, meeting.term.ordinal, meeting.ordinal, account.number]
    return reverse(f"decisions:{name}", args=keys)


def asked(request: HouseRequest, slug: str, term: int, ordinal: int, version: int) -> Account:
    """Return the account at an address."""
    return account_for(request.viewer, meeting_for(request.viewer, slug=slug, term=term, ordinal=ordinal), version)


def name_of(account: Account) -> str:
    """Return what the file of an account is called."""
    meeting = account.meeting
    return f"{meeting.body.slug}-{meeting.term.ordinal}-{meeting.ordinal}-account-{account.number}.pdf"


def ask_to_file(request: HouseRequest, by: Actor, account: Account) -> PrintJob:
    """Ask for the paper of an account, which then goes to the documents of its item, in the language of its body."""
    page = account_address(account)
    written = account.language in dict(settings.LANGUAGES)
    return ask_for(
        MAKER,
        {
            "account": account.pk,
            "by": asdict(by.with_once(f"paper:{account.pk}")),
            "address": request.build_absolute_uri(page),
        },
        book=None,
        person=by.person,
        title=_("Account %(number)d to %(meeting)s") % {"number": account.number, "meeting": account.meeting},
        file_name=name_of(account),
        back=page,
        language=account.language if written else "",
    )


def make(arguments: dict[str, Any], progress: Callable[[int, int], None], out: IO[bytes]) -> None:
    """Write an `account` as a PDF as all its readers may see it, and file it `by` whoever drew it up, once."""
    account = Account.objects.select_related("meeting__body", "meeting__term", "item").get(pk=arguments["account"])
    drawn = account_paper.paper(account, lines_for_all(account), arguments["address"], shared=True)
    out.write(drawn)
    if not hasattr(account, "paper"):
        by = Actor(**arguments["by"])
        acts.file_account(by=by, account_id=account.pk, paper=ContentFile(drawn, name=name_of(account)))
    progress(1, 1)


@require_POST
def file(request: HouseRequest, slug: str, term: int, ordinal: int, version: int) -> HttpResponse:
    """Ask once more for the paper of an account that is not with the documents yet, and go to where it is drawn."""
    found = asked(request, slug, term, ordinal, version)
    by = request.actor_for(found.meeting.body.book_id, Kind.ACCOUNT_FILED)
    return redirect("printing:job", ask_to_file(request, by, found).uuid)
