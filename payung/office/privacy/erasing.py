"""What an erasure takes, table by table, and why it leaves the rest.

Marks, names and whatever else says who it is go; amounts, months, opaque ids and the chain of the audit stay. A table
with personal fields that stands neither in `TAKEN` nor in `LEFT`, nor in the `ERASURE` of its own room's personal.py,
fails a test.
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from importlib import import_module

from django.apps import apps
from django.db import connection
from django.db.models import Q

from payung.office import bulk
from payung.office.access.actions import record, redact
from payung.office.access.marks import seal, seal_content, sealed_forms
from payung.office.access.models import AuditEvent, User
from payung.office.approvals.models import Statement
from payung.office.privacy.corrections import told, value_of
from payung.office.privacy.models import Correction
from payung.office.registry.models import Person

ERASED = "(dihapus)"
_ROWS = "(SELECT row_id FROM registry_evidence WHERE person_id = %(person)s)"
TAKEN: Mapping[str, str] = {
    "files.Finding": f"""UPDATE files_finding f SET sealed_detail = %(nothing)s, sheet = %(erased)s FROM files_row r
        WHERE r.id IN {_ROWS} AND f.reading_id = r.reading_id AND f.position = r.position""",  # noqa: S608  # our words
    "files.KeptFile": f"""UPDATE files_keptfile k SET sealed_content = %(no_content)s, name = %(erased)s
        FROM files_reading g JOIN files_row r ON r.reading_id = g.id
        WHERE r.id IN {_ROWS} AND k.id = g.file_id""",  # noqa: S608  # our own words, values are parameters
    "files.Row": f"""UPDATE files_row SET name = %(erased)s, sheet = %(erased)s, birth_date = NULL,
        birth_place = NULL, sex = NULL, job = NULL, kecamatan_code = NULL, desa_code = NULL, nik_sealed = NULL,
        kk_sealed = NULL, kpj_sealed = NULL, phone_sealed = NULL, mother_name_sealed = NULL
        WHERE id IN {_ROWS}""",  # noqa: S608  # our own words, values are parameters
    "registry.Job": "SELECT privacy_redact_facts(%(person)s)",
    "privacy.Correction": "SELECT privacy_redact_facts(%(person)s)",
    "verification.Candidate": f"""UPDATE verification_candidate SET name = %(erased)s, birth_date = NULL, sex = NULL,
        job = NULL, segment = NULL, kecamatan_code = NULL, desa_code = NULL, nik_sealed = NULL
        WHERE person_id = %(person)s OR row_id IN {_ROWS}""",  # noqa: S608  # our own words, values are parameters
    "verification.Told": "SELECT privacy_redact_told(%(niks)s::bytea[], %(nobody)s)",
    "registry.Membership": "UPDATE registry_membership SET kpj_sealed = NULL WHERE person_id = %(person)s",
    "privacy.Request": "UPDATE privacy_request SET wording = '', answer = '' WHERE person_id = %(person)s",
    "registry.Person": """UPDATE registry_person SET name = %(erased)s, name_key = '', birth_date = NULL,
        birth_place = NULL, sex = NULL, kecamatan_code = NULL, desa_code = NULL, nik_sealed = NULL,
        nik_confirmed = false, kk_sealed = NULL, phone_sealed = NULL, mother_name_sealed = NULL
        WHERE id = %(person)s""",
}
"""Statement of each table. `registry_evidence` stays, so that every one of them finds which lines are hers."""
BY_NAME = ("access.AuditEvent", "approvals.Statement", "approvals.Proposal")
"""Free text that names her: found by her names, old and new, and redacted each by its own function."""
LEFT: Mapping[str, str] = {
    "sponsorship.Sponsor": "civil servants who pay, kept as long as the receipts of what they paid",
    "access.User": "users of Payung, not workers",
    "access.RowChange": "settings and users; of workers nothing stands in it",
    "agreements.AmendmentItem": "what a paper said of a slot: place and reason stay with an opaque id, for its quota",
    "agreements.Entry": "as agreements.AmendmentItem",
    "places.Letterhead": "officers who sign for their office, not workers",
    "verification.WorkStatement": "the signatory is an officer; whom it is about is an opaque id",
    "access.SecondFactor": "users of Payung, not workers",
    "approvals.Mailbox": "users of Payung, not workers",
    "billing.StatementLine": "the bank's own words for a transfer: a document of the books, kept as long as they are",
    "files.Reading": "names of sheets; the lines that are hers no longer say which",
}


def erasures() -> dict[str, str]:
    """Model -> statement, this room's and those that later rooms say beside their own models."""
    found: dict[str, str] = {}
    for config in apps.get_app_configs():
        if config.name.startswith("payung.") and config.label != "web":
            room: Mapping[str, str] = getattr(import_module(f"{config.name}.personal"), "ERASURE", {})
            found |= {f"{config.label}.{model}": statement for model, statement in room.items()}
    return {**found, **TAKEN}


def erase(person: Person, *, by: User, at: datetime) -> None:
    """Take everything away that says who it is; the caller has asked whether it may go."""
    names = _values_of(person, "name")
    _redact_comments(person, names, by=by, at=at)
    _redact_audit(person, names, by=by, at=at)
    values = {
        "person": person.pk,
        "erased": ERASED,
        "nothing": seal("{}", kind="finding"),
        "no_content": seal_content(b""),
        "niks": [form for number in _values_of(person, "nik") for form in sealed_forms(number, kind="nik")],
        "nobody": seal(ERASED, kind="nik"),
    }
    for statement in dict.fromkeys(erasures().values()):
        bulk.execute(statement, values)
    record("erase_person", subject=f"person:{person.pk}", by=by, at=at)


def _values_of(person: Person, field: str) -> list[str]:
    """What is recorded of her now, and what was before and after each correction."""
    corrected = [told(one) for one in Correction.objects.filter(person=person, field=field)]
    values = [value_of(person, field), *(value for one in corrected for value in (one.old, one.new))]
    return sorted({value for value in values if value})


def _naming(column: str, names: list[str]) -> Q:
    found = Q(pk__in=[])
    for name in names:
        found |= Q(**{f"{column}__icontains": name})
    return found


def _redact_comments(person: Person, names: list[str], *, by: User, at: datetime) -> None:
    """Comments that name her, and all on corrections of hers. The audit keeps a keyed fingerprint of each."""
    own = Q(proposal__in=Correction.objects.filter(person=person).values("proposal"))
    statements = list(Statement.objects.filter(own | _naming("comment", names)).exclude(comment__in=["", ERASED]))
    with connection.cursor() as cursor:
        cursor.execute("SELECT privacy_redact_comments(%s)", [[one.pk for one in statements]])
    for one in statements:
        fingerprint = hashlib.sha256(seal(one.comment, kind="comment")).hexdigest()
        detail = {"reason": "erasure", "fingerprint": fingerprint}
        record("redact", subject=f"statement:{one.pk}", by=by, at=at, detail=detail)


def _redact_audit(person: Person, names: list[str], *, by: User, at: datetime) -> None:
    """Notes on looks at her, and every detail that names her."""
    looks = Q(subject=f"person:{person.pk}", deed="see_marks") & ~Q(detail__note="")
    events = AuditEvent.objects.filter(
        looks | _naming("detail", names), government_id=person.government_id, redacted_at__isnull=True
    )
    for event_id in list(events.values_list("pk", flat=True)):
        redact(event_id=event_id, reason="erasure", by=by, at=at)
