"""Write what the offices of a world would send, and the truth beside it.

One file for each office that has people, named after it; faults planted in about 4 % of the rows; some people
on the lists of two offices; the posting confirmation of the month; `baca-saya.txt`, which says that all of it
is synthetic.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from payung.doors.world import bank, framing, posting, readme, summary, writing
from payung.doors.world.chance import Dice
from payung.doors.world.dirt.faults import Desk
from payung.doors.world.dirt.planting import Planter
from payung.doors.world.entries import Entry, typed
from payung.doors.world.facts import Group, Office
from payung.doors.world.sheets import Block, lay_out
from payung.doors.world.styles import Style, shared_out
from payung.doors.world.truth import BETWEEN_OFFICES, Truth, rows_of, sheets_of
from payung.doors.world.worlds import World

Progress = Callable[[int, int, str], None]
"""Called with how many people are written, how many there are, and what is being written."""
TWICE_PER_THOUSAND = 4
"""People who stand on a second office's list as well."""


@dataclass(slots=True)
class _Writer:
    """The state of one run: what has been written, whose NIK is taken, who will appear once more."""

    world: World
    folder: Path
    planter: Planter
    dice: Dice
    taken: set[str]
    files: int = 0
    rows: list[dict[str, Any]] = field(default_factory=list)
    sheets: list[dict[str, Any]] = field(default_factory=list)
    to_repeat: list[dict[str, Any]] = field(default_factory=list)
    owed_repeats: int = 0


def write(world: World, folder: Path, *, progress: Progress | None = None) -> Truth:
    """Writes all files of a world into an existing, empty folder and answers the truth about them.

    Raises LawError when the law has no contribution for the month of the world (the posting needs it).
    """
    key = f"{world.place.key}/{world.month}"
    writer = _Writer(
        world,
        folder,
        Planter(Dice(world.seed, f"{key} faults")),
        Dice(world.seed, f"{key} lists"),
        set(world.people["nik"]),
    )
    for group, office, style, people in _lists(world, writer.dice):
        if progress:
            progress(len(writer.rows), len(world.people), office.short)
        _write_list(writer, group, office, style, people)
    truth = Truth(folder, pl.DataFrame(writer.rows, infer_schema_length=None), pl.DataFrame(writer.sheets))
    if progress:
        progress(len(writer.rows), len(world.people), "posting")
    confirmation, _ = posting.write_posting(world, truth)
    bank.write_statement(_asked(world, confirmation), folder, world.month, seed=world.seed)
    truth.write()
    summary.write_summary(world, folder)
    readme.write_readme(world, folder, readme.LISTS)
    return truth


def _asked(world: World, confirmation: Path) -> pl.DataFrame:
    """What each payment unit is asked for: as much as is posted of it afterwards."""
    names = [(office.npp, office.name) for group in world.place.groups for office in group.offices]
    offices = pl.DataFrame(names, schema={"npp": pl.String, "office": pl.String}, orient="row").unique("npp")
    rows = pl.read_csv(confirmation, columns=["NPP", "TOTAL"], schema_overrides={"NPP": pl.String})
    return rows.select(pl.col("NPP").alias("npp"), pl.col("TOTAL").alias("total")).join(
        offices, on="npp", how="left", maintain_order="left"
    )


def _lists(world: World, dice: Dice) -> Iterator[tuple[Group, Office, Style, pl.DataFrame]]:
    """Every list that is sent: group by group, office by office, each in its house style."""
    for group in world.place.groups:
        by_office = world.people.filter(pl.col("group") == group.key).partition_by("office", as_dict=True)
        sending = [at for at in range(len(group.offices)) if (at,) in by_office]
        for at, style in zip(sending, shared_out(group.listing, len(sending), dice), strict=True):
            yield group, group.offices[at], style, by_office[at,]


def _write_list(writer: _Writer, group: Group, office: Office, style: Style, people: pl.DataFrame) -> None:
    world = writer.world
    blocks = _blocks(people, style)
    _repeat_people(writer, group, style, blocks, people)
    desk = Desk(
        place=world.place,
        membership_class=group.membership_class,
        style=style,
        month=world.month,
        dice=writer.dice,
        taken=writer.taken,
        sheets=[block.entries for block in blocks],
    )
    writer.planter.plant(desk)
    _choose_repeats(writer, desk, len(people))
    frame = framing.around(world.place, group, office, world.month, writer.dice)
    sheets = lay_out(blocks, style, frame, writer.dice)
    writer.files += 1
    file = f"{writer.files:02d}-{_slug(office.short)}.{'csv' if style.csv else 'xlsx'}"
    writing.write_file(writer.folder / file, sheets, style, listed_on=world.month.first_day)
    writer.rows.extend(rows_of(file, sheets, allowed=style.marks, npp=office.npp, joined=office.joined))
    writer.sheets.extend(sheets_of(file, sheets))


def _blocks(people: pl.DataFrame, style: Style) -> list[Block]:
    """The people of an office typed, unit by unit; all in one block where the style does not part them."""
    rows = people.to_dicts()
    if style.sheets == "one":
        return [Block("", [typed(row, style) for row in rows])]
    by_unit: dict[str, list[Entry]] = {}
    for row in rows:
        by_unit.setdefault(row["unit"], []).append(typed(row, style))
    return [Block(unit, by_unit[unit]) for unit in sorted(by_unit)]


def _choose_repeats(writer: _Writer, desk: Desk, people: int) -> None:
    """Remembers some clean people of this list: they will stand on the next office's list too."""
    writer.owed_repeats += people * TWICE_PER_THOUSAND
    entries = [entry for sheet in desk.sheets for entry in sheet]
    for entry in writer.dice.shuffled(entries):
        if writer.owed_repeats < 1000:
            return
        if desk.free(entry):
            writer.to_repeat.append(entry.person)
            writer.owed_repeats -= 1000


def _repeat_people(writer: _Writer, group: Group, style: Style, blocks: list[Block], people: pl.DataFrame) -> None:
    """Puts the remembered people at the end of this list, with work of this office and clean marks."""
    for person in writer.to_repeat:
        block = writer.dice.pick(blocks)
        work = people.row(writer.dice.below(len(people)), named=True)
        here = (
            "membership_class",
            "group",
            "office",
            "office_short",
            "npp",
            "unit",
            "job",
            "sector",
            "wage_rupiah",
        )
        entry = typed(person | {name: work[name] for name in (*here, "sponsor_nip", "sponsor_name")}, style)
        entry.fault = BETWEEN_OFFICES
        block.entries.append(entry)
    writer.to_repeat = []


def _slug(short: str) -> str:
    return "".join(letter if letter.isalnum() else "-" for letter in short.lower()).replace("--", "-").strip("-")
