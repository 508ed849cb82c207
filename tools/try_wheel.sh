#!/bin/sh
# try_wheel.sh WHEEL: what a user gets. Installs it into an empty environment in an empty folder, without this checkout, and lets it
# check, scan, serve, and run the Python examples of README.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
wheel=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
place=$(mktemp -d)
server=
trap 'if [ -n "$server" ]; then kill "$server" 2>/dev/null || true; fi; rm -rf "$place"' EXIT
unset PYTHONPATH VIRTUAL_ENV || true
export GOVMEDIA_SCREEN_CACHE="$place/cache"
"${PYTHON:-python3}" -m venv "$place/env"
"$place/env/bin/python" -m pip install --quiet --disable-pip-version-check -c "$root/constraints.txt" "$wheel[archive,server]"
cp "$root/README.md" "$place"
cd "$place"
screen="$place/env/bin/govmedia-screen"
expect() { # expect CODE command…
	wanted=$1 && shift
	code=0 && "$@" >"$place/told" 2>&1 || code=$?
	[ "$code" = "$wanted" ] || { echo "try_wheel: $* ended with $code, not $wanted" >&2 && cat "$place/told" >&2 && exit 1; }
}

expect 0 "$screen" --version
grep -q "govmedia-screen" "$place/told" && head -1 "$place/told"
! find "$place/env" -path "*govmedia_screen/models/data*" | grep -q . || { echo "try_wheel: training data is in the wheel" >&2 && exit 1; }
echo "今日天气晴，气温12到20摄氏度。" >clean.txt
echo "张某某，身份证号610881199003071231。" >grave.txt
expect 0 "$screen" check clean.txt
expect 1 "$screen" check grave.txt
printf '%s\n' '{"id": "1", "body": "今日晴。"}' '{"id": "2", "body": "张某某，身份证号610881199003071231。"}' >archive.jsonl
expect 0 "$screen" scan archive.jsonl --out out --progress never
expect 0 test -s out/summary.json
expect 0 "$screen" lexicon check
expect 0 "$place/env/bin/python" -I -m doctest -o ELLIPSIS README.md
expect 0 "$place/env/bin/python" -I -c "
import govmedia_screen, importlib.util, pathlib
assert pathlib.Path(govmedia_screen.__file__).is_relative_to('$place'), govmedia_screen.__file__"
port=$("$place/env/bin/python" -c "import socket; s = socket.socket(); s.bind(('127.0.0.1', 0)); print(s.getsockname()[1])")
"$screen" serve --port "$port" >serve.log 2>&1 &
server=$!
expect 0 "$place/env/bin/python" -I -c "
import json, time, urllib.request as r
for attempt in range(150):
    try:
        r.urlopen('http://127.0.0.1:$port/healthz').close(); break
    except OSError:
        time.sleep(0.2)
asked = r.Request('http://127.0.0.1:$port/v1/screen', json.dumps({'body': '身份证号610881199003071231。'}).encode(), {'content-type': 'application/json'})
assert json.load(r.urlopen(asked))['decision'] == 'block'
assert b'<html' in r.urlopen('http://127.0.0.1:$port/').read()"
echo "wheel 装得上，check、scan、serve 和 README 里的例子都跑得通。"
