"""How this room's fields are sorted (see `access.personal`)."""

from payung.office.access.personal import Fields, mark, plain, replaced, sensitive

FIELDS: Fields = {
    "Person": {
        "name": replaced("name"),
        "name_key": replaced("name_key"),
        "birth_date": replaced("birth_date"),
        "birth_place": replaced("birth_place"),
        "sex": replaced("keep"),
        "kecamatan_code": replaced("keep"),
        "desa_code": replaced("desa"),
        "nik_sealed": mark("nik"),
        "kk_sealed": mark("kk"),
        "phone_sealed": mark("phone"),
        "mother_name_sealed": mark("mother_name"),
        **plain("nik_confirmed recorded_at"),
    },
    "Membership": {"kpj_sealed": mark("kpj"), **plain("membership_class scheme number_issued_on")},
    "Job": {
        "post": replaced("job"),
        **sensitive("wage_paid_rupiah wage_reported_rupiah"),
        **plain("sector from_month until_month recorded_at replaced_at"),
    },
    "PersonOpd": {},
    "Evidence": plain("recorded_at"),
}
