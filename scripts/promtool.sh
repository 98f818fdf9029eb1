#!/usr/bin/env bash
# Prometheus' promtool, which checks the alert rules: scripts/promtool.sh FOLDER
#
# Prints where it is, as the only line of standard output: what PROMTOOL names, else the one on the PATH. Where there is none and this
# is Debian, takes it out of the package into FOLDER, so that no server is installed or started.
# Exit codes: 0 there it is, 3 it cannot be had; anything else is an error.
set -euo pipefail

folder="${1:?scripts/promtool.sh FOLDER}"

say() { echo "promtool.sh: $*" >&2; }

find_tool() {
  local candidate
  for candidate in "${PROMTOOL:-}" "$(command -v promtool 2> /dev/null || true)" "$folder/usr/bin/promtool"; do
    if [ -n "$candidate" ] && [ -x "$candidate" ]; then
      echo "$candidate"
      return
    fi
  done
}

unpack_package() {
  if ! command -v apt-get > /dev/null || ! command -v dpkg-deb > /dev/null; then return 1; fi
  say "promtool is not there; taking it out of Debian's package"
  mkdir -p "$folder"
  local download=(timeout 300 apt-get -q -o Acquire::Retries=2 download prometheus)
  (cd "$folder" && "${download[@]}" >&2 < /dev/null) || {
    if [ "$(id -u)" -ne 0 ]; then return 1; fi
    timeout 300 apt-get -q update >&2 < /dev/null && (cd "$folder" && "${download[@]}" >&2 < /dev/null)
  } || return 1
  dpkg-deb -x "$folder"/prometheus_*.deb "$folder"
}

tool="$(find_tool)"
if [ -z "$tool" ]; then
  unpack_package || true
  tool="$(find_tool)"
fi

if [ -z "$tool" ]; then
  say "no promtool on the PATH, and it could not be had. On Debian: apt-get install prometheus"
  exit 3
fi

echo "$tool"
