#!/usr/bin/env bash
# Compiles src to dist when a source, tsconfig.json or package-lock.json is newer than the last good build.
# dist is replaced in one step, so that nothing deleted from src lives on in it; after an error there is no dist.
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."

# Folders count as well as files: a deleted source leaves its mark only there.
if [[ -f dist/.built && -z $(find src tsconfig.json package-lock.json -newer dist/.built -print -quit) ]]; then
  exit 0
fi
if [[ ! -w . ]]; then
  echo "build: cannot write to $PWD, where dist belongs: make a clone of your own, or run this as its owner" >&2
  exit 1
fi
echo 'build: compiling src to dist' >&2
fresh=$(mktemp -d "$PWD/.dist.XXXXXX") # beside dist, so that the source maps' paths are right
trap 'rm -rf "$fresh"' EXIT
chmod 755 "$fresh"
touch "$fresh/.built" # before the compiler reads: an edit made meanwhile is newer
if ! node node_modules/typescript/bin/tsc -p tsconfig.json --outDir "$fresh" >&2; then
  rm -rf dist
  echo 'build: the TypeScript compiler reported errors (above)' >&2
  exit 1
fi
rm -rf dist
mv -T "$fresh" dist 2>/dev/null || [[ -f dist/.built ]] # another build may have put its own there first
