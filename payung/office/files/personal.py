"""How this room's fields are sorted (see `access.personal`)."""

from payung.office.access.personal import PERSONAL, SENSITIVE, Fields, mark, plain

FIELDS: Fields = {
    "KeptFile": {
        "name": PERSONAL,
        # The fingerprint of a file that somebody else may hold as well tells that it is the same.
        "sha256": PERSONAL,
        "sealed_content": mark("file"),
        **plain("size_bytes received_at"),
    },
    "Reading": {"sheets": PERSONAL, **plain("on membership_class read_at counts")},
    "Row": {
        "sheet": PERSONAL,
        "name": PERSONAL,
        "birth_date": PERSONAL,
        "birth_place": PERSONAL,
        "job": PERSONAL,
        "sex": PERSONAL,
        "kecamatan_code": PERSONAL,
        "desa_code": PERSONAL,
        "wage_rupiah": SENSITIVE,
        "nik_sealed": mark("nik"),
        "kk_sealed": mark("kk"),
        "kpj_sealed": mark("kpj"),
        "phone_sealed": mark("phone"),
        "mother_name_sealed": mark("mother_name"),
        **plain("row position verdict member_since paid_until"),
    },
    "Finding": {
        "sheet": PERSONAL,
        "sealed_detail": mark("finding"),
        **plain("row position column field code severity"),
    },
}
