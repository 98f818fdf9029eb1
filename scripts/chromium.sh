#!/usr/bin/env bash
# A Chromium for the browser tests: scripts/chromium.sh
#
# Prints where it is, as the only line of standard output: what CHROMIUM names, else the one on the PATH or in Debian's place. Where
# there is none and this is root on Debian, installs the package.
# Exit codes: 0 there it is, 3 it cannot be had; anything else is an error.
set -euo pipefail

say() { echo "chromium.sh: $*" >&2; }

# The browser's path; nothing when there is none.
find_browser() {
  local candidate
  for candidate in "${CHROMIUM:-}" "$(command -v chromium 2> /dev/null || true)" /usr/bin/chromium; do
    if [ -n "$candidate" ] && [ -x "$candidate" ]; then
      echo "$candidate"
      return
    fi
  done
}

install_package() {
  if [ "$(id -u)" -ne 0 ] || ! command -v apt-get > /dev/null; then return 1; fi
  say "Chromium is not there; installing Debian's package"
  local apt=(timeout 400 apt-get -q -y -o Dpkg::Options::=--force-confold -o DPkg::Lock::Timeout=60 -o Acquire::Retries=2)
  export DEBIAN_FRONTEND=noninteractive
  # Without a font there is nothing to see on a screenshot.
  "${apt[@]}" install --no-install-recommends chromium fonts-dejavu-core >&2 < /dev/null && return
  "${apt[@]}" update >&2 < /dev/null && "${apt[@]}" install --no-install-recommends chromium fonts-dejavu-core >&2 < /dev/null
}

browser="$(find_browser)"
if [ -z "$browser" ]; then
  install_package || true
  browser="$(find_browser)"
fi

if [ -z "$browser" ]; then
  say "no chromium on the PATH or in /usr/bin, and it could not be installed. On Debian: apt-get install chromium fonts-dejavu-core"
  exit 3
fi

echo "$browser"
