#!/usr/bin/env bash
# Publishes the command line ReadyToRun to artifacts/mw; prints one line, or the build's errors.
set -euo pipefail
cd "$(dirname "$0")/.."
command -v dotnet > /dev/null || { echo "error: the .NET 10 SDK is missing"; echo "fix: install it (see the README), then run this again"; exit 3; }
mkdir -p artifacts/mw
exec 9> artifacts/.build-lock
flock 9
start=$(date +%s)
touch artifacts/mw.building
rid="linux-$(uname -m | sed 's/x86_64/x64/; s/aarch64/arm64/')"
[ "$(uname -s)" = Darwin ] && rid="osx-$(uname -m | sed 's/x86_64/x64/')"
echo "building mw (once per change) ..."
if ! dotnet publish src/Hosts/Millwright.Cli -c Release -r "$rid" --self-contained false -p:PublishReadyToRun=true -o artifacts/mw -nologo -v quiet -tl:off > artifacts/mw.log 2>&1; then
  grep -E 'error' artifacts/mw.log | sort -u | head -20 || tail -n 20 artifacts/mw.log
  exit 70
fi
touch -r artifacts/mw.building artifacts/mw/.stamp
echo "built mw in $(($(date +%s) - start)) s"
