#!/usr/bin/env bash
# A PostgreSQL of one's own: scripts/postgresql.sh
#
# Makes a private cluster in a temporary directory, on a Unix socket there and nowhere else, prints its connection string as the only
# line of standard output, and runs until standard input ends (or Ctrl-C, or a termination). Then it stops the server and removes the
# directory. Whoever starts it with a pipe as input takes the server along when it ends, even when it crashes.
#
# A line "kill" on standard input kills all processes of the server at once, as a crash of the machine would, and is answered with
# "killed"; a line "start" starts it again on the same data, and is answered with "started".
#
# Uses the newest PostgreSQL on the PATH or in Debian's place. Where there is none and this is root on Debian, installs the package.
# Exit codes: 0 stopped, 3 PostgreSQL cannot be had; anything else is an error.
set -euo pipefail

say() { echo "postgresql.sh: $*" >&2; }

# The directory of initdb and postgres; nothing when there is none.
find_binaries() {
  local directory
  for directory in $(ls -d /usr/lib/postgresql/*/bin /opt/homebrew/opt/postgresql*/bin /usr/local/opt/postgresql*/bin 2> /dev/null | sort -rV) \
    "$(dirname "$(command -v initdb 2> /dev/null || echo /none/initdb)")"; do
    if [ -x "$directory/initdb" ] && [ -x "$directory/postgres" ]; then
      echo "$directory"
      return
    fi
  done
}

install_package() {
  if [ "$(id -u)" -ne 0 ] || ! command -v apt-get > /dev/null; then return 1; fi
  say "PostgreSQL is not there; installing Debian's package"

  # The package would make and start a server of its own, on the usual port.
  if [ ! -e /etc/postgresql-common/createcluster.conf ]; then
    mkdir -p /etc/postgresql-common
    echo "create_main_cluster = false" > /etc/postgresql-common/createcluster.conf
  fi

  local apt=(timeout 240 apt-get -q -y -o Dpkg::Options::=--force-confold -o DPkg::Lock::Timeout=60 -o Acquire::Retries=2)
  export DEBIAN_FRONTEND=noninteractive
  "${apt[@]}" install --no-install-recommends postgresql >&2 < /dev/null && return
  "${apt[@]}" update >&2 < /dev/null && "${apt[@]}" install --no-install-recommends postgresql >&2 < /dev/null
}

binaries="$(find_binaries)"
if [ -z "$binaries" ]; then
  install_package || true
  binaries="$(find_binaries)"
fi

if [ -z "$binaries" ]; then
  say "no initdb on the PATH or in /usr/lib/postgresql/*/bin, and it could not be installed. On Debian: apt-get install postgresql"
  exit 3
fi

# Not below TMPDIR: the path of a socket has at most 107 characters.
directory="$(mktemp -d /tmp/scm-postgresql.XXXXXX)"
server=

stop() {
  trap - EXIT INT TERM HUP
  if [ -n "$server" ] && kill -0 "$server" 2> /dev/null; then
    # Immediately: there is nothing to keep.
    kill -QUIT "$server" 2> /dev/null || true
    wait "$server" 2> /dev/null || true
  fi

  rm -rf "$directory"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# The server refuses to run as root.
as_user=()
with_script=()
user="$(id -un)"
if [ "$(id -u)" -eq 0 ]; then
  user="$(id -un postgres 2> /dev/null || echo nobody)"
  as_user=(setpriv "--reuid=$user" "--regid=$(id -gn "$user")" --clear-groups --)
fi

# Where the system can do it, the server ends with this script even when that is killed and can stop nothing.
if setpriv --pdeathsig QUIT true 2> /dev/null; then
  with_script=(setpriv --pdeathsig QUIT --)
fi

chmod 700 "$directory"
chown "$user" "$directory"
cd "$directory"

${as_user[@]+"${as_user[@]}"} "$binaries/initdb" --pgdata="$directory/data" --username=scm --auth=trust --encoding=UTF8 --locale=C --no-sync > "$directory/initdb.log" 2>&1 < /dev/null || {
  cat "$directory/initdb.log" >&2
  exit 1
}

is_ready() { grep -q "database system is ready to accept connections" "$directory/server.log" 2> /dev/null; }

start() {
  rm -f "$directory/server.log"

  # Nothing here outlives the run, so nothing is forced to the disk.
  ${as_user[@]+"${as_user[@]}"} ${with_script[@]+"${with_script[@]}"} "$binaries/postgres" -D "$directory/data" -k "$directory" -c listen_addresses= -c fsync=off -c synchronous_commit=off \
    -c full_page_writes=off -c max_connections=200 -c shared_buffers=64MB > "$directory/server.log" 2>&1 < /dev/null &
  server=$!

  for _ in $(seq 1 300); do
    if is_ready; then return; fi
    if ! kill -0 "$server" 2> /dev/null; then break; fi
    sleep 0.1
  done

  say "the server was not ready after 30 s, or ended"
  cat "$directory/server.log" >&2
  exit 1
}

# All in one go: its children would end in order when they see that it is gone.
kill_all() {
  local children
  children="$(cat "/proc/$server/task/$server/children" 2> /dev/null || pgrep -P "$server" || true)"

  # shellcheck disable=SC2086 # One word for each process.
  kill -KILL "$server" $children 2> /dev/null || true
  wait "$server" 2> /dev/null || true
  for child in $children; do
    while kill -0 "$child" 2> /dev/null; do sleep 0.01; done
  done
}

start
echo "Host=$directory;Username=scm;Database=postgres"

# Bash runs a trap once the command in the foreground has ended; the built-in read is interrupted at once.
while read -r line; do
  case "$line" in
    kill) kill_all; echo "killed" ;;
    start) start; echo "started" ;;
  esac
done
