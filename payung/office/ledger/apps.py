from django.apps import AppConfig


class LedgerRoom(AppConfig):
    name = "payung.office.ledger"
    label = "ledger"
