"""One word for one thing, in the whole package."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "photoaes"


def _nodes() -> Iterator[tuple[str, ast.AST]]:
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_bytes())):
            yield f"{path.relative_to(PACKAGE)}:{getattr(node, 'lineno', 0)}", node


def test_no_class_name_stands_for_two_things() -> None:
    places: dict[str, list[str]] = defaultdict(list)
    for place, node in _nodes():
        if isinstance(node, ast.ClassDef):
            places[node.name].append(place)
    assert len(places) > 400
    assert {name: found for name, found in places.items() if len(found) > 1} == {}


def test_a_photo_is_no_path_and_no_number() -> None:
    others = {"int", "int | None", "Path", "Path | None"}
    named = {
        place: ast.unparse(node.annotation)
        for place, node in _nodes()
        if isinstance(node, ast.arg) and node.arg == "photo" and node.annotation is not None
    }
    assert "Photo" in named.values()
    assert {place: kind for place, kind in named.items() if kind in others} == {}
