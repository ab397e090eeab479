"""How `payung law benefit` shows its answer on a terminal."""

from collections.abc import Iterator

from payung.doors.cli import law_page
from payung.rules.law.benefits.explain import Benefit
from payung.rules.law.benefits.telling import component_name
from payung.rules.law.words import Language, Words
from payung.rules.money import grouped, rupiah
from payung.rules.months import long_date

TITLE = Words("Manfaat {kind}, {kelas}, kejadian {day}", "Benefit {kind}, {kelas}, event of {day}")
TOTAL = Words("Jumlah", "Total")
SCHEDULE = Words("Jadwal:", "Schedule:")
YEAR = Words(
    "anak ke-{child}, tahun ke-{year} (umur {age}), {level} {grade}: {amount}",
    "child {child}, year {year} (age {age}), {level} {grade}: {amount}",
)
MONTH = Words("bulan ke-{month}: {amount}", "month {month}: {amount}")


def page(benefit: Benefit, language: Language) -> str:
    """One answer: the components, the steps, the schedule, and what is doubtful."""
    day = long_date(benefit.on) if language == "id" else benefit.on.isoformat()
    return "\n".join(
        [
            TITLE.say(language, kind=benefit.kind, kelas=benefit.membership_class, day=day),
            "",
            *_table(benefit, language),
            "",
            *law_page.steps(benefit.steps, language),
            *_schedule(benefit, language),
            "",
            *law_page.certainty_and_doubts(benefit.certainty, benefit.doubts, language),
        ]
    )


def _table(benefit: Benefit, language: Language) -> Iterator[str]:
    lines = [(component_name(component, language), amount) for component, amount in benefit.components.items()]
    for name, amount in [*lines, (TOTAL.say(language), benefit.total)]:
        yield f"{name:<52}{grouped(amount):>16}"


def _schedule(benefit: Benefit, language: Language) -> Iterator[str]:
    if benefit.schedule:
        yield ""
        yield SCHEDULE.say(language)
    for line in benefit.schedule:
        words = YEAR if "child" in line else MONTH
        yield "  " + words.say(language, **{**line, "amount": rupiah(line["amount"])})
