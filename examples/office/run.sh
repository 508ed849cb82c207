#!/bin/sh
# The office's own settings, proved and used; run it in this folder.
set -eu
screen=${GOVMEDIA_SCREEN:-govmedia-screen}
cd "$(dirname "$0")"
"$screen" profile check office.toml --lexicons 词库
"$screen" lexicon check 词库
"$screen" check 稿件/*.md --profile office.toml --lexicons 词库 || test $? -eq 1 # 1: something was found
