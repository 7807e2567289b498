"""Acts of the floor: it is given, a speech ends, its clock is held, its time is limited, the list is opened again."""

from datetime import datetime

from django.utils.translation import gettext as _

from hemicycle.accounts.access import narrowest
from hemicycle.accounts.models import Person
from hemicycle.accounts.rights import within
from hemicycle.journal.act import Act, Actor, Happened, Refused, act
from hemicycle.journal.canonical import timestamp
from hemicycle.meetings import rules
from hemicycle.meetings.acts.debate import lock_debated, record_on, refuse_closed_debate
from hemicycle.meetings.acts.ending_speeches import end_turn
from hemicycle.meetings.acts.items import told
from hemicycle.meetings.acts.locking import lock_item, lock_sitting_at_work, refuse_before, refuse_without_reason
from hemicycle.meetings.models import (
    AgendaItem,
    FloorRequest,
    Held,
    Mode,
    Participation,
    Sitting,
    Speech,
    Turn,
    TurnKind,
)
from hemicycle.meetings.queries.during import audience
from hemicycle.meetings.queries.speaking import limits_on, open_turn, waiting_on
from hemicycle.meetings.words import Kind

LONGEST = 86_400


def give_floor(
    *,
    by: Actor,
    item_id: int,
    request_id: int | None = None,
    speaker_id: int | None = None,
    kind: str = TurnKind.COMMENT,
    in_turn: bool = False,
    happened: Happened | None = None,
) -> Turn:
    """Give somebody the floor on the current item: who asked for it (`request_id`), or whom the chair names.

    An interruption, a reply to one and a point of order are given within a speech, whose clock stands meanwhile. For
    anything else a speech that lasts is over first; given `in_turn`, it ends with this.

    Raises:
        Refused: the item is not being dealt with, a vote is being taken, the debate is closed, somebody has the
            floor, the request waits no longer, or the speaker is not accredited or declared an interest in the item.
    """
    with act(Kind.FLOOR_GIVEN, by=by, happened=happened) as entry:
        item = lock_debated(entry, item_id)
        sitting = lock_sitting_at_work(entry, open_turn_sitting(item))
        request = lock_request(entry, item, request_id) if request_id is not None else None
        if request:
            part, kind = request.participation, request.kind
        else:
            part = accredited(sitting, speaker_id)
        speaker = entry.lock(Person, part.person_id)
        speaking = open_turn(sitting)
        ended = end_before(entry, speaking, kind) if in_turn else None
        during = refuse_to_speak(item, None if ended else speaking, speaker, kind)
        begun = last_move(during) if during else floor_free_since(sitting)
        refuse_before(entry.when, begun, _("the last speech ended"), sitting.meeting.body)
        here = narrowest(item.access, audience(entry, item.meeting))
        first = next(iter(waiting_on(item, sitting)), None)
        spell = part.presences.filter(went=None).first()
        speech = entry.create(
            Speech(
                item=item,
                speaker=speaker,
                form=Speech.Form.DELIVERED,
                language=item.language,
                given=entry.when,
                access=here,
            )
        )
        turn = entry.create(
            Turn(
                item=item,
                sitting=sitting,
                speech=speech,
                speaker=speaker,
                group=part.group,
                request=request,
                during=during,
                kind=TurnKind(kind),
                remote=(spell or part).mode == Mode.REMOTE,
                limit=limits_on(item).of(kind),
                starts=entry.when,
                access=here,
            )
        )
        if during is None:
            entry.update(sitting, speaking=turn)
        if request:
            FloorRequest.objects.filter(pk=request.pk).update(called=entry.when)
        entry.record(
            subjects=[turn, speech, item, item.meeting, speaker, *([ended] if ended else [])],
            access=here,
            scope=item.meeting,
            facts={
                "speaker": speaker.name,
                "ended": told_of_end(ended) if ended else None,
                "form": str(speech.form),
                "kind": str(turn.kind),
                "remote": turn.remote,
                "limit": turn.limit,
                "item": item.ordinal,
                "number": item.called,
                "item_title": item.title,
                "asked": timestamp(request.asked) if request else None,
                "before": first.person.name if first and first != request else None,
                "interrupted": during.speaker.name if during else None,
            },
        )
    return turn


def open_turn_sitting(item: AgendaItem) -> int:
    """Return the key of the open sitting that deals with an item; that there is one was asked before."""
    return item.meeting.sittings.get(opened__isnull=False, closed=None).pk


def floor_free_since(sitting: Sitting) -> datetime:
    """Return the moment before which nobody can have spoken: when the last speech of the sitting ended, or it began."""
    last = sitting.turns.filter(ends__isnull=False, during=None).order_by("ends").last()
    begun = sitting.opened or sitting.planned_start
    return max(last.ends, begun) if last and last.ends else begun


def lock_request(entry: Act, item: AgendaItem, request_id: int) -> FloorRequest:
    """Lock a request for the floor that waits on an item."""
    request = FloorRequest.objects.select_for_update(of=("self",)).filter(pk=request_id, item=item).first()
    if request is None or request.called or request.withdrawn:
        raise Refused("request_gone", _("This request waits no longer. Look at the list again."))
    return request


def accredited(sitting: Sitting, person_id: int | None) -> Participation:
    """Return the part of a person in a sitting."""
    found = sitting.participations.filter(person=person_id).first() if person_id is not None else None
    if found is None:
        raise Refused(
            "not_accredited",
            _("Only who is accredited to the sitting can have the floor. Accredit them first."),
            status=422,
            field="speaker",
        )
    return found


def refuse_to_speak(item: AgendaItem, now_speaking: Turn | None, speaker: Person, kind: str) -> Turn | None:
    """Refuse the floor where somebody has it or may not speak; return the speech within which it is given, if any."""
    if kind != TurnKind.ORDER:
        refuse_closed_debate(item)
    if item.interests.filter(person=speaker, withdrawn=None).exists():
        raise Refused(
            "interested",
            _("%(name)s declared an interest in this item and takes no part in it.") % {"name": speaker.name},
            status=422,
            field="speaker",
        )
    if now_speaking is None:
        if kind in {TurnKind.INTERRUPTION, TurnKind.REPLY}:
            raise Refused("nobody_speaks", _("Nobody is speaking who could be interrupted."), status=422, field="kind")
        return None
    taken = now_speaking.inner.filter(ends=None).select_related("speaker").first() or now_speaking
    if taken is not now_speaking or kind not in rules.WITHIN_A_SPEECH:
        raise Refused("floor_taken", _("%(name)s has the floor. End that speech first.") % {"name": taken.speaker.name})
    return now_speaking


def end_before(entry: Act, speaking: Turn | None, kind: str) -> Turn | None:
    """End the speech of whoever has the floor, where somebody else is not given it within that speech."""
    if speaking is None or kind in rules.WITHIN_A_SPEECH:
        return None
    turn = entry.lock(Turn, speaking.pk)
    refuse_before(entry.when, last_move(turn), _("what came before it in this speech"), turn.item.meeting.body)
    end_turn(entry, turn)
    return turn


def told_of_end(turn: Turn) -> dict[str, object]:
    """Return the facts of how a speech ended."""
    return {"speaker": turn.speaker.name, "seconds": turn.seconds, "limit": turn.limit}


def end_speech(*, by: Actor, turn_id: int, happened: Happened | None = None) -> Turn:
    """End the speech of whoever has the floor, and what interrupts it. Its length is told without interruptions.

    Raises:
        Refused: it has ended already, or the meeting is over.
    """
    with act(Kind.SPEECH_ENDED, by=by, happened=happened) as entry:
        turn = lock_turn(entry, turn_id)
        refuse_before(entry.when, last_move(turn), _("what came before it in this speech"), turn.item.meeting.body)
        end_turn(entry, turn)
        record_on_turn(entry, turn, seconds=turn.seconds, limit=turn.limit)
    return turn


def last_move(turn: Turn) -> datetime:
    """Return when something last happened to a speech: its clock was held or went on, or it was interrupted."""
    spells = [*turn.held.values_list("starts", "ends"), *turn.inner.values_list("starts", "ends")]
    return max([turn.starts, *(moment for spell in spells for moment in spell if moment)])


def lock_turn(entry: Act, turn_id: int) -> Turn:
    """Lock a speech of the actor's own body that lasts."""
    turn = entry.lock(Turn, turn_id)
    within(entry.by, turn.item.meeting.body.book_id)
    turn.sitting = entry.lock(Sitting, turn.sitting_id)
    lock_item(entry, turn.item_id)
    if turn.ends:
        raise Refused("speech_ended", _("This speech has ended already."))
    return turn


def hold_speech(*, by: Actor, turn_id: int, because: str = "", happened: Happened | None = None) -> Held:
    """Hold the clock of a speech: somebody interrupts, the line is lost, the hall is not quiet.

    Raises:
        Refused: the speech has ended, or its clock stands already.
    """
    with act(Kind.SPEECH_HELD, by=by, happened=happened) as entry:
        turn = lock_turn(entry, turn_id)
        if turn.held.filter(ends=None).exists():
            raise Refused("speech_held", _("The clock of this speech stands already."))
        refuse_before(entry.when, last_move(turn), _("what came before it in this speech"), turn.item.meeting.body)
        held = entry.create(Held(turn=turn, because=because.strip(), starts=entry.when))
        record_on_turn(entry, turn, because=held.because)
    return held


def resume_speech(*, by: Actor, turn_id: int, happened: Happened | None = None) -> Turn:
    """Let the clock of a speech go on.

    Raises:
        Refused: the speech has ended, or its clock does not stand.
    """
    with act(Kind.SPEECH_RESUMED, by=by, happened=happened) as entry:
        turn = lock_turn(entry, turn_id)
        held = turn.held.select_for_update().filter(ends=None).first()
        if held is None:
            raise Refused("speech_not_held", _("The clock of this speech does not stand."))
        refuse_before(entry.when, held.starts, _("the clock was held"), turn.item.meeting.body)
        entry.update(held, ends=entry.when)
        record_on_turn(entry, turn)
    return turn


def limit_speaking(
    *,
    by: Actor,
    item_id: int,
    speech_seconds: int | None,
    item_minutes: int | None,
    happened: Happened | None = None,
) -> AgendaItem:
    """Limit the time of a speech and of all speeches on an item, otherwise than the rules do.

    None: as the rules say. 0: without a limit. Who has the floor already keeps the limit they began with.

    Raises:
        Refused: it is limited so already, a limit is longer than a day, or the meeting is over.
    """
    with act(Kind.SPEAKING_LIMITED, by=by, happened=happened) as entry:
        item = lock_item(entry, item_id)
        for field, seconds in (("speech_seconds", speech_seconds), ("item_minutes", (item_minutes or 0) * 60)):
            if not 0 <= (seconds or 0) <= LONGEST:
                raise Refused("no_limit", _("A limit lies between no time and a day."), status=422, field=field)
        if (item.speech_seconds, item.item_minutes) == (speech_seconds, item_minutes):
            raise Refused("limited_so", _("The time is limited so already. Nothing was entered twice."))
        entry.update(item, speech_seconds=speech_seconds, item_minutes=item_minutes)
        limits = limits_on(item)
        record_on(entry, item, speech_seconds=limits.speech, item_seconds=limits.item)
    return item


def reopen_list(*, by: Actor, item_id: int, because: str, happened: Happened | None = None) -> AgendaItem:
    """Open the list of speakers on the current item again.

    Raises:
        Refused: no reason is given, the item is not being dealt with, or its list is open or its debate closed.
    """
    with act(Kind.LIST_REOPENED, by=by, happened=happened) as entry:
        item = lock_debated(entry, item_id)
        refuse_closed_debate(item)
        if not item.list_closed:
            raise Refused("list_open", _("The list of speakers on this item is open."))
        refuse_without_reason(because)
        entry.update(item, list_closed=None)
        record_on(entry, item, because=because.strip())
    return item


def record_on_turn(entry: Act, turn: Turn, **more: object) -> None:
    """Record what an act did on a speech."""
    item = turn.item
    entry.record(
        subjects=[turn, item, item.meeting, turn.speaker],
        access=narrowest(turn.access, audience(entry, item.meeting)),
        scope=item.meeting,
        facts={**told(item), "speaker": turn.speaker.name, "kind": str(turn.kind), **more},
    )
