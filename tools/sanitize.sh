#!/bin/sh
# sanitize.sh PYTHON: build the package with its core under AddressSanitizer and UndefinedBehaviorSanitizer, and run the core's tests on it.
set -eu
python=$1
where=build/sanitize
rm -rf "$where"
CFLAGS="-fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer -g -O1" \
LDFLAGS="-fsanitize=address,undefined" "$python" setup.py -q build --build-base build/sanitize-objects --build-lib "$where"
runtime=$(gcc -print-file-name=libasan.so):$(gcc -print-file-name=libubsan.so)
PYTHONPATH=$where LD_PRELOAD=$runtime ASAN_OPTIONS=detect_leaks=0:abort_on_error=1 PYTHONMALLOC=malloc \
"$python" -c 'import govmedia_screen._native as core; print("core under test:", core.__file__)'
PYTHONPATH=$where LD_PRELOAD=$runtime ASAN_OPTIONS=detect_leaks=0:abort_on_error=1 PYTHONMALLOC=malloc \
"$python" -m pytest -n 0 -q -p no:cacheprovider tests/test_native.py tests/test_comparer.py
