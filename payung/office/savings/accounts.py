"""The ledger's memorandum accounts of JHT: BPJS holds the money, the members own it; the office owes neither."""

from payung.office.ledger.actions import AccountName

HELD = AccountName("memo:jht:bpjs", "JHT peserta yang disimpan BPJS (memorandum)")
OWNED = AccountName("memo:jht:peserta", "Hak JHT peserta (memorandum)")
