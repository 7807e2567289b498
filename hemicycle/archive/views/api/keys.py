"""Who asks: the key that a request brings, and as whom its owner may act today."""

from datetime import timedelta

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext as _

from hemicycle.accounts.rights import may
from hemicycle.archive.acts import digest_of_key
from hemicycle.archive.models import SourceKey
from hemicycle.archive.words import Kind
from hemicycle.journal.act import Actor, Refused
from hemicycle.journal.clock import now
from hemicycle.meetings.queries import standing_of

NOTED_EVERY = timedelta(minutes=1)


class Unknown(Exception):
    """A request without a key, or with one that opens nothing; the sentence says so."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def key_of(request: HttpRequest) -> SourceKey:
    """Return the key that a request brings.

    Raises:
        Unknown: it brings none, or one that was revoked, or never made.
    """
    scheme, _space, text = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not text.strip():
        raise Unknown(_("Send your key in the header “Authorization: Bearer …”. Keys are made under Archive, Sources."))
    known = SourceKey.objects.select_related("account__person", "home")
    key = known.filter(digest=digest_of_key(text.strip()), revoked=None, account__is_active=True).first()
    if key is None:
        raise Unknown(_("This key opens nothing: it was revoked, or is not one of this house."))
    late = now() - NOTED_EVERY
    SourceKey.objects.filter(Q(used=None) | Q(used__lt=late), pk=key.pk).update(used=now())
    return key


def actor_of(key: SourceKey) -> Actor:
    """Return as whom the owner of a key acts today in the home that it opens.

    Raises:
        Refused: the owner holds no post any more in which pages are added there.
    """
    actors = standing_of(key.account.person, key.account).actors
    able = [actor for actor in actors if actor.book == key.home_id and may(Kind.SOURCES_ADDED, actor)]
    if not able:
        raise Refused(
            "no_right",
            _("The owner of this key does not keep the sources of %(home)s any more.") % {"home": key.home.title},
            status=403,
        )
    return able[0]
