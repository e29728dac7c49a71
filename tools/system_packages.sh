#!/usr/bin/env bash
# Installs the Debian packages that are missing when run as root; names them in one line otherwise.
# Usage: tools/system_packages.sh run|test
set -euo pipefail
run="gettext libmagic1 libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core fonts-noto-core fonts-wqy-zenhei python3-venv"
test="$run postgresql chromium poppler-utils age"
wanted=$run
[ "${1:-run}" = test ] && wanted=$test
command -v dpkg-query >/dev/null || { echo "Not a Debian system: make sure these exist: $wanted" >&2; exit 0; }
missing=""
for package in $wanted; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q "ok installed" || missing="$missing $package"
done
[ -z "$missing" ] && exit 0
if [ "$(id -u)" != 0 ]; then
  echo "Please install first:  sudo apt-get install --no-install-recommends$missing" >&2
  exit 1
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
# shellcheck disable=SC2086
apt-get install -y -qq --no-install-recommends $missing >/dev/null
