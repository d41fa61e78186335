#!/bin/bash
# SPDX-FileCopyrightText: The YoID Console authors
# SPDX-License-Identifier: Apache-2.0
#
# server.sh start|stop ROOM [DISTRIBUTION REALM.json]
# One Keycloak in a room (folder) of its own, on a free loopback port. `start` returns when the realm answers and leaves
# ROOM/port and ROOM/password; started again in the same room it keeps port and data. `stop` sends SIGTERM and waits.
set -euo pipefail

readonly verb=$1 room=$2
readonly deadline=$((SECONDS + ${YOID_KEYCLOAK_START_SECONDS:-300}))

is_free() { ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# Status of a GET on the server, or nothing.
status_of() {
  (
    exec 3<>"/dev/tcp/127.0.0.1/$(<"$room/port")" || exit 0
    printf 'GET %s HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n' "$1" >&3
    read -r -t 20 _ status _ <&3 && echo "$status"
  ) 2>/dev/null || true
}

is_running() { [ -s "$room/pid" ] && kill -0 "$(<"$room/pid")" 2>/dev/null; }

# Keycloak writes into its own folder when it starts, so it gets one of its own; the 170 MB of libraries are only pointed at.
prepare() {
  local distribution=$1 realm=$2
  mkdir -p "$room/home/lib" "$room/home/data/import"
  cp -r "$distribution"/{bin,conf,providers,themes,version.txt} "$room/home/"
  cp "$distribution/lib/quarkus-run.jar" "$room/home/lib/"
  cp -r "$distribution/lib/quarkus" "$room/home/lib/"
  ln -s "$distribution/lib/lib" "$distribution/lib/app" "$room/home/lib/"
  cp "$realm" "$room/home/data/import/"
  local port
  while port=$((20000 + RANDOM % 30000)); ! is_free "$port"; do :; done
  echo "$port" >"$room/port"
  head -c 18 /dev/urandom | base64 | tr '+/' '-_' >"$room/password"
  echo "$distribution" >"$room/distribution"
}

case "$verb" in
start)
  [ -e "$room/port" ] || prepare "$3" "$4"
  is_running && exit 0
  cd "$room/home"
  JAVA_OPTS="-Xms64m -Xmx512m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Djava.net.preferIPv4Stack=true" \
    KC_BOOTSTRAP_ADMIN_USERNAME=admin KC_BOOTSTRAP_ADMIN_PASSWORD="$(<"$room/password")" \
    bin/kc.sh start-dev --http-host=127.0.0.1 --http-port="$(<"$room/port")" --import-realm \
    </dev/null >>"$room/log" 2>&1 &
  echo $! >"$room/pid"
  until [ "$(status_of /realms/product-hub)" = 200 ]; do
    is_running || { echo "Keycloak ended; the last lines of its log:"; tail -n 20 "$room/log"; exit 1; } >&2
    [ "$SECONDS" -lt "$deadline" ] || { echo "Keycloak is not ready in time"; tail -n 20 "$room/log"; exit 1; } >&2
    sleep 0.5
  done
  # What it built for itself at the first start spares the next room half a minute.
  distribution=$(<"$room/distribution")
  if [ ! -e "$distribution/.built" ] && [ -w "$distribution" ]; then
    cp "$room/home/lib/quarkus/"* "$distribution/lib/quarkus/" && touch "$distribution/.built"
  fi
  ;;
stop)
  is_running || exit 0
  pid=$(<"$room/pid")
  kill -TERM "$pid"
  for _ in $(seq 60); do
    kill -0 "$pid" 2>/dev/null || exit 0
    sleep 0.5
  done
  kill -KILL "$pid"
  ;;
*)
  echo "server.sh start|stop ROOM [DISTRIBUTION REALM.json]" >&2
  exit 2
  ;;
esac
