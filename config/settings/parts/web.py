"""Templates, static files, languages, media."""

from pathlib import Path

from .env import BASE_DIR, VAR_DIR, env

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "apps.portal.context.shell",
            ],
            "builtins": [
                "apps.core.templatetags.figures",
                "apps.core.templatetags.icons",
                "apps.core.templatetags.texts",
                "apps.profiles.templatetags.metrics",
            ],
        },
    },
]
STATIC_URL = "/static/"
STATIC_ROOT: Path | None = BASE_DIR / "static" / "collected"
STATIC_DIST = BASE_DIR / "static" / "dist"
STATICFILES_DIRS = [path for path in (STATIC_DIST, BASE_DIR / "static" / "public") if path.exists()]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
# Without `collectstatic` (make run, tests) files are served from where they lie; production serves what it collected.
WHITENOISE_USE_FINDERS = True
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/assets/.+-[0-9A-Za-z_-]{8}\.[a-z0-9]+$"  # Vite's content hashes
DJANGO_VITE = {"default": {"dev_mode": False, "manifest_path": STATIC_DIST / "manifest.json"}}

MEDIA_URL = "/media/"
MEDIA_ROOT = env.path("MEDIA_ROOT", VAR_DIR / "media")

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True
