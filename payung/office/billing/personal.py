"""How this room's fields are sorted (see `access.personal`): what is owed for one person tells the wage."""

from payung.office.access.personal import Fields, plain, sensitive

FIELDS: Fields = {
    "Bill": plain("membership_class month sequence number state due_on heads total_rupiah made_at"),
    "BillLine": {
        **sensitive("wage_rupiah jkk jkm jht_employer jht_worker jp_employer jp_worker total_rupiah"),
        **plain("for_month reason"),
    },
    "Payment": plain("paid_on amount_rupiah reference recorded_at"),
    "Posting": {**sensitive("amount_rupiah"), **plain("month recorded_at")},
}
