"""Questions about submissions: the board of a month, who goes out, what is missing, what came back, what is to do.

They look at whole units (a member waits, or died, whoever asks) and answer with the area's own people alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl
from django.db.models import Count, QuerySet

from payung.office.access.marks import unseal
from payung.office.access.models import User
from payung.office.places.models import OpdUnit, PaymentUnit
from payung.office.places.queries import Area
from payung.office.places.scope import whole_government
from payung.office.registry.models import Membership, Person
from payung.office.submissions import content, frames
from payung.office.submissions.actions import state_of
from payung.office.submissions.content import Missing
from payung.office.submissions.models import KINDS, Item, Reply, ReplyRow, Submission, SubmissionStep, Task
from payung.rules.identity import names
from payung.rules.months import Month

HELD = ("open", "refused", "died")
"""Why somebody does not go now."""
OURS_ONLY = "ours"
THEIRS_ONLY = "theirs"
DIFFERENCES = (THEIRS_ONLY, OURS_ONLY, "wage", "nik", "name", "birth_date", "kpj")
"""How a reply and the office differ: each opens to its people."""


@dataclass(frozen=True)
class UnitLine:
    """One payment unit in a month: how many go out by kind, how many are held and why, and its state."""

    unit: PaymentUnit
    going: Mapping[str, int]
    held: Mapping[str, int]
    state: str
    tasks: int


@dataclass(frozen=True)
class Going:
    """One member who goes out, or is held."""

    membership_id: int
    person_id: int
    name: str
    kind: str
    wage_rupiah: int | None
    on_day: date
    held: str | None


@dataclass(frozen=True)
class Returned:
    """One row of a reply, or (without `row`) a member whom the reply does not name. The NIK is in clear: mask it."""

    row: int | None
    row_id: int | None
    name: str
    nik: str | None
    birth_date: date | None
    wage_rupiah: int | None
    reason: str
    differs: tuple[str, ...]
    person_id: int | None
    own_name: str = ""
    own_birth_date: date | None = None


def units(area: Area) -> QuerySet[PaymentUnit]:
    """The payment units of the area's OPD, by name."""
    found = PaymentUnit.objects.filter(government=area.government).order_by("name", "pk")
    if area.opd_ids is None:
        return found
    return found.filter(pk__in=OpdUnit.objects.filter(opd_id__in=area.opd_ids).values("unit_id"))


def board(area: Area, month: Month, *, by: User) -> list[UnitLine]:
    """Every unit of the area in that month. Raises LawError when a wage base has no value."""
    found = list(units(area))
    counted = _in_area(area, found, month, by).group_by("unit_id", "kind", "held").len()
    open_tasks = dict(
        Task.objects.filter(unit__in=found, settled_at__isnull=True).values_list("unit_id").annotate(Count("pk"))
    )
    latest = {
        one.unit_id: one for one in Submission.objects.filter(unit__in=found, month=month.first_day).order_by("version")
    }
    lines = []
    for unit in found:
        mine = counted.filter(pl.col("unit_id") == unit.pk)
        going = dict(mine.filter(pl.col("held").is_null()).select("kind", "len").iter_rows())
        held = mine.drop_nulls("held").group_by("held").agg(pl.col("len").sum())
        state = state_of(latest[unit.pk]) if unit.pk in latest else "none"
        lines.append(UnitLine(unit, going, dict(held.iter_rows()), state, open_tasks.get(unit.pk, 0)))
    return lines


def _in_area(area: Area, found: Sequence[PaymentUnit], month: Month, by: User) -> pl.DataFrame:
    with whole_government(area.government, by=by):
        whole = frames.outgoing([unit.pk for unit in found], month)
    return whole if area.opd_ids is None else whole.filter(pl.col("opd_id").is_in(list(area.opd_ids)))


def outgoing(area: Area, unit: PaymentUnit, month: Month, *, by: User) -> pl.DataFrame:
    """The area's part of what must go out (frames.OUTGOING)."""
    return _in_area(area, [unit], month, by)


def named(chosen: pl.DataFrame) -> list[Going]:
    """These lines of `outgoing` with their names, in their order."""
    people = dict(Person.objects.filter(pk__in=chosen["person_id"].to_list()).values_list("pk", "name"))
    return [
        Going(
            membership_id=line["membership_id"],
            person_id=line["person_id"],
            name=people.get(line["person_id"], ""),
            kind=line["kind"],
            wage_rupiah=line["wage_rupiah"],
            on_day=line["on_day"],
            held=line["held"],
        )
        for line in chosen.iter_rows(named=True)
    ]


def missing(unit: PaymentUnit, going: pl.DataFrame, month: Month) -> list[Missing]:
    """What the files of those who go lack, by kind and column."""
    found: list[Missing] = []
    for kind in KINDS:
        members = going.filter((pl.col("kind") == kind) & pl.col("held").is_null())
        if not members.is_empty():
            found += content.missing(kind, content.cells(unit, kind, members, month, in_clear=False))
    return found


def files_of(submission: Submission) -> list[tuple[str, int, int]]:
    """Kind, number and rows of each file."""
    items = Item.objects.filter(submission=submission).exclude(outcome=Item.WITHDRAWN)
    return list(items.values_list("kind", "file_number").annotate(Count("pk")).order_by("kind", "file_number"))


def outcomes_of(submission: Submission) -> dict[str, int]:
    """How many of its items BPJS took, refused, or has not answered (empty)."""
    return dict(Item.objects.filter(submission=submission).values_list("outcome").annotate(Count("pk")))


def steps_of(unit: PaymentUnit, month: Month) -> list[SubmissionStep]:
    """Everything that was recorded of the unit's month, the newest first."""
    steps = SubmissionStep.objects.filter(submission__unit=unit, submission__month=month.first_day)
    return list(steps.select_related("submission", "recorded_by").order_by("-recorded_at", "-pk"))


def replies_of(unit: PaymentUnit) -> list[Reply]:
    """What came back for the unit, the newest first."""
    return list(Reply.objects.filter(unit=unit).select_related("file").order_by("-told_on", "-pk")[:50])


def visible_replies(area: Area) -> QuerySet[Reply]:
    """The replies to the area's units."""
    return Reply.objects.filter(unit__in=units(area))


def differences(reply: Reply, *, by: User) -> dict[str, int]:
    """How many rows differ, by DIFFERENCES."""
    rows = ReplyRow.objects.filter(reply=reply)
    found = {code: rows.filter(differs__contains=[code]).count() for code in DIFFERENCES[2:]}
    return {
        THEIRS_ONLY: rows.filter(membership__isnull=True).count(),
        OURS_ONLY: len(_ours_only(reply, by)) if reply.kind == Reply.MEMBERS else 0,
        **found,
    }


def returned(reply: Reply, difference: str, *, by: User, after: int, limit: int) -> list[Returned]:
    """The rows behind one count, or all; for OURS_ONLY the members whom the list does not name."""
    if difference == OURS_ONLY:
        people = Person.objects.filter(pk__in=_ours_only(reply, by), pk__gt=after).order_by("pk")[:limit]
        return [
            Returned(
                None,
                person.pk,
                person.name,
                unseal(person.nik_sealed, kind="nik"),
                person.birth_date,
                None,
                "",
                (),
                person.pk,
                person.name,
                person.birth_date,
            )
            for person in people
        ]
    rows = ReplyRow.objects.filter(reply=reply, pk__gt=after).select_related("membership__person").order_by("pk")
    if difference == THEIRS_ONLY:
        rows = rows.filter(membership__isnull=True)
    elif difference:
        rows = rows.filter(differs__contains=[difference])
    return [
        Returned(
            row.row, row.pk, row.name or "", unseal(row.nik_sealed, kind="nik"), row.birth_date, row.wage_rupiah,
            row.reason, tuple(row.differs), row.membership.person_id if row.membership else None,
            row.membership.person.name if row.membership else "",
            row.membership.person.birth_date if row.membership else None,
        )
        for row in rows[:limit]
    ]  # fmt: skip


def _ours_only(reply: Reply, by: User) -> list[int]:
    with whole_government(reply.unit.government, by=by):
        mine = frames.standing([reply.unit_id], Month.of(reply.told_on)).select("membership_id", "person_id")
    named_in = ReplyRow.objects.filter(reply=reply, membership__isnull=False).values_list("membership_id", flat=True)
    return mine.filter(~pl.col("membership_id").is_in(list(named_in)))["person_id"].to_list()


def may_be(row: ReplyRow) -> list[Membership]:
    """Members of the unit who could be meant by a row: the same birth date, or the same name. A person decides."""
    opds = OpdUnit.objects.filter(unit=row.reply.unit_id).values("opd_id")
    members = Membership.objects.filter(spell__payer_opd__in=opds, spell__replaced_at__isnull=True)
    taken = ReplyRow.objects.filter(reply=row.reply_id, membership__isnull=False).values("membership_id")
    alike = members.exclude(pk__in=taken).select_related("person").distinct().order_by("person__name", "pk")
    by_name = alike.filter(person__name_key=names.key(row.name)) if row.name else alike.none()
    by_birth = alike.filter(person__birth_date=row.birth_date) if row.birth_date else alike.none()
    return list({one.pk: one for one in (*by_name[:10], *by_birth[:10])}.values())


def tasks(area: Area, *, kind: str, after: int, limit: int) -> list[Task]:
    """What is to do in the area's OPD, in the order it came."""
    found = Task.objects.filter(unit__in=units(area), settled_at__isnull=True, pk__gt=after)
    if area.opd_ids is not None:
        found = found.filter(opd_id__in=area.opd_ids)
    if kind:
        found = found.filter(kind=kind)
    return list(found.select_related("membership__person", "opd", "item__reply").order_by("pk")[:limit])


def ticked(area: Area, *, limit: int) -> list[Task]:
    """What was done in the area's OPD, the newest first."""
    found = Task.objects.filter(unit__in=units(area), settled_at__isnull=False)
    if area.opd_ids is not None:
        found = found.filter(opd_id__in=area.opd_ids)
    return list(found.select_related("membership__person", "opd", "settled_by").order_by("-settled_at", "-pk")[:limit])


def task_counts(area: Area) -> dict[str, int]:
    """How many open tasks of each kind."""
    found = Task.objects.filter(unit__in=units(area), settled_at__isnull=True)
    if area.opd_ids is not None:
        found = found.filter(opd_id__in=area.opd_ids)
    return dict(found.values_list("kind").annotate(Count("pk")))


def reason_of(task: Task) -> str:
    """What BPJS said of a refused item; empty when it said nothing."""
    row = ReplyRow.objects.filter(reply=task.item.reply_id, membership=task.membership_id).first()
    return row.reason if row else ""
