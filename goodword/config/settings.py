"""Every setting, with its reason. What differs between installations comes from GOODWORD_* variables alone."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from psycopg.conninfo import conninfo_to_dict

from goodword.config.home import media_path, open_home, secret_key

BASE = Path(__file__).resolve().parent.parent

# All state of an installation lives in this one folder: the database, the files, the key.
HOME = open_home()
FILES = media_path()

DEBUG = os.environ.get("GOODWORD_DEBUG") == "1"
# Made on the first start and kept in the folder, so that sessions and sealed secrets outlive a restart.
SECRET_KEY = secret_key()
# The address people use. It stands in links that customers get, so it can't be taken from a request.
PUBLIC_URL = os.environ.get(
    "GOODWORD_PUBLIC_URL", f"http://127.0.0.1:{os.environ.get('GOODWORD_PORT', '8000')}"
).rstrip("/")
ALLOWED_HOSTS = os.environ.get("GOODWORD_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]

# ── Rooms ────────────────────────────────────────────────────────────────────────────────────────────────────────────
INSTALLED_APPS = [
    "goodword.ui",  # first, so that its templates stand before those of allauth
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",  # read by allauth's pages of security keys
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "procrastinate.contrib.django",
    "goodword.kernel",
    "goodword.staff",
    "goodword.people",
    "goodword.promises",
    "goodword.honesty",
    "goodword.community",
    "goodword.listen",
    "goodword.triage",
    "goodword.care",
    "goodword.process",
    "goodword.learn",
    "goodword.insight",
    "goodword.web",
]
MIDDLEWARE = [
    "goodword.config.processes.requests.RequestFiguresMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "goodword.ui.policy.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "goodword.web.odd_input.OddInputMiddleware",  # before anything that asks the database
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "goodword.staff.agent_language.AgentLanguageMiddleware",
    "goodword.staff.membership.MembershipMiddleware",
    "goodword.web.zone.WorkspaceZoneMiddleware",
]
ROOT_URLCONF = "goodword.config.urls"
WSGI_APPLICATION = "goodword.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "goodword.web.navigation.navigation",
            ],
        },
    }
]

# ── Database ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _database(url: str) -> dict[str, Any]:
    """Read a libpq URL or connection string (both are what PostgreSQL's own tools take)."""
    parts = conninfo_to_dict(url)
    own = {"dbname", "user", "password", "host", "port"}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.get("dbname", "goodword"),
        "USER": parts.get("user", ""),
        "PASSWORD": parts.get("password", ""),
        "HOST": parts.get("host", ""),
        "PORT": parts.get("port", ""),
        # The web's threads live as long as the process, so a connection each is the cheapest pool there is.
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {name: value for name, value in parts.items() if name not in own},
    }


DATABASES = {"default": _database(os.environ.get("GOODWORD_DATABASE_URL", "dbname=goodword"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# ── Signing in ───────────────────────────────────────────────────────────────────────────────────────────────────────
AUTH_USER_MODEL = "staff.Agent"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # strangers get no mail from us; the page answers the same either way
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""  # else the name of the host that the request named
ACCOUNT_ADAPTER = "goodword.staff.sign_in.InvitedOnlyAdapter"  # nobody signs up by themselves
LOGIN_REDIRECT_URL = "/"
LOGIN_URL = "account_login"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PUBLIC_URL.startswith("https://")
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# ── Language and time ────────────────────────────────────────────────────────────────────────────────────────────────
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English")]
if DEBUG:
    LANGUAGES += [("en-xa", "Ƥşḗŭḓǿ")]  # the pseudo-language shows what is not translatable yet
LOCALE_PATHS = [BASE / "config" / "locale"]
USE_I18N = USE_TZ = True
TIME_ZONE = "UTC"

# ── Files on their way to the browser ────────────────────────────────────────────────────────────────────────────────
STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": FILES}},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or os.environ.get("GOODWORD_PLAIN_STATIC") == "1"
        else "goodword.ui.assets.HashedAssets"
    },
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_USE_FINDERS = DEBUG or os.environ.get("GOODWORD_PLAIN_STATIC") == "1"  # then nothing has been collected
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024  # a form; attachments are counted apart
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000  # a bulk action names up to a thousand cases

MAX_FILE_BYTES = 25_000_000  # an attachment, whichever way it goes
# ClamAV, if there is one: the path of clamd's socket, or host:port. Without it files are not scanned, and say so.
VIRUS_SCANNER = os.environ.get("GOODWORD_VIRUS_SCANNER", "")
# Networks that may be fetched from, and whose APIs may be called, though they are not public: "10.20.0.0/16" for a
# Mastodon of the brand's own, "127.0.0.0/8" for a simulator on this machine (`goodword simulate`).
ALSO_FETCH_FROM = os.environ.get("GOODWORD_ALSO_FETCH_FROM", "").split()

# Customers' mailboxes: an admin types where their servers are, and the answer must not tell them what else there is in
# the networks around this machine. Mail servers that are not public are allowed by network, e.g. "192.168.0.0/16", or
# "127.0.0.0/8" for one on this machine; ports beside the usual ones by number, or all of them by "any".
MAIL_NETWORKS = os.environ.get("GOODWORD_MAIL_NETWORKS", "").split()
MAIL_PORTS = os.environ.get("GOODWORD_MAIL_PORTS", "").split()

# ── Mail that Goodword itself sends (new passwords, escalations, letters); answers to customers go by their channel ──
# Without a mail server nothing is sent, nor written anywhere: such mail holds links that let their reader in.
EMAIL_HOST = os.environ.get("GOODWORD_EMAIL_HOST", "")
EMAIL_BACKEND = os.environ.get(
    "GOODWORD_EMAIL_BACKEND",
    "django.core.mail.backends.smtp.EmailBackend" if EMAIL_HOST else "goodword.config.processes.no_mail.NoMailServer",
)
EMAIL_PORT = int(os.environ.get("GOODWORD_EMAIL_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("GOODWORD_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("GOODWORD_EMAIL_PASSWORD", "")
EMAIL_USE_TLS = EMAIL_PORT == 587  # STARTTLS, where mail is handed in (RFC 6409)
EMAIL_USE_SSL = EMAIL_PORT == 465  # TLS from the first byte (RFC 8314)
EMAIL_TIMEOUT = 20  # seconds
DEFAULT_FROM_EMAIL = os.environ.get("GOODWORD_EMAIL_FROM", "goodword@localhost")

LOGGING_CONFIG = None  # set up by goodword.config.processes, so that the command line can choose
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "reactions"

# ── How long is kept what is no record of what happened (facts are, and stay) ───────────────────────────────────────
# A job that failed must be seen by somebody who comes back from a holiday, and no table grows for ever.
ENDED_JOBS_KEPT_DAYS = int(os.environ.get("GOODWORD_ENDED_JOBS_KEPT_DAYS", "60"))
# Once read, a notice only leads back to its case, which is found there as well.
READ_NOTICES_KEPT_DAYS = int(os.environ.get("GOODWORD_READ_NOTICES_KEPT_DAYS", "90"))

# ── How care is given, the same for every workspace ───────────────────────────────────────────────────────
UNDO_SECONDS = int(os.environ.get("GOODWORD_UNDO_SECONDS", "8"))
REOPEN_WINDOW_DAYS = 7
RESOLUTION_LAPSE_DAYS = 5
# How long an attempt at sending counts as under way after its worker was last heard of: longer than any connector's
# time-outs, so that a network is never asked about a reply that is still travelling to it.
SENDING_LEASE_SECONDS = float(os.environ.get("GOODWORD_SENDING_LEASE_SECONDS", "60"))
