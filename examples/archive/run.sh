#!/bin/sh
# run.sh FOLDER: the archive, screened and inspected; the report is FOLDER/结果/inspection/2026Q3/report.html
set -eu
folder=${1:?usage: run.sh FOLDER}
screen=${GOVMEDIA_SCREEN:-govmedia-screen}
"${PYTHON:-python3}" "$(dirname "$0")/make.py" "$folder"
cd "$folder"
"$screen" scan 已发布.jsonl --out 结果 --workers 1 --progress never
"$screen" inspect 结果 --quarter 2026Q3 --compare 2026Q2 --register 登记表.csv --today 2026-10-12 || test $? -eq 1 # 1: something to mend was found
echo "报告：$folder/结果/inspection/2026Q3/report.html"
