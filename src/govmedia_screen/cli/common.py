"""What the verbs share: files read, the profile that was asked for, what a renderer takes."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from getpass import getuser
from pathlib import Path
from typing import TextIO

from govmedia_screen.cli.progress import bar
from govmedia_screen.documents import Document, parse_each, read_each, walked
from govmedia_screen.errors import InputError, MissingExtra
from govmedia_screen.finding import Level
from govmedia_screen.profile import Profile, load


def profile_of(args: argparse.Namespace) -> Profile:
    """The wanted profile, with the ledger that its posts are held against."""
    profile = load(args.profile)
    return replace(profile, settings={**profile.settings, "ledger": args.ledger}) if args.ledger else profile


def versions() -> str:
    """The program's version, which core runs, and the fingerprint of what results depend on where no office changes it."""
    from govmedia_screen import fingerprint
    from govmedia_screen.lexicon.lexicon import load as lexicon
    from govmedia_screen.version import __version__

    parts = fingerprint.parts(lexicon(), load())
    core = f"编译核心 {parts['core']}" if parts["core"] else "没有编译核心：结果相同，速度较慢"
    return (
        f"govmedia-screen {__version__}（{core}）\n结果指纹 {fingerprint.fingerprint(parts)}"
        f"（程序 {parts['program']}，词库 {parts['lexicons']}，模型 {parts['models']}）"
    )


def options(args: argparse.Namespace) -> dict[str, object]:
    """What the renderer of the wanted format takes."""
    if args.format == "junit":
        return {"fail_on": Level.of(args.fail_on)}
    if args.format != "text":
        return {}
    wanted = args.color == "always" or (args.color == "auto" and not args.output and coloured(sys.stdout))
    return {"colour": wanted, "quiet": args.quiet}


def coloured(stream: TextIO) -> bool:
    """Whether a stream is a terminal that shows colours and nobody said no (https://no-color.org)."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def read_all(args: argparse.Namespace) -> tuple[list[Document], bool]:
    """Every document that can be read, of files, archives and folders; the others are told of on standard error."""
    documents, failed = [], False
    with bar("读取文件", quiet=getattr(args, "quiet", False)) as told:
        for name, source in sources(args.files):
            try:
                for count, document in enumerate(parse_each(sys.stdin.buffer.read(), "-") if source is None else read_each(source), 1):
                    documents.append(given(document, args))
                    told(f"{name}（第 {count} 篇）", 0.0)
            except (InputError, MissingExtra) as error:
                print(f"govmedia-screen check: {error}", file=sys.stderr)
                failed = True
    return documents, failed


def sources(names: Sequence[str]) -> Iterator[tuple[str, Path | None]]:
    """The files that were named, and those in the folders that were; standard input is no path."""
    for name in names:
        if name == "-":
            yield name, None
        elif Path(name).is_dir():
            yield from ((str(file), file) for file in walked(Path(name)))
        else:
            yield name, Path(name)


def given(document: Document, args: argparse.Namespace) -> Document:
    """The document, with the kind and title that the command line gives."""
    values = {key: value for key, value in (("kind", args.kind), ("title", args.title)) if value is not None}
    if not values:
        return document
    places = {part: spots for part, spots in document.places.items() if part not in values}
    return replace(document, post=replace(document.post, **values), places=places)


def user() -> str:
    """Who runs this."""
    try:
        name = subprocess.run(["git", "config", "user.name"], capture_output=True, text=True, encoding="utf-8", check=False).stdout.strip()
    except OSError:
        name = ""
    return name or getuser()
