"""Base settings made fast and quiet: memory mail, cheap hashes, work done on the spot."""

import os

os.environ.setdefault("SECRET_KEY", "only-for-tests-" + "x" * 50)
os.environ.setdefault("HTTPS_ONLY", "false")
os.environ.setdefault("LOG_LEVEL", "ERROR")

from .base import *  # noqa: F403  (the lines above are what base reads)

ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STAFF_ALERT_EMAIL = "step-team@portal.example"
CELERY_TASK_ALWAYS_EAGER = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    "evidence": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
}
EVIDENCE_SCANNER = ""
WHITENOISE_AUTOREFRESH = True  # straight from static/, without collecting
VAR_DIR = VAR_DIR / f"tests-{os.getpid()}"  # noqa: F405  (what is shared by files is shared by no two test processes)
VAR_DIR.mkdir(exist_ok=True)
