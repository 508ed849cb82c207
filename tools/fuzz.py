"""Coverage-guided fuzzing of what takes foreign bytes: ``python tools/fuzz.py html --seconds 600`` (make fuzz runs all targets).

The targets are in ``tests/fuzz_targets.py``. Where atheris is installed its coverage guides the mutations; elsewhere
the seeds are mutated blindly, for the same time. An input that fails is written to ``tests/data/fuzz/<target>/`` under its
hash, where ``tests/test_fuzz.py`` tries it for ever after.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import subprocess
import sys
import tempfile
import time
import traceback
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "tests/data/fuzz"
sys.path.insert(0, str(ROOT / "tests"))
#: Pieces that reach deep when they are put in: a dictionary, as libFuzzer calls it.
PIECES = (
    "身份证号610104198506120010", "机密★10年", "13991234567", "出售海洛因", "截止目前", "二〇二六年", "\u200b", "\ufe0f\u20e3", "\x1e", "\n---\n", "title: ", "question: ",
    "<!--", "-->", "--!>", "<![CDATA[", "<p>", "</style x>", '<a href="', "&#26426;", "```\n", "| a |\n|---|\n", "**", "[x](", "<w:p><w:r><w:t>", "</w:t></w:r></w:p>",
    '[[rule]]\nid = "a.b"\n', "terms = '''\n", 'hit = ["', 'level = "block"\n', "=?utf-8?B?", "Content-Type: ", '"",', "\r\n", "，", "。", "\U0001f31f",
)  # fmt: skip
LONGEST = 4096


def mutated(data: bytes, chance: random.Random) -> bytes:
    """The data with a few bytes, runs or pieces changed."""
    new = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        place = chance.randint(0, len(new))
        piece = chance.choice(PIECES).encode()
        match chance.randint(0, 4):
            case 0:
                new[place:place] = piece
            case 1:
                new[place : place + chance.randint(1, 8)] = b""
            case 2:
                new[place : place + 1] = bytes([chance.randint(0, 255)])
            case 3:
                new[place : place + len(piece)] = piece * chance.randint(1, 5)
            case _:
                other = chance.randint(0, len(new))
                new[place:place] = new[min(place, other) : max(place, other)]
    return bytes(new[:LONGEST])


def seeds(name: str) -> list[bytes]:
    """What the mutations start from."""
    kept = [path.read_bytes() for path in sorted((KEPT / name).glob("*"))]
    examples = [path.read_bytes()[:LONGEST] for path in sorted((ROOT / "examples").glob("*.*")) if path.suffix in (".txt", ".md", ".html")]
    return kept + examples + [piece.encode() for piece in PIECES]


def keep(name: str, data: bytes) -> Path:
    """Write an input that fails where the tests try it."""
    path = KEPT / name / hashlib.sha256(data).hexdigest()[:16]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def blind(name: str, seconds: float) -> int:
    """Mutate without coverage; how many inputs failed."""
    from fuzz_targets import TARGETS

    chance, pool, until, runs, failed = random.Random(time.time_ns()), seeds(name), time.monotonic() + seconds, 0, 0
    while time.monotonic() < until:
        data = mutated(chance.choice(pool), chance)
        runs += 1
        try:
            TARGETS[name](data)
        except Exception:
            failed += 1
            print(f"{keep(name, data)}\n{traceback.format_exc()}", file=sys.stderr)
    print(f"{name}: {runs} runs without coverage, {failed} failed")
    return failed


def guided(name: str, seconds: float) -> None:
    """Let atheris run one target in this process; it ends the process."""
    import atheris

    with atheris.instrument_imports(include=["govmedia_screen"]):
        from fuzz_targets import TARGETS
    corpus = Path(tempfile.mkdtemp(prefix="fuzz."))
    for number, data in enumerate(seeds(name)):
        (corpus / str(number)).write_bytes(data)
    beside = corpus / "found."
    words = corpus / "words"
    words.write_text("".join('"' + "".join(f"\\x{byte:02X}" for byte in piece.encode()) + '"\n' for piece in PIECES), "ascii")
    options = [
        f"-max_total_time={int(seconds)}",
        f"-max_len={LONGEST}",
        f"-artifact_prefix={beside}",
        f"-dict={words}",
        "-rss_limit_mb=4096",
        "-print_final_stats=1",
    ]
    atheris.Setup([sys.argv[0], *options, str(corpus)], TARGETS[name])
    print(f"corpus {corpus}", flush=True)
    atheris.Fuzz()


def run(name: str, seconds: float) -> int:
    """Fuzz one target in a process of its own; how many inputs failed."""
    try:
        import atheris  # noqa: F401
    except ImportError:
        return blind(name, seconds)
    done = subprocess.run(
        [sys.executable, __file__, name, "--seconds", str(seconds), "--here"], capture_output=True, text=True, errors="replace", check=False
    )
    corpus = Path(done.stdout.partition("corpus ")[2].partition("\n")[0])
    found = sorted(corpus.glob("found.*")) if corpus.name else []
    for path in found:
        print(keep(name, path.read_bytes()))
    told = [line for line in done.stderr.splitlines() if line.startswith("stat::number_of_executed_units")]
    print(f"{name}: {told[0].split()[-1] if told else '?'} runs guided by coverage, {len(found)} failed")
    if done.returncode:
        print(done.stderr[-4000:], file=sys.stderr)
    return len(found) or int(done.returncode != 0)


def main() -> int:
    """Fuzz the targets that are named, or all, each for the same time."""
    from fuzz_targets import TARGETS

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("targets", nargs="*", choices=[*TARGETS, []], help="all if none is named")
    parser.add_argument("--seconds", type=float, default=60, help="for each target")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.here:
        guided(args.targets[0], args.seconds)
    failed = sum(run(name, args.seconds) for name in args.targets or TARGETS)
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
