# SPDX-FileCopyrightText: The YoID Console authors
# SPDX-License-Identifier: Apache-2.0
# Sourced by installer/run and installer/test: names the Debian packages each of them needs and installs what is missing.

build_packages="g++ cmake ninja-build pkg-config qt6-base-dev qt6-httpserver-dev qt6-websockets-dev qt6-svg-dev qt6-tools-dev qt6-l10n-tools
  qtkeychain-qt6-dev libqrcodegencpp-dev libsodium-dev libssl-dev zlib1g-dev libzip-dev libxlsxwriter-dev libzxing-dev
  libgl-dev libvulkan-dev ccache lld"
run_packages="libqt6svg6 libqt6printsupport6 libqt6sql6-sqlite libsecret-1-0 fonts-dejavu-core dbus ca-certificates"
# A screen, a session bus and an accessibility bus where there is no desktop.
headless_packages="xvfb x11-utils xdotool imagemagick at-spi2-core python3 python3-gi gir1.2-atspi-2.0 procps"
test_packages="dbus-daemon openbox gnome-keyring libsecret-tools zbar-tools libzxing-dev poppler-utils openssl unzip default-jre-headless maven"

# need_packages NAME…: installs those that are not there; says so; fails with the reason when it may not.
need_packages() {
  missing=""
  for package in "$@"; do
    if [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" != installed ]; then
      missing="$missing $package"
    fi
  done
  [ -z "$missing" ] && return 0
  as_root=""
  if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
      echo "These packages are missing and only root may install them:$missing" >&2
      return 1
    fi
    as_root=sudo
  fi
  echo "==> Installing:$missing"
  # shellcheck disable=SC2086
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq &&
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing
}
