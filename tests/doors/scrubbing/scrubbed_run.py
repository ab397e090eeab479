"""Child process of the test of the copy: `scrubbed_run.py fill FOLDER` adds what people type about people;
`scrubbed_run.py tell FOLDER` dumps the database beside it and prints what the test compares.
"""

import json
import os
import sys
from pathlib import Path

CORRECTED = "Sutinah Kenari"
TYPED = "Ibu Sutinah di Jalan Kenari"
ADDRESS = "sutinah@contoh.example"


def main() -> None:
    deed, folder = sys.argv[1], Path(sys.argv[2])
    os.environ["PAYUNG_DATA"] = str(folder)
    from payung.doors.installation.folder import data_folder
    from payung.doors.installation.office import opened_office
    from tests.doors.whole_run import dump

    with opened_office(data_folder()):
        if deed == "fill":
            fill()
        else:
            print(json.dumps(told(), default=str))
            dump(folder)


def fill() -> None:
    """A request, a comment, a mailbox, a renamed user: free text and its history."""
    from django.utils import timezone

    from payung.office.access.models import User
    from payung.office.approvals.actions import remark
    from payung.office.approvals.models import Proposal
    from payung.office.approvals.policy import set_mailbox
    from payung.office.places.scope import seen_by
    from payung.office.privacy.actions import receive
    from payung.office.privacy.corrections import propose_correction
    from payung.office.registry.models import Person

    admin, at = User.objects.filter(role="government_admin").order_by("pk")[0], timezone.now()
    with seen_by(admin):
        person = Person.objects.order_by("pk")[0]
        receive(person=person, kind="access", wording=TYPED, handler=admin, by=admin, at=at)
        wrong = receive(person=person, kind="correction", wording="", handler=admin, by=admin, at=at)
        propose_correction(request_id=wrong.pk, field="name", value=CORRECTED, holds_from=None, by=admin, at=at)
        remark(proposal_id=Proposal.objects.order_by("pk")[0].pk, comment=TYPED, by=admin, at=at)
        set_mailbox(address=ADDRESS, wanted=True, by=admin, at=at)
    with seen_by(admin):
        User.objects.filter(pk=admin.pk).update(language="en")


def told() -> dict[str, object]:
    """Persons with their rows, sums of money, users; marks in clear. Seen by the owner."""
    from django.contrib.auth.hashers import check_password

    from payung.office.access.marks import unseal
    from payung.office.access.models import AuditEvent, User
    from payung.office.approvals.models import Mailbox
    from payung.office.billing.models import BillLine
    from payung.office.privacy.models import Correction
    from payung.office.registry.models import Evidence, Person

    persons = {
        one.pk: [one.name, one.name_key, unseal(one.nik_sealed, kind="nik"), one.birth_date, one.sex, one.desa_code]
        for one in Person.objects.using("owner")
    }
    rows = [
        [one.person_id, one.row.name, unseal(one.row.nik_sealed, kind="nik"), one.row.birth_date, one.row.wage_rupiah]
        for one in Evidence.objects.using("owner").select_related("row").order_by("pk")
    ]
    known = os.environ.get("PAYUNG_KNOWN_PASSWORD", "")
    return {
        "persons": persons,
        "rows": rows,
        "lines": list(BillLine.objects.using("owner").order_by("pk").values_list("pk", "total_rupiah")),
        "users": [
            [one.username, one.full_name, check_password(known, one.password)]
            for one in User.objects.using("owner").order_by("pk")
        ],
        "mailboxes": [unseal(one.address_sealed, kind="email") for one in Mailbox.objects.using("owner")],
        "corrections": [
            [one.person_id, unseal(one.old_sealed, kind="correction"), unseal(one.new_sealed, kind="correction")]
            for one in Correction.objects.using("owner")
        ],
        "first_links": list(
            AuditEvent.objects.using("owner")
            .extra(tables=["access_auditlink"], where=["event_id = access_auditevent.id", "position = 1"])
            .values_list("deed", flat=True)
        ),
    }


if __name__ == "__main__":
    main()
