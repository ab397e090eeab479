"""Packages of migrant workers (Pekerja Migran Indonesia): one sum for the whole contract, JKK and JKM together.

No source splits a package between JKK and JKM, so the answer does not either. The amounts stand under `worker`,
whoever hands them over.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from payung.rules.law.explain import Explanation, ProgrammeOwed, RefusedError
from payung.rules.law.figures import Certainty, Figure
from payung.rules.law.narration import Doubt, Step
from payung.rules.law.questions import Question
from payung.rules.law.tables import table
from payung.rules.law.words import Language, words_in
from payung.rules.money import LARGEST_WAGE_RUPIAH, rupiah
from payung.rules.months import Month

PACKAGES = (6, 12, 24)
ROUTES = ("agency", "individual")
MOST_EXTRA_MONTHS = 60
PACKAGE = "JKK+JKM"


def explain_package(
    *,
    months: int,
    route: str,
    month: Month,
    extra_months: int = 0,
    jht_monthly_rupiah: int = 0,
    known_on: date | None = None,
    language: Language = "id",
) -> Explanation:
    """What a package costs and why; `month` is that of registration. Permenaker 4/2023 art. 18.

    JHT is optional, a sum per month of the package and its extra months. Raises RefusedError, and NotKnownError
    when the packages were not known on `known_on`.
    """
    code = _refusal(months, route, month, extra_months, jht_monthly_rupiah)
    if code is not None:
        raise RefusedError(code, language)
    told = _Package(month, known_on, language)
    package = tuple(told.package_steps(months, route, extra_months))
    programmes = {PACKAGE: ProgrammeOwed(0, sum(step.value for step in package), package)}
    jht = (told.jht_step(jht_monthly_rupiah, months + extra_months),) if jht_monthly_rupiah else ()
    if jht:
        programmes["JHT"] = ProgrammeOwed(0, jht[0].value, jht)
    amounts = {"package": programmes[PACKAGE].worker, "jht_worker": sum(step.value for step in jht)}
    return Explanation(
        question=Question("PMI", month, 0, "employer" if route == "agency" else "self"),
        base_rupiah=0,
        programmes=programmes,
        doubts=tuple(told.doubts.values()),
        instead_of_wage={
            "package": months,
            "route": route,
            "extra_months": extra_months,
            "jht_monthly": jht_monthly_rupiah,
        },
        row={**amounts, "total": sum(amounts.values())},
    )


def _refusal(months: int, route: str, month: Month, extra_months: int, jht_monthly_rupiah: int) -> str | None:
    """The code of the first thing the packages have no answer to."""
    begun = month >= (table("pmi_packages").begins or month)
    if not begun:
        return "pmi_too_early"
    lowest = table("pmi_packages").series("jht_lowest_monthly").at(month).rupiah
    conditions = {
        "package_unknown": months in PACKAGES,
        "route_unknown": route in ROUTES,
        "extra_months_unreadable": 0 <= extra_months <= MOST_EXTRA_MONTHS,
        "jht_monthly_too_low": jht_monthly_rupiah == 0 or jht_monthly_rupiah >= lowest,
        "wage_too_large": jht_monthly_rupiah <= LARGEST_WAGE_RUPIAH,
    }
    return next((code for code, holds in conditions.items() if not holds), None)


@dataclass(frozen=True)
class _Package:
    """Tells the parts of one package and gathers their doubts."""

    month: Month
    known_on: date | None
    language: Language
    doubts: dict[str, Doubt] = field(default_factory=dict)

    def package_steps(self, months: int, route: str, extra_months: int) -> Iterator[Step]:
        if route == "agency":
            before = self._figure("before_agency")
            yield self._step("package_before", rupiah(before.rupiah), before.rupiah, before)
        package = self._figure(f"package_{months}")
        yield self._step("package", rupiah(package.rupiah), package.rupiah, package, months=months)
        if extra_months:
            extra = self._figure("extra_month")
            value = extra_months * extra.rupiah
            yield self._step(
                "package_extra", f"{extra_months} x {rupiah(extra.rupiah)} = {rupiah(value)}", value, extra
            )

    def jht_step(self, monthly_rupiah: int, months: int) -> Step:
        lowest = self._figure("jht_lowest_monthly")
        value = months * monthly_rupiah
        formula = f"{months} x {rupiah(monthly_rupiah)} = {rupiah(value)}"
        return self._step("package_jht", formula, value, lowest, lowest=rupiah(lowest.rupiah))

    def _figure(self, part: str) -> Figure:
        return table("pmi_packages").series(part, known_on=self.known_on).at(self.month)

    def _step(self, phrase: str, formula: str, value: int, figure: Figure, **filled: object) -> Step:
        if figure.certainty is not Certainty.SOURCED:
            reason = figure.doubt.say(self.language)
            self.doubts[figure.id] = Doubt(figure.id, reason, figure.certainty, figure.citation)
        name = words_in("phrases.toml")[phrase].say(self.language, **filled)
        return Step(name, formula, value, figure.citation, figure.certainty)
