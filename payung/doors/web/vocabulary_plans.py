"""Plans of a budget in words."""

from payung.doors.web.translation import t, word
from payung.doors.web.vocabulary import Meaning
from payung.rules.law.figures import Certainty

SCENARIO_REFUSALS = {
    "no_months": ("last", word("Bulan terakhir mendahului bulan pertama.")),
    "too_long": ("last", word("Rencana paling panjang 60 bulan.")),
    "no_people": (
        "counts",
        word("Belum ada orang: program itu belum punya calon yang memenuhi syarat, atau jumlahnya kosong."),
    ),
    "no_budget": ("budget", word("Isi anggaran untuk setiap tahun rencana.")),
    "title_known": ("title", word("Nama ini sudah dipakai skenario lain.")),
    "nothing_covered": ("programmes", word("Pilih paling sedikit satu program.")),
}
"""Reason -> the field that it belongs to, and what it says."""
CERTAINTIES = {
    Certainty.SOURCED: Meaning(word("pasti"), "proof"),
    Certainty.DERIVED: Meaning(word("diturunkan"), "proof"),
    Certainty.COMMON_KNOWLEDGE: Meaning(word("pengetahuan umum"), "wait"),
    Certainty.DOUBTFUL: Meaning(word("perlu konfirmasi"), "wait"),
    Certainty.NOT_YET_PUBLISHED: Meaning(word("belum diumumkan"), "wait"),
}


def certainty_said(certainty: Certainty) -> Meaning:
    """How sure a figure is, in words and a tone."""
    found = CERTAINTIES[certainty]
    return Meaning(t(found.text), found.tone)
