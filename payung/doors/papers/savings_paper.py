"""One person's JHT account on paper: each year, then each month, with what is not certain."""

from datetime import date

from payung.doors.papers.letterhead import letter_lines
from payung.doors.papers.office_paper import Column, OfficePaper, Sheet
from payung.doors.papers.wording import Wording
from payung.office.places.models import Letterhead
from payung.office.savings.queries import Account, Year
from payung.rules.money import percent


def account_paper(
    account: Account, *, government_name: str, printed_on: date, language: str, letterhead: Letterhead | None = None
) -> OfficePaper:
    """The statement of account. It says whose money it is and where the official balance stands."""
    wording = Wording(language)
    told = ("basis", "method", *(("no_rate",) if _without_rate(account) else ()))
    notes = [wording.text("jht", key, years=_without_rate(account)) for key in told]
    if any(month.apportioned for year in account.years for month in year.months):
        notes.append(wording.text("jht", "apportioned"))
    day = wording.long_date(printed_on)
    return OfficePaper(
        language=language,
        government=government_name,
        office="",
        title=wording.text("jht", "title"),
        subject=wording.text("jht", "subject", day=day),
        footer=f"{account.name} · {wording.text('page', 'printed_on', day=day)}",
        facts=[(wording.text("bill", "name"), account.name)],
        sheets=[_years(account, wording), _months(account, wording)],
        amount=(wording.text("jht", "balance"), account.balance_rupiah),
        notes=notes,
        letter=letter_lines(letterhead),
    )


def _without_rate(account: Account) -> str:
    """The years for which nothing was earned, but for the running one."""
    return ", ".join(str(year.year) for year in account.years if year.rate_per_ten_million is None)


def _years(account: Account, wording: Wording) -> Sheet:
    headings = ("year", "opening", "contributions", "return", "rate", "closing")
    widths = (16, 0, 0, 0, 20, 0)
    columns = [
        Column(wording.text("jht", key), width, figures=key != "year")
        for key, width in zip(headings, widths, strict=True)
    ]
    rows = [
        (
            str(year.year),
            year.opening_rupiah,
            year.contribution_rupiah,
            year.return_rupiah,
            _rate(year, wording),
            year.closing_rupiah,
        )
        for year in account.years
    ]
    return Sheet(wording.text("jht", "by_year"), columns, rows)


def _months(account: Account, wording: Wording) -> Sheet:
    headings = ("month", "employer", "worker", "sum", "remark")
    widths = (26, 0, 0, 0, 42)
    columns = [
        Column(wording.text("jht", key), width, figures=key in ("employer", "worker", "sum"))
        for key, width in zip(headings, widths, strict=True)
    ]
    months = [month for year in account.years for month in year.months]
    rows = [
        (
            wording.short_month(month.month),
            month.employer_rupiah,
            month.worker_rupiah,
            month.rupiah,
            wording.text("jht", "in_proportion") if month.apportioned else "",
        )
        for month in months
    ]
    sums = [sum(of) for of in zip(*(row[1:4] for row in rows), strict=True)] or [0, 0, 0]
    return Sheet(wording.text("jht", "by_month"), columns, rows, (wording.text("bill", "sum_label"), *sums, ""))


def _rate(year: Year, wording: Wording) -> str:
    if year.rate_per_ten_million is None:
        return wording.text("jht", "rate_unknown")
    told = percent(year.rate_per_ten_million)
    return told.replace(",", ".") if wording.english else told
