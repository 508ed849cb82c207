"""Git hooks: what is about to be committed or pushed, exactly as git has it, and the scripts that ask us.

Nothing here looks at the working tree: a half-staged file is judged by its staged half.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from govmedia_screen.documents import ENDINGS
from govmedia_screen.errors import InputError

NAMES = ("pre-commit", "pre-merge-commit", "pre-push")
#: Those that ``install`` writes if none is named: git asks the second of them, not the first, about a merge.
USUAL = NAMES[:2]
#: Endings of files that are no posts whatever is in them: programs, their settings, pictures, sound, archives.
NO_POSTS = (
    ".py", ".pyi", ".js", ".mjs", ".ts", ".tsx", ".jsx", ".vue", ".css", ".scss", ".less", ".java", ".kt", ".c", ".h", ".cc", ".cpp", ".go", ".rs",
    ".rb", ".php", ".sh", ".bat", ".ps1", ".sql", ".toml", ".ini", ".cfg", ".lock", ".yml", ".yaml", ".map", ".gitignore", ".gitattributes",
    ".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp", ".ico", ".tif", ".tiff", ".mp3", ".mp4", ".mov", ".avi", ".wav", ".m4a", ".woff", ".woff2",
    ".ttf", ".otf", ".eot", ".zip", ".gz", ".tgz", ".7z", ".rar", ".tar", ".so", ".dll", ".exe", ".bin", ".parquet", ".sqlite", ".db", ".npz",
)  # fmt: skip
#: What tells our scripts from others.
MARK = "# govmedia-screen hook"
KEPT = ".before-govmedia"
REGULAR = ("100644", "100755")
SCRIPT = """#!/bin/sh
{mark}（govmedia-screen hook install 写入，hook uninstall 取下；原有的钩子在 {name}{kept}，先于审查运行）
before="$0{kept}"
python={python}
if [ ! -x "$python" ]; then
    echo "govmedia-screen: 找不到 $python，请重新运行 govmedia-screen hook install" >&2
    exit 1
fi
{body}
"""
BODIES = {
    "pre-commit": """if [ -x "$before" ]; then "$before" "$@" || exit $?; fi
exec "$python" -m govmedia_screen hook run pre-commit {options}""",
    "pre-merge-commit": """if [ -x "$before" ]; then "$before" "$@" || exit $?; fi
exec "$python" -m govmedia_screen hook run pre-merge-commit {options}""",
    "pre-push": """input=$(cat)
if [ -x "$before" ]; then printf '%s\\n' "$input" | "$before" "$@" || exit $?; fi
printf '%s\\n' "$input" | "$python" -m govmedia_screen hook run pre-push {options} --remote "$1\"""",
}


@dataclass(frozen=True, slots=True)
class Blob:
    """A file as git has it: its name from the top of the repository, and its object."""

    name: str
    oid: str

    @property
    def is_post(self) -> bool:
        """Whether its name ends as those of posts do."""
        return self.name.lower().endswith(ENDINGS)

    @property
    def may_be(self) -> bool:
        """Whether it is a post, or its content decides: the name says nothing of what it is. Hidden files are settings."""
        return self.is_post or not (self.name.lower().endswith(NO_POSTS) or self.name.startswith(".") or "/." in self.name)


def git(*arguments: str, stdin: bytes | None = None) -> bytes:
    """What git answers.

    Raises:
        InputError: git is missing or refuses.
    """
    try:
        done = subprocess.run(
            ["git", "--no-replace-objects", "-c", "log.showRoot=true", *arguments], input=stdin, capture_output=True, check=True
        )
    except FileNotFoundError:
        raise InputError("找不到 git") from None
    except subprocess.CalledProcessError as error:
        raise InputError(f"git {arguments[0]}: {os.fsdecode(error.stderr).strip()}") from None
    return done.stdout


def changed(raw: bytes) -> Iterator[Blob]:
    """The regular files in the output of ``git diff --raw -z --no-abbrev --no-renames``."""
    fields = raw.split(b"\0")
    for entry, name in zip(fields[::2], fields[1::2], strict=False):
        _, mode, _, oid, status = entry.decode("ascii").split(" ")
        if mode in REGULAR and status[0] != "D":
            yield Blob(os.fsdecode(name), oid)


def staged() -> list[Blob]:
    """What may be posts and differs between HEAD and the index, as it is in the index."""
    raw = git("diff", "--cached", "--raw", "-z", "--no-abbrev", "--no-renames", "--no-ext-diff", "--diff-filter=d")
    return [blob for blob in changed(raw) if blob.may_be]


def pushed(lines: Iterable[str], remote: str) -> list[Blob]:
    """What may be posts and a push would change on the remote, as it is at the tips that are pushed.

    Of a branch that is new there that is whatever its commits touch that are not there yet: of a merge what is in none of
    its parents, of a first commit everything.

    Args:
        lines: what git gives a pre-push hook: ``本地引用 本地提交 远端引用 远端提交``.
        remote: the remote's name; it decides what a branch that is new there adds.
    """
    blobs: dict[Blob, None] = {}
    for line in lines:
        words = line.split()
        if len(words) != 4 or not words[1].strip("0"):  # a deleted branch brings nothing
            continue
        tip, there = words[1], words[3]
        if there.strip("0") and known(there):
            raw = git("diff", "--raw", "-z", "--no-abbrev", "--no-renames", "--no-ext-diff", "--diff-filter=d", there, tip)
            blobs |= dict.fromkeys(changed(raw))
            continue
        names = {
            name
            for name in git("log", "-z", "-c", "--format=", "--name-only", "--no-renames", tip, "--not", f"--remotes={remote}").split(b"\0")
            if name
        }
        for entry in git("ls-tree", "-r", "-z", tip).split(b"\0"):
            head, _, name = entry.partition(b"\t")
            if name in names and head.split()[0].decode() in REGULAR:
                blobs[Blob(os.fsdecode(name), head.split()[2].decode())] = None
    return [blob for blob in blobs if blob.may_be]


def known(oid: str) -> bool:
    """Whether the repository has that commit."""
    return subprocess.run(["git", "cat-file", "-e", f"{oid}^{{commit}}"], capture_output=True, check=False).returncode == 0


def contents(blobs: Sequence[Blob]) -> Iterator[tuple[Blob, bytes]]:
    """The content of every blob, all from one call of git."""
    output = git("cat-file", "--batch", stdin="".join(f"{blob.oid}\n" for blob in blobs).encode())
    place = 0
    for blob in blobs:
        end = output.index(b"\n", place)
        size = int(output[place:end].split()[2])
        yield blob, output[end + 1 : end + 1 + size]
        place = end + size + 2


def folder() -> Path:
    """Where this repository's hooks are, wherever its configuration puts them."""
    return Path(os.fsdecode(git("rev-parse", "--git-path", "hooks").rstrip(b"\r\n")))


def install(name: str, options: Sequence[str]) -> Path:
    """Write a hook's script; a hook that is already there is kept beside it and runs first.

    Args:
        name: one of ``NAMES``.
        options: arguments of ``hook run``.

    Raises:
        InputError: this is no repository, or an older hook that was kept is in the way.
    """
    path = folder() / name
    kept = path.with_name(name + KEPT)
    if (path.exists() or path.is_symlink()) and not is_ours(path):
        if kept.exists():
            raise InputError(f"{kept} 已经存在，请先移走")
        path.rename(kept)
    path.parent.mkdir(parents=True, exist_ok=True)
    body = BODIES[name].format(options=shlex.join(options))
    python = shlex.quote(Path(sys.executable).as_posix())
    path.write_text(SCRIPT.format(mark=MARK, name=name, kept=KEPT, python=python, body=body), "utf-8", newline="\n")
    path.chmod(0o755)
    return path


def uninstall(name: str) -> bool:
    """Take our script away and put the kept hook back; whether there was anything of ours."""
    path = folder() / name
    if not path.is_file() or not is_ours(path):
        return False
    kept = path.with_name(name + KEPT)
    if kept.exists() or kept.is_symlink():
        kept.replace(path)
    else:
        path.unlink()
    return True


def is_ours(path: Path) -> bool:
    """Whether a script is one of ours."""
    return path.is_file() and MARK.encode() in path.read_bytes()
