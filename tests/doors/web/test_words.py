"""Every word on screen has its English, and no word in a template escapes translation."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation as django_translation
from jinja2 import nodes

from payung.doors.web import translation
from payung.doors.web.environment import environment
from payung.doors.web.translation import catalogue, t
from payung.rules.months import Month

WEB = Path(translation.__file__).parent
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))
MODULES = sorted(path for path in WEB.rglob("*.py"))
SHOWN_ATTRIBUTES = re.compile(r'\b(?:title|placeholder|alt|aria-label)="([^"{]*[A-Za-z]{2}[^"{]*)"')
# Names that are the same in every language, and what each language says about itself.
SAME_EVERYWHERE = {
    "Payung", "Ctrl K", "JKP", "English", "Indonesia", "NIK", "BPJS", "UTF-8",
    "alone", "Read this page in English", "Baca halaman ini dalam bahasa Indonesia", "en", "id",
}  # fmt: skip


def texts_of_template(path: Path) -> Iterator[str]:
    """What `t("...")` is given; anything but a plain text there must have been marked by `word` elsewhere."""
    tree = environment().parse(path.read_text(encoding="utf-8"))
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == "t" and isinstance(call.args[0], nodes.Const):
            yield call.args[0].value


def texts_of_module(path: Path) -> Iterator[str]:
    """What `t("...")` and `word("...")` are given in Python."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("t", "word"):
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value


def used_texts() -> set[str]:
    found = {text for path in TEMPLATES for text in texts_of_template(path)}
    return found | {text for path in MODULES for text in texts_of_module(path)}


def test_every_text_has_its_english() -> None:
    missing = sorted(used_texts() - set(catalogue()))
    assert not missing, "words/en.toml lacks: " + "; ".join(missing)


def test_the_catalogue_holds_nothing_that_is_not_used() -> None:
    unused = sorted(set(catalogue()) - used_texts())
    assert not unused, "words/en.toml has texts nobody shows: " + "; ".join(unused)


def test_english_fills_in_the_same_names() -> None:
    def names(text: str) -> set[str]:
        return set(re.findall(r"{(\w+)}", text))

    for text, entry in catalogue().items():
        one, *rest = entry if isinstance(entry, list) else [entry]
        assert names(one) <= names(text), text
        assert all(names(other) == names(text) for other in (rest or [one])), text


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_no_word_in_a_template_escapes_translation(path: Path) -> None:
    """Takes away tags and expressions; what is left must hold no letters."""
    source = path.read_text(encoding="utf-8")
    shown = SHOWN_ATTRIBUTES.findall(source)
    without_code = re.sub(r"{#.*?#}|{%.*?%}|{{.*?}}", " ", source, flags=re.S)
    text = re.sub(r"<!--.*?-->|<[^>]*>", "\n", without_code, flags=re.S)
    left = {line.strip(" ·") for line in text.splitlines()} | set(shown)
    letters = {line for line in left if re.search(r"[A-Za-z]{2}", re.sub(r"&\w+;", "", line))}
    assert letters <= SAME_EVERYWHERE, path.name


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_no_sentence_in_an_expression_escapes_translation(path: Path) -> None:
    """Texts of two words or more stand in `t(...)`; styles, addresses and codes have one word or signs."""
    tree = environment().parse(path.read_text(encoding="utf-8"))
    translated = {
        id(text)
        for call in tree.find_all(nodes.Call)
        if isinstance(call.node, nodes.Name) and call.node.name == "t"
        for text in call.find_all(nodes.Const)
    }
    loose = {
        text.value
        for text in tree.find_all(nodes.Const)
        if isinstance(text.value, str) and id(text) not in translated and re.search(r"[a-z]{2,} [a-z]{2,}", text.value)
    }
    assert not loose, path.name


def test_a_sentence_is_filled_in_by_the_readers_language() -> None:
    with django_translation.override("id"):
        assert t("Iuran {month} terbukti masuk.", month=Month(2022, 10)) == "Iuran Okt 2022 terbukti masuk."
        assert t("{count} baris", count=12_400) == "12.400 baris"
    with django_translation.override("en"):
        assert t("{count} baris", count=1) == "1 row"
        assert t("{count} baris", count=12_400) == "12.400 rows"
