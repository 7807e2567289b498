"""For whom something from a decision can be: nobody more than may read the decision."""

from django.utils.translation import gettext as _

from hemicycle.accounts.access import WIDTH, Access


def audiences_of(access: str) -> list[tuple[str, str]]:
    """Return who may read something that belongs to what is as open as this, the widest audience first, in words."""
    words = {
        Access.PUBLIC: _("everybody"),
        Access.ORGANISATION: _("whoever holds a post in the organisation"),
        Access.PARTICIPANTS: _("who took part in the meeting, and the body"),
        Access.BODY: _("the body"),
        Access.DESK: _("the desk alone"),
    }
    return [(one.value, said) for one, said in words.items() if WIDTH[one] <= WIDTH[Access(access)]]
