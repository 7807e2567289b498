"""A story is made of scenes: acts, each at its moment."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from hemicycle.journal.clock import clock_at


@dataclass(frozen=True)
class Scene:
    """Something that happens at a moment. `heading` is told to whoever waits for the story, where there is one."""

    moment: datetime
    act: Callable[[], object]
    heading: str = ""


def play(scene: Scene, present: datetime) -> None:
    """Let a scene happen, the clock telling its moment. Nothing in the story lies in the future."""
    if scene.moment > present:
        raise ValueError(f"{scene.moment} lies in the future: {scene.heading or scene.act}")
    with clock_at(scene.moment):
        scene.act()
