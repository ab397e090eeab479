"""Runs one verb in a process of its own and dies by SIGKILL at the n-th change. Called by test_killed_verbs."""

import os
import signal
import sys
from collections.abc import Callable
from typing import Any


def main() -> None:
    verb, subject, die_at = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    os.environ["DJANGO_SETTINGS_MODULE"] = "payung.doors.settings"
    import django

    django.setup()
    from django.db import connection

    from payung.office.access.models import User
    from payung.office.approvals.models import Verdict
    from payung.office.enrolment import actions, mending, merging, receiving
    from payung.office.enrolment.models import RosterList, WaitingUpload
    from payung.office.outside.actions import propose_ends, take_in
    from payung.office.outside.models import OutsideList
    from payung.office.places.models import Government
    from payung.office.places.scope import seen_by
    from payung.office.submissions.actions import finalise
    from payung.office.verification.lists import bring_in_force
    from tests.office.cast import AT
    from tests.office.test_outside import deaths

    by = User.objects.get(role="government_admin")
    done = 0

    def counted(execute: Any, statement: Any, *told: Any) -> Any:
        """After every statement that changes something is a place to die."""
        nonlocal done
        result = execute(statement, *told)
        text = statement if isinstance(statement, str) else statement.as_string(connection.connection)
        if text.lstrip().startswith(("INSERT", "UPDATE")):
            done += 1
            if done == die_at:
                os.kill(os.getpid(), signal.SIGKILL)
        return result

    with seen_by(by) as area, connection.execute_wrapper(counted):
        verbs: dict[str, Callable[[], object]] = {
            "mapping": lambda: receiving.receive_waiting(waiting=WaitingUpload.objects.get(pk=subject), by=by, at=AT),
            "mending": lambda: mending.recheck(roster_list=RosterList.objects.get(pk=subject), by=by, at=AT),
            "merging": lambda: merging.decide_merge(
                merge_id=subject, verdict=Verdict.APPROVE, comment="", area=area, by=by, at=AT
            ),
            "decree": lambda: bring_in_force(amendment_id=subject, by=by, at=AT),
            "submitting": lambda: finalise(submission_id=subject, leave_incomplete=False, by=by, at=AT),
            "month": lambda: actions.apply(plan_id=subject, by=by, at=AT),
            "leaving": lambda: actions.apply_leavers(plan_id=subject, by=by, at=AT),
            "taking": lambda: take_in(
                government=Government.objects.get(pk=subject), content=deaths((1, "05-11-2022")).encode(),
                name="kematian.csv", told_on=AT.date(), by=by, at=AT,
            ),
            "ending": lambda: propose_ends(outside_list=OutsideList.objects.get(pk=subject), by=by, at=AT),
        }  # fmt: skip
        verbs[verb]()
    print(done)


if __name__ == "__main__":
    main()
