"""A new installation gets its government, its OPD and its first administrator by one command, once."""

import argparse
from pathlib import Path

import pytest
from django.contrib.auth import authenticate

from payung.doors.cli import found
from payung.office.access.models import AuditEvent, User
from payung.office.access.roles import Role
from payung.office.places.models import Government, Opd, OpdUnit, PaymentUnit
from payung.office.places.queries import area_of
from payung.office.places.scope import whole_government
from payung.rules.months import Month

OFFICES = "kode;nama;singkatan;unit;jenis\nD1;Dinas Uji;DUJI;NPP-1;\nD1;Dinas Uji;DUJI;KEL-1;kelompok\n"


def listed(folder: Path, text: str) -> Path:
    path = folder / "opd.csv"
    path.write_text(text, encoding="utf-8-sig")
    return path


def told(admin: str = "sekretaris") -> argparse.Namespace:
    return argparse.Namespace(admin=admin, admin_name="Sekretaris Uji", first=Month(2026, 1))


@pytest.mark.django_db
def test_it_founds_once_and_the_first_admin_must_change_the_password(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    offices = list(found.read_offices(listed(tmp_path, OFFICES)))
    assert found._found("99.01", "Kota Uji", offices, told()) == 0
    said = capsys.readouterr().out
    password = said.split("kata sandi sementara: ")[1].split(".")[0]
    user = User.objects.get(username="sekretaris")
    assert authenticate(username="sekretaris", password=password) == user
    assert (user.must_change_password, user.role) == (True, Role.GOVERNMENT_ADMIN.value)
    with whole_government(Government.objects.get(code="99.01")):
        assert area_of(user).opd_ids is None
        assert list(Opd.objects.values_list("short_name", flat=True)) == ["DUJI"]
        assert set(PaymentUnit.objects.values_list("number", "kind")) == {("NPP-1", "npp"), ("KEL-1", "group")}
        assert OpdUnit.objects.count() == 2
        assert AuditEvent.objects.filter(deed="add_opd").count() == 1
    assert found._found("99.01", "Kota Uji", offices, told("lain")) == 0
    assert "Sudah ada admin" in capsys.readouterr().out
    assert not User.objects.filter(username="lain").exists()
    assert found._found("99.02", "Kota Lain", [], told()) == 1
    assert "sudah dipakai" in capsys.readouterr().err
    assert not Government.objects.filter(code="99.02").exists()


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("kode,nama\nD1,Dinas\n", "kolom singkatan, unit"),
        ("kode,nama,singkatan,unit\nD1,,DU,N1\n", "baris 2: isi kolom nama"),
        ("kode,nama,singkatan,unit,jenis\nD1,Dinas,DU,N1,lain\n", "npp atau kelompok"),
    ],
)
def test_a_list_that_does_not_fit_says_where(tmp_path: Path, text: str, named: str) -> None:
    with pytest.raises(found.ListRefused, match=named):
        list(found.read_offices(listed(tmp_path, text)))


def test_a_code_that_is_none_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert found.run(argparse.Namespace(code="00.99", admin="x", opds=None)) == 1
    assert "tidak ada pemerintah daerah" in capsys.readouterr().err
