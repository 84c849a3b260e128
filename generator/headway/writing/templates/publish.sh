#!/bin/sh
# Fetches what is new, checks it, builds the site, and copies it to a server; the last good site stays where something
# is wrong. By hand, or every night by cron on any machine that has this repository:
#
#     17 3 * * *  HEADWAY_TARGET=me@example.org:/var/www/mentoring sh /home/me/mentoring/publish.sh
#
# HEADWAY_TARGET is a folder, or one on another machine as rsync writes it. Who may open the site is that server's to
# say: let it ask for a password unless the site is for everybody (`audience` in headway.yaml).
set -eu
cd "$(dirname "$0")"
: "${HEADWAY_TARGET:?say where the site goes, as HEADWAY_TARGET=me@example.org:/var/www/mentoring}"

if git rev-parse --verify --quiet '@{upstream}' >/dev/null; then
  git pull --quiet --ff-only
fi
if ! command -v headway >/dev/null; then
  [ -d .venv ] || python3 -m venv .venv
  PATH="$PWD/.venv/bin:$PATH"
  python -m pip install --quiet --requirement requirements.txt
fi
headway check
headway build
rsync --archive --delete --delay-updates site/ "$HEADWAY_TARGET/"
