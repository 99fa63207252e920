#!/usr/bin/env bash
# Rewrites Millwright.slnx from the projects that exist, a folder per storey.
set -euo pipefail
cd "$(dirname "$0")/.."
{
  echo '<Solution>'
  for folder in src/Foundation src/Capabilities src/Providers src/Sdk src/Hosts tests bench; do
    compgen -G "$folder/*/*.csproj" > /dev/null || continue
    echo "  <Folder Name=\"/$folder/\">"
    for project in "$folder"/*/*.csproj; do echo "    <Project Path=\"$project\" />"; done
    echo '  </Folder>'
  done
  echo '</Solution>'
} > Millwright.slnx
