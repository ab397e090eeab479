"""What the notices say, per language."""

NOTICE = {
    "id": {
        "subject": "Payung: pemberitahuan persetujuan",
        "open": "Ada usulan yang menunggu putusan Anda di Payung.",
        "returned": "Usulan Anda di Payung dikembalikan untuk diperbaiki.",
        "approved": "Usulan Anda di Payung disetujui.",
        "refused": "Usulan Anda di Payung ditolak.",
        "off": "Pemberitahuan ini dapat dimatikan di halaman Menunggu saya.",
    },
    "en": {
        "subject": "Payung: approval notice",
        "open": "A proposal in Payung waits for your decision.",
        "returned": "Your proposal in Payung was sent back to be changed.",
        "approved": "Your proposal in Payung was approved.",
        "refused": "Your proposal in Payung was refused.",
        "off": "These notices can be switched off on the page Waiting for me.",
    },
}
