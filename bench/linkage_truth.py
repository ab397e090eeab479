"""Truth for linkage: a registry, a list of the same people as tired hands write it, and who is who.

The people come from `payung world`. Planted beside them are those who are hardest to tell apart: twins, a father and
his son of one name, and people of one name and birth date in another village. How often each damage occurs is
assumed, not observed, and stands in DAMAGE.
"""

from dataclasses import dataclass

import polars as pl

from payung.doors.world import worlds
from payung.doors.world.chance import below, draws

DAMAGE = {
    "name_letter": 60, "name_title": 60, "name_muhammad": 500, "name_shortened": 40, "name_word_lost": 30,
    "name_spelling": 60, "name_husband": 15,
    "birth_swapped": 25, "birth_digit": 20, "birth_lost": 30, "birth_stand_in": 40, "birth_guessed": 8,
    "nik_digit": 20, "nik_last_lost": 20, "nik_short": 15, "nik_neighbours": 10, "nik_lost": 80, "nik_of_another": 3,
    "sex_wrong": 4, "sex_lost": 30,
    "village_other": 60, "village_spelling": 40, "village_lost": 30,
    "place_other": 30, "place_spelling": 20, "place_lost": 50,
    "mother_letter": 50, "mother_word_lost": 100, "mother_other": 10, "mother_lost": 250,
}  # fmt: skip
"""Damage -> how many of a thousand rows of the list have it (name_muhammad: of those who bear such a name)."""
LOST_IN_REGISTRY = {"nik": 30, "mother_name": 250, "village": 20}
"""Column -> how many of a thousand rows of the registry do not have it."""
TWINS, NAMESAKE_SONS, NAMESAKES, KNOWN = 12, 8, 8, 600
"""Of a thousand people of the registry; and of a thousand rows of the list, how many are in the registry."""
NEXT_PLACE = "bekasi"
COLUMNS = ("id", "nik", "name", "birth_date", "birth_place", "sex", "village", "mother_name")
_LETTERS = "AEIOUNRSTDKLM"
_SPELLINGS = (("u", "oe"), ("f", "p"), ("h", ""), ("i", "ie"), ("y", "i"), ("j", "dj"), ("dd", "d"), ("z", "j"))
_MUHAMMADS = r"^(?i:muhammad|muhamad|mochamad|mohamad|moch\.|moh\.|muh\.|m\.) "
_TITLES = ("H. ", "Hj. ", "Bpk. ", "Drs. ")


@dataclass(frozen=True, slots=True)
class Truth:
    """`left` is the list, `right` the registry (all texts); `pairs` says which id_a and id_b are one person."""

    left: pl.DataFrame
    right: pl.DataFrame
    pairs: pl.DataFrame


class Chance:
    """Repeatable draws for the rows of one frame."""

    def __init__(self, numbers: pl.Series, seed: int) -> None:
        self.numbers, self.seed = numbers, seed

    def of(self, limit: int, stream: str) -> pl.Series:
        return below(limit, draws(self.numbers, seed=self.seed, stream=f"linkage {stream}"))

    def hits(self, kind: str, share: int | None = None) -> pl.Series:
        return self.of(1000, kind) < (DAMAGE[kind] if share is None else share)


def make(place: str, *, seed: int, registry: int, listed: int) -> Truth:
    """A registry of so many people and a list of so many rows, of which KNOWN in a thousand are in the registry."""
    # Everyone is made at once, so that a NIK is unique; relatives take the place of some of them.
    known = listed * KNOWN // 1000
    everyone = _everyone(place, seed, registry + listed - known)
    everyone = everyone.sample(fraction=1.0, shuffle=True, seed=seed).with_columns(
        pl.int_range(pl.len(), dtype=pl.UInt64).alias("person")
    )
    people = _with_stand_in_birthdays(_with_relatives(everyone, seed), seed)
    # Both evenly spread, so that relatives of listed people are in the registry whether they are or not.
    strangers = people.gather_every(people.height // (listed - known)).head(listed - known)
    right = people.join(strangers, on="person", how="anti")
    acquainted = right.gather_every(registry // known).head(known)
    left = _damaged(pl.concat([acquainted, strangers]), right, seed)
    pairs = acquainted.select(pl.format("A{}", "person").alias("id_a"), pl.format("B{}", "person").alias("id_b"))
    return Truth(_texts(left, "A"), _texts(_thinned(right, seed), "B"), pairs)


def _everyone(place: str, seed: int, people: int) -> pl.DataFrame:
    """So many people of a place; those a world has no room for live in the next one."""
    heads = min(people, worlds.MOST_PEOPLE)
    made = [worlds.make(place, seed=seed, people=heads).people]
    if people > heads:
        made.append(worlds.make(NEXT_PLACE, seed=seed, people=people - heads).people)
    return pl.concat(
        frame.select("person", "nik", "name", "birth_date", "birth_place", "sex", "village", "mother_name")
        for frame in made
    )


def _with_relatives(people: pl.DataFrame, seed: int) -> pl.DataFrame:
    """Some people become the twin, the son of one name, or the namesake of the one who stands ten rows before."""
    chance = Chance(people["person"], seed)
    kind = chance.of(1000, "relative")
    other = people.with_columns(pl.exclude("person").shift(10))
    serial = pl.col("nik").str.tail(4)
    day = pl.col("birth_date").dt.day() + pl.when(pl.col("sex") == "P").then(40).otherwise(0)
    stem = day.cast(pl.String).str.zfill(2) + pl.col("birth_date").dt.strftime("%m%y")
    next_serial = ((serial.cast(pl.Int32) - 9000) % 999 + 9001).cast(pl.String)
    twin = other.with_columns(
        (pl.col("nik").str.head(12) + next_serial).alias("nik"),
        _twin_name(other["name"], people["name"]),
    )
    son = other.with_columns(
        people["birth_date"], people["mother_name"], people["nik"].alias("nik"), people["birth_place"]
    )
    namesake = people.with_columns(other["name"], other["birth_date"], other["sex"]).with_columns(
        (pl.col("nik").str.head(6) + stem + serial).alias("nik")
    )
    whole = other["name"].is_not_null()
    chosen = [
        (whole & (kind < TWINS), twin),
        (whole & kind.is_between(TWINS, TWINS + NAMESAKE_SONS - 1), son),
        (whole & kind.is_between(TWINS + NAMESAKE_SONS, TWINS + NAMESAKE_SONS + NAMESAKES - 1), namesake),
    ]
    for mask, replacement in chosen:
        people = _where(mask, replacement, people)
    return people


def _twin_name(elder: pl.Series, own: pl.Series) -> pl.Series:
    """The own given name, the other words of the elder: Asep Hidayat and Usep Hidayat."""
    parts = pl.DataFrame({"elder": elder, "own": own})
    given = pl.col("own").str.split(" ").list.first()
    rest = pl.col("elder").str.split(" ").list.slice(1).list.join(" ")
    return parts.select((given + " " + rest).str.strip_chars().alias("name")).to_series()


def _with_stand_in_birthdays(people: pl.DataFrame, seed: int) -> pl.DataFrame:
    """Who does not know his birthday is given the first or the last of a year, in the NIK as well."""
    chance = Chance(people["person"], seed)
    given = people.with_columns(
        pl.when(chance.of(3, "stand-in") == 0).then(pl.date(pl.col("birth_date").dt.year(), 1, 1))
        .when(chance.of(3, "stand-in") == 1).then(pl.date(pl.col("birth_date").dt.year(), 7, 1))
        .otherwise(pl.date(pl.col("birth_date").dt.year(), 12, 31)).alias("birth_date")
    )  # fmt: skip
    day = pl.col("birth_date").dt.day() + pl.when(pl.col("sex") == "P").then(40).otherwise(0)
    stem = day.cast(pl.String).str.zfill(2) + pl.col("birth_date").dt.strftime("%m%y")
    given = given.with_columns((pl.col("nik").str.head(6) + stem + pl.col("nik").str.tail(4)).alias("nik"))
    return _where(chance.hits("birth_stand_in"), given, people)


def _where(mask: pl.Series, then: pl.DataFrame, otherwise: pl.DataFrame) -> pl.DataFrame:
    return otherwise.with_columns(
        then[column].zip_with(mask, otherwise[column]) for column in otherwise.columns if column != "person"
    )


def _thinned(right: pl.DataFrame, seed: int) -> pl.DataFrame:
    chance = Chance(right["person"], seed)
    return right.with_columns(
        right[column].set(chance.hits(f"registry {column}", share), None) for column, share in LOST_IN_REGISTRY.items()
    )


def _texts(people: pl.DataFrame, letter: str) -> pl.DataFrame:
    return people.with_columns(
        pl.format(letter + "{}", "person").alias("id"), pl.col("birth_date").cast(pl.String)
    ).select(COLUMNS)


def _damaged(people: pl.DataFrame, registry: pl.DataFrame, seed: int) -> pl.DataFrame:
    chance = Chance(people["person"], seed)
    elsewhere = registry.sample(people.height, with_replacement=True, seed=seed)
    return people.with_columns(
        _names(people, elsewhere["name"], chance),
        _niks(people["nik"], elsewhere["nik"], chance),
        _births(people["birth_date"], chance),
        _sexes(people["sex"], chance),
        _villages(people["village"], elsewhere["village"], chance),
        _places(people["birth_place"], elsewhere["birth_place"], chance),
        _mothers(people["mother_name"], elsewhere["mother_name"], chance),
    )


def _planted(column: pl.Series, mask: pl.Series, change) -> pl.Series:
    """The column with `change(text, row)` where the mask holds."""
    hit = mask & column.is_not_null()
    rows = hit.arg_true().to_list()
    if not rows:
        return column
    return column.scatter(rows, [change(column[row], row) for row in rows])


def _names(people: pl.DataFrame, others: pl.Series, chance: Chance) -> pl.Series:
    names, spot = people["name"], chance.of(1 << 20, "name spot").to_list()
    words = names.str.split(" ")
    bears = names.str.contains(_MUHAMMADS)
    written = chance.of(4, "muhammad").to_list()
    names = _planted(
        names,
        bears & chance.hits("name_muhammad"),
        lambda name, row: ("M. ", "Muh. ", "Moch ", "Muhammad ")[written[row]] + name.split(" ", 1)[1],
    )
    names = _planted(names, (words.list.len() > 1) & chance.hits("name_shortened"), lambda name, row: _initial(name))
    names = _planted(
        names, (words.list.len() > 2) & chance.hits("name_word_lost"), lambda name, row: name.rsplit(" ", 1)[0]
    )
    names = _planted(names, chance.hits("name_spelling"), lambda name, row: respelled(name, spot[row]))
    names = _planted(names, chance.hits("name_letter"), lambda name, row: mistyped(name, spot[row]))
    married = (people["sex"] == "P") & chance.hits("name_husband")
    names = _planted(names, married, lambda name, row: f"{name} {others[row].split(' ')[-1]}")
    names = _planted(names, chance.hits("name_title"), lambda name, row: _TITLES[spot[row] % 4] + name)
    return names.zip_with(chance.of(2, "capitals") == 0, names.str.to_uppercase())


def _initial(name: str) -> str:
    first, last = name.rsplit(" ", 1)
    return f"{first} {last[0]}."


def respelled(name: str, spot: int) -> str:
    """One spelling for another that sounds the same, where the name has room for it."""
    fitting = [pair for pair in _SPELLINGS if pair[0] in name]
    if not fitting:
        return name
    old, new = fitting[spot % len(fitting)]
    return name.replace(old, new, 1)


def mistyped(name: str, spot: int) -> str:
    """A letter left out, doubled, swapped with its neighbour or wrong; never the first."""
    if len(name) < 4:
        return name
    at, kind = 1 + spot // 4 % (len(name) - 2), spot % 4
    if kind == 0:
        return name[:at] + name[at + 1 :]
    if kind == 1:
        return name[:at] + name[at] + name[at:]
    if kind == 2:
        return name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    return name[:at] + _LETTERS[spot // 64 % len(_LETTERS)].lower() + name[at + 1 :]


def _niks(niks: pl.Series, others: pl.Series, chance: Chance) -> pl.Series:
    at, digit = chance.of(16, "nik at").to_list(), chance.of(9, "nik digit").to_list()

    def wrong(nik: str, row: int) -> str:
        other = (int(nik[at[row]]) + 1 + digit[row]) % 10
        return nik[: at[row]] + str(other) + nik[at[row] + 1 :]

    def swapped(nik: str, row: int) -> str:
        spot = min(at[row], 14)
        return nik[:spot] + nik[spot + 1] + nik[spot] + nik[spot + 2 :]

    niks = _planted(niks, chance.hits("nik_digit"), wrong)
    niks = _planted(niks, chance.hits("nik_neighbours"), swapped)
    niks = _planted(niks, chance.hits("nik_last_lost"), lambda nik, row: nik[:15] + "0")
    niks = _planted(niks, chance.hits("nik_short"), lambda nik, row: nik[: at[row]] + nik[at[row] + 1 :])
    niks = others.zip_with(chance.hits("nik_of_another"), niks)
    return niks.set(chance.hits("nik_lost"), None).alias("nik")


def _births(births: pl.Series, chance: Chance) -> pl.Series:
    days = births.dt.strftime("%d-%m-%Y")
    shift = chance.of(9, "birth digit").to_list()

    def wrong(text: str, row: int) -> str:
        return text[:9] + str((int(text[9]) + 1 + shift[row]) % 10)

    days = _planted(days, (births.dt.day() < 13) & chance.hits("birth_swapped", DAMAGE["birth_swapped"] * 5 // 2),
                    lambda text, row: text[3:5] + "-" + text[:2] + text[5:])  # fmt: skip
    days = _planted(days, chance.hits("birth_digit"), wrong)
    guess = chance.of(27, "birth guess").to_list()
    days = _planted(days, chance.hits("birth_guessed"), lambda text, row: f"{guess[row] + 1:02d}-06-{text[6:]}")
    return days.set(chance.hits("birth_lost"), None).alias("birth_date")


def _sexes(sexes: pl.Series, chance: Chance) -> pl.Series:
    other = sexes.replace({"L": "P", "P": "L"})
    return other.zip_with(chance.hits("sex_wrong"), sexes).set(chance.hits("sex_lost"), None).alias("sex")


def _villages(villages: pl.Series, others: pl.Series, chance: Chance) -> pl.Series:
    spot = chance.of(1 << 20, "village spot").to_list()
    villages = _planted(villages, chance.hits("village_spelling"), lambda name, row: mistyped(name, spot[row]))
    villages = others.zip_with(chance.hits("village_other"), villages)
    return villages.set(chance.hits("village_lost"), None).alias("village")


def _places(places: pl.Series, others: pl.Series, chance: Chance) -> pl.Series:
    spot = chance.of(1 << 20, "place spot").to_list()
    places = _planted(places, chance.hits("place_spelling"), lambda name, row: mistyped(name, spot[row]))
    return others.zip_with(chance.hits("place_other"), places).set(chance.hits("place_lost"), None).alias("birth_place")


def _mothers(mothers: pl.Series, others: pl.Series, chance: Chance) -> pl.Series:
    spot = chance.of(1 << 20, "mother spot").to_list()
    mothers = _planted(mothers, chance.hits("mother_letter"), lambda name, row: mistyped(name, spot[row]))
    mothers = _planted(mothers, chance.hits("mother_word_lost"), lambda name, row: name.rsplit(" ", 1)[0])
    mothers = others.zip_with(chance.hits("mother_other"), mothers)
    return mothers.set(chance.hits("mother_lost"), None).alias("mother_name")
