"""Menunggu saya, the plan's own page, lent voices, and the notices that go out after the commit."""

import re
from typing import Any

import pytest
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob
from stage import Office

from payung.doors.jobs.notices import NoticeNotSent
from payung.doors.jobs.tasks import send_notice
from payung.office.access.models import User
from payung.office.approvals.models import Delegation, Proposal, Statement
from payung.office.approvals.policy import NewStep, freeze, set_mailbox, set_steps
from payung.office.enrolment.models import Plan
from payung.office.places.scope import whole_government
from tests.office.cast import AT

pytestmark = pytest.mark.django_db


def text(response: HttpResponse) -> str:
    return response.content.decode()


def plan_address(office: Office, name: str = "plan") -> str:
    return reverse(name, kwargs={"plan_id": office.parts["waiting_plan_id"]})


def second(office: Office) -> User:
    return User.objects.get(username="kedua")


def notices() -> list[dict[str, Any]]:
    """The notices in the queue, newest last."""
    return [job.args for job in ProcrastinateJob.objects.filter(task_name="send_notice").order_by("id")]


def work_off_notices() -> None:
    for arguments in notices():
        send_notice(**arguments)


def take_in(office: Office, user: User, *, wanted: bool = True) -> None:
    with whole_government(office.cast.government, by=user):
        set_mailbox(address=f"{user.username}@contoh.example", wanted=wanted, by=user, at=AT)


def waiting_told(home: str) -> int:
    """How many decisions the dashboard says wait."""
    return int(re.findall(r"(\d+) persetujuan menunggu Anda", home)[0])


def test_one_answer_for_the_page_and_the_dashboard(client: Client, office: Office) -> None:
    client.force_login(office.cast.admin)
    page, home = text(client.get(reverse("waiting"))), text(client.get(reverse("home")))
    assert page.count("Rencana Dinkes") == 1
    assert "Rencana Dinkes, Okt 2022 menunggu putusan Anda." in home
    before = waiting_told(home)
    client.post(plan_address(office, "plan-decide"), {"putusan": "approve"})
    assert "Rencana Dinkes" not in text(client.get(reverse("waiting")))
    assert waiting_told(text(client.get(reverse("home")))) == before - 1


def test_sent_back_proposed_again_and_approved(client: Client, office: Office) -> None:
    client.force_login(office.cast.admin)
    client.post(plan_address(office, "plan-decide"), {"putusan": "revise", "comment": "Upahnya keliru"})
    client.force_login(office.cast.operator)
    assert "Rencana Dinkes, Okt 2022 dikembalikan kepada Anda" in text(client.get(reverse("home")))
    page = text(client.get(plan_address(office)))
    assert "Upahnya keliru" in page
    again = page.split('action="/daftar/')[1].split('"')[0]
    answer = client.post(f"/daftar/{again}", {"comment": "Sudah diperiksa"})
    assert answer["Location"] != plan_address(office)
    client.force_login(office.cast.admin)
    assert "sudah diganti versi baru" in text(client.get(plan_address(office)))
    old = text(client.post(plan_address(office, "plan-decide"), {"putusan": "approve"}))
    assert "sudah diajukan lagi dalam versi baru" in old
    assert "Sudah diperiksa" in text(client.get(answer["Location"]))
    client.post(answer["Location"] + "/putusan", {"putusan": "approve"})
    assert "Terapkan 3 perubahan" in text(client.get(answer["Location"]))


def test_the_plan_says_what_it_adds_to_a_month(client: Client, office: Office) -> None:
    client.force_login(office.cast.auditor)
    # Three joiners on the UMP of Jawa Barat in 2022: 0.24 % and 0.30 % of Rp1.841.487, rounded each.
    assert f"Rp{3 * (4420 + 5524):,}".replace(",", ".") in text(client.get(plan_address(office)))


def test_a_limit_below_the_amount_takes_the_button_away(client: Client, office: Office) -> None:
    cast = office.cast
    with whole_government(cast.government, by=cast.admin):
        steps = [NewStep(1, {cast.admin.pk: 1_000, second(office).pk: None})]
        set_steps(government=cast.government, kind="plan", steps=steps, by=cast.admin, at=AT)
    client.force_login(cast.admin)
    page = text(client.get(plan_address(office)))
    assert "melampaui batas wewenang Anda" in page
    assert 'value="approve"' not in page
    assert "Yang dapat menyetujui sekarang: Kedua." in page
    assert "Rencana Dinkes" not in text(client.get(reverse("waiting")))
    assert "melampaui batas" in text(client.post(plan_address(office, "plan-decide"), {"putusan": "approve"}))
    client.force_login(second(office))
    client.post(plan_address(office, "plan-decide"), {"putusan": "approve"})
    assert "Disetujui oleh Kedua" in text(client.get(plan_address(office)))


def test_frozen_it_still_waits_and_may_be_refused(client: Client, office: Office) -> None:
    cast, today = office.cast, timezone.localdate()
    with whole_government(cast.government, by=cast.admin):
        freeze(
            government=cast.government, kind="plan", first_day=today, last_day=today, reason="Tutup buku",
            by=cast.admin, at=timezone.now(),
        )  # fmt: skip
    client.force_login(cast.admin)
    assert "dibekukan" in text(client.get(reverse("waiting")))
    assert 'value="approve"' not in text(client.get(plan_address(office)))
    client.post(plan_address(office, "plan-decide"), {"putusan": "refuse", "comment": "Tidak tahun ini"})
    assert "Tidak tahun ini" in text(client.get(plan_address(office)))


def test_a_voice_is_lent_spoken_with_and_taken_back(client: Client, office: Office) -> None:
    cast, today = office.cast, timezone.localdate().isoformat()
    with whole_government(cast.government, by=cast.admin):
        steps = [NewStep(1, {cast.admin.pk: None})]
        set_steps(government=cast.government, kind="plan", steps=steps, by=cast.admin, at=AT)
    client.force_login(cast.admin)
    lending = {"to": second(office).pk, "kind": "plan", "first_day": today, "last_day": today}
    late = text(client.post(reverse("voice-lend"), lending | {"last_day": "2020-01-01"}))
    assert "Hari terakhir tidak boleh sebelum hari pertama." in late
    assert client.post(reverse("voice-lend"), lending).status_code == 302
    client.force_login(second(office))
    assert "atas nama government_admin" in text(client.get(reverse("waiting")))
    client.post(plan_address(office, "plan-decide"), {"putusan": "approve", "suara": cast.admin.pk})
    assert "Kedua atas nama government_admin" in text(client.get(plan_address(office)))
    with whole_government(cast.government):
        lent = Delegation.objects.get(kind="plan")
    assert client.post(reverse("voice-back", kwargs={"delegation_id": lent.pk})).status_code == 404
    client.force_login(cast.admin)
    client.post(reverse("voice-back", kwargs={"delegation_id": lent.pk}))
    with whole_government(cast.government):
        assert Delegation.objects.get(pk=lent.pk).replaced_at is not None


def test_a_remark_is_shown_and_hides_marks(client: Client, office: Office) -> None:
    client.force_login(office.cast.auditor)
    remark = reverse("proposal-remark", kwargs={"proposal_id": office.parts["proposal_id"]})
    answer = client.post(remark, {"comment": "Periksa NIK 3273061208900001 dulu"})
    assert answer["Location"] == plan_address(office)
    page = text(client.get(answer["Location"]))
    assert "Periksa NIK •••••••• dulu" in page
    client.force_login(office.narrow)
    assert client.post(remark, {"comment": "x"}).status_code == 404
    with whole_government(office.cast.government):
        assert Statement.objects.filter(verdict="comment").count() == 1


def test_notices_go_to_those_who_want_them_and_name_nobody(client: Client, office: Office) -> None:
    cast = office.cast
    take_in(office, cast.operator)
    client.force_login(cast.admin)
    client.post(plan_address(office, "plan-decide"), {"putusan": "revise", "comment": "Upah SINTETIS BABA keliru"})
    assert [one["user_id"] for one in notices()] == [cast.operator.pk]
    assert mail.outbox == []
    work_off_notices()
    (sent,) = mail.outbox
    assert sent.to == ["operator@contoh.example"] or sent.to == [f"{cast.operator.username}@contoh.example"]
    assert "dikembalikan untuk diperbaiki" in sent.body
    assert not any(word in sent.body + sent.subject for word in ("SINTETIS", "Dinkes", "keliru"))


def test_those_who_may_decide_are_told_unless_switched_off_or_too_late(client: Client, office: Office) -> None:
    cast = office.cast
    take_in(office, cast.admin)
    take_in(office, second(office), wanted=False)
    client.force_login(cast.operator)
    client.post(reverse("list-plan", kwargs={"list_id": office.parts["list_id"]}))
    assert {one["user_id"] for one in notices()} == {cast.admin.pk, second(office).pk}
    work_off_notices()
    assert [one.to for one in mail.outbox] == [[f"{cast.admin.username}@contoh.example"]]
    client.force_login(second(office))
    with whole_government(cast.government):
        newest = Plan.objects.latest("pk").pk
    client.post(reverse("plan-decide", kwargs={"plan_id": newest}), {"putusan": "approve"})
    mail.outbox.clear()
    told = notices()[-1]
    work_off_notices()
    assert told["user_id"] == cast.operator.pk
    assert mail.outbox == []  # the admin's is too late now, and the operator told no address


def test_a_mail_server_that_refuses_leaves_no_address_behind(office: Office, settings: Any) -> None:
    take_in(office, office.cast.admin)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    told = {
        "proposal_id": office.parts["proposal_id"], "version": 1, "state": Proposal.OPEN,
        "user_id": office.cast.admin.pk,
    }  # fmt: skip
    with pytest.raises(NoticeNotSent) as problem:
        send_notice(**told, government_id=office.cast.government.pk)
    assert "contoh.example" not in str(problem.value)
    assert problem.value.__suppress_context__


def test_the_mailbox_is_ones_own(client: Client, office: Office) -> None:
    client.force_login(office.cast.auditor)
    assert client.post(reverse("mailbox"), {"address": "bukan alamat"}).status_code == 200
    client.post(reverse("mailbox"), {"address": "auditor@contoh.example", "wanted": "on"})
    assert "auditor@contoh.example" in text(client.get(reverse("waiting")))
    client.force_login(office.cast.admin)
    assert "auditor@contoh.example" not in text(client.get(reverse("waiting")))


def test_an_unknown_answer_decides_nothing(client: Client, office: Office) -> None:
    client.force_login(office.cast.admin)
    assert client.post(plan_address(office, "plan-decide"), {"comment": "x"}).status_code == 302
    assert "menunggu persetujuan" in text(client.get(plan_address(office)))


def test_the_administrator_sets_steps_and_limits(client: Client, office: Office) -> None:
    cast, other = office.cast, second(office)
    client.force_login(cast.admin)
    told = {f"u{cast.admin.pk}-step": "1", f"u{cast.admin.pk}-limit": "1.000", f"u{other.pk}-step": "1"}
    few = text(client.post(reverse("approval-steps"), told | {"needed_1": "3"}))
    assert "Kelompoknya lebih kecil" in few
    wrong = text(client.post(reverse("approval-steps"), told | {"needed_1": "1", f"u{other.pk}-limit": "banyak"}))
    assert "Tulis rupiah bulat" in wrong
    assert client.post(reverse("approval-steps"), told | {"needed_1": "1"}).status_code == 302
    assert "melampaui batas wewenang Anda" in text(client.get(plan_address(office)))
    assert 'value="1000"' in text(client.get(reverse("approval-rules")))
    client.post(reverse("approval-steps"), {})
    assert 'value="approve"' in text(client.get(plan_address(office)))


def test_the_administrator_freezes_and_lifts(client: Client, office: Office) -> None:
    client.force_login(office.cast.admin)
    today = timezone.localdate().isoformat()
    told = {"kind": "", "first_day": today, "last_day": today, "reason": "Pemeriksaan"}
    assert client.post(reverse("freeze"), told).status_code == 302
    assert "dibekukan" in text(client.get(reverse("waiting")))
    page = text(client.get(reverse("approval-rules")))
    assert page.index("Pemeriksaan") < page.index("Tutup tahun")
    newest = page.split('action="/persetujuan/aturan/beku/')[1].split('"')[0]
    client.post(f"/persetujuan/aturan/beku/{newest}")
    assert "dibekukan" not in text(client.get(reverse("waiting")))
    client.force_login(office.elsewhere)
    lift = reverse("freeze-lift", kwargs={"freeze_id": office.parts["freeze_id"]})
    assert client.post(lift).status_code == 404
