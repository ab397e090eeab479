"""The award file: its figures are proved by their lists, it freezes whole, and a changed pack says so."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import polars as pl
import pytest
from django.db import DatabaseError, transaction

from payung.office.access.models import AuditEvent
from payung.office.access.roles import NotAllowed
from payung.office.places.queries import Area
from payung.office.reports import award_lists
from payung.office.reports.award import Award, NothingCounted, award, criteria, proved, rules_of
from payung.office.reports.award_freezing import (
    MANIFEST,
    EntryRefused,
    Noted,
    check,
    freeze,
    frozen_as,
    note,
    packed,
    take_back,
)
from payung.office.reports.award_models import AwardEntry, AwardFile
from payung.office.reports.counting import count_month
from payung.rules.months import Month
from tests.office.cast import AT, Cast, call_cast, enrol, people

pytestmark = pytest.mark.django_db
ON = date(2022, 12, 31)
REGULATION = Noted(2022, "regulation", code="Perwal", number="12/2022", title="Perlindungan", dated_on=date(2022, 3, 1))


@pytest.fixture
def cast() -> Cast:
    """Seven people at public works in October 2022, counted."""
    called = call_cast()
    enrol(called, called.heading(called.works), people(7))
    count_month(government=called.government, month=Month(2022, 10), by=called.treasurer, at=AT)
    return called


def noted(cast: Cast, what: Noted = REGULATION) -> AwardEntry:
    return note(area=cast.area, noted=what, by=cast.admin, at=AT)


def with_people(cast: Cast, found: Award) -> dict[str, pl.DataFrame]:
    heads = award_lists.people(cast.government, found.month, found.lists["segments"])
    return {**found.lists, "people": heads}


def value(found: Award, name: str) -> int:
    return sum(one.value for one in found.figures if one.name == name)


def test_every_figure_is_what_its_list_says(cast: Cast) -> None:
    noted(cast)
    noted(cast, Noted(2022, "innovation", title="Kartu di balai warga"))
    found = award(cast.area, 2022)
    lists = with_people(cast, found)
    assert [figure for figure in found.figures if not proved(figure, lists)] == []
    assert (value(found, "decreed"), value(found, "all_decreed"), value(found, "regulations")) == (7, 7, 1)
    assert (found.month, value(found, "innovations"), value(found, "agreements")) == (Month(2022, 10), 1, 1)
    wrong = replace(found.figures[0], value=found.figures[0].value + 1)
    assert not proved(wrong, lists)


def test_no_list_names_a_person(cast: Cast) -> None:
    found = award(cast.area, 2022)
    told = str({name: frame.rows() for name, frame in with_people(cast, found).items()})
    assert "SINTETIS B" not in told
    assert "327306" not in told


def test_what_a_jury_would_miss_is_named_and_goes_when_it_is_there(cast: Cast) -> None:
    missing = award(cast.area, 2022).missing
    assert missing["regulations"] == ["no_regulation"]
    assert missing["agreements"] == ["agreement_without_scan"]
    assert missing["coverage"] == ["december_not_counted", "no_official_figure"]
    assert missing["claims"] == ["no_claim_paid"]
    assert "segments" not in missing
    noted(cast)
    count_month(government=cast.government, month=Month(2022, 12), by=cast.treasurer, at=AT)
    after = award(cast.area, 2022).missing
    assert "regulations" not in after
    assert after["coverage"] == ["no_official_figure"]


def test_a_year_without_counted_months_has_no_file(cast: Cast) -> None:
    with pytest.raises(NothingCounted):
        award(cast.area, 2021)


def test_weights_are_assumed_until_the_jurys_letter_is_entered(cast: Cast) -> None:
    assert {(one.percent, one.certainty) for one in criteria(cast.area, 2022)} == {(25, "assumed")}
    entered = noted(cast, Noted(2022, "weight", code="kinerja", number="Surat panitia 3", percent=60))
    kinerja = next(one for one in criteria(cast.area, 2022) if one.code == "kinerja")
    assert (kinerja.percent, kinerja.certainty, kinerja.source) == (60, "entered", "Surat panitia 3")
    assert {one.percent for one in criteria(cast.area, 2023)} == {25}
    take_back(area=cast.area, entry_id=entered.pk, by=cast.admin, at=AT)
    assert {one.percent for one in criteria(cast.area, 2022)} == {25}
    assert sum(one["percent"] for one in rules_of(2024)["criteria"]) == 100
    with pytest.raises(ValueError, match="2018"):
        rules_of(2018)


def test_half_a_note_is_refused(cast: Cast) -> None:
    for what in (
        Noted(2022, "regulation", title="tanpa nomor", dated_on=ON),
        Noted(2022, "innovation"),
        Noted(2022, "weight", code="kinerja", number="x", percent=101),
        Noted(2022, "weight", code="keberuntungan", number="x", percent=10),
    ):
        with pytest.raises(EntryRefused, match="incomplete"):
            noted(cast, what)


def test_one_weight_at_a_time_and_notes_are_never_changed(cast: Cast) -> None:
    weight = Noted(2022, "weight", code="kinerja", number="x", percent=60)
    noted(cast, weight)
    with pytest.raises(EntryRefused, match="weight_known"):
        noted(cast, weight)
    with pytest.raises(DatabaseError), transaction.atomic():
        AwardEntry.objects.update(percent=1)


PACK = packed({"berkas.pdf": b"%PDF", "daftar/1.xlsx": b"PK"}, {"year": 2022}, ON)


def frozen(cast: Cast) -> AwardFile:
    content = award(cast.area, 2022).content()
    return freeze(area=cast.area, year=2022, on=ON, content=content, pack=PACK, name="berkas.zip", by=cast.admin, at=AT)


def test_the_same_pack_is_frozen_once_and_found_again(cast: Cast) -> None:
    made = frozen(cast)
    assert frozen(cast).pk == made.pk
    assert frozen_as(cast.area, PACK)[0] == made
    assert frozen_as(cast.area, b"%PDF")[0] == made
    assert frozen_as(cast.area, b"%PDF changed")[0] is None
    assert AuditEvent.objects.filter(deed="freeze_award").count() == 1
    with pytest.raises(DatabaseError), transaction.atomic():
        AwardFile.objects.update(year=1999)


def rewritten(pack: bytes, change: Callable[[dict[str, bytes]], object]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(pack)) as archive:
        contents = {name: archive.read(name) for name in archive.namelist()}
    change(contents)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return target.getvalue()


@pytest.mark.parametrize(
    ("change", "faults"),
    [
        (lambda files: files.update({"berkas.pdf": b"%PDF better"}), (("changed", "berkas.pdf"),)),
        (lambda files: files.pop("daftar/1.xlsx"), (("missing", "daftar/1.xlsx"),)),
        (lambda files: files.update({"x": b""}), (("added", "x"),)),
        (lambda files: files.pop(MANIFEST), (("no_manifest", ""),)),
        (lambda files: files.update({MANIFEST: b"[]"}), (("no_manifest", ""),)),
    ],
)
def test_a_changed_pack_says_what_was_changed(
    change: Callable[[dict[str, bytes]], object], faults: tuple[tuple[str, str], ...]
) -> None:
    assert check(PACK).faults == ()
    assert check(rewritten(PACK, change)).faults == faults


def test_a_pack_that_was_packed_anew_is_whole_and_is_not_ours(cast: Cast) -> None:
    frozen(cast)
    forged = packed({"berkas.pdf": b"%PDF better", "daftar/1.xlsx": b"PK"}, {"year": 2022}, ON)
    found, checked = frozen_as(cast.area, forged)
    assert (found, checked.faults) == (None, ())
    assert check(b"no zip").faults == (("not_a_pack", ""),)


def test_who_sees_a_part_keeps_no_file(cast: Cast) -> None:
    part = Area(cast.government, (cast.works.pk,))
    with pytest.raises(NotAllowed):
        note(area=part, noted=REGULATION, by=cast.admin, at=AT)
    with pytest.raises(NotAllowed):
        note(area=cast.area, noted=REGULATION, by=cast.treasurer, at=AT)
