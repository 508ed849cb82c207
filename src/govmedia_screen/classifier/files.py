"""A model's folder: ``config.json``, and the files that it names, each held against its checksum there.

The config itself is held against a checksum too: limits that were changed by hand are another model.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from govmedia_screen.errors import ModelError

CONFIG = "config.json"


def shipped() -> Traversable:
    """Where the models lie that come with the package."""
    folder = resources.files("govmedia_screen").joinpath("models")
    # an editable install: the package is mapped, not nested
    return folder if folder.is_dir() else resources.files("govmedia_screen.models")


def find(name_or_path: str | Path) -> Traversable:
    """The folder of a shipped model, or the folder at that path.

    Raises:
        ModelError: there is neither.
    """
    named = shipped().joinpath(str(name_or_path)) if "/" not in str(name_or_path) else None
    for folder in (named, Path(name_or_path)):
        if folder is not None and folder.joinpath(CONFIG).is_file():
            return folder
    raise ModelError(f"找不到模型 {name_or_path!r}；随包提供的有：{'、'.join(names()) or '无'}")


def names() -> list[str]:
    """The shipped models."""
    return sorted(entry.name for entry in shipped().iterdir() if entry.joinpath(CONFIG).is_file())


def checksums() -> dict[str, str]:
    """Each shipped model's config as a hash; it holds the checksums of the model's other files, without which none is loaded."""
    return {name: hashlib.sha256(shipped().joinpath(name, CONFIG).read_bytes()).hexdigest() for name in names()}


def read(name_or_path: str | Path | Traversable, files: tuple[str, ...], edition: int) -> tuple[dict[str, Any], list[bytes]]:
    """A model's config and the contents of its files.

    Args:
        name_or_path: the name of a shipped model, or its folder.
        files: the files beside the config.
        edition: the format that is understood.

    Raises:
        ModelError: one is missing, altered or of another format.
    """
    folder = find(name_or_path) if isinstance(name_or_path, (str, Path)) else name_or_path
    try:
        config = json.loads(folder.joinpath(CONFIG).read_bytes())
        contents = [folder.joinpath(name).read_bytes() for name in files]
    except (OSError, ValueError) as error:
        raise ModelError(f"模型 {name_or_path} 读不出来：{error}") from error
    if not isinstance(config, dict) or config.get("format") != edition:
        found = config.get("format") if isinstance(config, dict) else config
        raise ModelError(f"模型 {name_or_path} 的格式是 {found!r}，本版本只认 {edition}")
    recorded = config.get("sha256")
    for name, digest in sums(config, dict(zip(files, contents, strict=True))).items():
        if not isinstance(recorded, dict) or recorded.get(name) != digest:
            raise ModelError(f"模型 {name_or_path} 的 {name} 与 {CONFIG} 记录的校验值不符，文件已损坏或被改动")
    return config, contents


def sums(config: Mapping[str, Any], contents: Mapping[str, bytes]) -> dict[str, str]:
    """The checksums that belong into a config: of itself without them, and of each other file; SHA-256."""
    rest = {key: value for key, value in config.items() if key != "sha256"}
    own = json.dumps(rest, ensure_ascii=True, sort_keys=True).encode()
    return {name: hashlib.sha256(content).hexdigest() for name, content in [(CONFIG, own), *contents.items()]}


def write(folder: Path, config: Mapping[str, Any], contents: Mapping[str, bytes]) -> None:
    """Write a model's folder, checksums in place; the config comes last."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    (folder / CONFIG).write_bytes(dumped({**config, "sha256": sums(config, contents)}))


def dumped(content: Mapping[str, Any]) -> bytes:
    """Readable JSON with a line end."""
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()
