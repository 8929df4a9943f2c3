#!/usr/bin/env bash
# Installs what is missing for one purpose, a line for each thing it does, and nothing when all is there:
#   scripts/setup.sh [run | demo | test | native PACKAGE…]
# Node and the npm packages are needed and end it with status 1; a missing system package is only reported:
# the demo then falls back to --device pipe, and the tests that need it skip with the reason. Never asks.
# native: as run, and these npm packages (raw-socket, cap) built; one that cannot be is only reported.
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."
PATH="$PATH:/usr/sbin:/sbin" # where Debian keeps `ip`, outside an ordinary user's PATH

say() { printf 'set-up: %s\n' "$*" >&2; }
die() { printf 'set-up: %s\n' "$@" >&2; exit 1; }
have() { command -v "$1" >/dev/null; }

# Fills `root_by` with the words that go before a command to run it as root; fails when none do without asking.
root_by=()
may_be_root() {
  [[ $(id -u) == 0 ]] && return
  have sudo && sudo -n true </dev/null 2>/dev/null && root_by=(sudo -n)
}

apt() { "${root_by[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=120 "$@" </dev/null 2>&1; }

apt_install() {
  if [[ -z $(find /var/lib/apt/lists -name '*_Packages*' -print -quit 2>/dev/null) ]]; then
    apt update >/dev/null || true
  fi
  apt install -y --no-install-recommends "$@" || { apt update && apt install -y --no-install-recommends "$@"; }
}

# packages_for COMMAND=PACKAGE…: the packages of those commands that are missing, each once.
packages_for() {
  local pair
  for pair in "$@"; do have "${pair%%=*}" || printf '%s\n' "${pair#*=}"; done | sort -u
}

system_packages() {
  local missing log
  mapfile -t missing < <(packages_for "$@")
  [[ ${#missing[@]} -eq 0 ]] && return
  if ! have apt-get; then
    say "missing: ${missing[*]} (Debian's names); install them with this system's package manager"
  elif ! may_be_root; then
    say "missing: ${missing[*]}; to have them: sudo apt-get install -y --no-install-recommends ${missing[*]}"
  else
    say "installing ${missing[*]} with apt-get"
    log=$(apt_install "${missing[@]}") || {
      tail -n 4 <<<"${log:-no message}" >&2
      say "apt-get could not install ${missing[*]}; going on without"
    }
  fi
}

node_major() { node -p 'process.versions.node.split(".")[0]' 2>/dev/null || echo 0; }

# Debian 12's own nodejs is 18: apt is asked only where it has 20 or newer.
install_node() {
  local offered
  have apt-get && may_be_root || return 1
  offered=$(apt-cache policy nodejs 2>/dev/null | sed -n 's/^ *Candidate: *\([0-9]*\).*/\1/p')
  [[ ${offered:-0} -ge 20 ]] || return 1
  say "installing nodejs $offered with apt-get"
  apt_install nodejs >/dev/null
  hash -r
  have npm || apt_install npm >/dev/null # Debian's own nodejs comes without
}

need_node() {
  local found='there is none here'
  if [[ $(node_major) -ge 20 ]] && have npm; then return; fi
  if install_node && [[ $(node_major) -ge 20 ]] && have npm; then return; fi
  have node && found="this is $(node --version), $(command -v node)"
  [[ $(node_major) -ge 20 ]] && found='npm is missing'
  die "glasstcp needs Node 20 or newer, with npm: $found." \
    'One way on Debian and Ubuntu:  curl -fsSL https://deb.nodesource.com/setup_22.x | sudo bash - && sudo apt-get install -y nodejs' \
    'One way without root (nvm):    nvm install 22' \
    'Then run this again.'
}

# A lock file touched by a checkout is not a lock file changed: when the dates say "old", the versions decide.
npm_packages_are_fresh() {
  local installed=node_modules/.package-lock.json
  [[ -f $installed ]] || return 1
  [[ package-lock.json -nt $installed ]] || return 0
  node -e '
    const { packages: wanted } = require("./package-lock.json"), { packages: have } = require("./node_modules/.package-lock.json");
    const differs = ([at, p]) => at !== "" && (at in have ? have[at].version !== p.version : !p.optional && !p.peer);
    process.exit(Object.entries(wanted).some(differs) ? 1 : 0);' || return 1
  touch -c "$installed" 2>/dev/null || true
}

# npm wants a folder of its own to write to, which HOME may not give (unset, missing, read-only, or ~/.npm another user's).
npm_cache_is_writable() {
  local cache=${npm_config_cache:-${HOME:-/nonexistent}/.npm}
  mkdir -p "$cache" 2>/dev/null && [[ -w $cache ]] && [[ ! -e $cache/_cacache || -w $cache/_cacache ]]
}

# No dependency's install script runs: koffi's binary comes in an optional package, `prepare` would build what build.sh
# builds, and raw-socket and cap are built when something needs them.
npm_install() { npm "$@" --include=dev --include=optional --ignore-scripts --no-audit --no-fund --no-update-notifier </dev/null 2>&1; }

# npm wants a folder of its own to write to: one for the command that follows, if need be.
with_npm_cache() {
  local own status=0
  if npm_cache_is_writable; then "$@"; return; fi
  own=$(mktemp -d)
  npm_config_cache=$own "$@" || status=$?
  rm -rf "$own"
  return "$status"
}

npm_ci() {
  local log
  say 'installing npm packages (npm ci)'
  log=$(npm_install ci) || {
    # A registry that lacks another platform's optional package makes `npm ci` refuse the whole lock file.
    say 'npm ci refused; trying npm install with the same lock file'
    log+=$'\n'$(npm_install install --no-save) || {
      printf '%s\n' "$log" >&2
      die 'npm could not install the packages (above); is the npm registry reachable?  npm ping'
    }
  }
}

# What --omit=optional left out. Unlike `npm ci` it does not begin by deleting what there is.
npm_add_optional() {
  local log
  say 'installing the optional npm packages that were left out (npm install)'
  log=$(npm_install install --no-save) || {
    tail -n 4 <<<"$log" >&2
    say 'npm could not install them; going on without'
  }
}

can_write_here() { [[ -w . && ( ! -e node_modules || -w node_modules ) ]]; }

npm_packages() {
  local tried=node_modules/.optional-tried # so that it is not tried each time where there is no binary for this machine
  if ! npm_packages_are_fresh; then
    [[ -w . ]] || die "cannot write to $PWD, where node_modules belongs: make a clone of your own, or run this as its owner"
    with_npm_cache npm_ci
  fi
  # koffi's binary for this machine, and that of jest's resolver.
  [[ -d node_modules/@koromix || -d node_modules/koffi/build || -f $tried ]] && return
  can_write_here || return 0
  with_npm_cache npm_add_optional
  touch "$tried"
}

# A build is for one version of Node: only loading it tells.
loads() { node -e 'require(process.argv[1])' "$1" >/dev/null 2>&1; }

# Node's headers, where they came with it; without them node-gyp downloads them from nodejs.org.
find_node_headers() {
  local prefix
  prefix=$(node -p 'path.resolve(process.execPath, "../..")')
  if grep -qs "define NODE_MAJOR_VERSION $(node_major)\$" "$prefix/include/node/node_version.h"; then
    export npm_config_nodedir=${npm_config_nodedir:-$prefix}
  fi
}

why_not_built() {
  if grep -qE 'nodejs\.org|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT' <<<"$1"; then
    echo "node-gyp could not download Node's headers from nodejs.org; with headers on this machine:  npm_config_nodedir=PREFIX npm rebuild"
  else
    grep -E 'error' <<<"$1" | tail -n 4 || tail -n 4 <<<"$1"
  fi
}

# native_package NAME: builds it, if it is not there. Never fatal: the command that needs it says what it lacks.
native_package() {
  local name=$1 log missing tools=(make=make g++=g++ python3=python3)
  loads "$name" && return
  if [[ $name == cap ]]; then tools+=(pcap-config=libpcap-dev); fi
  system_packages "${tools[@]}"
  missing=$(packages_for "${tools[@]}")
  if [[ -n $missing ]]; then
    say "$name cannot be built without ${missing//$'\n'/, }; going on without. When they are there:  npm rebuild $name"
    return
  fi
  if ! can_write_here; then
    say "cannot write to $PWD/node_modules, where $name is to be built; going on without"
    return
  fi
  [[ -d node_modules/$name ]] || with_npm_cache npm_add_optional
  say "building $name (npm rebuild)"
  find_node_headers
  log=$(with_npm_cache npm rebuild "$name" --ignore-scripts=false --foreground-scripts --no-update-notifier </dev/null 2>&1) || true
  loads "$name" && return
  why_not_built "${log:-no message}" >&2
  say "$name could not be built; going on without. To see why:  npm rebuild $name --foreground-scripts"
}

purpose=${1:-run}
shift || true
native=()
network=(ip=iproute2 ss=iproute2 unshare=util-linux sysctl=procps)
onlookers=(tshark=tshark tcpdump=tcpdump curl=curl nc.openbsd=netcat-openbsd nmap=nmap iptables-save=iptables nft=nftables)
case $purpose in
  run) ;;
  demo) system_packages "${network[@]}" ;;
  native) native=("$@") ;;
  test)
    system_packages "${network[@]}" "${onlookers[@]}" python3=python3
    # By itself: where it cannot be had, the others are installed all the same.
    have chromium-browser || have google-chrome || system_packages chromium=chromium
    native=(raw-socket cap)
    ;;
  *) die "unknown purpose '$purpose'; one of: run, demo, test, native" ;;
esac
need_node
npm_packages
for package in "${native[@]}"; do native_package "$package"; done
