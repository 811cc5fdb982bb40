# One image for web, worker, beat and the one-off commands; docker-compose.yml says which runs what.

FROM python:3.11-slim-bookworm AS base
ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /app

# Assets need Node, which the image that runs does not.
FROM base AS assets
COPY requirements.lock requirements-local.lock ./
RUN pip install --require-hashes -r requirements-local.lock
COPY . .
RUN python script/build_assets.py
# collectstatic reads the settings; these values never leave this stage.
RUN SECRET_KEY=only-to-collect-static-files-0123456789-abcdefghijklmnopq ALLOWED_HOSTS=build.invalid \
    SITE_URL=https://build.invalid DATABASE_URL=postgres://build.invalid/none REDIS_URL=redis://build.invalid \
    EMAIL_HOST=build.invalid DEFAULT_FROM_EMAIL=build@build.invalid \
    DJANGO_SETTINGS_MODULE=config.settings.production \
    python manage.py collectstatic --no-input --verbosity 0 --skip-checks

FROM base AS run
RUN useradd --system --uid 10001 --home-dir /app --shell /usr/sbin/nologin asb \
    && install -d -o asb -g asb /app/var /data
COPY requirements.lock ./
RUN pip install --require-hashes -r requirements.lock
COPY --chown=root:root . .
COPY --from=assets --chown=root:root /app/var/assets ./var/assets
COPY --from=assets --chown=root:root /app/var/static ./var/static
ENV DJANGO_SETTINGS_MODULE=config.settings.production LEDGER_SEAL_FILE=/data/seals.txt
USER 10001
EXPOSE 8000
CMD ["gunicorn", "config.wsgi", "--config", "python:config.gunicorn", "--bind", "0.0.0.0:8000"]
