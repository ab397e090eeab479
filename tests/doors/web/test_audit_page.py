"""The audit as an auditor reads it: every deed in words, narrowed, a page at a time, and its chain walked."""

import ast
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.test import Client
from django.urls import reverse
from django.utils import timezone
from stage import Office, work_off

import payung
from payung.doors.web.audit_words import subject_said
from payung.doors.web.translation import t
from payung.doors.web.vocabulary_audit import SUBJECTS
from payung.doors.web.vocabulary_deeds import DEEDS
from payung.office.access.actions import record, redact
from payung.office.access.models import AuditEvent
from payung.office.approvals.models import Verdict
from payung.office.places.scope import coming_from, seen_by, whole_government

RECORDING = ("record", "record_each", "_note")
TOLD_BY_CALLERS = {
    "str(verdict)": {verdict.value for verdict in Verdict},
    "f'claim_{state}'": {"claim_submitted", "claim_appealed"},
    "deed": set(),  # of a `_note`, whose callers name it
    "DEED": {"draw_sample", "verify_chains"},
}
"""First arguments that are no text, and which texts they are."""
BY_THE_DATABASE = {"ask_other_payers"}


def recorded() -> Iterator[str]:
    """Every deed that the code records."""
    for path in Path(str(payung.__file__)).parent.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(text)) if any(f"{name}(" in text for name in RECORDING) else ():
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in RECORDING:
                yield from deeds_of(node.args[0])


def deeds_of(said: ast.expr) -> set[str]:
    if isinstance(said, ast.Constant):
        return {str(said.value)}
    if isinstance(said, ast.IfExp):
        return deeds_of(said.body) | deeds_of(said.orelse)
    return TOLD_BY_CALLERS.get(ast.unparse(said), set())


def test_every_recorded_deed_has_its_words_and_no_other() -> None:
    assert set(recorded()) | BY_THE_DATABASE == set(DEEDS)


def page(client: Client, asked: str = "") -> str:
    return client.get(reverse("audit") + asked).content.decode()


def test_an_auditor_reads_who_did_what_to_whom_from_where(client: Client, office: Office) -> None:
    cast, person = office.cast, f"person:{office.parts['person_id']}"
    with coming_from("web 10.0.0.7"), whole_government(cast.government, by=cast.admin):
        told = {"purpose": "other", "note": "surat 3273061208900001"}
        record("see_marks", subject=person, by=cast.admin, at=timezone.now(), detail=told)
    client.force_login(cast.auditor)
    newest = page(client).split("<tbody>")[1].split("</tr>")[0]
    assert cast.admin.full_name in newest
    assert "membuka nomor lengkap" in newest
    assert "web 10.0.0.7" in newest
    assert reverse("person", kwargs={"person_id": office.parts["person_id"]}) in newest
    assert "lain-lain: surat" in newest
    assert "3273061208900001" not in newest


def test_it_is_narrowed_by_day_user_deed_and_subject(client: Client, office: Office) -> None:
    cast, at = office.cast, datetime(2031, 3, 4, 23, 30, tzinfo=timezone.get_current_timezone())
    with whole_government(cast.government):
        record("count_month", subject="government:1", by=cast.treasurer, at=at)
        record("count_month", subject="government:2", by=None, at=at + timedelta(hours=1))
    client.force_login(cast.auditor)

    def rows(asked: str) -> int:
        body = page(client, asked).partition("<tbody>")[2].partition("</tbody>")[0]
        return body.count("<tr>")

    day = "?dari=2031-03-04&sampai=2031-03-04"
    assert rows(day) == 1
    assert rows("?dari=2031-03-04") == 2
    assert rows(f"?dari=2031-03-04&oleh={cast.treasurer.pk}") == 1
    assert rows("?dari=2031-03-04&oleh=sistem") == 1
    assert rows("?dari=2031-03-04&perbuatan=count_month&mengenai=government:2") == 1
    assert rows("?dari=2031-03-04&perbuatan=sign_in") == 0
    assert "Tampilkan semua" in page(client, "?dari=2031-03-04&perbuatan=sign_in")
    assert rows("?dari=besok&oleh=x&perbuatan=x") == rows("")


def test_a_page_at_a_time_and_the_whole_as_a_workbook(client: Client, office: Office) -> None:
    with whole_government(office.cast.government):
        AuditEvent.objects.bulk_create(
            AuditEvent(at=timezone.now(), by=None, deed="sign_out", subject=f"user:{number}")
            for number in range(90_001, 90_061)
        )
    client.force_login(office.cast.auditor)
    first = page(client, "?perbuatan=sign_out&oleh=sistem")
    following = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    second = page(client, following)
    for number in (90_001, 90_010, 90_011, 90_060):
        assert [f'user%3A{number}"' in one for one in (first, second)] == [number > 90_010, number <= 90_010]
    assert client.get(reverse("audit") + "?unduh=xlsx")["Content-Disposition"].endswith('.xlsx"')


def test_an_emptied_detail_says_so_and_every_kind_of_subject_is_named(client: Client, office: Office) -> None:
    with seen_by(office.cast.admin):
        event = AuditEvent.objects.filter(deed="receive_payment").latest("pk")
        kinds = {subject.partition(":")[0] for subject in AuditEvent.objects.values_list("subject", flat=True)}
        redact(event_id=event.pk, reason="uji", by=office.cast.admin, at=timezone.now())
    client.force_login(office.cast.auditor)
    assert "isinya sudah dikosongkan" in page(client, f"?perbuatan=receive_payment&mengenai={event.subject}")
    assert kinds <= set(SUBJECTS)
    assert subject_said("bill:12") == f"{t('tagihan')} 12"


def test_the_chain_is_walked_as_a_job_and_a_break_is_shown(client: Client, office: Office) -> None:
    client.force_login(office.cast.auditor)
    assert "belum pernah diperiksa" in page(client)
    client.post(reverse("audit-verify"))
    work_off(office, kind="verify_chains")
    assert page(client).count("Kepala rantai") == 2
    with whole_government(office.cast.government):
        kept = AuditEvent.objects.filter(deed="verify_chains").latest("pk")
        broken = {**kept.detail, "faults": ["event_changed", ""], "positions": [3, None]}
        record("verify_chains", subject=kept.subject, by=None, at=timezone.now() + timedelta(days=1), detail=broken)
    assert "Putus di mata rantai 3" in page(client)


def test_it_is_for_those_who_audit_the_whole(client: Client, office: Office) -> None:
    client.force_login(office.cast.operator)
    assert client.get(reverse("audit")).status_code == 403
    client.force_login(office.elsewhere)
    assert "SINTETIS" not in page(client)
    assert office.cast.operator.full_name not in page(client)
