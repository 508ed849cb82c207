"""The examples for content systems, run."""

from __future__ import annotations

import asyncio
import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

EXAMPLES = Path(__file__).parents[1] / "examples"
GRAVE = "张三身份证号610881199003071231。"


def loaded(name: str) -> ModuleType:
    """An example as a module."""
    spec = importlib.util.spec_from_file_location(name, EXAMPLES / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_fastapi() -> None:
    pytest.importorskip("fastapi", reason="needs the development tools: make test installs them")
    httpx = pytest.importorskip("httpx", reason="needs the development tools: make test installs them")

    async def published(**given: str) -> Any:
        transport = httpx.ASGITransport(app=loaded("fastapi_app").app)
        async with httpx.AsyncClient(transport=transport, base_url="http://office") as client:
            return await client.post("/publish", params=given)

    clean, grave = (asyncio.run(published(title="公示", body=body)) for body in ("今日天气晴。", GRAVE))
    assert clean.json() == {"state": "published"}
    assert grave.status_code == 422


def test_django() -> None:
    pytest.importorskip("django", reason="needs the development tools: make test installs them")
    import django
    from django.conf import settings

    if not settings.configured:
        settings.configure()
        django.setup()
    form = loaded("django_app").PostForm

    assert form({"title": "天气", "body": "今日天气晴。"}).is_valid()
    assert "公民身份号码" in str(form({"title": "公示", "body": GRAVE}).errors["body"])
