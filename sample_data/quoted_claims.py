"""Tables of figures that one text quotes from another: published figures only."""

from __future__ import annotations

Cells = tuple[str, ...]

THORN: tuple[Cells, ...] = (
    ("Children identified with help of Thorn", "Number", "Time", "Told in"),
    (
        "victims of child sex trafficking", "5,791", "2017",
        "JC, 31 May 2018, on the annual report",
    ),
    (
        "children used for audiovisual material", "103", "2017",
        "JC, 31 May 2018, on the annual report",
    ),
    (
        "victims both online and in sex trafficking", "5,894", "so far",
        "note on technology in policing (Thorn, undated)",
    ),
)  # fmt: skip

HMIC: tuple[Cells, ...] = (
    ("Children aged 12 to 15", "Result", "Counted among", "Time"),
    ("Friends on social networking sites, on average", "272", "", "not stated"),
    ("Friends whom they have never met", "29 %", "friends, or children", "not stated"),
    (
        "Communicate with people whom they do not directly know", "33 %",
        "these children", "not stated",
    ),
)  # fmt: skip
