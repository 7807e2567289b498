"""What every page knows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from hemicycle.accounts.models import Account, Installation
from hemicycle.journal.clock import now

MENU = (
    (_("Bodies and meetings"), "bodies:bodies"),
    (_("Decisions"), "decisions:register"),
    (_("Search"), "search:search"),
)


@dataclass(frozen=True)
class MenuEntry:
    """A place in the menu; `here` is “page” on that page itself, “true” below it."""

    label: str
    url: str
    here: str


def house(request: HttpRequest) -> dict[str, object]:
    """Return what the base page shows on every page; nothing is read before a template asks for it."""
    account = getattr(request, "user", None)
    person = account.person if isinstance(account, Account) else None
    return {
        "installation": SimpleLazyObject(lambda: installation_at(now().replace(second=0, microsecond=0))),
        "person": person,
        "letters_go_out": bool(settings.CONFIG.email_url),
        "capacities": getattr(request, "actors", []) if person else [],
        "menu": list(menu(request.path)),
        "sign_in_url": reverse("account_login"),
        "sign_out_url": reverse("account_logout"),
        "books_url": reverse("journal:books"),
        "archive_url": reverse("archive:archive"),
        "demo_url": reverse("web:demo_sign_in"),
    }


@lru_cache(maxsize=1)
def installation_at(_minute: datetime) -> Installation | None:
    """Return what this installation is, asked once a minute and not once a page: it never changes."""
    return Installation.objects.first()


def menu(path: str) -> Iterator[MenuEntry]:
    """Yield the menu as it is seen from an address."""
    for label, name in MENU:
        url = reverse(name)
        here = "page" if path == url else "true" if path.startswith(url) else ""
        yield MenuEntry(str(label), url, here)
