#!/usr/bin/env bash
# A real Odoo 19 (community) from Debian's packages, for tests and trials. Not for production.
#
#   real-odoo.sh up       install on first use (about 4 minutes), start, print the connection as KEY=VALUE lines
#   real-odoo.sh env      print the connection again; fails when it does not run
#   real-odoo.sh reset    a fresh database from the template, everything else kept
#   real-odoo.sh down     stop; the files stay
#   real-odoo.sh remove   stop and delete everything it made
#
# Needs Debian (or a derivative) and root. Everything lives in one folder, in a Debian of its own, with its own
# PostgreSQL; nothing is installed on this machine but debootstrap. Running `up` twice changes nothing.
#
# Settings, all by environment:
#   REAL_ODOO_ROOT      the folder                                   /var/lib/wardline/real-odoo
#   REAL_ODOO_PORT      Odoo's port on 127.0.0.1                     8069
#   REAL_ODOO_PGPORT    its PostgreSQL's port on 127.0.0.1           5632
#   REAL_ODOO_WORKERS   worker processes                             2
#   REAL_ODOO_MODULES   modules to install, with their demo data     what Wardline works with
#   DEBIAN_MIRROR       where packages come from                     the mirror this machine's apt uses
set -euo pipefail

ROOT=${REAL_ODOO_ROOT:-/var/lib/wardline/real-odoo}
PORT=${REAL_ODOO_PORT:-8069}
PGPORT=${REAL_ODOO_PGPORT:-5632}
WORKERS=${REAL_ODOO_WORKERS:-2}
MODULES=${REAL_ODOO_MODULES:-stock,purchase_stock,account,stock_account,product_expiry,base_automation}
SUITE=trixie
DATABASE=erp
TEMPLATE=erp_template
PIDFILE=$ROOT/run/real-odoo.pid

fail() { echo "real-odoo: $*" >&2; exit 1; }
say() { echo "real-odoo: $*" >&2; }
in_root() { chroot "$ROOT" "$@"; }
as_odoo() { in_root su odoo -s /bin/sh -c "$1"; }
sql() { in_root su postgres -c "psql -p $PGPORT -qtAc \"$1\""; }
exists() { [ "$(sql "select count(*) from $1 where $2 = '$3'")" = 1 ]; }
# The process must be one of this folder's: after a reboot its number may be another's.
running() { [ -s "$PIDFILE" ] && [ "$(readlink "/proc/$(cat "$PIDFILE")/root")" = "$(realpath "$ROOT")" ]; }

# The first http(s) mirror of this machine's apt, so that a private or offline mirror is honoured.
mirror() {
  local found=${DEBIAN_MIRROR:-}
  [ -n "$found" ] || found=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/*.{sources,list} 2>/dev/null |
    grep -oP '^(URIs:\s*|deb\s+(\[[^]]*\]\s*)?)\Khttps?://\S+' | head -1) || true
  [ -n "$found" ] || fail "no Debian mirror in this machine's apt sources: set DEBIAN_MIRROR"
  echo "$found"
}

need_root() { [ "$(id -u)" = 0 ] || fail "needs root: it makes a Debian of its own under $ROOT"; }

mount_kernel() {
  mountpoint -q "$ROOT/proc" || mount -t proc proc "$ROOT/proc"
  mountpoint -q "$ROOT/dev" || mount --bind /dev "$ROOT/dev"
  mkdir -p "$ROOT/dev/shm"
  mountpoint -q "$ROOT/dev/shm" || mount -t tmpfs tmpfs "$ROOT/dev/shm"
}

unmount_kernel() {
  local path
  for path in dev/shm dev proc; do
    if mountpoint -q "$ROOT/$path"; then umount "$ROOT/$path" || fail "$ROOT/$path is still in use"; fi
  done
}

install_debian() {
  local uri
  uri=$(mirror)
  command -v debootstrap >/dev/null || { apt-get update -qq && apt-get install -y -qq debootstrap; }
  # A half-made system of an interrupted run is no base to go on from.
  unmount_kernel
  rm -rf "$ROOT"
  mkdir -p "$ROOT"
  debootstrap --variant=minbase "$SUITE" "$ROOT" "$uri"
  cp /etc/hosts /etc/resolv.conf "$ROOT/etc/"
  cp -r /etc/apt/apt.conf.d/. "$ROOT/etc/apt/apt.conf.d/"
  # Odoo 19 is newer than the suite: that one package and what it lacks come from unstable, the rest stays stable.
  printf 'deb %s %s main\ndeb %s sid main\n' "$uri" "$SUITE" "$uri" > "$ROOT/etc/apt/sources.list"
  printf 'Package: *\nPin: release n=sid\nPin-Priority: 100\n' > "$ROOT/etc/apt/preferences.d/sid-last"
  # Packages must not start services: this folder shares the machine's process table.
  printf '#!/bin/sh\nexit 101\n' > "$ROOT/usr/sbin/policy-rc.d"
  chmod +x "$ROOT/usr/sbin/policy-rc.d"
}

install_odoo() {
  mount_kernel
  in_root apt-get update
  DEBIAN_FRONTEND=noninteractive in_root apt-get install -y --no-install-recommends odoo-19 postgresql
  mkdir -p "$ROOT/var/lib/odoo" "$ROOT/var/log/odoo"
  in_root chown -R odoo /var/lib/odoo /var/log/odoo
}

install() {
  [ -e "$ROOT/.installed" ] && return
  local log=$ROOT.install.log
  mkdir -p "$(dirname "$ROOT")"
  say "installing into $ROOT, about 2 minutes; log: $log"
  (install_debian && install_odoo) > "$log" 2>&1 || { tail -5 "$log" >&2; fail "could not install; the whole log: $log"; }
  touch "$ROOT/.installed"
}

configure() {
  mkdir -p "$ROOT/run"
  sed -i "s/^port = .*/port = $PGPORT/" "$ROOT"/etc/postgresql/*/main/postgresql.conf
  cat > "$ROOT/etc/odoo/odoo.conf" <<CONF
[options]
db_host = 127.0.0.1
db_port = $PGPORT
db_user = odoo
db_password = odoo
http_interface = 127.0.0.1
http_port = $PORT
gevent_port = $((PORT + 3))
workers = $WORKERS
max_cron_threads = 1
limit_time_cpu = 600
limit_time_real = 1200
logfile = /var/log/odoo/server.log
CONF
}

postgres() {
  local version
  version=$(ls "$ROOT/etc/postgresql" | head -1)
  in_root pg_ctlcluster --skip-systemctl-redirect "$version" main "$@"
}

start_postgres() {
  sql 'select 1' >/dev/null 2>&1 || postgres start || true
  local attempt
  for attempt in $(seq 60); do
    sql 'select 1' >/dev/null 2>&1 && break
    [ "$attempt" = 60 ] && fail "PostgreSQL does not start on port $PGPORT: is it taken? Set REAL_ODOO_PGPORT"
    sleep 0.5
  done
  exists pg_roles rolname odoo || sql "create role odoo with login createdb superuser password 'odoo'"
}

# Module installation takes a minute; it is done once, in the template that `reset` copies.
make_template() {
  exists pg_database datname "$TEMPLATE" && [ -s "$ROOT/.apikey" ] && return
  say "installing the modules $MODULES, about 1 minute"
  if exists pg_database datname "$TEMPLATE"; then sql "drop database $TEMPLATE with (force)"; fi
  local odoo="-c /etc/odoo/odoo.conf --workers=0 --logfile= -d $TEMPLATE" log=$ROOT/var/log/odoo/init.log
  as_odoo "odoo $odoo -i $MODULES --with-demo --stop-after-init" > "$log" 2>&1 || fail "Odoo could not make its database; log: $log"
  cat > "$ROOT/tmp/key.py" <<'PY'
import datetime
admin = env.ref('base.user_admin')
expiry = datetime.datetime.now() + datetime.timedelta(days=365)
print('APIKEY=' + env['res.users.apikeys'].with_user(admin)._generate('rpc', 'integration', expiry))
env.cr.commit()
PY
  as_odoo "odoo shell $odoo --no-http < /tmp/key.py" 2>>"$log" | grep -oP '^APIKEY=\K.*' > "$ROOT/.apikey" ||
    fail "Odoo gave no API key; log: $log"
  chmod 600 "$ROOT/.apikey"
}

make_database() {
  exists pg_database datname "$DATABASE" && return
  local files=$ROOT/var/lib/odoo/.local/share/Odoo/filestore
  sql "create database $DATABASE template $TEMPLATE owner odoo"
  rm -rf "${files:?}/$DATABASE"
  if [ -d "$files/$TEMPLATE" ]; then cp -a "$files/$TEMPLATE" "$files/$DATABASE"; fi
}

start_odoo() {
  running && return
  setsid chroot "$ROOT" su odoo -s /bin/sh -c "exec odoo -c /etc/odoo/odoo.conf -d $DATABASE" >/dev/null 2>&1 </dev/null &
  echo $! > "$PIDFILE"
  for _ in $(seq 120); do
    running || break
    curl -fsS -o /dev/null "http://127.0.0.1:$PORT/web/version" 2>/dev/null && return
    sleep 0.5
  done
  fail "Odoo does not answer on port $PORT (is it taken? set REAL_ODOO_PORT); log: $ROOT/var/log/odoo/server.log"
}

stop_odoo() {
  running || return 0
  kill -TERM -- "-$(cat "$PIDFILE")" 2>/dev/null || true
  for _ in $(seq 60); do
    running || break
    sleep 0.25
  done
  if running; then kill -KILL -- "-$(cat "$PIDFILE")"; fi
  rm -f "$PIDFILE"
}

stop_postgres() {
  if sql 'select 1' >/dev/null 2>&1; then postgres stop -m fast; fi
}

connection() {
  running || fail "it does not run; start it with: $0 up"
  cat <<ENV
ODOO_URL=http://127.0.0.1:$PORT
ODOO_DATABASE=$DATABASE
ODOO_API_KEY=$(cat "$ROOT/.apikey")
ODOO_LOGIN=admin
ENV
}

up() {
  need_root
  install
  mount_kernel
  configure
  start_postgres
  make_template
  make_database
  start_odoo
  connection
}

down() {
  need_root
  [ -e "$ROOT/.installed" ] || return 0
  stop_odoo
  stop_postgres
}

case "${1:-}" in
  up) up ;;
  env) connection ;;
  down) down ;;
  reset) down && mount_kernel && start_postgres && sql "drop database if exists $DATABASE with (force)" && up ;;
  remove) down && unmount_kernel && rm -rf "$ROOT" "$ROOT.install.log" ;;
  *) sed -n '2,/^set /{/^set /d;s/^# \{0,1\}//;p}' "$0"; exit 2 ;;
esac
