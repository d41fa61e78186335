#!/bin/bash
# SPDX-FileCopyrightText: The YoID Console authors
# SPDX-License-Identifier: Apache-2.0
#
# run.sh CASE PROGRAM: plays one case of tst_keyring on a session bus and in a home of its own. The bus knows no services
# to start, so that only the keyring started here can answer and no prompter can appear.
# Ends with 77 (skipped) where the keyring is not installed, or with 1 if YOID_REQUIRE_ALL=1.
set -euo pipefail

readonly case=$1 program=$2

for tool in gnome-keyring-daemon dbus-run-session; do
    if ! command -v "$tool" >/dev/null; then
        echo "skipped: $tool is not installed (Debian: gnome-keyring, dbus)"
        [ "${YOID_REQUIRE_ALL:-0}" = 1 ] && exit 1
        exit 77
    fi
done

room=$(mktemp -d "${TMPDIR:-/tmp}/yoid-keyring.XXXXXX")
trap 'rm -rf "$room"' EXIT
mkdir -m 700 "$room/home" "$room/run"
cat >"$room/bus.conf" <<CONF
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir=$room/run</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
CONF

# Nothing of the surrounding desktop gets in: no display for a prompter, no other bus, no other keyring.
clean=(env -i "PATH=$PATH" "HOME=$room/home" "XDG_RUNTIME_DIR=$room/run" "XDG_DATA_HOME=$room/home/.local/share"
    "XDG_CONFIG_HOME=$room/home/.config" "XDG_CACHE_HOME=$room/home/.cache" TZ=UTC LC_ALL=C.UTF-8
    YOID_SOFTASSERT_FATAL=1 "YOID_TEST_HOME=$room/home" ${ASAN_OPTIONS:+"ASAN_OPTIONS=$ASAN_OPTIONS"}
    ${LSAN_OPTIONS:+"LSAN_OPTIONS=$LSAN_OPTIONS"})

# session DAEMON FUNCTION: one login, with the keyring `unlocked`, `locked` or `absent`.
session() {
    timeout 60 "${clean[@]}" dbus-run-session --config-file="$room/bus.conf" -- bash -c '
        daemon=
        case $1 in
        unlocked) printf %s "password of the keyring" |
            gnome-keyring-daemon --foreground --unlock --components=secrets >/dev/null 2>&1 & daemon=$! ;;
        locked) gnome-keyring-daemon --foreground --components=secrets >/dev/null 2>&1 </dev/null & daemon=$! ;;
        esac
        status=0
        YOID_TEST_DAEMON=$daemon "$2" "$3" || status=$?
        if [ -n "$daemon" ]; then
            kill -CONT "$daemon" 2>/dev/null || true
            kill "$daemon" 2>/dev/null || true
            wait "$daemon" 2>/dev/null || true
        fi
        exit $status' session "$1" "$program" "$2"
}

case $case in
unlocked)
    session unlocked roundTrip
    session unlocked everyAwkwardByte
    ;;
restart)
    session unlocked writeForLater
    session unlocked readFromEarlier
    ;;
locked)
    session unlocked writeForLater
    session locked lockedDestroysNothing
    session unlocked readFromEarlier
    ;;
absent)
    session absent noService
    ;;
nobus)
    timeout 60 "${clean[@]}" "$program" noBus
    ;;
noglib)
    # libsecret answers through GLib's loop only: without it the answer must come from us, at once.
    clean+=(QT_NO_GLIB=1)
    session unlocked noLoop
    ;;
badbus)
    timeout 60 "${clean[@]}" DBUS_SESSION_BUS_ADDRESS=unix:path="$room/run/nobody" "$program" deadBus
    ;;
frozen)
    session unlocked frozenDaemonWedgesAndRecovers
    ;;
journalkey)
    session unlocked journalKeyIsMade
    session locked journalKeyLocked
    session unlocked journalKeyIsFoundAgain
    session absent journalKeyWithoutKeychain
    ;;
*)
    echo "unknown case $case" >&2
    exit 2
    ;;
esac
