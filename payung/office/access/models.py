"""Users, the audit and its chain."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Func, Value
from django.db.models.functions import Cast, Coalesce, NullIf

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
    # A password that somebody else made must be changed before anything else.
    must_change_password = models.BooleanField(default=False, db_default=False)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["full_name", "role"]
    objects = UserManager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(role__in=[role.value for role in Role]), name="user_role_known")
        ]


def _told(setting: str) -> Func:
    """What the database was told of this transaction (see `places.scope`)."""
    return Func(Value(setting), Value(True), function="current_setting")


class AuditEvent(models.Model):
    """One deed: who, when, from where, what, on what. Added and never changed, except that a detail is redacted.

    `origin` is the address or the command: told in `places.scope`, else the name of the connection.
    """

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
    origin = models.TextField(
        db_default=Coalesce(NullIf(_told("payung.origin"), Value("")), _told("application_name"), Value(""))
    )
    salt = models.UUIDField(null=True, db_default=RandomUUID())
    redacted_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["subject", "at"]),
            models.Index(fields=["government_id", "at", "id"]),
            models.Index(fields=["government_id", "deed", "at", "id"]),
        ]


class AuditLink(models.Model):
    """One link of a government's chain (see `chain`), made by the database when the event is committed."""

    chain = models.BigIntegerField()
    position = models.BigIntegerField()
    event_id = models.BigIntegerField(unique=True)
    payload_hash = models.BinaryField()
    link = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "position"], name="audit_position_once")]


class AuditHead(models.Model):
    """The last link of each chain, kept apart so that a chain cannot lose its end unseen."""

    chain = models.BigIntegerField(primary_key=True)
    position = models.BigIntegerField()
    link = models.BinaryField()


class SignInFailures(models.Model):
    """How often one name, or one address, failed to sign in lately. `key` is keyed and opaque: it names nobody."""

    key = models.CharField(max_length=64, primary_key=True)
    failures = models.IntegerField(default=0)
    last_at = models.DateTimeField(db_index=True)
    locked_until = models.DateTimeField(null=True)


class SecondFactor(models.Model):
    """The secret of a user's authenticator, sealed. Unconfirmed until a code from it was typed once."""

    user = models.OneToOneField(User, on_delete=models.PROTECT, primary_key=True)
    secret_sealed = models.BinaryField()
    confirmed_at = models.DateTimeField(null=True)
    last_step = models.BigIntegerField(default=0)


class RecoveryCode(models.Model):
    """A code for the day when the telephone is lost: hashed, used once."""

    user = models.ForeignKey(User, on_delete=models.PROTECT)
    code_hash = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "code_hash"], name="recovery_code_once")]


class RowChange(models.Model):
    """One change of one row of settings or reference data, written by a trigger whoever changed it and however.

    `before` and `after` hold the columns that differ: nothing before for a new row, nothing after for a deleted one.
    """

    at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True)
    origin = models.TextField()
    government_id = models.BigIntegerField(null=True)
    table_name = models.CharField(max_length=63)
    record_id = models.BigIntegerField()
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        indexes = [models.Index(fields=["government_id", "table_name", "record_id"], name="row_change_record")]
