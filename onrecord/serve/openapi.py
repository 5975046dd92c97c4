"""The OpenAPI 3.1 document of the desk, made from the declarations of its pages and forms."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import msgspec

from onrecord import __version__
from onrecord.serve.kinds import ID, Action, Page, Param

WRONG = {"application/json": {"schema": {"$ref": "#/components/schemas/Wrong"}}}
SOMETHING = r"^[!-~][ -~]*$"  # that is more than white space
LINE = {"text/plain": {"schema": {"type": "string"}}}
PAGE = {"text/html": {"schema": {"type": "string"}}}


class Wrong(msgspec.Struct, frozen=True):
    """What is wrong with a request, in one line."""

    wrong: str


def document(pages: Sequence[Page], actions: Sequence[Action]) -> dict[str, Any]:
    """The document."""
    _, components = msgspec.json.schema_components([Wrong, *(p.data for p in pages)], ref_template="#/components/schemas/{name}")  # fmt: skip
    paths: dict[str, Any] = {}
    for page in pages:
        paths[f"{page.path}.json"] = {"get": operation(page, "json")}
        if page.rows:
            paths[f"{page.path}.csv"] = {"get": operation(page, "csv")}
    for action in actions:
        paths[action.path] = {"post": form(action)}
    return {
        "openapi": "3.1.0",
        "info": {"title": "onrecord desk", "version": __version__, "description": "What changed, who says so, and can it be trusted."},
        "paths": paths,
        "components": {"schemas": components, "securitySchemes": {"password": {"type": "http", "scheme": "bearer"}}},
        "security": [{}, {"password": []}],
    }  # fmt: skip


def operation(page: Page, style: str) -> dict[str, Any]:
    """A page's data, or its table."""
    schema = {"json": ("application/json", {"$ref": f"#/components/schemas/{page.data.__name__}"}), "csv": ("text/csv", {"type": "string"})}  # fmt: skip
    media, content = schema[style]
    return {
        "operationId": f"{page.name}_{style}",
        "summary": page.title,
        "parameters": [*path_params(page.path), *map(parameter, page.params)],
        "responses": {"200": {"description": page.title, "content": {media: {"schema": content}}}, **failures(WRONG if style == "json" else LINE, "400", "404")},
    }  # fmt: skip


def failures(content: dict[str, Any], *statuses: str) -> dict[str, Any]:
    """Answers that say in one line what is wrong."""
    says = {"400": "A value is not as it must be", "403": "The token is not the page's", "404": "Not in the record", "409": "It cannot be done as the record stands, or not in these words", "413": "Too long"}  # fmt: skip
    return {status: {"description": says[status], "content": content} for status in statuses}


def path_params(path: str) -> list[dict[str, Any]]:
    """The ids in a path."""
    return [{"name": name, "in": "path", "required": True, "schema": {"type": "string", "pattern": f"^{ID}$"}} for name in re.findall(r"\{(\w+)\}", path)]  # fmt: skip


def parameter(param: Param) -> dict[str, Any]:
    """A value of an address."""
    return {"name": param.name, "in": "query", "description": param.says, "required": param.required, "schema": schema(param)}  # fmt: skip


def schema(param: Param) -> dict[str, Any]:
    """What a value may be."""
    if param.whole:
        one: dict[str, Any] = {"type": "integer", "minimum": param.whole[0], "maximum": param.whole[1]}
    else:
        one = {"type": "string", "maxLength": param.longest}
        one |= {"minLength": 1, "pattern": SOMETHING} if param.required else {}
        one |= {"enum": list(param.choices)} if param.choices else {}
        one |= {"format": "date"} if param.day else {}
        one |= {"format": "binary"} if param.file else {}
        one |= {"pattern": f"^(?:{param.pattern})$"} if param.pattern else {}
    return {"type": "array", "items": one, "minItems": int(param.required), "maxItems": 50} if param.many else one


def form(action: Action) -> dict[str, Any]:
    """A form: it answers with the page that it leads to."""
    fields = {p.name: schema(p) for p in action.params} | {"token": {"type": "string"}, "back": {"type": "string"}}
    body = {
        "type": "object",
        "properties": fields,
        "required": ["token", *(p.name for p in action.params if p.required)],
    }
    says = "The page that it leads to; the token is in the page's forms"
    return {
        "operationId": action.name,
        "summary": action.says,
        "parameters": path_params(action.path),
        "requestBody": {"required": True, "content": {"application/x-www-form-urlencoded": {"schema": body}}},
        "responses": {"303": {"description": says}, **failures(PAGE, "400", "403", "404", "409"), **failures(LINE, "413")},
    }  # fmt: skip
