"""The link in a summons by which its addressee says that they received it. Signed, never stored."""

from django.core import signing
from django.http import Http404

SALT = "hemicycle.meetings.receipt"


def receipt_key(summons: int, person: int) -> str:
    """Return the key in the link: whose summons it is."""
    return signing.Signer(salt=SALT).sign_object([summons, person], compress=False)


def read_key(key: str) -> tuple[int, int]:
    """Return summons and person of a key; raise Http404 for one that this house did not sign."""
    try:
        summons, person = signing.Signer(salt=SALT).unsign_object(key)
    except (signing.BadSignature, ValueError, TypeError):
        raise Http404 from None
    return int(summons), int(person)
