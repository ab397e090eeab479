"""BPJS has somebody otherwise than we do and we are right: asked to correct, by a file, until it has."""

import zipfile
from datetime import timedelta
from io import BytesIO

import openpyxl  # type: ignore[import-untyped]  # it ships no types
import polars as pl
import pytest
from django.db import DatabaseError, transaction

from payung.doors.papers.official_files import OfficialFile, official_zip
from payung.office.access.roles import NotAllowed
from payung.office.places.models import PaymentUnit
from payung.office.registry.models import Membership
from payung.office.submissions import actions, content, corrections, frames, replies
from payung.office.submissions.actions import mark_answered
from payung.office.submissions.models import CorrectionAsked, Item, Reply, ReplyRow, Task
from payung.rules.months import Month
from tests.office.cast import AT, Cast, people
from tests.office.postbox import NOVEMBER, answer, numbers, office, sent

pytestmark = pytest.mark.django_db
DECEMBER = Month(2022, 12)


def going(unit: PaymentUnit, month: Month) -> dict[str, int]:
    found = frames.outgoing([unit.pk], month).filter(pl.col("held").is_null())
    return dict(sorted(found.group_by("kind").len().iter_rows()))


def members(*, name: str | None = None, nik: str | None = None) -> str:
    """A list of members: the first of three as BPJS has her, the others as we do."""
    lines = ["NIK,KPJ,NAMA,TANGGAL LAHIR"]
    for at, row in enumerate(people(3)):
        told = (nik or row["nik"], name or row["name"]) if at == 0 else (row["nik"], row["name"])
        lines.append(f"{told[0]},2200000{row['row']:04d},{told[1]},{row['birth_date']}")
    return "\n".join(lines)


@pytest.fixture
def known() -> tuple[Cast, PaymentUnit]:
    """Three people whom BPJS took and numbered."""
    cast, unit = office(3)
    sent(cast, unit)
    answer(cast, unit, "numbers", numbers(3))
    return cast, unit


def asked(cast: Cast, unit: PaymentUnit, text: str) -> int:
    reply = Reply.objects.get(pk=answer(cast, unit, "members", text).reply_id)
    rows = list(ReplyRow.objects.filter(reply=reply).values_list("pk", flat=True))
    return corrections.ask(reply=reply, row_ids=rows, by=cast.operator, at=AT)


def test_a_wrong_name_is_asked_for_until_bpjs_has_it_right(known: tuple[Cast, PaymentUnit]) -> None:
    cast, unit = known
    wrong = members(name="SINTETIS SALAH TULIS")
    assert asked(cast, unit, wrong) == 1 and asked(cast, unit, wrong) == 0
    assert going(unit, NOVEMBER) == {"correction": 1}
    made = sent(cast, unit, NOVEMBER)
    assert going(unit, NOVEMBER) == {} and actions.state_of(made) == "sent"
    still = answer(cast, unit, "members", wrong + "\n")
    assert still.settled == 0
    assert answer(cast, unit, "members", members()).settled == 1
    assert Item.objects.get(kind="correction").outcome == "taken" and going(unit, DECEMBER) == {}


def test_what_bpjs_does_not_take_is_a_task_and_goes_again(known: tuple[Cast, PaymentUnit]) -> None:
    cast, unit = known
    asked(cast, unit, members(name="SINTETIS SALAH TULIS"))
    sent(cast, unit, NOVEMBER)
    (first, *_) = people(1)
    assert answer(cast, unit, "failed", f"NIK,NAMA,KETERANGAN\n{first['nik']},X,Lampirkan KTP").settled == 1
    assert going(unit, DECEMBER) == {} and Task.objects.get(kind="fix").item.kind == "correction"
    Task.objects.filter(kind="fix").update(settled_at=AT, settled_by=cast.operator)
    assert going(unit, DECEMBER) == {"correction": 1}


def test_silence_of_bpjs_after_its_answer_is_consent(known: tuple[Cast, PaymentUnit]) -> None:
    cast, unit = known
    asked(cast, unit, members(name="SINTETIS SALAH TULIS"))
    made = sent(cast, unit, NOVEMBER)
    assert mark_answered(submission_id=made.pk, on=AT.date(), by=cast.operator, at=AT + timedelta(hours=1)) == 1
    assert going(unit, DECEMBER) == {}


def test_another_nik_is_decided_by_a_person_and_then_asked_for(known: tuple[Cast, PaymentUnit]) -> None:
    cast, unit = known
    got = answer(cast, unit, "members", members(nik="3273064205809999"))
    row = ReplyRow.objects.get(reply_id=got.reply_id, membership__isnull=True)
    member = Membership.objects.get(person__name=people(1)[0]["name"])
    replies.decide_row(row_id=row.pk, membership=member, holidays=frozenset(), by=cast.operator, at=AT)
    row.refresh_from_db()
    assert row.differs == ["nik"]
    assert corrections.ask(reply=row.reply, row_ids=[row.pk], by=cast.operator, at=AT) == 1
    going_out = frames.outgoing([unit.pk], NOVEMBER)
    (told,) = content.cells(unit, "correction", going_out, NOVEMBER).iter_rows(named=True)
    assert (told["nik"], told["told_nik"], told["corrected"]) == (people(1)[0]["nik"], "3273064205809999", "NIK")


def test_the_file_holds_text_alone_and_splits_above_ten_thousand(
    known: tuple[Cast, PaymentUnit], monkeypatch: pytest.MonkeyPatch
) -> None:
    cast, unit = known
    lines = members().splitlines()
    wrong = [
        lines[0],
        *(",".join([*line.split(",")[:2], f"=SALAH{at}", line.split(",")[3]]) for at, line in enumerate(lines[1:])),
    ]
    asked(cast, unit, "\n".join(wrong))
    monkeypatch.setattr(actions, "MOST_ROWS", 2)
    made = sent(cast, unit, NOVEMBER)
    assert sorted(Item.objects.filter(submission=made).values_list("file_number", flat=True)) == [1, 1, 2]
    items = Item.objects.filter(submission=made)
    frame = pl.DataFrame(
        [(one.membership_id, one.wage_rupiah, one.on_day) for one in items],
        schema=["membership_id", "wage_rupiah", "on_day"],
        orient="row",
    )
    layout = content.layout_of("correction")
    file = OfficialFile("correction", 1, "x.xlsx", layout, content.cells(unit, "correction", frame, NOVEMBER))
    packed = zipfile.ZipFile(BytesIO(official_zip(iter([file]), made_on=AT.date())))
    sheet = openpyxl.load_workbook(BytesIO(packed.read(packed.namelist()[0]))).active
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"} and {cell.number_format for cell in cells} == {"@"}
    assert "=SALAH0" in {cell.value for cell in cells}


def test_only_who_submits_asks_and_what_was_asked_stays(known: tuple[Cast, PaymentUnit]) -> None:
    cast, unit = known
    asked(cast, unit, members(name="SINTETIS SALAH TULIS"))
    reply = Reply.objects.latest("pk")
    with pytest.raises(NotAllowed):
        corrections.ask(reply=reply, row_ids=[], by=cast.auditor, at=AT)
    with pytest.raises(DatabaseError), transaction.atomic():
        CorrectionAsked.objects.update(asked_at=AT)
