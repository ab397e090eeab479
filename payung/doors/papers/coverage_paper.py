"""Coverage of a place on paper: the same figures, pictures and tables as on the page."""

from collections.abc import Mapping, Sequence
from datetime import date

from payung.doors.papers.office_paper import Column, OfficePaper, Sheet
from payung.doors.papers.wording import Wording
from payung.office.places.letterheads import letterhead_on
from payung.office.places.models import Government
from payung.office.reports.coverage_figures import Coverage, Line, Part
from payung.rules.money import percent

UNKNOWN = "–"


def coverage_paper(
    government: Government,
    found: Coverage,
    trait: str,
    parts: Sequence[tuple[str, Part]],
    *,
    scopes: Mapping[str, str],
    kinds: Mapping[str, str],
    pictures: Sequence[str],
    printed_on: date,
    language: str,
) -> OfficePaper:
    """The paper of a month. Names of scopes, kinds and parts arrive worded; pictures as they stand on the page."""
    wording = Wording(language)
    head = letterhead_on(government.pk, None, printed_on)
    return OfficePaper(
        language=language,
        government=government.name,
        office="",
        letter=head.lines if head else (),
        title=wording.text("coverage", "title"),
        subject=wording.long_month(found.month.first_day),
        footer=wording.text("page", "printed_on", day=wording.long_date(printed_on)),
        facts=_facts(found, wording),
        sheets=[
            _lines(found, scopes, wording),
            *([_targets(found, kinds, wording)] if found.targets else []),
            _parts(trait, parts, wording),
        ],
        pictures=[picture for picture in pictures if picture],
        notes=[wording.text("coverage", "own_note"), wording.text("coverage", "source_note")],
    )


def _percent(hundredths: int | None) -> str:
    return UNKNOWN if hundredths is None else percent(hundredths * 1_000)


def _facts(found: Coverage, wording: Wording) -> list[tuple[str, str]]:
    facts = []
    for key, year in (("branch", found.year), ("own", found.own_year)):
        if year is not None:
            december = UNKNOWN if year.december is None else wording.number(year.december)
            told = wording.text(
                "coverage", "year", peak=wording.number(year.peak),
                month=wording.short_month(year.peak_month.first_day), average=wording.number(year.average),
                count=year.told, december=december, year=year.december_month.year,
            )  # fmt: skip
            facts.append((wording.text("coverage", f"{key}_year"), told))
    if found.health is not None:
        heads, share = found.health.heads, found.health.percent_hundredths
        told = _percent(share) if heads is None else wording.number(heads)
        facts.append((wording.text("coverage", "health"), f"{told} ({found.health.letter})"))
    return facts


def _lines(found: Coverage, scopes: Mapping[str, str], wording: Wording) -> Sheet:
    columns = [Column(wording.text("coverage", "workers_kind"), 34)] + [
        Column(wording.text("coverage", key), figures=True)
        for key in ("covered", "workers", "computed", "published", "own")
    ]
    return Sheet(wording.text("coverage", "official"), columns, [_line(line, scopes) for line in found.lines])


def _line(line: Line, scopes: Mapping[str, str]) -> tuple[str | int | None, ...]:
    published = line.published.percent_hundredths if line.published else None
    workers = line.workers.heads if line.workers else None
    return scopes[line.scope], line.covered, workers, _percent(line.hundredths), _percent(published), line.own


def _targets(found: Coverage, kinds: Mapping[str, str], wording: Wording) -> Sheet:
    columns = [
        Column(wording.text("coverage", "target"), 34),
        Column(wording.text("coverage", "year_of"), 16),
        Column(wording.text("coverage", "value"), 22, figures=True),
        Column(wording.text("coverage", "short"), 22, figures=True),
        Column(wording.text("coverage", "definition")),
    ]
    rows = [
        (kinds[one.figure.kind], str(one.figure.on_day.year), _percent(one.figure.percent_hundredths),
         _percent(one.short_hundredths), f"{one.figure.definition} ({one.figure.letter})")
        for one in found.targets
    ]  # fmt: skip
    return Sheet(wording.text("coverage", "targets"), columns, rows)


def _parts(trait: str, parts: Sequence[tuple[str, Part]], wording: Wording) -> Sheet:
    columns = [Column(trait), *(Column(name, 26, figures=True) for name in ("PU", "BPU"))]
    columns.append(Column(wording.text("coverage", "sum"), 26, figures=True))
    rows = [(name, part.heads.get("PU", 0), part.heads.get("BPU", 0), part.total) for name, part in parts]
    sums = [sum(part.heads.get(name, 0) for _, part in parts) for name in ("PU", "BPU")]
    sums.append(sum(part.total for _, part in parts))
    return Sheet(
        wording.text("coverage", "parts", trait=trait), columns, rows, (wording.text("coverage", "sum"), *sums)
    )
