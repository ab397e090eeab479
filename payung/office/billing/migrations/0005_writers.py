"""Whose role may write to the tables of the rooms from files to billing; this room is the first that knows them all."""

from django.db import migrations

from payung.office.places.policies import no_writers, writers

LISTS = ("receive_list",)
FILES = ("receive_list", "confirm_posted", "answer_requests")
PEOPLE = ("receive_list", "answer_requests")
MONEY = ("bill", "receive_payment")
DEEDS = {
    **dict.fromkeys(("files_keptfile", "files_reading", "files_row", "files_finding"), FILES),
    "approvals_proposal": ("receive_list", "approve_plan"),
    "approvals_statement": ("see_lists",),
    "approvals_delegation": ("approve_plan",),
    **dict.fromkeys(("approvals_step", "approvals_decider", "approvals_freeze"), ("set_approvals",)),
    "registry_person": PEOPLE,
    "registry_membership": (*PEOPLE, "confirm_posted"),  # a confirmation brings the number
    **dict.fromkeys(("registry_job", "registry_personopd", "registry_evidence"), LISTS),
    **dict.fromkeys(("agreements_agreement", "agreements_fund", "agreements_budgetline"), ("set_office",)),
    **dict.fromkeys(("enrolment_rosterlist", "enrolment_plan", "enrolment_planitem", "enrolment_spell"), LISTS),
    **dict.fromkeys(("ledger_account", "ledger_journal", "ledger_entry"), MONEY),
    **dict.fromkeys(("billing_bill", "billing_billline"), ("bill",)),
    "billing_payment": ("receive_payment",),
    "billing_posting": ("confirm_posted",),
}


class Migration(migrations.Migration):
    dependencies = [
        ("billing", "0004_villages"),
        ("places", "0006_writers"),
        ("files", "0002_area"),
        ("approvals", "0004_promises"),
        ("registry", "0006_names_back"),
        ("agreements", "0003_row_history"),
        ("enrolment", "0005_proposal_office"),
        ("ledger", "0003_area"),
    ]
    operations = [
        migrations.RunSQL(
            "".join(writers(table, *deeds) for table, deeds in DEEDS.items()), "".join(map(no_writers, DEEDS))
        )
    ]
