"""Paragraphs of a document as they read: changes accepted, fields shown by their result.

Hides the many elements that stand between a paragraph and its letters.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tallymark.readers.printed_text import raised, seen

if TYPE_CHECKING:
    from lxml.etree import _Element

_WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_MATH = (
    "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "http://purl.oclc.org/ooxml/officeDocument/math",
)
_ALTERNATIVES = "http://schemas.openxmlformats.org/markup-compatibility/2006"

# Elements that only hold what stands in them; whatever is not named here is not read,
# as deleted text, the codes of fields, comments and properties.
_HOLDERS = frozenset(
    ("ins", "moveTo", "sdtContent", "customXml", "smartTag", "hyperlink", "fldSimple",
     "dir", "bdo", "ruby", "rubyBase", "alternative", "math")
)  # fmt: skip
_LETTERS = {
    "tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "",
}  # fmt: skip
_NOT_MEANT = ("vanish", "strike", "dstrike")  # hidden, or struck through
_PICTURES = ("drawing", "pict", "object")
_SYMBOL = re.compile("[0-9A-CEFa-cef][0-9A-Fa-f]{3}")  # none of them half a character
_OFF = ("0", "false", "off")


@dataclass(frozen=True, kw_only=True)
class Story:
    """What is known and noted while a document is read."""

    marks: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """What is printed for a reference, by its kind and id."""
    unseen: list[str] = field(default_factory=list)
    """Texts that the document holds, but that are not read as its text."""
    left_out: Counter[str] = field(default_factory=Counter)


def word_name(element: _Element) -> str:
    """Return the name of an element of Word; "" if it is of another namespace.

    The first alternative of several, and formulas, have names that stand for them.
    """
    namespace, _, name = str(element.tag)[1:].partition("}")
    if namespace in _WORD:
        return name
    if namespace in _MATH:
        return "t" if name == "t" else "math"
    if namespace == _ALTERNATIVES:
        is_read = name == "AlternateContent" or element.getprevious() is None
        return "alternative" if is_read else ""
    return ""


def attribute(element: _Element | None, name: str) -> str | None:
    """Return an attribute of Word, null if it or the element is not there."""
    if element is None:
        return None
    for namespace in _WORD:
        value = element.get(f"{{{namespace}}}{name}")
        if value is not None:
            return value
    return None


def child(element: _Element | None, name: str) -> _Element | None:
    """Return the first child of this name, null if there is none."""
    if element is None:
        return None
    return next((part for part in element if word_name(part) == name), None)


def is_on(properties: _Element | None, name: str) -> bool:
    """Tell whether a property is set, and not set to be off."""
    switch = child(properties, name)
    return switch is not None and (attribute(switch, "val") or "on") not in _OFF


def blocks(parent: _Element, *names: str) -> Iterator[_Element]:
    """Give the elements of these names in an element, through those that only hold."""
    for part in parent:
        name = word_name(part)
        if name in names:
            yield part
        elif name in _HOLDERS or (name == "sdt" and not _is_placeholder(part)):
            yield from blocks(part, *names)


def paragraph_text(paragraph: _Element, story: Story) -> str:
    """Return a paragraph's text, a line break of its own as such."""
    return seen("".join(_texts(paragraph, story, codes=[]))).strip(" ")


def _texts(parent: _Element, story: Story, codes: list[bool]) -> Iterator[str]:
    """Give the texts in an element; `codes` tells of each open field if its code runs."""
    for part in parent:
        name = word_name(part)
        if name == "fldChar":
            _step(codes, attribute(part, "fldCharType"))
        elif name == "r":
            yield _run(part, story, codes)
        elif name in _HOLDERS or (name == "sdt" and not _is_placeholder(part)):
            yield from _texts(part, story, codes)
        elif name in _PICTURES:
            _leave_out(part, name, story)
        elif not any(codes):
            yield _letters(part, name, story)


def _run(run: _Element, story: Story, codes: list[bool]) -> str:
    properties = child(run, "rPr")
    text = "".join(_texts(run, story, codes))
    if any(is_on(properties, name) for name in _NOT_MEANT):
        story.unseen.extend([text] if text.strip() else [])
        return ""
    if attribute(child(properties, "vertAlign"), "val") == "superscript":
        return raised(text)
    return text


def _letters(part: _Element, name: str, story: Story) -> str:
    if name == "t":
        return part.text or ""
    if name == "sym":
        code = attribute(part, "char") or ""
        return chr(int(code, 16)) if _SYMBOL.fullmatch(code) else "\ufffd"
    if name in ("footnoteReference", "endnoteReference"):
        return story.marks.get((name, attribute(part, "id") or ""), "")
    return _LETTERS.get(name, "")


def _step(codes: list[bool], kind: str | None) -> None:
    """Follow a field: its code, then its result, then its end."""
    if kind == "begin":
        codes.append(True)
    elif codes and kind == "separate":
        codes[-1] = False
    elif codes and kind == "end":
        codes.pop()


def _leave_out(picture: _Element, name: str, story: Story) -> None:
    texts = [
        part.text for part in picture.iter() if word_name(part) == "t" and part.text
    ]
    if texts:
        story.left_out["text boxes"] += 1
        story.unseen.append(" ".join(texts))
    elif name == "object":
        story.left_out["embedded objects"] += 1


def _is_placeholder(control: _Element) -> bool:
    """Tell whether a form's field only shows what should be entered there."""
    return is_on(child(control, "sdtPr"), "showingPlcHdr")
