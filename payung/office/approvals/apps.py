from django.apps import AppConfig


class ApprovalsRoom(AppConfig):
    name = "payung.office.approvals"
    label = "approvals"
