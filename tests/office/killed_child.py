"""Runs one action in a process of its own and dies by SIGKILL at the n-th write. Called by test_killed."""

import os
import signal
import sys
from typing import Any


def main() -> None:
    action, plan_id, die_at = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    os.environ["DJANGO_SETTINGS_MODULE"] = "payung.doors.settings"
    import django

    django.setup()
    from django.db import connection

    from payung.office import bulk
    from payung.office.access.models import User
    from payung.office.billing.actions import bill_month
    from payung.office.billing.runs import finalise
    from payung.office.enrolment.actions import apply
    from payung.office.places.scope import seen_by
    from payung.rules.months import Month
    from tests.office.cast import AT

    writes = 0
    plain_write, plain_execute = bulk.write, bulk.execute

    def counted(plain: Any) -> Any:
        def call(*arguments: Any, **named: Any) -> Any:
            nonlocal writes
            result = plain(*arguments, **named)
            writes += 1
            if writes == die_at:
                os.kill(os.getpid(), signal.SIGKILL)
            return result

        return call

    def plainly(execute: Any, *told: Any) -> Any:
        return execute(*told)

    def each_change(execute: Any, statement: str, *told: Any) -> Any:
        """A few rows go by the ORM: there every statement that changes something is a place to die."""
        changes = statement.startswith(("INSERT", "UPDATE"))
        return (counted(execute) if changes else execute)(statement, *told)

    bulk.write, bulk.execute = counted(plain_write), counted(plain_execute)
    by = User.objects.get(role="treasurer" if action == "bill" else "government_admin")
    with seen_by(by) as area, connection.execute_wrapper(each_change if action == "finalise" else plainly):
        if action == "apply":
            apply(plan_id=plan_id, by=by, at=AT)
        elif action == "bill":
            bill_month(government=area.government, month=Month(2022, 10), holidays=frozenset(), by=by, at=AT)
        else:
            finalise(run_id=plan_id, by=by, at=AT)
    print(writes)


if __name__ == "__main__":
    main()
