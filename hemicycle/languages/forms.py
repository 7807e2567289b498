"""Forms on languages: they parse, and ask nothing that the rules answer."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from hemicycle.journal.forms import HappenedForm
from hemicycle.languages.naming import direction_of, known_languages
from hemicycle.languages.originals import Original
from hemicycle.languages.rules import MOST
from hemicycle.languages.words import part_in_words

LONGEST_LINE = 500
LONGEST = 40_000
LINES = frozenset({"title", "question"})
PLACES = (_("Second language"), _("Third language"), _("Fourth language"), _("Fifth language"))


class LanguagesForm(HappenedForm):
    """The languages beside the body's own, in their order."""

    def __init__(self, *args: Any, chosen: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("none")), *known_languages()]
        for place, label in enumerate(PLACES[:MOST]):
            self.fields[f"language_{place}"] = forms.ChoiceField(
                label=label,
                required=False,
                choices=choices,
                initial=chosen[place] if place < len(chosen) else "",
            )
        self.order_fields([name for name in self.fields if name.startswith("language_")])

    @property
    def languages(self) -> list[str]:
        """The languages that were chosen."""
        found = (self.cleaned_data[f"language_{place}"] for place in range(MOST))
        return [tag for tag in found if tag]


class TranslationForm(HappenedForm):
    """What each part of a text says in another language, beside the part itself."""

    def __init__(self, *args: Any, original: Original, language: str, there: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.original = original
        self.names = {f"in_{part.replace(' ', '_')}": part for part in original.texts}
        for name, part in self.names.items():
            line = part in LINES
            shown = {"lang": language, "dir": direction_of(language)} | ({} if line else {"rows": 4})
            self.fields[name] = forms.CharField(
                label=part_in_words(part),
                required=False,
                max_length=LONGEST_LINE if line else LONGEST,
                initial=there.get(part, ""),
                widget=forms.TextInput(attrs=shown) if line else forms.Textarea(attrs=shown),
            )

    @property
    def texts(self) -> dict[str, str]:
        """What was written, by part."""
        return {part: self.cleaned_data[name] for name, part in self.names.items()}

    @property
    def pairs(self) -> Iterator[tuple[str, BoundField]]:
        """Each part of the original with its field."""
        return ((self.original.texts[part], self[name]) for name, part in self.names.items())
