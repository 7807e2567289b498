"""What people send about themselves and their accounts. Forms only parse; allauth's are told the house's words."""

from typing import Any, ClassVar

from allauth.account import forms as allauth_forms
from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from hemicycle.accounts.codes import as_typed
from hemicycle.accounts.models import Account

MANY = 2000


class Worded:
    """Gives allauth's fields the house's labels, and takes away what stands inside a field instead of a label."""

    labels: ClassVar[dict[str, Any]] = {}
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = self.labels.get(name, field.label)
            field.help_text = hint() if name == "password1" else ""
            field.widget.attrs.pop("placeholder", None)


def hint() -> str:
    """Say what a password must be, in one line."""
    return " ".join(str(text) for text in password_validators_help_texts())


class SignInForm(Worded, allauth_forms.LoginForm):  # type: ignore[misc]  # allauth carries no types.
    """E-mail address, password, and whether to stay signed in."""

    labels: ClassVar[dict[str, Any]] = {
        "login": _("E-mail address"),
        "password": _("Password"),
        "remember": _("Keep me signed in on this device"),
    }


class ResetForm(Worded, allauth_forms.ResetPasswordForm):  # type: ignore[misc]  # allauth carries no types.
    """The address to which the letter goes."""

    labels: ClassVar[dict[str, Any]] = {"email": _("E-mail address")}


NEW_PASSWORD = {
    "oldpassword": _("Present password"),
    "password1": _("New password"),
    "password2": _("New password, once more"),
}


class NewPasswordForm(Worded, allauth_forms.ResetPasswordKeyForm):  # type: ignore[misc]  # allauth carries no types.
    """The new password, twice, after a letter was followed."""

    labels: ClassVar[dict[str, Any]] = NEW_PASSWORD


class ChangePasswordForm(Worded, allauth_forms.ChangePasswordForm):  # type: ignore[misc]  # allauth carries no types.
    """The present password and the new one, twice."""

    labels: ClassVar[dict[str, Any]] = NEW_PASSWORD


class FirstPasswordForm(Worded, allauth_forms.SetPasswordForm):  # type: ignore[misc]  # allauth carries no types.
    """The first password of an account that has none, twice."""

    labels: ClassVar[dict[str, Any]] = NEW_PASSWORD


class CodeForm(forms.Form):
    """The code of an invitation, as typed from its slip."""

    code = forms.CharField(
        label=_("Code on your slip"),
        max_length=60,
        help_text=_("Fifteen letters and digits. Capitals, spaces and dashes do not matter."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )

    def clean_code(self) -> str:
        return as_typed(self.cleaned_data["code"])


class TakeUpForm(forms.Form):
    """The password with which an invited person will sign in."""

    password1 = forms.CharField(
        label=_("Choose a password"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label=_("The same password once more"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account
        self.fields["password1"].help_text = hint()

    def clean_password1(self) -> str:
        password: str = self.cleaned_data["password1"]
        validate_password(password, self.account)
        return password

    def clean(self) -> dict[str, Any]:
        first, second = self.cleaned_data.get("password1"), self.cleaned_data.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("The two passwords differ. Type the same one twice."))
        return self.cleaned_data


class PersonForm(forms.Form):
    """A person to enter; the address is needed only to sign in."""

    name = forms.CharField(label=_("Name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        help_text=_("With an address the person gets an account as well, and can be invited."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )


class AddressForm(forms.Form):
    """The address for an account."""

    email = forms.EmailField(label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "off"}))


def chosen_accounts(sent: QueryDict) -> list[int]:
    """Return the accounts ticked in the list; whether they exist and may be invited is asked by the act."""
    return [int(key) for key in sent.getlist("account")[:MANY] if key.isdecimal() and len(key) < 18]
