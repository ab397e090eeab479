"""Which page takes which list: said where a file was handed in on another one."""

from payung.rules.roster.known_layouts import layout

_OUTSIDE = ("Daftar & Peserta, Daftar dari luar", "Lists & members, Lists of others")
_WORKERS = ("Daftar & Peserta, Unggah daftar", "Lists & members, Upload a list")
_POSTING = ("Tagihan & Bayar, Konfirmasi posting", "Bills & payment, Posting confirmation")
_SERVANTS = ("ASN peduli pekerja, Daftar ASN", "Civil servants who sponsor, Civil servants")
_CANDIDATES = ("Pekerja rentan", "Vulnerable workers")
_BPJS = ("Berkas BPJS", "Files for BPJS")
PAGES = {
    "kematian": _OUTSIDE, "dtsen": _OUTSIDE, "dukcapil": _OUTSIDE, "bpjs_peserta": _OUTSIDE,
    "bpjs_posting": _POSTING, "asn": _SERVANTS, "daftar_desa": _CANDIDATES, "opensid": _CANDIDATES,
    "opd": _WORKERS, "bkn_2022": _WORKERS, "pembaruan_bulanan": _WORKERS, "sipp_lama": _WORKERS,
    "sipp_tk_baru": _WORKERS, "sipp_tk_lanjutan": _WORKERS, "sipp_tk_na": _BPJS, "sipp_upah": _BPJS,
    "sipp_koreksi": _BPJS, "bpu_kelompok": _BPJS, "bpu_kelompok_berhenti": _BPJS, "koreksi_identitas": _BPJS,
}  # fmt: skip
"""Code of a layout -> where in the menu its lists are handed in, in Indonesian and in English."""
_SAID = (
    "Isi berkas ini: {what}. Unggah di menu {page}.",
    "This file holds: {what}. Upload it under {page}.",
)
_LACKING = (
    "Berkas ini tampaknya {what}, tetapi kolom {missing} tidak ditemukan. Tambahkan kolomnya, lalu unggah lagi.",
    "This file looks like a {what}, but the column {missing} is missing. Add it and upload again.",
)


def other_page(code: str, language: str) -> str:
    """What the file is, and where it is handed in."""
    english = language == "en"
    return _SAID[english].format(what=_what(code, language), page=PAGES[code][english])


def lacking(code: str, missing: tuple[str, ...], language: str) -> str:
    """What the file seems to be, and which columns it lacks."""
    return _LACKING[language == "en"].format(what=_what(code, language), missing=", ".join(missing))


def _what(code: str, language: str) -> str:
    told = layout(code).what["en" if language == "en" else "id"]
    return told[0].lower() + told[1:]
