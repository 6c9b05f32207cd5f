#!/bin/sh
# Puts tools and library sources into one folder, from Debian's packages; ./dev calls it. Everything else stays as it was.
#
#   web/toolchain.sh FOLDER libraries     sources and headers that CMake would otherwise download (core/dependencies.cmake)
#   web/toolchain.sh FOLDER emscripten    Emscripten 3.1.69 of Debian 13, made to run on Debian 12 too
#
# Packages are unpacked, not installed: no root needed. apt checks their signatures. What is there already is kept.
set -eu
folder=$1
step=$2
mkdir -p "$folder"
folder=$(cd "$folder" && pwd -P)   # one folder may be reached by several names
# Two stable releases, so versions stay: Debian 13 for Emscripten, Dear ImGui and zlib; Debian 12 for libspng, nanopb and headers.
newer=trixie
older=bookworm

done_before() { [ -f "$folder/stamps/$1" ] && [ "$(cat "$folder/stamps/$1")" = "$folder" ]; }
is_done() { mkdir -p "$folder/stamps"; printf '%s' "$folder" >"$folder/stamps/$1"; }

# apt with its own lists and cache, so the system's stay as they are. The archive is the one this machine uses already.
private_apt() {
  apt=$folder/apt
  if [ -n "$(find "$apt/ready" -mtime -1 2>/dev/null)" ]; then   # older lists name packages that have been replaced since
    export APT_CONFIG="$apt/apt.conf"
    return
  fi
  # shellcheck disable=SC2016  # apt expands it
  archive=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | head -n 1)
  [ -n "$archive" ] || { echo "No package archive is set up for apt on this machine." >&2; exit 1; }
  keyring=/usr/share/keyrings/debian-archive-keyring.gpg
  mkdir -p "$apt/lists/partial" "$apt/archives/partial" "$apt/sources"
  cat >"$apt/sources/both.sources" <<SOURCES
Types: deb deb-src
URIs: $archive
Suites: $newer $older
Components: main
Signed-By: $keyring
SOURCES
  cat >"$apt/apt.conf" <<CONF
Dir::State::Lists "$apt/lists";
Dir::Cache::Archives "$apt/archives";
Dir::Cache::pkgcache "";
Dir::Cache::srcpkgcache "";
Dir::Etc::SourceList "/dev/null";
Dir::Etc::SourceParts "$apt/sources";
Acquire::Languages "none";
APT::Sandbox::User "$(id -un)";
CONF
  export APT_CONFIG="$apt/apt.conf"
  apt-get -qq update
  touch "$apt/ready"
}

# fetch binary NAME...   or   fetch source NAME...   into $folder/packages
# Of a source package only the upstream archive is wanted, by the hash in the signed list: Debian's own part of it is replaced with every
# update, and may already be gone from the archive.
fetch() {
  kind=$1; shift
  mkdir -p "$folder/packages"
  if [ "$kind" = source ]; then
    (cd "$folder/packages" && apt-get -qq source --print-uris "$@" | tr -d "'" | while read -r uri file _ hash; do
      case $file in *.orig.tar.*) /usr/lib/apt/apt-helper -qq download-file "$uri" "$file" "$hash" ;; esac
    done)
  else
    (cd "$folder/packages" && apt-get -qq download "$@")
  fi
}

# unpack_source NAME FOLDER: the upstream archive, without Debian's patches
unpack_source() {
  rm -rf "$2"; mkdir -p "$2"
  tar -xf "$folder/packages/$1"_*.orig.tar.* -C "$2" --strip-components=1
}

libraries() {
  done_before libraries-4 && return
  echo "Getting library sources (9 MB)..."
  private_apt
  fetch source imgui/$newer zlib/$newer libspng/$older nanopb/$older
  fetch binary "doctest-dev/$older" "libflatbuffers-dev/$older"
  unpack_source imgui "$folder/src/imgui"
  unpack_source zlib "$folder/src/zlib"
  unpack_source libspng "$folder/src/spng"
  unpack_source nanopb "$folder/src/nanopb"
  for package in doctest-dev libflatbuffers-dev; do
    dpkg -x "$folder/packages/$package"_*.deb "$folder/packages/headers"
  done
  rm -rf "$folder/src/doctest" "$folder/src/flatbuffers"
  mkdir -p "$folder/src/doctest" "$folder/src/flatbuffers/include"
  mv "$folder/packages/headers/usr/include/doctest" "$folder/src/doctest/doctest"
  mv "$folder/packages/headers/usr/include/flatbuffers" "$folder/src/flatbuffers/include/flatbuffers"
  rm -rf "$folder/packages"
  is_done libraries-4
}

emscripten() {
  done_before emscripten && return
  echo "Getting Emscripten (240 MB, 1.7 GB unpacked)..."
  private_apt
  root=$folder/emscripten
  rm -rf "$root" "$folder/packages"
  for package in emscripten binaryen node-acorn libc6 libstdc++6 libgcc-s1; do fetch binary "$package/$newer"; done
  mkdir -p "$root"
  for package in emscripten binaryen node-acorn; do dpkg -x "$folder/packages/$package"_*.deb "$root"; done
  for package in libc6 libstdc++6 libgcc-s1; do dpkg -x "$folder/packages/$package"_*.deb "$root/libc"; done
  rm -rf "$folder/packages"
  # Binaryen is linked against the newer C library: it gets its own.
  libc=$root/libc/usr/lib/x86_64-linux-gnu
  for program in "$root"/usr/bin/wasm*; do
    patchelf --set-interpreter "$libc/ld-linux-x86-64.so.2" --force-rpath \
      --set-rpath "$root/usr/lib/x86_64-linux-gnu:$libc" "$program"
  done
  tools=$root/usr/share/emscripten
  mkdir -p "$tools/node_modules"
  ln -s ../../nodejs/acorn "$tools/node_modules/acorn"
  cat >"$tools/.emscripten" <<CONFIG
EMSCRIPTEN_ROOT = '$tools'
LLVM_ROOT = '/usr/bin'
LLVM_ADD_VERSION = '19'
CLANG_ADD_VERSION = '19'
BINARYEN_ROOT = '$root/usr'
NODE_JS = '$(command -v node)'
CACHE = '$tools/cache'
CONFIG
  "$tools/emcc" --version >/dev/null
  is_done emscripten
}

case $step in
  libraries | emscripten) "$step" ;;
  *) echo "web/toolchain.sh: no step '$step'" >&2; exit 2 ;;
esac
