#!/bin/bash
# SPDX-FileCopyrightText: The YoID Console authors
# SPDX-License-Identifier: Apache-2.0
#
# run.sh PROGRAM [ARGUMENTS]: runs a test program against a real Keycloak, started for it and always stopped again.
# Ends with 77 (skipped) where Keycloak or Java is missing, or with 1 if YOID_REQUIRE_ALL=1.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
readonly here

skip() {
  echo "skipped: $1"
  [ "${YOID_REQUIRE_ALL:-0}" = 1 ] && exit 1
  exit 77
}

command -v java >/dev/null || skip "no Java (Debian: openjdk-17-jre-headless)"
distribution=$("$here/../../../installer/parts/keycloak.sh" --where) || skip "no Keycloak; installer/parts/keycloak.sh fetches it"

room=$(mktemp -d "${TMPDIR:-/tmp}/yoid-keycloak.XXXXXX")
readonly room distribution
clean_up() {
  "$here/server.sh" stop "$room" || true
  rm -rf "$room"
}
trap 'exit 143' TERM INT HUP
# A test that runs out of time is killed together with its children and cannot clean up; this one is nobody's child, so
# it outlives the killing and does.
( (
  trap '' TERM INT HUP
  echo "$BASHPID" >"$room/watchdog"
  while kill -0 $$ 2>/dev/null; do sleep 2; done
  clean_up
) >/dev/null 2>&1 </dev/null &)
trap 'kill -KILL "$(<"$room/watchdog")" 2>/dev/null || true; clean_up' EXIT

"$here/server.sh" start "$room" "$distribution" "$here/product-hub.json"

YOID_KEYCLOAK_URL="http://127.0.0.1:$(<"$room/port")" \
  YOID_KEYCLOAK_PASSWORD="$(<"$room/password")" \
  YOID_KEYCLOAK_ROOM="$room" \
  YOID_KEYCLOAK_SERVER="$here/server.sh" \
  "$@"
