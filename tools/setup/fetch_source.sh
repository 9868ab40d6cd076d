#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# fetch_source.sh PACKAGE FOLDER: unpacks what upstream calls PACKAGE into FOLDER, as Debian's source package has it.
#
# Debian's machines seldom list source packages. This asks the machine's own archives for them without changing its
# lists: every `deb` becomes `deb-src` in a list of ours, and apt keeps what it reads for that beside FOLDER.

set -euo pipefail

readonly package=$1 folder=$2
readonly apt_files=$folder.apt

# Both formats of apt's lists.
rm -rf "$apt_files"
mkdir -p "$apt_files/parts" "$apt_files/lists/partial" "$apt_files/cache/archives/partial"
for list in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
  [[ -f $list ]] && sed -nE 's/^[[:space:]]*deb(-src)?[[:space:]]/deb-src /p' "$list" >>"$apt_files/parts/all.list"
done
for list in /etc/apt/sources.list.d/*.sources; do
  [[ -f $list ]] && sed -E 's/^Types:.*/Types: deb-src/' "$list" >"$apt_files/parts/$(basename "$list")"
done

apt_options=(
  -o Dir::Etc::sourcelist=/dev/null
  -o "Dir::Etc::sourceparts=$PWD/$apt_files/parts"
  -o "Dir::State::lists=$PWD/$apt_files/lists"
  -o "Dir::Cache=$PWD/$apt_files/cache"
  -o APT::Sandbox::User=
)
# An archive of somebody else's without source packages is no reason to fail: the next command needs only one.
apt-get "${apt_options[@]}" update || true
(cd "$apt_files" && apt-get "${apt_options[@]}" source --download-only "$package")

rm -rf "$folder" "$folder.new"
mkdir -p "$folder.new"
tar -xf "$apt_files/${package}"_*.orig.tar.* --strip-components=1 -C "$folder.new"
mv "$folder.new" "$folder"
rm -rf "$apt_files"
