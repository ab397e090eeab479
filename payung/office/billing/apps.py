from django.apps import AppConfig


class BillingRoom(AppConfig):
    name = "payung.office.billing"
    label = "billing"
