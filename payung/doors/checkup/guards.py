"""What the database promises by itself: constraints, row-level security, triggers, indexes, roles."""

from payung.doors.checkup.findings import BAD, GOOD, WATCH, Finding, Patient
from payung.doors.installation.roles import SERVING

NOT_VALID = "SELECT conrelid::regclass || '.' || conname FROM pg_constraint WHERE NOT convalidated"
SWITCHED_OFF = """
    SELECT tgrelid::regclass || '.' || tgname FROM pg_trigger
    WHERE NOT tgisinternal AND tgenabled <> 'O' AND tgrelid::regclass::text NOT LIKE 'pg\\_%'
"""
UNGUARDED = """
    SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND a.attname = 'government_id'
      AND NOT c.relrowsecurity ORDER BY 1
"""
BROKEN_INDEXES = "SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid"
PROMISES = ("fsync", "full_page_writes", "synchronous_commit")
"""Without these a power failure may cost what was said to be stored."""
TOO_MIGHTY = "SELECT rolname FROM pg_roles WHERE rolname = '{role}' AND (rolsuper OR rolbypassrls)"


def constraints(patient: Patient) -> list[Finding]:
    """Everything that must hold is switched on and was checked against what is there."""
    wrong = patient.column(NOT_VALID) + patient.column(SWITCHED_OFF) + patient.column(BROKEN_INDEXES)
    if wrong:
        told = f"tidak berlaku: {', '.join(wrong[:5])}"
        return [Finding("aturan basis data", BAD, told, "Nyalakan kembali, atau pulihkan cadangan terakhir yang baik.")]
    count = patient.number("SELECT count(*) FROM pg_constraint WHERE connamespace = 'public'::regnamespace")
    return [Finding("aturan basis data", GOOD, f"{count} aturan berlaku")]


def row_security(patient: Patient) -> list[Finding]:
    """Every table of a government shows its rows by area only, and the serving role cannot step around it."""
    open_tables = patient.column(UNGUARDED)
    if open_tables:
        return [
            Finding(
                "batas wilayah", BAD, f"tanpa penjaga: {', '.join(open_tables[:5])}", "Jalankan payung serve versi ini."
            )
        ]
    if patient.column(TOO_MIGHTY.format(role=SERVING)):
        advice = f"ALTER ROLE {SERVING} NOSUPERUSER NOBYPASSRLS;"
        return [Finding("batas wilayah", BAD, f"peran {SERVING} dapat melewati penjaga", advice)]
    return [Finding("batas wilayah", GOOD, "setiap tabel dijaga")]


def durability(patient: Patient) -> list[Finding]:
    """The server keeps what it says it has stored."""
    off = [name for name in PROMISES if patient.column(f"SELECT current_setting('{name}')") == ["off"]]
    if off:
        return [
            Finding(
                "ketahanan", WATCH, f"dimatikan: {', '.join(off)}", "Nyalakan di postgresql.conf: listrik dapat padam."
            )
        ]
    return [Finding("ketahanan", GOOD, "yang tersimpan bertahan saat listrik padam")]
