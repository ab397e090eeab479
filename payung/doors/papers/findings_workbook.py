"""A list's findings as a workbook for its sender: the file as it came, with every finding in its place."""

import tempfile
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from payung.doors.papers.findings_rebuild import Progress, rebuild
from payung.doors.papers.findings_summary import About
from payung.doors.papers.wording import Wording
from payung.office.enrolment.models import RosterList
from payung.office.files import queries as files
from payung.rules.roster.reading import read
from payung.rules.roster.workbook import Workbook


def findings_workbook(roster_list: RosterList, *, language: str, progress: Progress) -> tuple[str, bytes]:
    """File name and content (.xlsx, also for a .csv) of the workbook rebuilt from the kept file.

    `progress` is told the step ("read", "write") and rows. Raises UnreadableWorkbook when the kept file can no
    longer be read.
    """
    reading = roster_list.reading
    wording = Wording(language)
    progress("read", 0, int(reading.counts.get("rows", 0)))
    workbook = _read_again(files.content(reading.file), reading.file.name)
    received_on = timezone.localtime(roster_list.received_at).date()
    about = About(
        file_name=reading.file.name,
        read_on=received_on,
        verdicts=reading.counts.get("verdicts", {}),
        facts=(
            (wording.text("findings", "opd"), roster_list.opd.name),
            (wording.text("findings", "month"), wording.long_month(roster_list.month)),
            (wording.text("findings", "received"), wording.long_date(received_on)),
        ),
        banner=wording.text("page", "synthetic") if settings.PAYUNG_DEMO else "",
    )
    made = rebuild(workbook.sheets, files.findings(reading), about=about, language=language, progress=progress)
    return file_name(reading.file.name, wording), made


def file_name(original: str, wording: Wording) -> str:
    """ "Dinkes.xls" -> "Dinkes - temuan.xlsx"."""
    return Path(original).stem + wording.text("findings", "file_suffix") + ".xlsx"


def _read_again(content: bytes, name: str) -> Workbook:
    with tempfile.TemporaryDirectory(prefix="payung-") as folder:
        path = Path(folder) / ("list" + Path(name).suffix.lower())
        path.write_bytes(content)
        return read(path)
