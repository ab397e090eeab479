"""Who signs in to a synthetic government: the same users in every world, and two whom only some worlds need."""

from payung.office.access.models import User
from payung.office.access.roles import Role

PASSWORD = "payung-contoh-2022"  # noqa: S105  # printed on the screen: it guards synthetic people only
EXAMPLE = "(contoh)"
"""How the full name of each of them ends."""
EVERYWHERE = (
    ("admin", f"Admin Disnaker {EXAMPLE}", Role.GOVERNMENT_ADMIN),
    ("operator", f"Operator OPD {EXAMPLE}", Role.OPD_OPERATOR),
    ("bendahara", f"Bendahara {EXAMPLE}", Role.TREASURER),
    ("auditor", f"Auditor Inspektorat {EXAMPLE}", Role.AUDITOR),
    ("bkpsdm", f"Staf BKPSDM {EXAMPLE}", Role.BKPSDM),
    ("kepala", f"Kepala daerah {EXAMPLE}", Role.HEAD_OF_REGION),
    ("cabang", f"Petugas kantor cabang {EXAMPLE}", Role.BRANCH_OFFICER),
)
VILLAGE = ("desa", "Petugas {village} " + EXAMPLE, Role.VILLAGE_OFFICER)
"""Where villages propose their people."""
SERVANT = ("asn", f"ASN penanggung {EXAMPLE}", Role.SPONSOR)
"""Where civil servants carry a worker."""
ALL = (*EVERYWHERE, VILLAGE, SERVANT)


def standing() -> list[User]:
    """The users of synthetic worlds who may sign in here, in this order; a scrubbed copy has none of them."""
    names = [name for name, _, _ in ALL]
    found = User.objects.filter(username__in=names, full_name__endswith=f" {EXAMPLE}", is_active=True)
    return sorted(found, key=lambda user: names.index(user.username))
