"""The exceptions of the package: one root, few children.

::

    ScreenError
    ├── LexiconError     a lexicon that an editor cannot have meant (file and line, in Chinese)
    ├── ProfileError     a profile that cannot be used
    ├── ModelError       a model that is broken or does not belong to this version
    ├── TableError       a table of the package that is damaged
    ├── InputError       a text or file that cannot be read
    ├── LedgerError      a ledger that is broken or was tampered with
    └── MissingExtra     an optional part is not installed
"""

from __future__ import annotations


class ScreenError(Exception):
    """Anything that this package raises on purpose."""


class LexiconError(ScreenError):
    """A lexicon is refused.

    Attributes:
        problems: every problem found, each ``文件:行: 说明``.
    """

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems

    def __reduce__(self) -> tuple[type[LexiconError], tuple[str, ...]]:
        return type(self), self.problems


class ProfileError(ScreenError):
    """A profile is refused; the message names the file, the key and what is allowed there."""


class ModelError(ScreenError):
    """A model is refused: missing, altered, or of another format. Never answered by a pass."""


class TableError(ScreenError):
    """A table that the package carries is damaged or of another version. Never answered by a pass."""


class InputError(ScreenError):
    """A post or a file cannot be read; the message says where and what to do."""


class LedgerError(ScreenError):
    """A ledger's chain is broken; the message says at which line. Never answered by a pass."""


class MissingExtra(ScreenError):
    """An optional part is needed that is not installed.

    Args:
        what: what was asked for, in the user's words.
        extra: the name of the extra that brings it.
    """

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(f'{what} 需要可选组件，请运行：pip install "govmedia-screen[{extra}]"')
        self.what, self.extra = what, extra

    def __reduce__(self) -> tuple[type[MissingExtra], tuple[str, str]]:
        return type(self), (self.what, self.extra)
