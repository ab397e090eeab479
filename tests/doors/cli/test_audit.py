"""`payung audit verify`, as an auditor reads it."""

import os
from datetime import UTC, datetime

import psycopg
import pytest

from payung.doors.cli import audit
from payung.doors.cli.heads import head
from payung.office.access.actions import record
from payung.office.places.actions import found_government
from payung.office.places.scope import whole_government

AT = datetime(2022, 10, 3, 2, 0, tzinfo=UTC)


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_the_walk_is_told_in_words_and_in_its_exit_status(capsys: pytest.CaptureFixture[str]) -> None:
    government = found_government(code="32.73", name="Kota Bandung", by=None, at=AT)
    for number in range(3):
        with whole_government(government):
            record("look", subject=f"person:{number}", by=None, at=AT)
    assert audit._verify({}) == 0
    said = capsys.readouterr().out
    assert "Kota Bandung: 3 peristiwa, utuh" in said
    printed = next(line.split()[1] for line in said.splitlines() if f"kepala {government.pk}:3:" in line)
    assert audit._verify(dict([head(printed)])) == 0
    with psycopg.connect(os.environ["PAYUNG_TEST_OWNER"], autocommit=True) as superuser:
        superuser.execute("ALTER TABLE access_auditevent DISABLE TRIGGER USER")
        superuser.execute("UPDATE access_auditevent SET deed = 'nothing' WHERE subject = 'person:1'")
        superuser.execute("ALTER TABLE access_auditevent ENABLE TRIGGER USER")
    assert audit._verify({}) == 1
    said = capsys.readouterr().out
    assert "Kota Bandung: 3 peristiwa, PUTUS" in said
    assert "putus di posisi 2" in said
    assert "2022-10-03 02:00:00" in said


def test_a_head_that_is_none_is_refused() -> None:
    import argparse

    with pytest.raises(argparse.ArgumentTypeError, match="bukan kepala"):
        head("1:2:xyz")
