"""The service's description of itself (OpenAPI 3.1), made from the types that it decodes."""

from __future__ import annotations

from typing import Any

import msgspec

from govmedia_screen.server.wire import Batch, PostIn, Redact, Signature, Submission, Table
from govmedia_screen.version import __version__

ERRORS = {"400": "broken form", "401": "no key", "403": "the key lacks the scope, or a foreign page asks", "413": "too large", "415": "another content type", "422": "not understood", "429": "too often", "503": "busy or too slow"}  # fmt: skip
PERSONAL = {"name": "personal", "in": "query", "schema": {"type": "string", "enum": ["0", "1", "true", "false"]}, "description": "1: personal data unmasked; needs the scope personal and is logged"}  # fmt: skip
FIXED = {"name": "fixed", "in": "query", "schema": {"type": "string", "enum": ["0", "1", "true", "false"]}, "description": "1: add the parts with safe replacements"}  # fmt: skip


def operation(summary: str, body: str = "", parameters: list[dict[str, Any]] | None = None, **more: str) -> dict[str, Any]:
    """One operation."""
    result: dict[str, Any] = {
        "summary": summary,
        "responses": {"200": {"description": "done", "content": {"application/json": {"schema": {"type": "object"}}}}}
        | {code: {"description": text} for code, text in ({**ERRORS, **more}).items()},
        "security": [{"key": []}, {}],
    }
    if body == "form":
        schema = {
            "type": "object",
            "properties": {"file": {"type": "array", "items": {"type": "string", "format": "binary"}}},
            "required": ["file"],
        }
        result["requestBody"] = {"required": True, "content": {"multipart/form-data": {"schema": schema}}}
    elif body:
        result["requestBody"] = {"required": True, "content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{body}"}}}}
    if parameters:
        result["parameters"] = parameters
    return result


def described(reviews: bool) -> dict[str, Any]:
    """The whole description; ``reviews`` says whether there is a review queue."""
    number = {"name": "number", "in": "path", "required": True, "schema": {"type": "integer", "minimum": 1, "maximum": 2**31 - 1}}
    name = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
    what = {"name": "what", "in": "path", "required": True, "schema": {"type": "string", "enum": ["annotated", "redacted", "sheet"]}}
    paths: dict[str, Any] = {
        "/v1/screen": {"post": operation("Screen one post", "PostIn", [PERSONAL, FIXED])},
        "/v1/screen-batch": {"post": operation("Screen many posts", "Batch", [PERSONAL])},
        "/v1/redact": {"post": operation("The parts with personal data, secrets and credentials masked", "Redact")},
        "/v1/documents": {"post": operation("Screen files", "form", [PERSONAL])},
        "/v1/table": {"post": operation("A table of results as a spreadsheet (xlsx)", "Table")},
        "/v1/copies/{what}": {
            "post": operation(
                "A copy of a file: annotated, redacted, or the form that reviewers sign",
                "form",
                [what, PERSONAL],
                **{"404": "no such copy"},
            )
        },
        "/v1/review-sheet": {"post": operation("The form that reviewers sign (docx)", "PostIn", [PERSONAL])},
        "/v1/rules": {"get": operation("Every rule in force")},
        "/v1/rules/{id}": {"get": operation("One rule", parameters=[name], **{"404": "no such rule"})},
        "/healthz": {"get": operation("Whether it works")},
    }
    if reviews:
        missing = {"404": "no such submission", "409": "decided already"}
        paths |= {
            "/v1/submissions": {"post": operation("Submit a post for review", "Submission")},
            "/v1/submissions/{number}": {"get": operation("A submission and its decisions", parameters=[number], **missing)},
            "/v1/submissions/verify": {"post": operation("Whether a text is the text that was approved", "PostIn")},
            "/v1/queue": {"get": operation("What waits for review")},
            "/v1/queue/{number}": {"post": operation("Approve or return", "Signature", [number], **missing)},
        }
    _, schemas = msgspec.json.schema_components(
        [PostIn, Batch, Redact, Table, Submission, Signature], ref_template="#/components/schemas/{name}"
    )
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "govmedia_screen",
            "version": __version__,
            "description": "Screen a government new-media post before it is published.",
        },
        "paths": paths,
        "components": {"schemas": schemas, "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}}},
    }
