"""What the main job did, as a page of text for the terminal."""

from payung.doors.world import logins
from payung.doors.world.report import Report
from payung.rules.money import grouped, rupiah
from payung.rules.months import Month, long_month
from payung.rules.roster.sentences import title

VERDICTS = {
    "clean": "bersih",
    "repaired": "diperbaiki",
    "human": "perlu diputuskan orang",
    "reject": "tidak dapat didaftarkan",
}
KINDS = {
    "join": "masuk perlindungan", "wage": "upah berubah", "already": "sudah terlindungi",
    "human": "menunggu keputusan", "reject": "ditolak dengan alasan", "leave": "tidak lagi di daftar (ditunda)",
}  # fmt: skip


def print_report(report: Report, opening_seconds: float) -> None:
    """Rows, findings by kind, people, spells, bill, and the time of each step."""
    print(f"\n{report.place} · {long_month(Month.parse(report.month))} · DATA SINTETIS")
    print(f"  buku kerja    {report.files} berkas ({report.files_new} baru) di {report.folder}")
    print(f"  baris fisik   {grouped(report.rows)}; baris orang {grouped(report.verdicts.total())}")
    for verdict, words in VERDICTS.items():
        print(f"    {words:<34}{grouped(report.verdicts[verdict]):>9}")
    print(f"  temuan        {grouped(report.findings.total())}")
    for code, count in report.findings.most_common():
        print(f"    {title(code, 'id'):<50}{grouped(count):>9}")
    print("  rencana")
    for kind, words in KINDS.items():
        if report.plan[kind]:
            print(f"    {words:<34}{grouped(report.plan[kind]):>9}")
    print(f"  orang         {grouped(report.persons)} terdaftar, {grouped(report.spells)} masa perlindungan berjalan")
    print(
        f"  tagihan       {report.bills} tagihan, {grouped(report.heads_billed)} orang, {rupiah(report.total_rupiah)}"
    )
    print(f"  dibayar       {rupiah(report.paid_rupiah)}")
    print(f"  terposting    {grouped(report.posted)} orang-bulan; {grouped(report.posted_unknown)} baris belum dikenal")
    for one in report.months:
        print(
            f"    {one.month!s:<10}{grouped(one.heads):>8} orang {rupiah(one.billed_rupiah):>18} ditagih"
            f" {rupiah(one.paid_rupiah):>18} dibayar {grouped(one.posted):>8} terposting"
        )
    for sentence in report.told:
        print(f"  {sentence}")
    print("  waktu")
    print(f"    {'basis data dan tabel':<40}{opening_seconds:>8.1f} detik")
    for step, seconds in report.seconds.items():
        print(f"    {step:<40}{seconds:>8.1f} detik")
    print(f"    {'semua':<40}{opening_seconds + sum(report.seconds.values()):>8.1f} detik", flush=True)


def log_ins() -> str:
    """The log-ins of the demonstration, a line each."""
    lines = [f"Masuk dengan salah satu (kata sandi: {logins.PASSWORD}):"]
    return "\n".join([*lines, *(f"  {user.username:<12}{user.full_name} · {user.role}" for user in logins.standing())])
