"""A list of people as a file."""

from django import forms
from django.utils.translation import gettext_lazy

from hemicycle.bodies.sheets import ENCODINGS
from hemicycle.journal.forms import PlainForm


class RosterForm(PlainForm):
    """The file of a list of people, and its encoding where it is a CSV file in another one than UTF-8."""

    file = forms.FileField(
        label=gettext_lazy("CSV or XLSX file"),
        error_messages={"empty": gettext_lazy("This file is empty. Fill in the template and send it again.")},
    )
    encoding = forms.ChoiceField(
        label=gettext_lazy("Encoding of a CSV file"),
        choices=[(name, name.upper() if name == "utf-8" else name) for name in ENCODINGS],
        initial="utf-8",
        help_text=gettext_lazy("Leave it as it is unless you are told otherwise."),
    )
