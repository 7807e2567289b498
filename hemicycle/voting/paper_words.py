"""What a paper says in words, for its voter and for the list of votes by name."""

from collections.abc import Sequence

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from hemicycle.voting.models import Choice
from hemicycle.voting.papers import Form, answered, named, ranks_of


def paper_in_words(paper: str, form: str = Form.MOTION, names: Sequence[str] = ()) -> str:
    """Return what a canonical paper says: “for”, or “1. Ada, 2. Ben”."""
    if form == Form.MOTION:
        return str(Choice(paper).label) if paper else ""
    if not paper:
        return _("a blank paper")
    if form == Form.RANKING:
        return ", ".join(f"{place}. {names[number - 1]}" for place, number in enumerate(named(paper, form), 1))
    if form == Form.RANKS:
        ranks = [[names[number - 1] for number in rank] for rank in ranks_of(paper)]
        return ", ".join(f"{place}. {get_text_list(rank, _('and'))}" for place, rank in enumerate(ranks, 1))
    if form == Form.YES_NO:
        words = {"y": _("yes"), "n": _("no"), "a": _("abstention")}
        return ", ".join(f"{names[number - 1]}: {words[answer]}" for number, answer in answered(paper).items())
    return get_text_list([names[number - 1] for number in named(paper, form)], _("and"))
