"""Money is never a float: no float literal, no `float`, no true division anywhere in rules/law."""

import ast
from pathlib import Path

import pytest

import payung.rules.law

FILES = sorted(Path(payung.rules.law.__file__).parent.rglob("*.py"))


def floats_in(text: str) -> list[int]:
    """The lines where a float may come about."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(text))
        if (isinstance(node, ast.Constant) and isinstance(node.value, float))
        or (isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.Div) and not _joins_paths(node))
        or (isinstance(node, ast.Name) and node.id == "float")
        or (isinstance(node, ast.Attribute) and node.attr in ("Float32", "Float64", "truediv"))
    ]


def _joins_paths(node: ast.BinOp | ast.AugAssign) -> bool:
    """`files(...) / "tables"`: the slash of a path."""
    if isinstance(node, ast.AugAssign):
        return False
    left = node.left
    named = isinstance(left, ast.Name) and left.id in ("FOLDER", "folder")
    called = isinstance(left, ast.Call) and isinstance(left.func, ast.Name) and left.func.id == "files"
    return named or called


@pytest.mark.parametrize("text", ["a = 0.5", "a = b / 2", "a /= 2", "float(1)", "pl.Float64"])
def test_the_search_finds_them(text: str) -> None:
    assert floats_in(text) == [1]


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.name))
def test_no_float_anywhere(file: Path) -> None:
    assert floats_in(file.read_text("utf-8")) == []
