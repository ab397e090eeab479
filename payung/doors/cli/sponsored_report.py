"""What a load of the sponsored world did, month by month, for a terminal."""

from payung.doors.world.load_sponsored import Report
from payung.rules.money import grouped


def print_report(report: Report) -> None:
    """A line for each month: pledges that came and ended, deductions asked, paid to BPJS, posted."""
    print(f"{report.place}: {grouped(report.servants)} ASN sintetis di {report.opds} OPD.")
    print(f"{'Bulan':<9}{'baru':>6}{'berakhir':>10}{'potongan':>10}{'rupiah':>14}{'dibayar':>14}{'posting':>9}")
    for one in report.months:
        print(
            f"{one.month!s:<9}{one.pledged - one.refused:>6}{one.ended:>10}{one.heads:>10}"
            f"{grouped(one.due_rupiah):>14}{grouped(one.to_pay_rupiah):>14}{one.posted:>9}"
        )
