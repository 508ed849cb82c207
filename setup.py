"""The compiled core; everything else is in pyproject.toml. Without a compiler the package installs and works all the same."""

import hashlib
import sysconfig
from pathlib import Path

from setuptools import Extension, setup

#: One binary serves CPython 3.11 and later, but for builds without the global lock, which have no stable ABI.
STABLE = not sysconfig.get_config_var("Py_GIL_DISABLED")
NATIVE = Path("src/native")
#: The sources' hash, built into the core: results are known to come from it; see ``govmedia_screen.fingerprint``.
SOURCES = hashlib.blake2b(b"\0".join(path.read_bytes() for path in sorted(NATIVE.glob("*.[ch]"))), digest_size=6).hexdigest()

setup(
    ext_modules=[
        Extension(
            "govmedia_screen._native",
            sources=[f"src/native/{name}.c" for name in ("module", "fold", "automaton", "comparer", "scorer", "shorts")],
            depends=["src/native/native.h"],
            define_macros=[("SOURCES", SOURCES)],
            # fused multiply-add would round otherwise than Python does
            extra_compile_args=[]
            if sysconfig.get_platform().startswith("win")
            else ["-O3", "-ffp-contract=off", "-Werror=implicit-function-declaration"],
            py_limited_api=STABLE,
            optional=True,
        )
    ],
    options={"bdist_wheel": {"py_limited_api": "cp311"}} if STABLE else {},
)
