"""How this room's fields are sorted (see `access.personal`)."""

from collections.abc import Mapping

from payung.office.access.personal import PERSONAL, SENSITIVE, Fields, mark, plain, sensitive

FIELDS: Fields = {
    "Circular": plain("minimum_per_asn list_day share_weight workers_weight persistency_weight is_public"),
    "Scope": {},
    "Sponsor": {"nip_sealed": mark("nip"), "name": PERSONAL, "rank": SENSITIVE, **plain("recorded_at")},
    "Service": {"state": SENSITIVE, **plain("from_day recorded_at replaced_at")},
    "Pledge": {
        "told_sealed": mark("pledge"),
        **plain("sector with_jht wanted_month wanted_until made_at consented_at withdrawn_at"),
    },
    "Order": {**sensitive("end_reason"), **plain("from_month until_month recorded_at replaced_at")},
    "DeductionList": plain("month heads total_rupiah tariffs fixed_at"),
    "Deduction": plain("number month jkk jkm jht due_rupiah"),
    "Return": plain("taken_rupiah bridged_rupiah repaid_rupiah recorded_at taken_back_at taken_back_reason"),
    "Taken": plain("outcome amount_rupiah replaced_at"),
    "Remittance": plain("recorded_at"),
    "Event": {**sensitive("kind"), **plain("on_day effect acts recorded_at")},
    "Outreach": plain("held_on place material attendance recorded_at"),
}
ERASURE: Mapping[str, str] = {
    "Pledge": """UPDATE sponsorship_pledge p SET told_sealed = NULL FROM registry_membership m
        WHERE m.id = p.membership_id AND m.person_id = %(person)s""",
}
