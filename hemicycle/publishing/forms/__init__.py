"""What the press sends: for whom and in which language, and what it has seen."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from hemicycle.accounts.access import WIDTH, Access
from hemicycle.publishing.words import audience


class LookForm(forms.Form):
    """Which communiqué to look at before it is published."""

    access = forms.ChoiceField(label=_("For whom"))
    language = forms.ChoiceField(label=_("Language"))

    def __init__(self, *args: Any, widest: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [access for access in Access if WIDTH[access] <= WIDTH[Access(widest)]]
        self.fields["access"].choices = [(access.value, audience(access)) for access in offered]  # type: ignore[attr-defined]  # it is a ChoiceField
        self.fields["language"].choices = settings.LANGUAGES  # type: ignore[attr-defined]  # it is a ChoiceField


class PublishForm(LookForm):
    """What was looked at, to be published as it was seen."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    correction_reason = forms.CharField(label=_("What is corrected"), required=False, max_length=500)
    departs_because = forms.CharField(label=_("Why it departs from the book"), required=False, max_length=500)
