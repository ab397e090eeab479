"""Keys, chains and work in the queue: asked through the office's own questions, so Django must be set up."""

from datetime import timedelta

from payung.doors.checkup.findings import BAD, GOOD, WATCH, Finding, Patient

STANDS_AFTER = timedelta(minutes=15)


def tables(patient: Patient) -> list[Finding]:
    """Whether a migration is missing."""
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connections["owner"])
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        return [
            Finding(
                "tabel",
                WATCH,
                f"{len(missing)} pembaruan belum dijalankan",
                "Buat cadangan, jalankan payung serve sekali, lalu periksa lagi.",
            )
        ]
    return [Finding("tabel", GOOD, "terbaru")]


def keys(patient: Patient) -> list[Finding]:
    """Every key that something is sealed with is there, and opens it."""
    from django.conf import settings

    from payung.office.privacy.resealing import count_by_key, first_unopened

    ring = settings.PAYUNG_KEY_RING
    counts = count_by_key()
    lost = sorted(counts.keys() - ring.live().keys())
    if lost:
        told = f"kunci {', '.join(map(str, lost))} hilang; {sum(counts[one] for one in lost)} nilai tidak terbuka"
        return [Finding("kunci", BAD, told, "Kembalikan berkas kunci dari tempat simpannya ke folder keys.")]
    shut = first_unopened()
    if shut:
        return [Finding("kunci", BAD, f"isi {shut} tidak terbuka", "Kunci di folder keys bukan kunci data ini.")]
    return [Finding("kunci", GOOD, f"{len(ring.live())} kunci, {sum(counts.values())} nilai tersegel")]


def chains(patient: Patient) -> list[Finding]:
    """The audit's and the ledger's hash chains from their first link to the last, and every journal's sum."""
    from payung.office.access import chain as audit
    from payung.office.ledger import chain as ledger

    events, journals = audit.walk(using="owner"), ledger.walk(using="owner")
    advice = "Lihat payung audit verify / payung ledger verify; simpan salinan, lalu hubungi pemeriksa."
    return [
        Finding("rantai catatan", BAD, "putus", advice)
        if any(one.broken for one in events)
        else Finding("rantai catatan", GOOD, f"{sum(one.links for one in events)} kejadian"),
        Finding("rantai jurnal", BAD, "putus", advice)
        if any(one.broken for one in journals)
        else Finding(
            "rantai jurnal", GOOD, f"{sum(one.journals for one in journals)} jurnal, setiap jurnal berjumlah nol"
        ),
    ]


def queue(patient: Patient) -> list[Finding]:
    """Nothing hangs in the queue."""
    before = patient.at - STANDS_AFTER
    found = patient.connection.execute(
        "SELECT count(*) FROM jobs_job WHERE state IN ('queued', 'running') AND asked_at < %s", [before]
    ).fetchone()
    assert found is not None
    if found[0]:
        advice = "Jalankan payung serve: pekerjaan yang terhenti diulang dengan sendirinya."
        return [Finding("antrean", WATCH, f"{found[0]} pekerjaan menunggu lebih dari 15 menit", advice)]
    return [Finding("antrean", GOOD, "tidak ada yang tertinggal")]
