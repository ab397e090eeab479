"""How this room's fields are sorted (see `access.personal`)."""

from payung.office.access.personal import SENSITIVE, Fields, mark, plain, replaced, sealed_text

FIELDS: Fields = {
    "KeptFile": {
        "name": replaced("file_name"),
        # The fingerprint of a file that somebody else may hold as well tells that it is the same.
        "sha256": replaced("fingerprint"),
        "sealed_content": sealed_text("file"),
        **plain("size_bytes received_at"),
    },
    "Reading": {"sheets": replaced("sheets"), **plain("on membership_class read_at counts")},
    "Row": {
        "sheet": replaced("sheet"),
        "name": replaced("name"),
        "birth_date": replaced("birth_date"),
        "birth_place": replaced("birth_place"),
        "job": replaced("job"),
        "sex": replaced("keep"),
        "kecamatan_code": replaced("keep"),
        "desa_code": replaced("desa"),
        "wage_rupiah": SENSITIVE,
        "nik_sealed": mark("nik"),
        "kk_sealed": mark("kk"),
        "kpj_sealed": mark("kpj"),
        "phone_sealed": mark("phone"),
        "mother_name_sealed": mark("mother_name"),
        **plain("row position verdict"),
    },
    "Finding": {
        "sheet": replaced("sheet"),
        "sealed_detail": sealed_text("finding"),
        **plain("row position column field code severity"),
    },
}
