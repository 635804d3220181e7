"""What no fixed wording says: no cause, no "no change", no accusation, no refusal.

A reader is told what was recorded. That a country "refused" is what "not calculated" and
"not comparable" stand for.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tallymark.documents import read_code_list

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "tallymark"
NEVER = re.compile(
    r"\bno (?:real )?change\b|\bunchanged\b|\bsignificant(?:ly)?\b"
    r"|\b(?:crime|abuse|offending)s? (?:rose|fell|increased|decreased)\b"
    r"|\bcaus(?:e[sd]?|ing)\b|\bbecause of\b|\b(?:led|due|thanks) to\b"
    r"|\bresult(?:s|ed)? (?:in|from)\b|\bproves?\b"
    r"|\bsem alteração\b|\bpor causa d|\bdevido a|\bgraças a|\bcausad[oa]\b"
    r"|\baucun changement\b|à cause d|grâce à|en raison d|\bcausée?s?\b"
    r"|\b(?:lied?|lying|cheat|false data|failed to (?:send|report|provide)|hid)\b",
    re.IGNORECASE,
)
REFUSAL = re.compile(r"\brefus|\brecus", re.IGNORECASE)
PATTERN = re.compile(r"^\S*$|\\")
"""A name or a pattern, not a sentence."""
ALLOWED = {
    "saying what caused what",  # what the use `causal` is, and what must not be done
    "a study made to tell causes",
    "not significant",  # the SDMX status N, as SDMX words it
    "What brought a number about cannot be told from counts.",
}


def data_texts() -> Iterator[tuple[str, str]]:
    """Yield each fixed sentence of the data files, with its place."""
    for path in sorted((PACKAGE / "interpret").rglob("*.yaml")):
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
        for key in ("text", "caveats", "groups", "otherwise", "questions"):
            for text in said(document.get(key)):
                yield path.name, text
    for name in ("statement_words.csv", "return_words.csv"):
        for row in read_code_list(PACKAGE / "reference" / name):
            for column in ("words", "en", "pt"):
                yield name, row.get(column, "")
    yield from suite_texts()


def suite_texts() -> Iterator[tuple[str, str]]:
    for path in sorted((ROOT / "expectations").glob("*.json")):
        for entry in json.loads(path.read_text(encoding="utf-8"))["expectations"]:
            for key in ("why", "ask", "action", "found", "expected"):
                for text in said(entry.get("meta", {}).get(key)):
                    yield path.name, text


def said(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from said(item)


def template_texts() -> Iterator[tuple[str, str]]:
    """Yield what stands in the templates, without tags, scripts and fillings."""
    for path in sorted((PACKAGE / "present/html_templates").glob("*.html")):
        text = re.sub(r"(?s)\{[%{#].*?[%}#]\}|<[^>]*>", " ", path.read_text("utf-8"))
        yield path.name, " ".join(text.split())


def code_texts(folder: str) -> Iterator[tuple[str, str]]:
    """Yield the sentences in a folder's code that are no docstring and no pattern."""
    for path in sorted((PACKAGE / folder).rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        silent = {
            id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)
        }
        for node in ast.walk(tree):
            is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
            if is_text and id(node) not in silent and not PATTERN.search(node.value):
                yield path.name, node.value


def without_allowed(text: str) -> str:
    for allowed in ALLOWED:
        text = text.replace(allowed, "")
    return text


@pytest.mark.parametrize(
    "texts",
    [data_texts, template_texts, lambda: code_texts("present"), lambda: code_texts("interpret")],
    ids=["data", "templates", "present", "interpret"],
)  # fmt: skip
def test_no_fixed_wording_says_what_counts_cannot_show(texts) -> None:
    told = list(texts())
    assert told
    assert not [t for t in told if NEVER.search(without_allowed(t[1]))]


@pytest.mark.parametrize(
    "texts", [data_texts, template_texts], ids=["data", "templates"]
)
def test_no_reader_is_told_of_a_refusal(texts) -> None:
    assert not [t for t in texts() if REFUSAL.search(t[1])]


def test_the_patterns_find_what_they_are_for() -> None:
    for text in (
        "there was no change", "crime rose", "a rise due to training",
        "devido a uma lei", "grâce à une loi", "the sender failed to report",
    ):  # fmt: skip
        assert NEVER.search(text), text
    assert REFUSAL.search("REFUSED")
