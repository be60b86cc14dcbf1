#!/bin/sh
# Installs on Debian and its kin, as root, what tests/servers starts and is not there
# yet: PostgreSQL, MariaDB, Redis, and Maven with a JDK for Elasticsearch. FerretDB
# needs Go 1.22 or newer, from https://go.dev/dl where the distribution's is older.
set -eu
PATH="$PATH:/usr/sbin:/usr/local/sbin"
wanted=""

want() { # want PACKAGE PROGRAM: the package, unless the program is there
    command -v "$2" >/dev/null || wanted="$wanted $1"
}

ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || want postgresql initdb
want mariadb-server mariadbd
want redis-server redis-server
want maven mvn
want default-jdk-headless javac
command -v go >/dev/null || echo "go was not found: without it there is no FerretDB" >&2

[ -n "$wanted" ] || exit 0
echo "installing$wanted"
export DEBIAN_FRONTEND=noninteractive
export RUNLEVEL=1 # the services themselves stay off; each test run starts its own
apt-get -qq update
# shellcheck disable=SC2086
apt-get -qq install -y --no-install-recommends $wanted
