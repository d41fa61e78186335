#!/usr/bin/env bash
# SPDX-FileCopyrightText: The YoID Console authors
# SPDX-License-Identifier: Apache-2.0
# Fetches the real Keycloak that tests/e2e/keycloak runs against, once, into a cache folder outside the repository, and
# prints that folder. Needs Java 17 or newer, Maven and unzip.
#
#   installer/parts/keycloak.sh            fetch if missing
#   installer/parts/keycloak.sh --where    only print the folder; fails when it is not there
set -euo pipefail

version=26.7.3
sha256=27a6535553c3cdcd083872ba40629efafb3475e3b758e0c6f691395561dd0f1f
home="${XDG_CACHE_HOME:-$HOME/.cache}/yoid-console/keycloak-$version"
complete="$home/.complete"

if [ -e "$complete" ]; then
  echo "$home"
  exit 0
fi
if [ "${1:-}" = --where ]; then
  echo "Keycloak $version is not in $home; installer/parts/keycloak.sh fetches it" >&2
  exit 1
fi
for tool in java mvn unzip sha256sum; do
  command -v "$tool" >/dev/null || { echo "keycloak.sh: $tool is missing" >&2; exit 1; }
done

echo "==> Fetching Keycloak $version (170 MB, once)" >&2
mkdir -p "$(dirname "$home")"
work="$(mktemp -d "$home.XXXXXX")"
trap 'rm -rf "$work"' EXIT
# -C: a download whose checksum differs from the published one is an error.
(cd "$work" && mvn -q -B -C dependency:copy \
  "-Dartifact=org.keycloak:keycloak-quarkus-dist:$version:zip" "-DoutputDirectory=$work" >&2)
zip="$work/keycloak-quarkus-dist-$version.zip"
echo "$sha256  $zip" | sha256sum --check --quiet >&2
unzip -q "$zip" -d "$work"
rm -f "$zip"
touch "$work/keycloak-$version/.complete"
# Renamed into place as a whole, so that an interrupted run leaves nothing half done behind.
rm -rf "$home"
mv "$work/keycloak-$version" "$home"
echo "$home"
