"""What a page holds and does not show: hidden by an attribute, a style, a rule, an element.

Only what can be told without laying the page out: scripts and linked sheets are not run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_NEVER = frozenset(("script", "style", "head", "template", "noscript"))
_STRUCK = ("s", "strike", "del", "bdo")
"""Elements whose text is struck through or turned round: it says another thing."""
_CLOSED = frozenset(("details", "dialog"))
_HIDING = re.compile(
    r"display\s*:\s*none"
    r"|visibility\s*:\s*(?:hidden|collapse)"
    r"|(?<![\w-])opacity\s*:\s*(?:0?\.0\d*|0)(?![.\d])"
    r"|font-size\s*:\s*(?:0?\.[0-2]\d*|0)(?![.\d])"
    r"|font-size\s*:\s*[0-3](?:\.\d+)?(?:px|pt)"
    r"|(?<![\w-])(?:max-)?(?:height|width)\s*:\s*0(?![.\d])"
    r"|(?<![\w-])(?:left|top|right|bottom|text-indent|margin-left)\s*:\s*-\d{3,}"
    r"|(?<![\w-])clip(?:-path)?\s*:\s*(?!auto|none)"
    r"|transform\s*:[^;]*(?:scale|rotate)"
    r"|unicode-bidi\s*:\s*(?:bidi-|isolate-)?override",
    re.IGNORECASE,
)
_PALE = re.compile(
    r"(?<![\w-])color\s*:\s*(?:white|transparent|#f{3}(?:f{3})?\b)", re.IGNORECASE
)
_ADDED = re.compile(r"(?<![\w-])content\s*:\s*(?:\"[^\"]*\w|'[^']*\w)")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_STATE = re.compile(r":(?:hover|focus|active|empty|not|target|disabled|checked)")
_PART = re.compile(r"([.#]?)([\w-]+)")
_ATTRIBUTE = re.compile(r"\[\s*([\w-]+)[^\]]*\]")
_TAG = re.compile(r"<([a-zA-Z]\w*)\b([^<>]*)>")
_STYLE = re.compile(r"""\bstyle\s*=\s*("[^"]*"|'[^']*')""", re.IGNORECASE)


class _Selector(NamedTuple):
    """The last part of a selector: what an element must be, at the least."""

    tag: str
    id: str
    classes: frozenset[str]
    attributes: frozenset[str]


def take_out(root: HtmlElement) -> None:
    """Take out of a page what it does not show."""
    sheets = "\n".join(element.text or "" for element in root.iter("style"))
    selectors = set(_hiding_selectors(sheets))
    for element in list(root.iter()):
        is_closed = element.tag in _CLOSED and element.get("open") is None
        hidden = (
            element.tag in _NEVER
            or is_closed
            or element.get("hidden") is not None
            or _hides(element.get("style", ""))
            or any(_fits(element, selector) for selector in selectors)
        )
        if hidden and element.getparent() is not None:
            element.drop_tree()
    for struck in root.iter(*_STRUCK):
        for element in struck.iter():
            element.text = _struck(element.text)
            if element is not struck:
                element.tail = _struck(element.tail)


def _struck(text: str | None) -> str | None:
    return f"~~{text}" if text and text.strip() else text


def without_unseen(text: str) -> str:
    """Return Markdown without the elements in it that are not shown."""
    pieces, at = [], 0
    for match in _TAG.finditer(text):
        if match.start() < at or not _is_unseen(match[1].lower(), match[2]):
            continue
        pieces.append(text[at : match.start()])
        end = re.compile(rf"</{match[1]}\s*>", re.IGNORECASE).search(text, match.end())
        at = end.end() if end else len(text)
    return "".join([*pieces, text[at:]])


def _is_unseen(tag: str, attributes: str) -> bool:
    names = _STYLE.sub(" ", attributes).lower()
    style = _STYLE.search(attributes)
    return (
        tag in _NEVER
        or (tag in _CLOSED and not re.search(r"\bopen\b", names))
        or bool(re.search(r"(?<![\w-])hidden\b", names))
        or (style is not None and _hides(style[1][1:-1]))
    )


def _hides(style: str) -> bool:
    is_pale = _PALE.search(style) and "background" not in style.lower()
    return bool(_HIDING.search(style) or is_pale)


def _hiding_selectors(sheets: str) -> Iterator[_Selector]:
    """Give what rules hide, or put words to."""
    for selectors, declared in _RULE.findall(_COMMENT.sub("", sheets)):
        if not (_hides(declared) or _ADDED.search(declared)):
            continue
        for selector in selectors.split(","):
            parts = re.split(r"[\s>+~]+", selector.strip())
            if parts[-1] and not _STATE.search(parts[-1]):
                yield _selector(parts[-1])


def _selector(text: str) -> _Selector:
    attributes = frozenset(_ATTRIBUTE.findall(text))
    bare = re.sub(r"::?[\w-]+(?:\([^)]*\))?", "", _ATTRIBUTE.sub("", text))
    parts = [(sign, name) for sign, name in _PART.findall(bare)]
    tags, ids = ([n.lower() for s, n in parts if s == sign] for sign in ("", "#"))
    classes = frozenset(name for sign, name in parts if sign == ".")
    return _Selector("".join(tags[:1]), "".join(ids[:1]), classes, attributes)


def _fits(element: HtmlElement, selector: _Selector) -> bool:
    return (
        selector.tag in ("", element.tag)
        and selector.id in ("", element.get("id", "").lower())
        and selector.classes <= set(element.get("class", "").split())
        and all(element.get(name) is not None for name in selector.attributes)
    )
