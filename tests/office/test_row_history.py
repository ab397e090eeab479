"""Settings and reference data: who changed which column of which row, from where, in bulk or one by one."""

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from payung.office.access.models import RowChange, User
from payung.office.access.queries import changed_tables, changes
from payung.office.agreements.models import BudgetLine, Fund
from payung.office.places.models import Opd, UserArea
from payung.office.places.scope import coming_from, seen_by, whole_government
from tests.office.cast import Cast, call_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return call_cast()


def last(table: str) -> RowChange:
    return RowChange.objects.filter(table_name=table).latest("pk")


def test_a_change_keeps_what_was_and_what_is_with_who_and_from_where(cast: Cast) -> None:
    with coming_from("web 10.0.0.7"), whole_government(cast.government, by=cast.admin):
        cast.works.short_name = "PUPR"
        cast.works.save()
        kept = last("places_opd")
        assert (kept.before, kept.after) == ({"short_name": "DPU"}, {"short_name": "PUPR"})
        assert (kept.user_id, kept.origin, kept.record_id) == (cast.admin.pk, "web 10.0.0.7", cast.works.pk)
        assert kept.government_id == cast.government.pk
        count = RowChange.objects.count()
        cast.works.save()
        assert RowChange.objects.count() == count


def test_bulk_changes_and_raw_sql_are_kept_row_by_row(cast: Cast) -> None:
    with whole_government(cast.government, by=cast.admin):
        Opd.objects.update(short_name="sama")
        assert RowChange.objects.filter(table_name="places_opd", after={"short_name": "sama"}).count() == 2
        with connection.cursor() as cursor:
            cursor.execute("UPDATE agreements_budgetline SET ceiling_rupiah = ceiling_rupiah + 1")
        line = BudgetLine.objects.all()[0]
        kept = RowChange.objects.get(table_name="agreements_budgetline", record_id=line.pk, before__isnull=False)
        assert kept.after == {"ceiling_rupiah": line.ceiling_rupiah}


def test_new_and_deleted_rows_are_kept_whole(cast: Cast) -> None:
    fund = Fund.objects.all()[0]
    born = RowChange.objects.get(table_name="agreements_fund", record_id=fund.pk)
    assert born.before is None
    assert born.after is not None
    assert born.after["name"] == fund.name
    with whole_government(cast.government, by=cast.admin):
        area = UserArea.objects.filter(user=cast.auditor).get()
        area_id = area.pk
        area.delete()
        gone = last("places_userarea")
        assert (gone.record_id, gone.after, gone.user_id) == (area_id, None, cast.admin.pk)


def test_passwords_are_never_kept(cast: Cast) -> None:
    with whole_government(cast.government, by=cast.admin):
        user = User.objects.get(pk=cast.auditor.pk)
        user.password, user.last_login = "rahasia-lain", datetime(2022, 10, 4, tzinfo=UTC)
        count = RowChange.objects.filter(table_name="access_user").count()
        user.save()
        assert RowChange.objects.filter(table_name="access_user").count() == count
        user.is_active = False
        user.save()
        assert last("access_user").after == {"is_active": False}


def test_it_is_not_written_by_hand_nor_changed_nor_seen_elsewhere(cast: Cast) -> None:
    other = call_cast(code="32.74", prefix="lain-")
    with whole_government(cast.government, by=cast.admin):
        assert not RowChange.objects.exclude(government_id=cast.government.pk).exists()
        for statement in (
            "INSERT INTO access_rowchange (at, origin, table_name, record_id) VALUES (now(), '', 'x', 1)",
            "UPDATE access_rowchange SET origin = ''",
            "DELETE FROM access_rowchange",
        ):
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)
    with whole_government(other.government):
        assert RowChange.objects.filter(record_id=cast.works.pk, table_name="places_opd").count() == 0


def test_the_question_filters_and_pages(cast: Cast) -> None:
    with seen_by(cast.auditor):
        assert set(changed_tables()) >= {"places_opd", "places_userarea", "agreements_agreement"}
        found = changes(table="places_opd")
        assert [one.table for one in found] == ["places_opd"] * 2
        assert found[0].id > found[1].id
        assert changes(table="places_opd", before_id=found[0].id) == found[1:]
        assert changes(table="places_opd", record_id=cast.works.pk)[0].record_id == cast.works.pk
        assert changes(limit=1)[0].by
