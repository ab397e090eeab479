"""What the tests of the files for BPJS share: an office with everything the files need, and answers as text."""

from datetime import date
from typing import Any

from payung.office.access.marks import seal
from payung.office.places.models import PaymentUnit
from payung.office.registry.models import Person
from payung.office.submissions import particulars, replies
from payung.office.submissions.actions import draft, finalise, mark_sent
from payung.office.submissions.models import Submission, Task
from payung.office.submissions.settings import set_unit
from payung.rules.months import Month
from tests.office.cast import AT, Cast, call_cast, enrol, people

OCTOBER, NOVEMBER = Month(2022, 10), Month(2022, 11)
CODES = {
    "kabkota": "3273", "reason_code": "A4", "contract_kind": "T", "postal_code": "40111",
    "template_new": "template_tk_14005857.xlsx", "template_continuing": "template_tk_lanjutan_14005857.xlsx",
    "template_wage": "template_upah.xlsx", "template_leaver": "template_na.xlsx",
}  # fmt: skip


def rows_of(count: int, *, first: int = 1) -> list[dict[str, Any]]:
    """Joiners whose mothers are known."""
    return [row | {"mother_name": "IBU SINTETIS"} for row in people(count, first=first)]


def office(count: int = 3) -> tuple[Cast, PaymentUnit]:
    """An office whose first OPD has so many joiners, with every code and particular that the files need."""
    cast = call_cast()
    enrol(cast, cast.heading(cast.works), rows_of(count))
    return cast, prepared(cast, count)


def prepared(cast: Cast, count: int) -> PaymentUnit:
    """The first OPD's unit with its settings and the particulars of so many people."""
    unit = PaymentUnit.objects.get(number="JJ000001")
    set_unit(unit=unit, values=CODES, by=cast.operator, at=AT)
    complete(cast, unit, count)
    return unit


def complete(cast: Cast, unit: PaymentUnit, count: int, *, first: int = 1) -> particulars.Completed:
    """What the OPD fills in."""
    lines = ["NIK,STATUS_KAWIN,GOLONGAN_DARAH,ALAMAT,TGL_AWAL_BEKERJA"]
    lines += [f"{row['nik']},Y,O,Jl. Contoh 1,2021-01-04" for row in people(count, first=first)]
    told = "\n".join(lines).encode()
    return particulars.complete_people(unit=unit, content=told, name="lengkapi.csv", by=cast.operator, at=AT)


def sent(cast: Cast, unit: PaymentUnit, month: Month = OCTOBER) -> Submission:
    """A month's files, final and sent."""
    made = draft(unit=unit, month=month, by=cast.operator, at=AT)
    finalise(submission_id=made.pk, leave_incomplete=False, by=cast.operator, at=AT)
    mark_sent(submission_id=made.pk, period=month, on=AT.date(), by=cast.operator, at=AT)
    return made


def answer(cast: Cast, unit: PaymentUnit, kind: str, text: str, on: date = date(2022, 10, 14)) -> replies.Received:
    """A file of BPJS, read."""
    return replies.receive_reply(
        unit=unit, kind=kind, told_on=on, content=text.encode(), name=f"{kind}.csv", holidays=frozenset(),
        by=cast.operator, at=AT,
    )  # fmt: skip


def numbers(count: int, *, first: int = 1) -> str:
    """The KPJ of so many people."""
    return "NIK,KPJ,NAMA\n" + "\n".join(
        f"{row['nik']},2200000{row['row']:04d},{row['name']}" for row in people(count, first=first)
    )


def refused_one(cast: Cast, count: int) -> tuple[PaymentUnit, int, int]:
    """A unit whose files went out, and BPJS refused the first: the reply and the task that follows."""
    Person.objects.update(mother_name_sealed=seal("IBU SINTETIS", kind="mother_name"))
    unit = prepared(cast, count)
    sent(cast, unit)
    (first,) = people(1)
    got = answer(cast, unit, "failed", f"NIK,NAMA,KETERANGAN\n{first['nik']},X,Nama tidak sesuai\n3273069999999999,Y,x")
    return unit, got.reply_id, Task.objects.get(kind="fix").pk
