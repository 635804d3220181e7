"""Two provenances of one output: what is another one in the second, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tallymark.model.reproduction import Moved

Document = Mapping[str, Any]
_KINDS = {
    "adapter": "adapter",
    "caveat": "caveat",
    "rule": "rule of the",
    "series": "series definition",
    "country": "facts of country",
}
_OF_NOTES = {"sentence": "text", "weight": "weight", "limits": "limits"}
_NUMBERS = ("value", "low", "high", "parts", "missing_reason")


def changes(then: Document, now: Document) -> tuple[str, ...]:
    """Return what went into an output and is another one now, one line each."""
    return (
        *_of_tool(then, now),
        *_of_inputs(then, now),
        *_of_text(then, now),
        *_of_suites(then, now),
        *_of_documents(then, now),
        *_of_notes(then, now),
    )


def moved_figures(then: Document, now: Document) -> tuple[Moved, ...]:
    """Return the figures that print otherwise, or carry other caveats."""
    old, new = _figures(then), _figures(now)
    found = []
    for id_ in dict.fromkeys([*old, *new]):
        before, after = (held.get(id_, _NONE) for held in (old, new))
        if before == after:
            continue
        is_alike = before[:2] == after[:2]
        texts = [
            _in_full(figure) if is_alike else figure[0] for figure in (before, after)
        ]
        found.append(
            Moved(
                id=id_,
                then=texts[0],
                now=texts[1],
                gained=tuple(sorted(after[1] - before[1])),
                lost=tuple(sorted(before[1] - after[1])),
            )
        )
    return tuple(found)


_Figure = tuple[str, frozenset[str], tuple[Any, ...]]
_NONE: _Figure = ("", frozenset(), ())


def _figures(document: Document) -> dict[str, _Figure]:
    slugs = {note["number"]: note["slug"] for note in document.get("notes", ())}
    held = document.get("cells", document.get("figures", ()))
    return {
        cell["id"]: (
            cell["printed"],
            frozenset(s for n in cell["notes"] for s in slugs[n].split()),
            tuple(cell.get(name) for name in _NUMBERS),
        )
        for cell in held
        if cell["id"]
    }


def _in_full(figure: _Figure) -> str:
    """Return a figure with what is not printed, or with fewer digits."""
    numbers = zip(_NUMBERS, figure[2], strict=True)
    told = [f"{name} {n}" for name, n in numbers if n is not None]
    return f"{figure[0]} ({'; '.join(told)})"


def _of_tool(then: Document, now: Document) -> Iterator[str]:
    if then["tallymark"] != now["tallymark"]:
        yield f"tallymark {then['tallymark']} is now {now['tallymark']}"


def _of_inputs(then: Document, now: Document) -> Iterator[str]:
    for old, new in _paired(then["inputs"], now["inputs"], "file"):
        name = (old or new)["file"]
        if new is None:
            yield f"input {name} is not read any more"
        elif old is None:
            yield f"input {name} is read now, and was not"
        else:
            yield from _of_input(old, new)


def _of_input(old: Document, new: Document) -> Iterator[str]:
    name = old["file"]
    if old["sha256"] != new["sha256"]:
        yield (
            f"input {name}: another content (SHA-256 {old['sha256'][:12]}…, "
            f"now {new['sha256'][:12]}…)"
        )
    for what, key in (("adapter", "adapter"), ("layout", "layout")):
        if old[key] != new[key]:
            yield f"input {name}: {what} {old[key]}, now {new[key]}"
    if old["adapter_version"] != new["adapter_version"]:
        yield (
            f"adapter {new['adapter']}: version {old['adapter_version']}, "
            f"now {new['adapter_version']}"
        )


def _of_text(then: Document, now: Document) -> Iterator[str]:
    if "text" in then and then["text"] != now.get("text"):
        yield f"text {then['text']['file']}: another content"


def _of_suites(then: Document, now: Document) -> Iterator[str]:
    for old, new in _paired(then["suites"], now["suites"], "name"):
        name = (old or new)["name"]
        if old is None or new is None:
            yield f"suite {name} is {'new' if old is None else 'gone'}"
        elif old["sha256"] != new["sha256"]:
            yield f"suite {name}: another content"


def _of_documents(then: Document, now: Document) -> Iterator[str]:
    for kind, words in _KINDS.items():
        old = then["documents"].get(kind, {})
        new = now["documents"].get(kind, {})
        for name in sorted({*old, *new}):
            if name not in new:
                yield f"{words} {name} is gone"
            elif name not in old:
                yield f"{words} {name} is new"
            elif old[name] != new[name]:
                yield f"{words} {name}: another content"


def _of_notes(then: Document, now: Document) -> Iterator[str]:
    for old, new in _paired(then.get("notes", ()), now.get("notes", ()), "slug"):
        if old is None or new is None:
            continue
        for name, words in _OF_NOTES.items():
            if name in old and old[name] != new.get(name):
                was, told = (_told(note.get(name)) for note in (old, new))
                yield f"{words} of caveat {old['slug']}: {was}, now {told}"


def _told(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(value) or "nothing"
    return repr(value)


def _paired(then: Any, now: Any, key: str) -> Iterator[tuple[Any, Any]]:
    old, new = ({item[key]: item for item in several} for several in (then, now))
    return ((old.get(name), new.get(name)) for name in dict.fromkeys([*old, *new]))
