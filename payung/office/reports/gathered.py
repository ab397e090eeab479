"""What is known of a month, as frames: who is decreed, who has a spell, what BPJS answered, what was billed and paid.

Each is one question over the whole government. Of merged persons the survivor is told.
"""

import polars as pl

from payung.office import bulk
from payung.office.agreements.models import Agreement
from payung.office.enrolment.programmes import ORDER
from payung.rules.months import Month

DECREED = {
    "row_id": pl.Int64, "person_id": pl.Int64, "decree_id": pl.Int64, "agreement_id": pl.Int64, "opd_id": pl.Int64,
    "budget_line_id": pl.Int64, "kecamatan_code": pl.String, "desa_code": pl.String, "segment": pl.String,
    "class": pl.String, "row_wage": pl.Int64, "has_nik": pl.Boolean, "birth_date": pl.Date, "kind": pl.String,
    "said": pl.String, "dead": pl.Boolean,
}  # fmt: skip
_DIED = """EXISTS (SELECT 1 FROM verification_told t WHERE t.government_id = %(government)s AND t.kind = 'died'
           AND t.told_on <= %(last_day)s AND t.nik_sealed = {nik})"""
_DECREED = f"""
    SELECT e.row_id, coalesce(x.survivor_id, e.person_id), d.id, d.agreement_id, d.opd_id, d.budget_line_id,
           e.kecamatan_code, e.desa_code, coalesce(e.segment, a.membership_class), a.membership_class, NULL::bigint,
           p.nik_sealed IS NOT NULL, p.birth_date, 'decree', '', {_DIED.format(nik="p.nik_sealed")}
    FROM agreements_entry e JOIN agreements_decree d ON d.id = e.decree_id
    JOIN agreements_agreement a ON a.id = d.agreement_id
    LEFT JOIN registry_alias x ON x.person_id = e.person_id
    JOIN registry_person p ON p.id = coalesce(x.survivor_id, e.person_id)
    WHERE e.government_id = %(government)s AND e.replaced_at IS NULL AND e.from_day <= %(last_day)s
      AND coalesce(e.until_day, 'infinity') >= %(month)s
"""  # noqa: S608  # our own text, values are parameters
_LISTED = f"""
    WITH standing AS (
        -- The newest complete list of each OPD and agreement, and the additions handed in after it; a corrected list
        -- stands in place of the one it corrects.
        SELECT l.id, l.opd_id, l.agreement_id, l.budget_line_id, l.reading_id, a.membership_class,
               (SELECT max(n.id) FROM enrolment_plan n WHERE n.roster_list_id = l.id) AS plan_id
        FROM enrolment_rosterlist l JOIN agreements_agreement a ON a.id = l.agreement_id
        WHERE l.government_id = %(government)s AND l.amendment_id IS NULL AND l.month <= %(month)s
          AND a.effective_from <= %(last_day)s AND coalesce(agreements_until(a.id), 'infinity') >= %(month)s
          AND NOT EXISTS (SELECT 1 FROM enrolment_rosterlist c WHERE c.predecessor_id = l.id)
          AND NOT EXISTS (
            SELECT 1 FROM enrolment_rosterlist n
            WHERE n.opd_id = l.opd_id AND n.agreement_id = l.agreement_id AND n.kind = 'complete'
              AND n.month <= %(month)s AND (n.month, n.received_at, n.id) > (l.month, l.received_at, l.id))
    ), said AS (
        SELECT i.row_id, i.kind, i.reason, coalesce(i.person_id, m.person_id) AS person_id
        FROM standing s JOIN enrolment_planitem i ON i.plan_id = s.plan_id
        LEFT JOIN registry_membership m ON m.id = i.membership_id WHERE i.row_id IS NOT NULL
        UNION ALL
        -- Before there is a plan nobody has said who a row is: its NIK does.
        SELECT r.id, r.verdict, '', (SELECT min(n.id) FROM registry_person n
            WHERE n.government_id = %(government)s AND n.nik_sealed = r.nik_sealed)
        FROM standing s JOIN files_row r ON r.reading_id = s.reading_id WHERE s.plan_id IS NULL
    ), known AS (
        SELECT e.row_id, min(e.person_id) AS person_id FROM registry_evidence e
        WHERE e.government_id = %(government)s GROUP BY 1
    )
    SELECT r.id, coalesce(x.survivor_id, i.person_id, k.person_id), NULL::bigint, s.agreement_id, s.opd_id,
           s.budget_line_id, coalesce(r.kecamatan_code, p.kecamatan_code), coalesce(r.desa_code, p.desa_code),
           s.membership_class, s.membership_class, r.wage_rupiah, coalesce(r.nik_sealed, p.nik_sealed) IS NOT NULL,
           coalesce(p.birth_date, r.birth_date), coalesce(i.kind, r.verdict), coalesce(i.reason, ''),
           {_DIED.format(nik="coalesce(p.nik_sealed, r.nik_sealed)")}
    FROM standing s JOIN files_row r ON r.reading_id = s.reading_id
    LEFT JOIN said i ON i.row_id = r.id LEFT JOIN known k ON k.row_id = r.id
    LEFT JOIN registry_alias x ON x.person_id = coalesce(i.person_id, k.person_id)
    LEFT JOIN registry_person p ON p.id = coalesce(x.survivor_id, i.person_id, k.person_id)
"""  # noqa: S608  # our own text, values are parameters
PROTECTED = {
    "membership_id": pl.Int64, "person_id": pl.Int64, "agreement_id": pl.Int64, "opd_id": pl.Int64,
    "budget_line_id": pl.Int64, "mask": pl.Int64, "by_list": pl.Boolean, "class": pl.String, "wage": pl.Int64,
    "sector": pl.String, "kecamatan_code": pl.String, "desa_code": pl.String, "has_nik": pl.Boolean,
    "birth_date": pl.Date, "pledged": pl.Boolean,
}  # fmt: skip
_PROTECTED = """
    SELECT s.membership_id, coalesce(x.survivor_id, m.person_id), s.agreement_id, s.payer_opd_id, s.budget_line_id,
           bit_or((1 << upper(s.programmes)) - (1 << lower(s.programmes))), bool_or(s.plan_id IS NOT NULL),
           m.membership_class, max(coalesce(j.wage_reported_rupiah, j.wage_paid_rupiah)),
           max(coalesce(j.sector, 'other')), p.kecamatan_code, p.desa_code, p.nik_sealed IS NOT NULL, p.birth_date,
           bool_or(f.kind = 'TPP')
    FROM enrolment_spell s JOIN registry_membership m ON m.id = s.membership_id
    JOIN agreements_budgetline k ON k.id = s.budget_line_id JOIN agreements_fund f ON f.id = k.fund_id
    LEFT JOIN registry_alias x ON x.person_id = m.person_id
    JOIN registry_person p ON p.id = coalesce(x.survivor_id, m.person_id)
    LEFT JOIN registry_job j ON j.membership_id = s.membership_id AND j.opd_id = s.payer_opd_id
         AND j.replaced_at IS NULL AND j.from_month <= %(month)s AND coalesce(j.until_month, 'infinity') >= %(month)s
    WHERE s.government_id = %(government)s AND s.replaced_at IS NULL AND s.from_month <= %(month)s
      AND coalesce(s.until_month, 'infinity') >= %(month)s
    GROUP BY 1, 2, 3, 4, 5, 8, p.id
"""
MEMBERS = {
    "membership_id": pl.Int64, "person_id": pl.Int64, "class": pl.String, "numbered": pl.Boolean,
    "registered_on": pl.Date, "posted_rupiah": pl.Int64, "sent": pl.String, "dead": pl.Boolean,
    "paid_before": pl.Boolean,
}  # fmt: skip
_MEMBERS = """
    WITH answered AS (
        SELECT r.membership_id, min(coalesce(r.issued_on, y.told_on)) AS day
        FROM submissions_replyrow r JOIN submissions_reply y ON y.id = r.reply_id
        WHERE r.government_id = %(government)s AND r.membership_id IS NOT NULL AND y.kind IN ('numbers', 'members')
        GROUP BY 1
    ), handed AS (
        SELECT DISTINCT ON (i.membership_id) i.membership_id,
               CASE WHEN i.outcome = 'refused' THEN 'refused'
                    WHEN EXISTS (SELECT 1 FROM submissions_submissionstep t
                                 WHERE t.submission_id = i.submission_id AND t.state = 'sent') THEN 'sent'
                    ELSE '' END AS sent
        FROM submissions_item i
        WHERE i.government_id = %(government)s AND i.kind IN ('new', 'continuing', 'group')
          AND i.outcome <> 'withdrawn' AND i.on_day <= %(last_day)s
        ORDER BY i.membership_id, i.id DESC
    ), posted AS (
        SELECT t.membership_id, sum(t.amount_rupiah)::bigint AS rupiah FROM billing_posting t
        WHERE t.government_id = %(government)s AND t.month = %(month)s GROUP BY 1
    ), died AS (
        SELECT DISTINCT p.id FROM verification_told t
        JOIN registry_person p ON p.government_id = t.government_id AND p.nik_sealed = t.nik_sealed
        WHERE t.government_id = %(government)s AND t.kind = 'died' AND t.told_on <= %(last_day)s
    )
    SELECT m.id, coalesce(x.survivor_id, m.person_id), m.membership_class, m.kpj_sealed IS NOT NULL,
           least(m.number_issued_on, a.day), o.rupiah, h.sent, d.id IS NOT NULL,
           coalesce(f.until_month >= %(month)s AND f.since_day <= %(last_day)s, false)
    FROM registry_membership m
    LEFT JOIN enrolment_paidbefore f ON f.membership_id = m.id
    LEFT JOIN registry_alias x ON x.person_id = m.person_id
    LEFT JOIN answered a ON a.membership_id = m.id LEFT JOIN handed h ON h.membership_id = m.id
    LEFT JOIN posted o ON o.membership_id = m.id LEFT JOIN died d ON d.id = coalesce(x.survivor_id, m.person_id)
    WHERE m.government_id = %(government)s AND m.scheme = 'BPJS_TK'
    ORDER BY m.id
"""
BILLED = {
    "membership_id": pl.Int64, "budget_line_id": pl.Int64, "billed_rupiah": pl.Int64, "paid_rupiah": pl.Int64,
    "settled": pl.Boolean,
}  # fmt: skip
_BILLED = """
    WITH settled AS (
        SELECT b.id, b.budget_line_id, coalesce(
            (SELECT sum(p.amount_rupiah) FROM billing_payment p WHERE p.bill_id = b.id), 0) >= b.total_rupiah AS whole
        FROM billing_bill b WHERE b.government_id = %(government)s AND b.state IN ('final', 'sent')
    )
    SELECT l.membership_id, s.budget_line_id, sum(l.total_rupiah)::bigint,
           coalesce(sum(l.total_rupiah) FILTER (WHERE s.whole), 0)::bigint, bool_and(s.whole)
    FROM billing_billline l JOIN settled s ON s.id = l.bill_id
    WHERE l.government_id = %(government)s AND l.for_month = %(month)s GROUP BY 1, 2
"""


def _asked(government_id: int, month: Month) -> dict[str, object]:
    return {"government": government_id, "month": month.first_day, "last_day": month.last_day}


def decreed(government_id: int, month: Month) -> pl.DataFrame:
    """DECREED: each line of a decree's list in force in the month, and of an OPD's standing lists, in their order.

    `kind` is `decree`, else what the list's plan (before there is one, its reading) says of the line.
    """
    asked = _asked(government_id, month)
    found = pl.concat([bulk.read(query, asked, schema=DECREED) for query in (_DECREED, _LISTED)])
    return found.sort("row_id", "decree_id")


def protected(government_id: int, month: Month) -> pl.DataFrame:
    """PROTECTED: each membership with a spell in the month, once for each ground and payer."""
    return bulk.read(_PROTECTED, _asked(government_id, month), schema=PROTECTED)


def members(government_id: int, month: Month) -> pl.DataFrame:
    """MEMBERS: what BPJS told of every membership, and whether the person died, by the end of the month."""
    return bulk.read(_MEMBERS, _asked(government_id, month), schema=MEMBERS)


def billed(government_id: int, month: Month) -> pl.DataFrame:
    """BILLED: what stands on bills for the month, by membership and budget line; `settled` when all are paid."""
    return bulk.read(_BILLED, _asked(government_id, month), schema=BILLED)


def programmes_of(agreement_ids: list[int]) -> dict[int, int]:
    """Agreement -> its programmes as bits."""
    named = Agreement.objects.filter(pk__in=agreement_ids).values_list("pk", "programmes")
    return {pk: sum(1 << ORDER.index(name) for name in programmes) for pk, programmes in named}


def starts() -> pl.DataFrame:
    """From which day each agreement covers: agreement_id, effective_from."""
    return bulk.read(
        "SELECT id, effective_from FROM agreements_agreement",
        schema={"agreement_id": pl.Int64, "effective_from": pl.Date},
    )
