"""What an OPD returned was told wrongly: it is taken back before it is paid on, and the list waits again."""

from datetime import datetime

from payung.office.access.actions import record
from payung.office.access.models import User
from payung.office.access.roles import Deed, require
from payung.office.places.models import Government
from payung.office.places.scope import whole_government
from payung.office.sponsorship.models import DeductionList, Remittance, Return, Taken
from payung.office.sponsorship.returns import ReturnRefused
from payung.rules.identity.hiding import hide_marks


def take_back_return(*, deduction_list: DeductionList, reason: str, by: User, at: datetime) -> Return:
    """Nothing of what came back for a list counts any more; it stays on record with who took it back and why.

    Raises NotAllowed, and ReturnRefused `no_reason`, `not_returned`, `paid`, or `arrears_settled` where a later list
    deducted what this one left open: that one is taken back first.
    """
    require(by, Deed.DEDUCT)
    government = deduction_list.government
    with whole_government(government, by=by):
        Government.objects.select_for_update(no_key=True).get(pk=government.pk)
        back = Return.objects.select_for_update().filter(deduction_list=deduction_list, taken_back_at=None).first()
        said = hide_marks(" ".join(reason.split()))[:200]
        if back is None:
            raise ReturnRefused("not_returned")
        if not said:
            raise ReturnRefused("no_reason")
        if Remittance.objects.filter(returned=back).exists():
            raise ReturnRefused("paid")
        later = Taken.objects.filter(deduction__deduction_list=deduction_list, outcome="arrears", replaced_at=None)
        if later.exists():
            raise ReturnRefused("arrears_settled", later.values_list("deduction__number", flat=True))
        Taken.objects.filter(returned=back).update(replaced_at=at)
        back.taken_back_by, back.taken_back_at, back.taken_back_reason = by, at, said
        back.save(update_fields=["taken_back_by", "taken_back_at", "taken_back_reason"])
        detail = {"list": deduction_list.pk, "taken_rupiah": back.taken_rupiah}
        record("take_back_deductions", subject=f"opd:{deduction_list.opd_id}", by=by, at=at, detail=detail)
        return back
