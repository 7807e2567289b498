"""Acts on the keys with which programs add sources: one is made, shown once, and revoked."""

import hashlib
import secrets

from django.utils.translation import gettext as _

from hemicycle.accounts.access import Access
from hemicycle.accounts.rights import within
from hemicycle.archive.models import SourceKey
from hemicycle.archive.queries.homes import book_of
from hemicycle.archive.words import Kind
from hemicycle.journal.act import Actor, Refused, act
from hemicycle.journal.models import Book

LONGEST_NAME = 100
MOST_KEYS = 20
BEGINS = "hemicycle_"


def digest_of_key(text: str) -> str:
    """Return what is kept of a key. It needs no salt: it is drawn from 256 bits, so it cannot be guessed."""
    return hashlib.sha256(text.encode()).hexdigest()


def make_source_key(*, by: Actor, home_id: int, name: str) -> tuple[SourceKey, str]:
    """Make a key with which a program adds sources to a home, as whoever makes it may; return it, shown only now.

    It opens nothing else, and nothing any more once its owner has lost the post or the account, or it is revoked.

    Raises:
        Refused: it has no name, its owner has no account, or keeps many keys of this home already.
    """
    with act(Kind.SOURCEKEY_MADE, by=by) as entry:
        home = Book.objects.get(pk=home_id)
        within(by, book_of(home))
        name = " ".join(name.split())[:LONGEST_NAME]
        if not name:
            raise Refused("no_name", _("Give the key a name by which you know it again."), status=422, field="name")
        if by.account is None:
            raise Refused("no_account", _("A key belongs to an account, and you act here without one."), status=403)
        if SourceKey.objects.filter(home=home, account_id=by.account, revoked=None).count() >= MOST_KEYS:
            raise Refused(
                "many_keys",
                _("You keep %(most)d keys here already. Revoke one that is not used any more.") % {"most": MOST_KEYS},
            )
        text = f"{BEGINS}{secrets.token_urlsafe(32)}"
        key = entry.create(
            SourceKey(home=home, account_id=by.account, name=name, digest=digest_of_key(text), made=entry.when)
        )
        entry.record(subjects=[key], access=Access.DESK, facts={"name": name, "home": home.title})
    return key, text


def revoke_source_key(*, by: Actor, key_id: int) -> SourceKey:
    """Revoke a key: from now on it opens nothing.

    Raises:
        Refused: it was revoked already, or it adds to another home.
    """
    with act(Kind.SOURCEKEY_REVOKED, by=by) as entry:
        key = entry.lock(SourceKey, key_id)
        within(by, book_of(key.home))
        if key.revoked:
            raise Refused("already_revoked", _("“%(name)s” was revoked already.") % {"name": key.name})
        entry.update(key, revoked=entry.when)
        entry.record(subjects=[key], access=Access.DESK, facts={"name": key.name, "home": key.home.title})
    return key
