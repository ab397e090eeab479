"""How this room's fields are sorted (see `access.personal`)."""

from payung.office.access.personal import PERSONAL, Fields, mark, plain, sensitive

FIELDS: Fields = {
    "Candidate": {
        **dict.fromkeys(("name", "birth_date", "sex", "job", "segment", "kecamatan_code", "desa_code"), PERSONAL),
        "nik_sealed": mark("nik"),
        **plain("maybe_known verdict proposed_at taken_back_at taken_back_reason"),
    },
    "ProgrammeRule": plain("code parameters severity recorded_at replaced_at"),
    "WorkStatement": {
        **sensitive("working well breadwinner"),
        "signatory": PERSONAL,
        **plain("stated_on office recorded_at"),
    },
    "Visit": {**sensitive("finding note"), **plain("visited_on recorded_at")},
    "Told": {"nik_sealed": mark("nik"), **sensitive("decile"), **plain("kind told_on recorded_at")},
    "Outcome": {**sensitive("reason reasons decile breadwinner"), **plain("outcome checked_at")},
}
