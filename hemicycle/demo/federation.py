"""The federation, told in acts with a moving clock: the demo, and the world that the journeys stand on."""

from collections.abc import Callable

from hemicycle.demo.archiving import archiving
from hemicycle.demo.bringing_in import bringing_in
from hemicycle.demo.bureau import bureau
from hemicycle.demo.bureau_sitting import bureau_sitting
from hemicycle.demo.congress import congress
from hemicycle.demo.organisation import Federation, founding
from hemicycle.demo.planning import planning
from hemicycle.demo.plenary import read_plenary, scenes
from hemicycle.demo.story import play
from hemicycle.demo.tables import PLENARIES
from hemicycle.journal.clock import now

Progress = Callable[[str, int, int], None]


def build(progress: Progress | None = None) -> Federation:
    """Tell the whole story into an empty database, up to a ballot that was opened a few minutes ago.

    `progress` is told the heading of each chapter, its number and how many there are.
    """
    world = Federation(now())
    plenaries = (scene for name in PLENARIES for scene in scenes(read_plenary(world, name)))
    story = [
        founding(world),
        *archiving(world),
        *congress(world),
        *bureau(world),
        *bureau_sitting(world),
        *plenaries,
        *planning(world),
        *bringing_in(world),
    ]
    chapters = sum(bool(scene.heading) for scene in story)
    told = 0
    for scene in sorted(story, key=lambda scene: scene.moment):
        if scene.heading and progress:
            told += 1
            progress(scene.heading, told, chapters)
        play(scene, world.present)
    return world
