"""Fields for figures as people type them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hemicycle.decisions.rollup.figures import NoFigure, scaled

REASONS = {
    "ambiguous": _("This can be read in two ways. Write 1 234 for thousands, or 1.2340 for decimals."),
    "not a number": _("This is no number. Write it like 1 234.5."),
    "too exact": _("This has more decimals than it is measured in."),
    "too large": _("This number is too large to be kept."),
}


class FigureField(forms.CharField):
    """A figure, in steps of the last place of what it measures."""

    def __init__(self, *, places: int = 0, **kwargs: Any) -> None:
        super().__init__(max_length=40, **kwargs)
        self.places = places
        self.widget.attrs |= {"inputmode": "decimal", "autocomplete": "off"}

    def clean(self, value: Any) -> Any:
        """Return the figure, or nothing where it may be left out."""
        typed = super().clean(value)
        if not typed:
            return None
        try:
            return scaled(typed, self.places)
        except NoFigure as wrong:
            raise forms.ValidationError(str(REASONS[wrong.reason])) from wrong
