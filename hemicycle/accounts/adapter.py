"""How allauth is used here: nobody signs up by themselves; a desk invites."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth carries no types.
    """Closes sign-up: an account is made by an act of the installation."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
