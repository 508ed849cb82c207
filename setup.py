"""The compiled core; everything else is in pyproject.toml. Without a compiler the package installs and works all the same."""

import sysconfig

from setuptools import Extension, setup

#: One binary serves CPython 3.11 and later, but for builds without the global lock, which have no stable ABI.
STABLE = not sysconfig.get_config_var("Py_GIL_DISABLED")

setup(
    ext_modules=[
        Extension(
            "govmedia_screen._native",
            sources=[f"src/native/{name}.c" for name in ("module", "fold", "automaton", "scorer")],
            depends=["src/native/native.h"],
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
