"""The words of a contribution row: the columns asked of the caller and those `owed` adds.

Amounts are whole rupiah and rates integers per ten million (`money.RATE_SCALE`), all Int64.
"""

CLASSES = ("PU", "BPU", "JAKON", "INTERN")
"""PU earns a wage; BPU does not (Bukan Penerima Upah); JAKON is construction by wages; INTERN are those put on a
par with workers: interns, students at work practice, prisoners at work."""

PROGRAMMES = ("JKK", "JKM", "JHT", "JP")
"""What is invoiced. JKP is not: see jkp.py."""

PAYERS = ("APBN", "APBD", "APBDES", "DBHCHT", "TPP", "CSR", "BAZNAS", "self", "employer")
"""Kinds of fund: whose money pays, whoever hands it over."""

GOVERNMENT_PAYERS = ("APBN", "APBD", "APBDES", "DBHCHT")
"""Funds of a government as employer, where the membership is that of non-ASN staff."""

GROUPS = (1, 2, 3, 4, 5)
"""Risk groups of an employer for JKK: the rows of jkk_pu.toml."""

SECTORS = ("other", "transport", "labour_intensive", "becak_delman")
"""Sectors a relief may turn on. Whether becak and delman are transport is the reading `becak-delman`."""

INPUTS = {
    "class": "one of CLASSES",
    "month": "contribution month, Month.index",
    "wage_rupiah": "monthly wage (BPU: declared monthly income), whole rupiah",
    "group": "JKK risk group 1-5 of the employer (PU, INTERN); ignored for the others",
    "payer": "kind of fund, one of PAYERS",
    "sector": "one of SECTORS",
    "in_jkk": "member of JKK this month",
    "in_jkm": "member of JKM this month",
    "in_jht": "member of JHT this month",
    "in_jp": "member of JP this month",
}
"""Columns `owed` reads, and what each holds."""

STEPS = {
    "base_rupiah": "wage (BPU: income base of the bracket)",
    "jkk_rate": "JKK per ten million of the base",
    "jkk_relief": "percent of JKK still owed under a relief; 100 without one",
    "jkk_unrelieved_rupiah": "JKK before relief",
    "jkm_rate": "JKM per ten million of the wage; 0 for BPU",
    "jkm_flat_rupiah": "JKM as a fixed sum (BPU); 0 for the others",
    "jkm_relief": "percent of JKM still owed under a relief; 100 without one",
    "jkm_unrelieved_rupiah": "JKM before relief",
    "jht_employer_rate": "JHT of the employer per ten million of the base",
    "jht_worker_rate": "JHT of the worker per ten million of the base",
    "jp_ceiling_rupiah": "highest wage JP counts this month",
    "jp_base_rupiah": "wage up to the ceiling",
    "jp_employer_rate": "JP of the employer per ten million of the JP base",
    "jp_worker_rate": "JP of the worker per ten million of the JP base",
}
"""Intermediate columns: the explanation is the row."""

AMOUNTS = ("jkk", "jkm", "jht_employer", "jht_worker", "jp_employer", "jp_worker", "total")
"""What is owed, whole rupiah; empty where the row is refused."""

REFUSAL = "refusal"
"""Code of the reason why a row has no answer (refusals.toml); empty where it has one."""
