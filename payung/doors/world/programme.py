"""A whole programme in the office: the world of a place, and its story on top."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import polars as pl

from payung.doors.world import founding, load, monthly
from payung.doors.world.report import Report, Show
from payung.doors.world.stories import bandung, banjarnegara, bekasi, cirebon
from payung.doors.world.stories.telling import Telling
from payung.doors.world.worlds import World

STORIES: dict[str, Callable[[Telling], None]] = {
    "bandung": bandung.tell,
    "banjarnegara": banjarnegara.tell,
    "bekasi": bekasi.tell,
    "cirebon": cirebon.tell,
}


def load_programme(place: str, *, seed: int, people: int | None, folder: Path, show: Show) -> Report:
    """Take the programme of a place through the office, month by month. Raises WorldRefused as `load_place` does."""
    world = load.made(place, seed=seed, people=people)
    report = load.written(_of_offices(world), folder / f"program-{place}-{seed}-{len(world.people)}", show)
    with report.timed("pemda, OPD, perjanjian, anggaran"):
        founded = founding.found(world, at=monthly.morning(world.month.first_day), by_decree=True)
    STORIES[place](Telling(world, founded, report, show))
    load.count(founded, report)
    return report


def _of_offices(world: World) -> World:
    """The part of a world that offices list; villages propose theirs for a decree."""
    groups = tuple(group for group in world.place.groups if group.listing != "village")
    people = world.people.filter(pl.col("group").is_in([group.key for group in groups]))
    return replace(world, place=replace(world.place, groups=groups), people=people)
