"""An office begins with sponsoring from nothing; a pledge is led through its life; papers, ranking, outreach."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from payung.doors.jobs.deductions import fix_deductions
from payung.doors.jobs.models import Job
from payung.doors.jobs.tasks import run_job
from payung.doors.web.figures import long_month
from payung.office.access.models import AuditEvent, User
from payung.office.agreements.papers import NewAddendum, amend_agreement
from payung.office.places.scope import whole_government
from payung.office.sponsorship import pledges
from payung.office.sponsorship.models import Circular, DeductionList, Event, Order, Outreach, Pledge, Scope, Sponsor
from payung.rules.months import Month
from tests.office.cast import Cast
from tests.office.sponsors import NIPS, Sponsors, at_work, on, pledged, worker

pytestmark = pytest.mark.django_db


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def shown(client: Client, name: str, **parts: int) -> str:
    return client.get(reverse(name, kwargs=parts)).content.decode()


def issued(cast: Cast, **changed: object) -> dict[str, object]:
    return {
        "number": "SE/1/2026", "title": "ASN peduli pekerja", "signed_on": "2026-01-02", "effective_from": "2026-02-01",
        "minimum_per_asn": 1, "wage_rupiah": 1_000_000, "list_day": 1, "share_weight": 50, "workers_weight": 20,
        "persistency_weight": 30, "opds": [cast.works.pk], **changed,
    }  # fmt: skip


def test_an_office_begins_from_nothing(cast: Cast) -> None:
    client = signed_in(cast.admin)
    for name in ("pledges", "deductions", "ranking", "outreach", "pledge-new"):
        assert reverse("circular") in shown(client, name), name
    for wrong, said in (({"share_weight": 60}, "harus berjumlah 100"), ({"effective_from": "2026-02-02"}, "tanggal 1")):
        page = client.post(reverse("circular-issue"), issued(cast, **wrong)).content.decode()
        assert said in page and not Circular.objects.exists()
    assert reverse("servants-upload") not in shown(signed_in(cast.operator), "servants")
    empty = shown(client, "servants")
    assert empty.count(f'href="{reverse("servants-upload")}"') == 1 and 'class="chips"' not in empty
    assert signed_in(cast.operator).post(reverse("circular-issue"), issued(cast)).status_code == 403
    assert client.post(reverse("circular-issue"), issued(cast)).status_code == 302
    assert "sudah dipakai" in client.post(reverse("circular-issue"), issued(cast)).content.decode()
    client.post(reverse("circular-opds"), {"opds": [cast.health.pk]})
    with whole_government(cast.government):
        circular = Circular.objects.get()
        assert set(Scope.objects.values_list("opd_id", flat=True)) == {cast.works.pk, cast.health.pk}
    assert circular.agreement.programmes == ["JKK", "JKM"]
    assert reverse("servants-upload") in shown(client, "pledges")
    listed = (
        f"NIP;NAMA;OPD\n{NIPS[0]};ABDI SATU;{cast.works.code}\n123;ABDI DUA;{cast.works.code}\n{NIPS[1]};ABDI TIGA;X\n"
    )
    file = SimpleUploadedFile("asn.csv", listed.encode(), "text/csv")
    sent = client.post(reverse("servants-upload"), {"workbook": file, "told_on": "2026-01-05"})
    with whole_government(cast.government):
        job = Job.objects.get(kind="take_in_sponsors")
    run_job(job_id=str(job.pk), user_id=cast.admin.pk)
    page = client.get(sent["Location"]).content.decode()
    assert "1 ASN ditambahkan" in page and "Baris 3: NIP tidak terbaca" in page and "Baris 4: OPD tidak dikenal" in page
    assert "ABDI SATU" in shown(client, "servants") and NIPS[0] not in shown(client, "servants")


@pytest.fixture
def world(standing_sponsors: Sponsors, db: None) -> Sponsors:
    return at_work(standing_sponsors)


def test_a_pledge_is_led_through_its_life(world: Sponsors) -> None:
    today = timezone.localdate()
    month = Month.of(today)
    one = pledged(world, 1)
    client, own = signed_in(world.operator), signed_in(world.login)
    at = {"pledge_id": one.pk}
    assert "Surat bertanda tangan disimpan" in shown(client, "pledge", **at)
    assert own.post(reverse("pledge-step", kwargs=at), {"step": "stop", "last": str(month)}).status_code == 403
    assert own.post(reverse("pledge-wish", kwargs=at), {"permintaan": "asks_pause"}).status_code == 302
    assert "Penanggung minta jeda" in shown(client, "pledge", **at) and "Perlu tindakan" in shown(client, "pledges")
    assert reverse("pledge-signed", kwargs=at) in shown(client, "pledge", **at)
    paper = client.post(reverse("pledge-signed", kwargs=at))
    assert (paper["Content-Type"], paper["Cache-Control"]) == ("application/pdf", "no-store")
    assert AuditEvent.objects.filter(deed="open_document", subject=f"pledge:{at['pledge_id']}").exists()
    too_soon = {"step": "pause", "last": str(month), "resume": str(month.shift(1))}
    assert "paling sedikit satu bulan" in client.post(reverse("pledge-step", kwargs=at), too_soon).content.decode()
    client.post(reverse("pledge-step", kwargs=at), {**too_soon, "resume": str(month.shift(3))})
    with whole_government(world.cast.government):
        stands = Order.objects.filter(pledge=one, replaced_at__isnull=True).order_by("from_month")
        assert [order.from_month for order in stands][1] == month.shift(3).first_day
    handed = client.post(
        reverse("pledge-step", kwargs=at), {"step": "hand_over", "last": str(month), "nip": NIPS[1]}
    )  # fmt: skip
    assert handed.status_code == 302
    with whole_government(world.cast.government):
        after = Pledge.objects.get(follows=one)
    assert (
        after.sponsor_id == world.sponsors[1].pk
        and reverse("pledge", kwargs={"pledge_id": after.pk}) in handed["Location"]
    )
    other = pledged(world, 2, sponsor=2)
    client.post(reverse("pledge-event", kwargs={"pledge_id": other.pk}), {"kind": "retired", "on": str(today)})
    with whole_government(world.cast.government):
        assert Event.objects.get(kind="retired").acts == "opd"
    asked = client.post(reverse("pledge-elsewhere", kwargs={"pledge_id": other.pk})).content.decode()
    assert "Tidak ada pemerintah daerah lain" in asked
    assert own.get(reverse("pledge", kwargs={"pledge_id": other.pk})).status_code == 404
    told = worker(5)
    typed = {
        "nik": told["NIK"], "name": told["Nama"], "birth_place": "", "birth_date": told["Tanggal Lahir"], "sex": "P",
        "job": "Sopir", "last": str(month),
    }  # fmt: skip
    third = pledged(world, 3, sponsor=3)
    assert client.post(reverse("pledge-swap", kwargs={"pledge_id": third.pk}), typed).status_code == 302
    with whole_government(world.cast.government):
        assert Pledge.objects.filter(follows=third).exists()


def test_papers_of_the_sponsor_and_the_worker(world: Sponsors) -> None:
    one = pledged(world, 1)
    own = signed_in(world.login)
    page = shown(own, "pledges")
    assert "Bukti dan piagam" in page and "Sudah Anda berikan" in page
    for asked in (str(timezone.localdate().year), "piagam"):
        assert own.post(reverse("sponsor-receipt"), {"tahun": asked}).content.startswith(b"%PDF"), asked
    assert own.post(reverse("sponsor-receipt"), {"tahun": "1999"}).status_code == 404
    assert own.post(reverse("pledge-paper", kwargs={"pledge_id": one.pk})).content.startswith(b"%PDF")
    with whole_government(world.cast.government):
        paper = SimpleUploadedFile("surat.txt", b"bukan pindaian", "text/plain")
    operator = signed_in(world.operator)
    operator.post(reverse("pledge-new"), {
        "nik": worker(9)["NIK"], "name": worker(9)["Nama"], "birth_date": "1985-05-17", "sex": "P", "job": "Kebun",
        "sector": "other", "nip": NIPS[1], "langkah": "janji",
    })  # fmt: skip
    with whole_government(world.cast.government):
        waiting = Pledge.objects.get(consented_at__isnull=True)
    page = operator.post(reverse("pledge-consent"), {"pledge": waiting.pk, "paper": paper}).content.decode()
    assert "bukan PDF atau foto" in page


def test_a_known_worker_is_picked_and_carried_until_a_month(world: Sponsors) -> None:
    """Nothing of the person is typed again; the last month stands on the form, the pledge and its paper."""
    one = pledged(world, 1)
    assert one.membership is not None
    month, client = Month.of(timezone.localdate()), signed_in(world.operator)
    pledges.stop(pledge_id=one.pk, last=month, by=world.operator, at=timezone.now())
    address = reverse("pledge-new-of", kwargs={"person_id": one.membership.person_id})
    assert address in shown(client, "person", person_id=one.membership.person_id)
    page = client.get(address).content.decode()
    assert worker(1)["Nama"] in page and worker(1)["NIK"] not in page and 'name="nik"' not in page
    assert signed_in(world.login).get(address).status_code == 403
    typed = {"nip": NIPS[1], "job": "Kebun", "sector": "other", "month": str(month.shift(1))}
    too_early = client.post(address, {**typed, "until": str(month)}).content.decode()
    assert "tidak lebih awal dari bulan mulai" in too_early
    typed["until"] = str(month.shift(6))
    looked = client.post(address, {**typed, "langkah": "lihat"}).content.decode()
    assert str(long_month(month.shift(6))) in looked and "sebelum santunan itu penuh" not in looked
    short = client.post(address, {**typed, "until": str(month.shift(2)), "langkah": "lihat"}).content.decode()
    assert "sebelum santunan itu penuh" in short
    assert client.post(address, {**typed, "langkah": "janji"}).status_code == 302
    with whole_government(world.cast.government):
        made = Pledge.objects.get(consented_at__isnull=True)
    assert (made.sponsor_id, made.wanted_until) == (world.sponsors[1].pk, month.shift(6).first_day)
    scan = SimpleUploadedFile("surat.pdf", b"%PDF-1.4 surat", "application/pdf")
    assert client.post(reverse("pledge-consent"), {"pledge": made.pk, "paper": scan}).status_code == 302
    made.refresh_from_db()
    assert made.membership_id == one.membership_id
    assert str(long_month(month.shift(6))) in shown(client, "pledge", pledge_id=made.pk)
    assert client.post(reverse("pledge-letter"), {"janji": made.pk}).content.startswith(b"%PDF")


def test_an_office_follows_its_civil_servants_whether_they_carry_somebody_or_not(world: Sponsors) -> None:
    pledged(world, 1)
    operator, today = signed_in(world.operator), timezone.localdate()
    carrier, other = ({"sponsor_id": one.pk} for one in (world.sponsors[0], world.sponsors[3]))
    listed = shown(operator, "servants")
    assert "ASN D" in listed and reverse("servants-upload") not in listed
    carrying = operator.get(reverse("servants") + "?asn=carrying").content.decode()
    assert "ASN A" in carrying and "ASN D" not in carrying
    assert operator.post(reverse("servant-find"), {"q": NIPS[3]})["Location"] == reverse("servant", kwargs=other)
    assert "nip=asing" in operator.post(reverse("servant-find"), {"q": "19800101 200"})["Location"]
    assert operator.post(reverse("servant-find"), {"q": " b  asn "})["Location"].startswith(reverse("servants"))
    page = operator.post(reverse("servant-find"), {"q": "asn"}).content.decode()
    assert "ASN A" in page and "ASN D" in page and "Tampilkan semua ASN" in page
    assert "Tidak ada ASN dengan nama itu" in operator.post(reverse("servant-find"), {"q": "100%"}).content.decode()
    assert "belum menanggung seorang pun" in shown(operator, "servant", **other)
    assert "SINTETIS" in shown(operator, "servant", **carrier)
    printed = operator.post(reverse("servant-paper", kwargs=carrier), {"tahun": str(today.year)})
    assert printed.content.startswith(b"%PDF")
    event = reverse("servant-event", kwargs=other)
    assert "Pilih OPD barunya" in operator.post(event, {"kind": "moved", "on": str(today)}).content.decode()
    assert operator.post(event, {"kind": "retired", "on": str(today)}).status_code == 302
    assert "pensiun" in shown(operator, "servant", **other)
    assert "ASN D" not in operator.get(reverse("servants") + "?asn=serving").content.decode()
    assert signed_in(world.login).get(reverse("servant", kwargs=carrier)).status_code == 403


def test_the_ranking_is_public_only_where_it_is_opened_and_hides_small_counts(world: Sponsors) -> None:
    pledged(world, 1)
    public = Client()
    assert "belum membuka" in public.get(reverse("ranking-public")).content.decode()
    admin = signed_in(world.cast.admin)
    page = shown(admin, "ranking")
    assert "1 dari 1" in page or "Dinas" in page
    assert signed_in(world.cast.auditor).post(reverse("ranking-publish"), {"umum": "ya"}).status_code == 403
    admin.post(reverse("ranking-publish"), {"umum": "ya"})
    page = public.get(reverse("ranking-public")).content.decode()
    assert "kurang dari 5" in page and "ASN A" not in page and "SINTETIS" not in page and 'class="picture"' not in page
    admin.post(reverse("ranking-publish"), {"umum": "tidak"})
    assert "kurang dari 5" not in public.get(reverse("ranking-public")).content.decode()


def test_outreach_is_counted_and_who_has_nobody_is_reminded(world: Sponsors) -> None:
    pledged(world, 1)
    admin, today = signed_in(world.cast.admin), timezone.localdate()
    present = SimpleUploadedFile("hadir.csv", b"NO;NAMA\n1;SINTETIS SATU\n2;SINTETIS DUA\n", "text/csv")
    event = {"held_on": str(today), "place": "Aula", "opd": world.cast.works.pk, "material": "Brosur"}
    assert "Isi jumlahnya" in admin.post(reverse("outreach-note"), event).content.decode()
    admin.post(reverse("outreach-note"), {**event, "workbook": present})
    late = {**event, "held_on": str(today + timedelta(days=3)), "attendance": 4}
    assert "belum tiba" in admin.post(reverse("outreach-note"), late).content.decode()
    with whole_government(world.cast.government):
        assert Outreach.objects.get().attendance == 2
    page = shown(admin, "outreach")
    assert "Aula" in page and "SINTETIS" not in page
    letter = admin.post(reverse("outreach-letter"), {"opd": world.cast.health.pk})
    assert letter.content.startswith(b"%PDF")


def test_the_timetable_fixes_the_lists_of_the_day_once(world: Sponsors) -> None:
    pledged(world, 1)
    assert fix_deductions(at=on(2025, 10, 31)) == 0
    assert fix_deductions(at=on(2025, 11, 5)) == 2
    assert fix_deductions(at=on(2025, 11, 6)) == 0
    with whole_government(world.cast.government):
        fixed = DeductionList.objects.get(opd=world.cast.works)
        assert (fixed.month, fixed.heads, fixed.fixed_by) == (date(2025, 11, 1), 1, None)
        assert Sponsor.objects.count() == 4
        shorter = NewAddendum(
            "SE/1/2025-A", "Berakhir lebih awal", date(2025, 11, 10), date(2025, 12, 1), date(2025, 12, 31), "nominal",
            wage_nominal_rupiah=1_000_000,
        )  # fmt: skip
        amend_agreement(agreement=world.circular.agreement, told=shorter, by=world.cast.admin, at=on(2025, 11, 10))
    assert (fix_deductions(at=on(2025, 12, 5)), fix_deductions(at=on(2026, 1, 5))) == (2, 0)
    ended = shown(signed_in(world.cast.admin), "circular")
    assert "sudah berakhir" in ended and f'action="{reverse("circular-issue")}"' in ended
