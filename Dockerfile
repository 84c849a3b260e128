# Headway with git in it, for machines that have neither. In a program's folder:
#
#   docker build --tag headway https://.../headway.git          (or the path of a checkout)
#   docker run --rm --user "$(id -u):$(id -g)" --volume "$PWD:/program" headway check
#   docker run --rm --user "$(id -u):$(id -g)" --volume "$PWD:/program" headway build
#   docker run --rm --user "$(id -u):$(id -g)" --volume "$PWD:/program" --publish 127.0.0.1:8000:8000 \
#     headway serve --host 0.0.0.0 --port 8000
FROM python:3.12-slim AS wheel
WORKDIR /headway
COPY pyproject.toml README.md LICENSE CHANGELOG.md headway.yaml ./
COPY generator generator
COPY themes themes
COPY content content
RUN python -m pip wheel --no-cache-dir --wheel-dir /wheels .

FROM python:3.12-slim
RUN apt-get update \
 && apt-get install --yes --no-install-recommends git \
 && rm -rf /var/lib/apt/lists/*
RUN --mount=type=bind,from=wheel,source=/wheels,target=/wheels \
    python -m pip install --no-cache-dir --no-index --find-links /wheels headway
# The program is the user's own: git trusts a folder only where its owner runs it, so say --user.
RUN useradd --create-home headway
USER headway
WORKDIR /program
ENTRYPOINT ["headway"]
CMD ["--help"]
