"""What somebody chooses about a pack."""

from django import forms
from django.utils.translation import gettext_lazy

MOST_BALLOTS = 1000


class PackForm(forms.Form):
    """A reading pack."""

    large = forms.BooleanField(
        label=gettext_lazy("In large print: texts in 18 points, other pages enlarged to A3"), required=False
    )


class PrintingForm(forms.Form):
    """A printing pack."""

    ballots = forms.IntegerField(
        label=gettext_lazy("Paper ballots for each motion"), min_value=0, max_value=MOST_BALLOTS
    )
