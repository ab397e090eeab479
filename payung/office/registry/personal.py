"""How this room's fields are sorted (see `access.personal`)."""

from payung.office.access.personal import PERSONAL, Fields, mark, plain, sensitive

FIELDS: Fields = {
    "Person": {
        "name": PERSONAL,
        "name_key": PERSONAL,
        "birth_date": PERSONAL,
        "birth_place": PERSONAL,
        "sex": PERSONAL,
        "kecamatan_code": PERSONAL,
        "desa_code": PERSONAL,
        "nik_sealed": mark("nik"),
        "kk_sealed": mark("kk"),
        "phone_sealed": mark("phone"),
        "mother_name_sealed": mark("mother_name"),
        **plain("nik_confirmed recorded_at"),
    },
    "Membership": {"kpj_sealed": mark("kpj"), **plain("membership_class scheme number_issued_on")},
    "Job": {
        "post": PERSONAL,
        **sensitive("wage_paid_rupiah wage_reported_rupiah"),
        **plain("sector from_month until_month recorded_at replaced_at"),
    },
    "PersonOpd": {},
    "Evidence": plain("recorded_at"),
    # Keyed hashes of names, places and numbers: without the key nothing can be read, but it is hers.
    "Block": {"hashes": PERSONAL, **plain("key_version")},
    "Pair": plain("tier probability model_version prior levels found_at"),
    "Judgement": plain("answer recorded_at replaced_at"),
    "Merge": plain("proposed_at recorded_at replaced_at"),
    "Alias": {},
}
ERASURE = {"Block": "UPDATE registry_block SET hashes = '{}' WHERE person_id = %(person)s"}
"""What an erasure takes here beside what the room of privacy says itself."""
