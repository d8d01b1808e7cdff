#!/bin/sh
# Cuts the built-in fonts: fetches four pinned typefaces, keeps the characters of charset.txt, drops hinting and
# layout tables, and packs each as NAME.ttf.gz beside this script. Needs npm, apt-get and Debian's fonttools
# (apt-get install fonttools python3-fonttools npm). Runs anywhere; writes only into its own folder.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM
umask 022

for tool in npm apt-get pyftsubset gzip sha256sum dpkg-deb; do
	command -v "$tool" >/dev/null || { echo "make fonts: $tool is missing; see the head of $0" >&2; exit 1; }
done
python=/usr/bin/python3
"$python" -c 'import fontTools' 2>/dev/null || { echo "make fonts: apt-get install python3-fonttools" >&2; exit 1; }

# A checksum that differs means another font: stop, look, and pin it anew by hand.
check() { # file sha256
	echo "$2  $1" | sha256sum --check --quiet || { echo "make fonts: $1 is not the pinned file" >&2; exit 1; }
}

cd "$work"
npm pack --silent @expo-google-fonts/noto-serif-sc@0.4.3 @expo-google-fonts/noto-sans-sc@0.4.3 >/dev/null
check expo-google-fonts-noto-serif-sc-0.4.3.tgz ff6bcf5ba68d92dfecc05544bb150f9e724741a932354a0dd97e7289c40a3f5e
check expo-google-fonts-noto-sans-sc-0.4.3.tgz 0d69d0f4971d2ff574e3d93cbc218dc950bf3f3f8f8e2c008d97687ed53aee59
tar xzf expo-google-fonts-noto-serif-sc-0.4.3.tgz \
	package/400Regular/NotoSerifSC_400Regular.ttf package/700Bold/NotoSerifSC_700Bold.ttf package/LICENSE_FONT
mv package/LICENSE_FONT OFL-noto-serif-sc.txt
tar xzf expo-google-fonts-noto-sans-sc-0.4.3.tgz package/400Regular/NotoSansSC_400Regular.ttf package/LICENSE_FONT
mv package/LICENSE_FONT OFL-noto-sans-sc.txt

# Only Debian 12 carries this very version; on another release take the .deb from snapshot.debian.org.
apt-get download -qq fonts-lxgw-wenkai=1.250+repack-1 2>/dev/null || {
	echo "make fonts: fonts-lxgw-wenkai 1.250+repack-1 (Debian 12) cannot be fetched" >&2; exit 1; }
check fonts-lxgw-wenkai_1.250+repack-1_all.deb 6d1e4c4aac78ad32062aefa2c836ee4d6e58f9dcf8b3f4407c9eefe304615318
dpkg-deb -x fonts-lxgw-wenkai_1.250+repack-1_all.deb wenkai

# Kai sets second-level headings only, so it keeps GB2312; a rarer character falls back to Song. To that come the two
# characters of charset.txt that Noto lacks and this face has: better in Kai than not at all.
"$python" - "$here/charset.txt" >charset-kai.txt <<'PY'
import sys
for line in open(sys.argv[1]):
    line = line.strip()
    if not line:
        continue
    try:
        chr(int(line[2:], 16)).encode("gb2312")
    except UnicodeEncodeError:
        if line not in ("U+20BB7", "U+21336"):
            continue
    print(line)
PY

cut() { # source charset target
	pyftsubset "$1" --unicodes-file="$2" --output-file="$3" --no-hinting --layout-features= \
		--drop-tables+=GSUB,GPOS,GDEF,BASE,vhea,vmtx,VORG,STAT,DSIG,meta,gasp \
		--name-IDs=0,1,2,3,4,5,6,13,14 --notdef-outline --no-recalc-timestamp
}
cut package/400Regular/NotoSerifSC_400Regular.ttf "$here/charset.txt" noto-serif-sc-regular.ttf
cut package/700Bold/NotoSerifSC_700Bold.ttf "$here/charset.txt" noto-serif-sc-bold.ttf
cut package/400Regular/NotoSansSC_400Regular.ttf "$here/charset.txt" noto-sans-sc-regular.ttf
cut wenkai/usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf charset-kai.txt kai-full-name.ttf

# The licence reserves the name LXGW for the unmodified font: a cut one must be called otherwise.
"$python" - <<'PY'
from fontTools.ttLib import TTFont
font = TTFont("kai-full-name.ttf", recalcTimestamp=False)
new = {1: "Anfang Kai", 2: "Regular", 3: "Anfang Kai 1.250", 4: "Anfang Kai Regular", 6: "AnfangKai-Regular"}
font["name"].names = [n for n in font["name"].names if n.nameID not in new]
for name_id, text in new.items():
    font["name"].setName(text, name_id, 3, 1, 0x409)
font.save("anfang-kai-regular.ttf")
PY
# The licence's text is the paragraph of the copyright file whose first line is "License: OFL-1.1".
awk '/^[^ ]/ { inside = 0 } inside; /^License: OFL-1.1$/ && previous == "" { inside = 1 } { previous = $0 }' \
	wenkai/usr/share/doc/fonts-lxgw-wenkai/copyright | sed 's/^ \.$//; s/^ //' >ofl-kai-body.txt
{
	echo "Anfang Kai is a cut of LXGW WenKai 1.250, renamed because the name LXGW is reserved."
	echo "Copyright 2021-2023 LXGW (https://github.com/lxgw/LxgwWenKai), with Reserved Font Names LXGW and its Chinese form"
	echo "Copyright 2020 The Klee Project Authors (https://github.com/fontworks-fonts/Klee)"
	echo
	cat ofl-kai-body.txt
} >OFL-anfang-kai.txt

for font in noto-serif-sc-regular noto-serif-sc-bold noto-sans-sc-regular anfang-kai-regular; do
	gzip -9 -n -c "$font.ttf" >"$here/$font.ttf.gz"
done
cp OFL-noto-serif-sc.txt OFL-noto-sans-sc.txt OFL-anfang-kai.txt "$here/"
ls -l "$here"/*.ttf.gz
