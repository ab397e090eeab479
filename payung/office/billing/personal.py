"""How this room's fields are sorted (see `access.personal`): what is owed for one person tells the wage."""

from payung.office.access.personal import PERSONAL, Fields, plain, sensitive

FIELDS: Fields = {
    "BillRun": plain(
        "month first_month until_month version state law_digest readings left_out made_at settled_at void_reason"
    ),
    "Touched": plain(""),
    "LeftOut": plain("refusal first_month last_month"),
    "CodeChange": plain("code_before code reason changed_at"),
    "Bill": plain(
        "membership_class month sequence number state due_on heads line_count penalty_rupiah total_rupiah made_at"
        " final_at payment_code sent_at voided_at void_reason"
    ),
    "BillLine": {
        **sensitive("wage_rupiah jkk jkm jht_employer jht_worker jp_employer jp_worker total_rupiah"),
        **plain("for_month reason"),
    },
    "Penalty": plain("reckoned_on amount_rupiah"),
    "PenaltyWaiver": plain("document decided_on reason waived_at taken_back_at taken_back_reason"),
    "Payment": plain("paid_on amount_rupiah reason recorded_at"),
    "Statement": plain(
        "account pays first_on last_on opening_rupiah closing_rupiah proved line_count known_count received_at"
    ),
    "StatementLine": {
        **dict.fromkeys(("counterparty", "reference", "text"), PERSONAL),
        **plain("row identity booked_on amount_rupiah bank_id"),
    },
    "Receipt": plain("paid_on amount_rupiah reference from_bank recorded_at"),
    "Holding": plain("amount_rupiah reason held_at"),
    "Refund": plain("amount_rupiah returned_on reference reason made_at booked_at"),
    "Posting": {**sensitive("amount_rupiah"), **plain("month recorded_at")},
}
