"""Settings: `base` for all, then `development`, `test` or `production` (DJANGO_SETTINGS_MODULE chooses)."""
