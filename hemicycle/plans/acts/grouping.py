"""Groups of peers: which units are compared with each other, said by the body before anybody looks at their figures."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from hemicycle.accounts.rights import within
from hemicycle.bodies.models import Body, Unit
from hemicycle.bodies.queries import subtree
from hemicycle.journal.act import Actor, Happened, Refused, act
from hemicycle.plans.models import Peer, PeerGroup
from hemicycle.plans.rules.comparison import FEWEST
from hemicycle.plans.words import Kind


def form_peers(
    *, by: Actor, body_id: int, name: str, unit_ids: Sequence[int], happened: Happened | None = None
) -> PeerGroup:
    """Form a group of units that are to be compared with each other.

    Raises:
        Refused: it has no name or that of another group, fewer than three units, one that does not stand below the
            body's, or the very units of another group.
    """
    with act(Kind.PEERS_FORMED, by=by, happened=happened) as entry:
        body = entry.lock(Body, body_id)
        within(by, body.book_id)
        named, keys = name.strip(), sorted(set(unit_ids))
        if not named:
            raise Refused(
                "no_name", _("Give the group a name: what its units have in common."), status=422, field="name"
            )
        if len(keys) < FEWEST:
            raise Refused(
                "too_few_peers", _("Fewer than three units are no group. Choose more."), status=422, field="units"
            )
        if missing := set(keys) - (subtree(body.unit, entry.when.date()) - {body.unit_id}):
            unit = Unit.objects.filter(pk=min(missing)).first()
            raise Refused(
                "unit_elsewhere",
                _("%(unit)s does not stand below %(over)s. Choose units below it.")
                % {"unit": unit or _("A unit that is not there"), "over": body.unit.name},
                status=422,
                field="units",
            )
        for other in PeerGroup.objects.filter(body=body, dissolved=None).prefetch_related("peers"):
            same = sorted(peer.unit_id for peer in other.peers.all()) == keys
            if other.name == named or same:
                said = _("There is a group “%(name)s” already, or one of the same units: dissolve it first.")
                raise Refused("group_there", said % {"name": other.name}, status=422, field="name")
        number = PeerGroup.objects.filter(body=body).count() + 1
        group = entry.create(PeerGroup(body=body, number=number, name=named, formed=entry.when))
        peers = entry.create_many(Peer, [Peer(group=group, unit_id=key) for key in keys])
        names = list(Unit.objects.filter(pk__in=keys).order_by("name", "pk").values_list("name", flat=True))
        entry.record(
            subjects=[group, body, *peers],
            access="public",
            facts={"name": group.name, "units": names},
        )
    return group


def dissolve_peers(*, by: Actor, group_id: int, reason: str, happened: Happened | None = None) -> PeerGroup:
    """Dissolve a group of peers. Who was in it stays on record.

    Raises:
        Refused: it is dissolved, or no reason is given.
    """
    with act(Kind.PEERS_DISSOLVED, by=by, happened=happened) as entry:
        group = entry.lock(PeerGroup, group_id)
        within(by, group.body.book_id)
        if group.dissolved:
            raise Refused("group_dissolved", _("This group was dissolved already."))
        if not reason.strip():
            raise Refused(
                "no_reason", _("Say why. The reason stands beside it for all who read it."), status=422, field="reason"
            )
        entry.update(group, dissolved=entry.when)
        entry.record(
            subjects=[group, group.body], access="public", facts={"name": group.name, "reason": reason.strip()}
        )
    return group
