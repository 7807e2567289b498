"""How allauth is used here: nobody signs up by themselves, a desk invites; limits belong to an account."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hemicycle.accounts.models import Account


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth carries no types.
    """Closes sign-up, counts failures per account and never per address, and says so in plain words."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("This e-mail address and this password do not belong together. Try again."),
        "too_many_login_attempts": _(
            "There were too many wrong passwords for this account. It is closed for five minutes; then try again, "
            "or set a new password now. Nobody else is affected."
        ),
        "enter_current_password": _("This is not your present password."),
        "rate_limited": _("That was too often in a short time. Wait a few minutes, then try again."),
        "account_inactive": _("This account is closed. Ask the desk."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        # allauth counts per site too, and a site is whatever Host the request names.
        return str(credentials.get("email", "")).lower()

    def set_password(self, user: Account, password: str) -> None:
        """Set a password that was proved by the old one or by a letter; failures before it no longer count."""
        user.set_password(password)
        # Only this column: an account closed in the meantime stays closed.
        user.save(update_fields=["password"])
        self._delete_login_attempts_cached_email(self.request, email=user.email)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("web:me")
