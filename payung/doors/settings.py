"""Django's settings: one place, read from the environment, without a single default secret."""

import os
import secrets
from pathlib import Path
from typing import Any

from psycopg.conninfo import conninfo_to_dict

from payung.doors.installation.folder import data_folder
from payung.doors.installation.keys import FILES, IDENTITY, KeyRing

ROOT = Path(__file__).resolve().parent
DATA = data_folder()


def _secret(variable: str) -> str:
    """From the environment, else the data folder, else random for this process (nothing outlives it)."""
    path = DATA.keys / FILES[variable]
    return os.environ.get(variable) or (path.read_text().strip() if path.exists() else secrets.token_hex(64))


def _database(address: str) -> dict[str, Any]:
    """Django's dictionary for a PostgreSQL address; an empty address is refused on first use."""
    parts = conninfo_to_dict(address)
    known = {"dbname", "user", "password", "host", "port"}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.get("dbname") or "payung",
        "USER": parts.get("user") or "",
        "PASSWORD": parts.get("password") or "",
        "HOST": parts.get("host") or "",
        "PORT": str(parts.get("port") or ""),
        "OPTIONS": {name: value for name, value in parts.items() if name not in known},
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


SECRET_KEY = _secret("PAYUNG_SECRET_KEY")
PAYUNG_KEY_RING = KeyRing(DATA, told=os.environ.get(IDENTITY))
DEBUG = False
ALLOWED_HOSTS = os.environ.get("PAYUNG_HOSTS", "127.0.0.1,localhost,testserver").split(",")
# How many proxies of one's own stand before the site: so many entries of X-Forwarded-For are believed.
PAYUNG_PROXIES = int(os.environ.get("PAYUNG_PROXIES", "0"))
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("PAYUNG_ORIGINS", "").split(",") if origin]

OFFICE_ROOMS = (
    "access", "places", "files", "approvals", "registry", "agreements", "enrolment", "verification", "outside",
    "submissions", "ledger", "billing", "savings", "sponsorship", "claims", "reports", "planning", "privacy",
)  # fmt: skip
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django_htmx",
    "procrastinate.contrib.django",
    *(f"payung.office.{room}" for room in OFFICE_ROOMS),
    "payung.doors.jobs",
    "payung.doors.web",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "payung.doors.web.sessions.SessionClockMiddleware",
    "payung.doors.web.scope.ScopeMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "payung.doors.web.middleware.LanguageMiddleware",
    "payung.doors.web.middleware.SecurityHeadersMiddleware",
    "payung.doors.web.middleware.SignInRequiredMiddleware",
    "payung.doors.web.sessions.FirstThingsMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "payung.doors.web.urls"
WSGI_APPLICATION = "payung.doors.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [ROOT / "web" / "templates"],
        "OPTIONS": {"environment": "payung.doors.web.environment.environment"},
    }
]
DATABASES = {
    "default": _database(os.environ.get("DATABASE_URL", "")),
    "owner": _database(os.environ.get("DATABASE_OWNER_URL", "")),
    # The same as default, outside the work's own transaction: how far a job is, while it runs.
    "progress": _database(os.environ.get("DATABASE_URL", "")),
}
DATABASE_ROUTERS: list[str] = []

AUTH_USER_MODEL = "access.User"
_RULES = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": f"{_RULES}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "payung.doors.web.passwords.NameValidator"},
    {"NAME": f"{_RULES}.CommonPasswordValidator"},
    {"NAME": f"{_RULES}.NumericPasswordValidator"},
]
# Whether this installation holds synthetic people only, so that the sign-in page may say where its users are.
PAYUNG_DEMO = os.environ.get("PAYUNG_DEMO") == "1" or DATA.holds_synthetic_people

# Notices: printed in the worker's terminal until a mail server is named.
PAYUNG_ADDRESS = os.environ.get("PAYUNG_ADDRESS", "http://127.0.0.1:8000").rstrip("/")
EMAIL_HOST = os.environ.get("PAYUNG_SMTP_HOST", "")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"
EMAIL_PORT = int(os.environ.get("PAYUNG_SMTP_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("PAYUNG_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("PAYUNG_SMTP_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("PAYUNG_SMTP_TLS", "1") == "1"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("PAYUNG_MAIL_FROM", "payung@localhost")

# Roles that must sign in with a second factor: those who can change most and those who move money.
PAYUNG_SECOND_FACTOR_ROLES = frozenset(
    os.environ.get("PAYUNG_SECOND_FACTOR_ROLES", "" if PAYUNG_DEMO else "government_admin,treasurer").split(",")
)
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "sign-in"
CSRF_FAILURE_VIEW = "payung.doors.web.views.errors.form_too_old"
SESSION_COOKIE_HTTPONLY = True
# A session ends after so many minutes without a deed, and after so many hours in any case.
PAYUNG_IDLE_MINUTES = int(os.environ.get("PAYUNG_IDLE_MINUTES", "30"))
PAYUNG_SESSION_HOURS = int(os.environ.get("PAYUNG_SESSION_HOURS", "10"))
SESSION_COOKIE_AGE = PAYUNG_SESSION_HOURS * 60 * 60
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = os.environ.get("PAYUNG_HTTPS") == "1"
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if SESSION_COOKIE_SECURE else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
PAYUNG_LARGEST_UPLOAD_BYTES = 100 * 1024 * 1024

LANGUAGE_CODE = "id"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Jakarta"
STATIC_URL = "/static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "tasks"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"without_marks": {"()": "payung.doors.installation.logs.WithoutMarks"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "without_marks"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django.request": {"handlers": ["console"], "level": "ERROR", "propagate": False},
        "procrastinate": {"handlers": ["console"], "level": "WARNING", "propagate": False},
    },
}
