"""The ledger is seen by those who see the whole government."""

from django.db import migrations

from payung.office.places.policies import guard, unguard

OWN_LEDGER = "government = (SELECT payung_government())"
GUARDS = {
    "ledger_account": guard("ledger_account", own=OWN_LEDGER),
    "ledger_journal": guard("ledger_journal", own=OWN_LEDGER),
    "ledger_entry": guard("ledger_entry", own="EXISTS (SELECT 1 FROM ledger_journal j WHERE j.id = journal_id)"),
}


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_promises"), ("places", "0002_area")]
    operations = [migrations.RunSQL("".join(GUARDS.values()), "".join(map(unguard, GUARDS)))]
