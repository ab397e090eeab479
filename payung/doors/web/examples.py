"""Made-up records for the gallery of components: nobody's, and the same on every machine."""

from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace

from markupsafe import Markup

from payung.doors.papers import pictures
from payung.doors.web import charts, figures
from payung.doors.web.components import (
    CELL_MARKS,
    Happening,
    MonthState,
    Reason,
    Stage,
    Step,
    calendar_years,
)
from payung.doors.web.resembling import Line, Shown
from payung.doors.web.tables import headings
from payung.doors.web.translation import language, t, word
from payung.doors.web.vocabulary import CELLS, Meaning
from payung.doors.web.vocabulary_identities import TIERS
from payung.doors.web.vocabulary_plans import certainty_said
from payung.rules.law.dated import NO_CHOICES
from payung.rules.months import Month
from payung.rules.planning.prices import Terms
from payung.rules.planning.protection import Protection, protection

WORTH = (
    word("Bulan"), word("Meninggal bukan karena kerja"), word("Dibanding santunan penuh"),
    word("Meninggal karena kecelakaan kerja"), word("Kepastian"),
)  # fmt: skip


def made_up() -> dict[str, object]:
    """What the gallery's records, pictures, papers and decisions are given."""
    return {
        "happenings": _happenings(),
        "years": calendar_years(_months()),
        "month_names": {state: t(name) for state, name in CELLS.items()},
        "cell_marks": CELL_MARKS,
        "stages": _stages(),
        "steps_shown": _steps(),
        "picture": _picture(),
        "chart": _chart(),
        "candidate": _candidate(),
        "worth": _worth(),
        "worth_columns": headings(*WORTH, figures=(WORTH[1], WORTH[3])),
        "certainty_said": certainty_said,
        "sure_rows": (
            SimpleNamespace(certainty=Meaning(t("pasti"), "proof"), doubt=""),
            SimpleNamespace(certainty=Meaning(t("perlu konfirmasi"), "wait"), doubt=_steps()[1].doubt),
        ),
        **_papers(),
    }


def _picture() -> dict[str, object]:
    title, whole = t("Pegawai terlindungi dari bulan ke bulan"), 617
    heads = {Month(2022, 10): 214, Month(2022, 11): 402, Month(2022, 12): 598}
    points = [
        pictures.Point(figures.short_month(month), count, figures.number(count)) for month, count in heads.items()
    ]
    told = t("{count} pegawai seharusnya terlindungi", count=whole)
    return {
        "svg": Markup(pictures.curve(points, whole=whole, whole_told=told, title=title)),  # noqa: S704  # drawn and escaped by `pictures`
        "title": title,
        "finding": told,
        "rows": [(month, count, "#pictures") for month, count in heads.items()],
        "columns": headings(word("Bulan"), word("Terlindungi"), figures=[word("Terlindungi")]),
    }


def _chart() -> charts.Steps:
    values = {date(2015, 7, 1): 7_000_000, date(2019, 3, 1): 8_512_400, date(2022, 3, 1): 9_077_600}
    changes = [
        charts.Change(day, Decimal(value), f"{figures.short_date(day)}: {figures.rupiah(value)}")
        for day, value in values.items()
    ]
    finding = t(
        "Dari {before} ({since}) menjadi {after} ({now}).",
        before=figures.rupiah(7_000_000), since=date(2015, 7, 1), after=figures.rupiah(9_077_600), now=date(2022, 3, 1),
    )  # fmt: skip
    return charts.steps(t("Dasar upah"), finding, changes, until=date(2022, 12, 31), on=date(2022, 10, 1))


def _candidate() -> Shown:
    lines = [
        Line(t("Nama"), "ASEP SUNARYA", "Asep Sunaria", t("mungkin sama"), "+6", 6, "proof"),
        Line(t("Tanggal lahir"), "12 Agu 1990", "8 Des 1990", t("tanggal lahir berbeda"), "−2", 2, "loss"),
    ]
    return Shown(1, "Asep Sunaria", TIERS["review"], "83", lines, 6)


def _worth() -> Protection:
    """A BPU from April 2025: waiting months, then the full benefit, as the law room reckons them."""
    terms = Terms("BPU", ("JKK", "JKM"), "APBD", "nominal", wage_rupiah=1_000_000)
    return protection(terms, Month(2025, 4), Month(2025, 12), NO_CHOICES, language())


def _papers() -> dict[str, object]:
    """People, files and voices that stand nowhere but here."""
    rina, budi = (SimpleNamespace(pk=pk, full_name=name, username=name.split()[0].lower())
                  for pk, name in enumerate(("Rina Kartika", "Budi Hartono")))  # fmt: skip
    scan = SimpleNamespace(name="sk-2022.pdf", sha256="9f2c41d7a05be3688c1d5f0a3b7e9c2d")
    filed = SimpleNamespace(
        pk=0,
        kind="scan",
        file=scan,
        addendum=None,
        attached_by=rina,
        attached_at=datetime(2022, 9, 28, 9, 30, tzinfo=UTC),
    )
    return {
        "someone": rina,
        "files": [filed],
        "file_kinds": {"scan": t("hasil pindai")},
        "file_columns": headings(word("Berkas"), word("Jenis"), word("Dilampirkan"), word("Sidik berkas")),
        "may_decide": SimpleNamespace(voices=[rina, budi], may_approve=True),
        "may_refuse_only": SimpleNamespace(voices=[budi], may_approve=False),
        "then": SimpleNamespace(day=figures.short_date(date(2022, 10, 31)), text="2022-10-31"),
    }


def _happenings() -> list[Happening]:
    return [
        Happening(date(2022, 9, 28), t("Tercantum di daftar {opd}", opd="Dinas Pekerjaan Umum"), by="Rina Kartika"),
        Happening(date(2022, 10, 3), t("Menunggu persetujuan"), tone="wait"),
        Happening(date(2022, 10, 18), t("Iuran {month} terbukti masuk", month=Month(2022, 10)), tone="proof"),
        Happening(date(2023, 2, 1), t("Iuran terlambat"), tone="loss", note="Jan 2023"),
    ]


def _months() -> dict[Month, MonthState]:
    posted: dict[Month, MonthState] = dict.fromkeys(Month(2022, 10).until(Month(2023, 9)), "posted")
    return posted | {Month(2023, 2): "gap", Month(2023, 8): "billed", Month(2023, 9): "unpaid"}


def _stages() -> list[Stage]:
    return [
        Stage(t("Dianggarkan"), 12_600, "?", figures.rupiah(125_294_400)),
        Stage(t("Ditetapkan"), 12_450, "?", "", [Reason(t("belum ada SK"), -150, "?")]),
        Stage(t("Terdaftar"), 12_400, "?", "", [Reason(t("NIK perlu diputuskan"), -50, "?")]),
        Stage(t("Aktif"), 12_412, "?", "", [Reason(t("masa tenggang"), 12, "?")]),
        Stage(
            t("Terposting"),
            11_983,
            "?",
            figures.rupiah(119_158_952),
            [Reason(t("belum dibayar"), -429, "?")],
        ),
    ]


def _steps() -> list[Step]:
    doubt = t("Peraturan tidak menyebut pembulatan; dipakai pembulatan setengah ke atas sampai cabang menegaskan.")
    return [
        Step(
            t("Dasar upah"),
            "UMP Jawa Barat 2022",
            figures.rupiah(1_841_487),
            "Kepgub Jabar 561/Kep.717-Kesra/2021",
        ),
        Step("JKK", "0,24% × Rp1.841.487", figures.rupiah(4_420), "PP 44/2015 Pasal 16", doubt),
        Step("JKM", "0,30% × Rp1.841.487", figures.rupiah(5_524), "PP 44/2015 Pasal 18"),
    ]
