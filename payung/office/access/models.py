"""Users and the audit."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Func, Value
from django.db.models.functions import Cast, NullIf

from payung.office.access.roles import Role


class UserManager(BaseUserManager["User"]):
    """Finds users by name; made through `actions.add_user`."""


class User(AbstractBaseUser):
    """A person who works with Payung. One role; areas are granted in `places`."""

    username = models.CharField(max_length=150, unique=True)
    full_name = models.CharField(max_length=200)
    role = models.CharField(max_length=30, choices=[(role.value, role.value) for role in Role])
    language = models.CharField(max_length=2, choices=[("id", "Bahasa Indonesia"), ("en", "English")], default="id")
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["full_name", "role"]
    objects = UserManager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(role__in=[role.value for role in Role]), name="user_role_known")
        ]


class AuditEvent(models.Model):
    """One deed: who, when, what, on what. Rows are added and never changed (database trigger)."""

    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    deed = models.CharField(max_length=60)
    subject = models.CharField(max_length=80)
    detail = models.JSONField(default=dict)
    # The government in whose scope it was done, told by the database itself (see `places.scope`).
    government_id = models.BigIntegerField(
        null=True,
        db_default=Cast(
            NullIf(Func(Value("payung.government"), Value(True), function="current_setting"), Value("")),
            models.BigIntegerField(),
        ),
    )

    class Meta:
        indexes = [models.Index(fields=["subject", "at"])]
