# One image, one process a container: `serve portal`, `serve desk`, `serve worker`, `serve relay`, `serve builder`, `migrate`, `setup`.
FROM python:3.13-slim

ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PYTHONPATH=/srv/suluh
WORKDIR /srv/suluh

COPY requirements.lock .
RUN python -m pip install --no-cache-dir --require-hashes --only-binary :all: -r requirements.lock

COPY casefile casefile
COPY web web
COPY intake intake
COPY triage triage
COPY worker worker
COPY operations operations
COPY migrations migrations
COPY templates templates
COPY static static
COPY translations translations
COPY verifier verifier
COPY LICENSE .
RUN if find translations -name '*.po' | grep -q .; then pybabel compile --directory translations; fi

# Volumes take over these owners and modes when they are first used.
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin suluh \
 && install --directory --owner suluh --mode 0700 \
    /var/lib/suluh /var/lib/suluh/keys /var/lib/suluh/intake /var/lib/suluh/worker /var/lib/suluh/desk /var/lib/suluh/builder
USER suluh
ENV SULUH_DATA_DIR=/var/lib/suluh SULUH_HOST=0.0.0.0

ENTRYPOINT ["python", "-m", "operations"]
CMD ["--help"]
