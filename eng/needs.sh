#!/usr/bin/env bash
# Makes sure that the Debian packages named as arguments are there: installs them as root or with sudo, else prints the exact command.
set -euo pipefail
missing=()
for package in "$@"; do
  dpkg-query -W -f '${Status}' "$package" 2> /dev/null | grep -q 'ok installed' || missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0
command -v apt-get > /dev/null || { echo "error: missing: ${missing[*]}"; echo "fix: install them with your system's package manager"; exit 3; }
run=()
if [ "$(id -u)" -ne 0 ]; then
  sudo -n true 2> /dev/null || { echo "error: missing Debian packages: ${missing[*]}"; echo "fix: sudo apt-get update && sudo apt-get install -y ${missing[*]}"; exit 3; }
  run=(sudo -n)
fi
echo "installing ${missing[*]} ..."
log="$(mktemp)"
export DEBIAN_FRONTEND=noninteractive
if ! { "${run[@]}" apt-get update -qq && "${run[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}"; } > "$log" 2>&1; then
  tail -n 15 "$log"
  echo "error: apt-get could not install ${missing[*]}"
  echo "fix: sudo apt-get update && sudo apt-get install -y ${missing[*]}"
  exit 3
fi
