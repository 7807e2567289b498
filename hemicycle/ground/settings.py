"""Django's settings, made from the operator's few (see docs/settings.md)."""

from typing import Any

from hemicycle.ground.config import read_config, secret_key
from hemicycle.ground.databases import database_settings, email_settings

CONFIG = read_config()

SECRET_KEY = secret_key(CONFIG.keys)
DEBUG = CONFIG.debug
ALLOWED_HOSTS = list(CONFIG.allowed_hosts)
DATABASES: dict[str, dict[str, Any]] = {"default": database_settings(CONFIG)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "hemicycle.accounts",  # Before allauth, whose templates it replaces.
    "allauth",
    "allauth.account",
    "django_tasks",
    "django_tasks_db",
    "hemicycle.journal",
    "hemicycle.search",
    "hemicycle.printing",
    "hemicycle.bodies",
    "hemicycle.languages",
    "hemicycle.meetings",
    "hemicycle.motions",
    "hemicycle.voting",
    "hemicycle.decisions",
    "hemicycle.plans",
    "hemicycle.publishing",
    "hemicycle.archive",
    "hemicycle.live",
    "hemicycle.web",
    "hemicycle.demo",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "hemicycle.web.refusals.RefusalMiddleware",
    "hemicycle.web.policy.ContentPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "hemicycle.web.middleware.AsWhomMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "hemicycle.web.urls"
CSRF_FAILURE_VIEW = "hemicycle.web.refusals.csrf_failure"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "hemicycle.web.context.house",
            ],
        },
    },
]

FORM_RENDERER = "hemicycle.web.rendering.HouseRenderer"

# Who signs in. Limits count per account, because a whole hall may share one address.
AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "web:home"
LOGOUT_REDIRECT_URL = "web:home"
ACCOUNT_ADAPTER = "hemicycle.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
# None asks “keep me signed in on this device”, since a hall lends devices out.
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_FORMS = {
    "login": "hemicycle.accounts.forms.SignInForm",
    "reset_password": "hemicycle.accounts.forms.ResetForm",
    "reset_password_from_key": "hemicycle.accounts.forms.NewPasswordForm",
    "change_password": "hemicycle.accounts.forms.ChangePasswordForm",
    "set_password": "hemicycle.accounts.forms.FirstPasswordForm",
}
# Django's own covers the address too; allauth's would write a row while a page is read.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105  # A name.
PASSWORD_RESET_TIMEOUT = 6 * 60 * 60
ACCOUNT_RATE_LIMITS = {
    "login": False,
    "login_failed": "10/5m/key",
    "reset_password": "5/h/key",
    "reset_password_from_key": False,
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
    "signup": False,
}

# A session is read once per page and written only when it changes.
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = CONFIG.secure
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = False
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "ground_cache"}}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English")]
USE_I18N = True
FORMAT_MODULE_PATH = ["hemicycle.ground.formats"]
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "static/"
STATIC_ROOT = CONFIG.data / "static"
MEDIA_ROOT = CONFIG.data / "files"
STORAGES = {
    "default": {"BACKEND": "hemicycle.ground.files.DurableFiles"},
    "staticfiles": {"BACKEND": "hemicycle.web.statics.HouseStatics"},
}
WHITENOISE_USE_FINDERS = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_PERMISSIONS = 0o640

globals().update(email_settings(CONFIG))
# Where people reach this installation, for links in letters.
HEMICYCLE_ADDRESS = CONFIG.address or f"{'https' if CONFIG.secure else 'http'}://localhost:{CONFIG.port}"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# One place asks for rights: act() hands every kind and actor to it (hemicycle/accounts/rights.py).
HEMICYCLE_RIGHTS = "hemicycle.accounts.rights.ask"
# Where verify looks besides entries and covered rows: each names a function that yields what does not hold.
HEMICYCLE_VERIFY = [
    "hemicycle.voting.queries.boxes_that_do_not_hold",
    "hemicycle.meetings.queries.files.files_that_do_not_hold",
    "hemicycle.archive.queries.files.files_that_do_not_hold",
    "hemicycle.decisions.queries.files.files_that_do_not_hold",
    "hemicycle.plans.queries.files_that_do_not_hold",
    "hemicycle.decisions.rollup.recomputing.figures_that_do_not_hold",
]
# What the search index holds, by noun: a function from keys to searchable texts.
HEMICYCLE_SEARCHABLE = {
    "meeting": "hemicycle.meetings.queries.searchable_meetings",
    "agendaitem": "hemicycle.meetings.queries.searchable_items",
    "report": "hemicycle.meetings.queries.searchable_reports",
    "document": "hemicycle.meetings.queries.searchable_documents",
    "motion": "hemicycle.motions.queries.searchable_motions",
    "decision": "hemicycle.decisions.queries.searchable_decisions",
    "directive": "hemicycle.decisions.queries.searchable_directives",
    "olddecision": "hemicycle.decisions.queries.old.searchable_olddecisions",
    "indicator": "hemicycle.plans.queries.searchable_indicators",
    "publication": "hemicycle.publishing.queries.searchable_publications",
    "minutes": "hemicycle.publishing.queries.minutes.searchable_minutes",
    "archivedmeeting": "hemicycle.archive.queries.searchable.searchable_archivedmeetings",
    "archivedtask": "hemicycle.archive.queries.searchable.searchable_passages",
    "archiveddecision": "hemicycle.archive.queries.searchable.searchable_passages",
    "criticism": "hemicycle.archive.queries.searchable.searchable_passages",
    "passage": "hemicycle.archive.queries.searchable.searchable_passages",
    "teaser": "hemicycle.archive.queries.searchable.searchable_passages",
}
# Whose texts can stand in several languages, by noun: a function that yields them, of a meeting or one alone.
HEMICYCLE_TRANSLATABLE = {
    "agendaitem": "hemicycle.meetings.queries.texts.item_texts",
    "motion": "hemicycle.voting.texts.motion_texts",
    "ballot": "hemicycle.voting.texts.ballot_texts",
    "conclusion": "hemicycle.meetings.queries.texts.conclusion_texts",
}
# What higher rooms show on the pages of lower ones: functions of a request and the body, unit or meeting, in order.
HEMICYCLE_BODY_SECTIONS = [
    "hemicycle.meetings.views.page.of_body",
    "hemicycle.voting.views.circulation.of_body",
    "hemicycle.decisions.views.of_body",
    "hemicycle.plans.views.of_body",
    "hemicycle.publishing.views.of_body",
    "hemicycle.languages.views.of_body",
    "hemicycle.archive.views.meetings.section",
]
HEMICYCLE_UNIT_SECTIONS = ["hemicycle.decisions.views.of_unit", "hemicycle.plans.views.of_unit"]
HEMICYCLE_MEETING_NOW = ["hemicycle.live.views.of_meeting"]
HEMICYCLE_MEETING_SECTIONS = [
    "hemicycle.meetings.views.answering.of_meeting",
    "hemicycle.meetings.views.page.of_debate",
    "hemicycle.motions.views.of_meeting",
    "hemicycle.voting.views.of_meeting",
    "hemicycle.decisions.views.of_meeting",
    "hemicycle.publishing.views.of_meeting",
]
# What higher rooms add to the printing pack of a meeting: functions of a viewer, the meeting and a number of ballots.
HEMICYCLE_PRINTED = ["hemicycle.motions.printed.for_votes"]
HEMICYCLE_DECISION_SECTIONS = ["hemicycle.decisions.views.consulting.of_decision", "hemicycle.plans.views.of_decision"]
HEMICYCLE_BALLOT_SECTIONS = ["hemicycle.decisions.views.of_ballot"]
# Who follows the books in the worker's process: functions of one argument, the event that is set when they shall end.
HEMICYCLE_FOLLOWERS = [
    "hemicycle.journal.checkpoints.sign_forever",
    "hemicycle.search.follower.follow_forever",
    "hemicycle.meetings.mail.follow_forever",
    "hemicycle.accounts.mail.follow_forever",
    "hemicycle.decisions.digest.follow_forever",
    "hemicycle.voting.ballot_keys.sweep_forever",
]

# Neither logs nor error reports repeat what people send, nor an address or code.
DEFAULT_EXCEPTION_REPORTER_FILTER = "hemicycle.accounts.discretion.DiscreetReports"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "hemicycle.accounts.discretion.DiscreetFormatter",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
