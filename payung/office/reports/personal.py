"""How this room's fields are sorted (see `access.personal`): of heads, opaque ids, amounts and coarse traits."""

from collections.abc import Mapping

from payung.office.access.personal import PERSONAL, Fields, mark, plain, sensitive

FIELDS: Fields = {
    "CountedMonth": plain("month heads counted_at"),
    "Tally": plain(
        "month kecamatan_code desa_code segment programmes decreed registered active posted why_registered why_active"
        " why_posted heads due_jkk due_jkm due_jht due_jp posted_jkk posted_jkm posted_jht posted_jp billed_rupiah"
        " paid_rupiah"
    ),
    "Minutes": plain("first_month last_month content sha256 made_at"),
    "Head": {
        **sensitive("due_rupiah posted_rupiah sex age_group occupation decile"),
        **plain("covered membership_class until_month"),
    },
    "CoverageCell": plain("month by part membership_class heads"),
    "Boundaries": plain("level source recorded_at replaced_at"),
    "Outline": plain("code rings"),
    "AwardEntry": plain("year kind code number title dated_on percent recorded_at replaced_at"),
    "AwardFile": plain("year frozen_on content manifest sha256 made_at"),
    "Master": plain("source told_on received_at"),
    "MasterRow": sensitive("unit status status_text until_on"),
    "UnitName": plain("unit recorded_at replaced_at"),
    "Comparison": plain("month made_at"),
    "Compared": {
        "name": PERSONAL,
        "nik_sealed": mark("nik"),
        **sensitive("unit status status_text standing base_rupiah usual_base_rupiah lower_base"),
        **plain("programmes usual_programmes fewer_programmes"),
    },
    "ComparedMonth": plain("month heads"),
    "OpdDeadline": plain("letter_number letter_on due_on recorded_at replaced_at"),
}
ERASURE: Mapping[str, str] = {
    "Compared": """UPDATE reports_compared SET name = %(erased)s, nik_sealed = NULL
        WHERE person_id = %(person)s
           OR row_id IN (SELECT row_id FROM registry_evidence WHERE person_id = %(person)s)""",
}
