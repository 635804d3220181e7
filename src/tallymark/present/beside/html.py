"""What may stand beside a country's figures, as one page that needs no other file."""

from __future__ import annotations

from tallymark.model.comparison import Beside
from tallymark.model.figure import Judgement
from tallymark.present.beside.view import (
    INTRODUCTION,
    LIFT,
    LONELY,
    MOST_NAMED,
    NO_SOURCE,
    page,
)
from tallymark.present.page import fill

_CLASSES = {
    Judgement.OK: "may",
    Judgement.FLAG: "flagged",
    Judgement.REFUSED: "refused",
}


def render(record: Beside) -> dict[str, bytes]:
    """Return the page: the five answers, then each kind of figures."""
    content = fill(
        "beside.html",
        told=page(record),
        introduction=INTRODUCTION,
        lift=LIFT,
        lonely=LONELY,
        most_named=MOST_NAMED,
        no_source=NO_SOURCE,
        classes=_CLASSES,
    )
    return {"": content}
