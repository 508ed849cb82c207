#!/bin/sh
# What some tests drive for real: a browser for the pages, Java for Spark, PostgreSQL for the review queue, Chinese fonts to draw pictures with.
# Installed where that is allowed; where not, those tests say what they miss and are skipped.
set -u
need=""
command -v chromium >/dev/null 2>&1 || need="$need chromium"
command -v chromedriver >/dev/null 2>&1 || need="$need chromium-driver"
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || need="$need postgresql"
ls /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc >/dev/null 2>&1 || need="$need fonts-noto-cjk"
ls /usr/share/fonts/truetype/wqy/wqy-zenhei.ttc >/dev/null 2>&1 || need="$need fonts-wqy-zenhei"
command -v java >/dev/null 2>&1 || need="$need default-jre-headless"
[ -z "$need" ] && exit 0
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then
	echo "tools/system.sh: not installed:$need (their tests are skipped)"
	exit 0
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq >/dev/null 2>&1
# shellcheck disable=SC2086
apt-get install -y -qq --no-install-recommends $need >/dev/null 2>&1 || echo "tools/system.sh: could not install:$need (their tests are skipped)"
exit 0
