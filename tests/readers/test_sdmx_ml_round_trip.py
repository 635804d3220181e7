"""Drawn series, written as generic and as structure-specific data, are read back."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import quoteattr

from hypothesis import given
from hypothesis import strategies as st

from tallymark.model.grid import ReaderOptions
from tallymark.readers import sdmx_ml

HEAD = '<m:Data xmlns:m="urn:message" xmlns:g="urn:generic">'
INF = float("inf")

ids = st.lists(
    st.sampled_from(["A", "B1", "SEX", "REF_AREA"]), min_size=1, max_size=3, unique=True
)
texts = st.text(
    st.characters(
        min_codepoint=32, max_codepoint=0x17FF, exclude_categories=("Cc", "Cs")
    ),
    max_size=5,
)
numbers = st.one_of(st.integers(-999, 10**9), st.floats(allow_nan=False, width=32))
statuses = st.sampled_from([None, "e", "p"])


@st.composite
def messages(draw: st.DrawFn) -> tuple[list[str], list[tuple[list[str], list[Any]]]]:
    named = draw(ids)
    key = st.lists(texts, min_size=len(named), max_size=len(named))
    obs = st.lists(st.tuples(texts, numbers, statuses), min_size=1, max_size=3)
    return named, draw(st.lists(st.tuples(key, obs), min_size=1, max_size=4))


def generic(named: list[str], series: Any) -> str:
    def value(id_: str, text: str) -> str:
        return f"<g:Value id={quoteattr(id_)} value={quoteattr(text)}/>"

    out = ["<m:DataSet>"]
    for key, observations in series:
        values = "".join(map(value, named, key))
        out.append(f"<g:Series><g:SeriesKey>{values}</g:SeriesKey>")
        for time, number, status in observations:
            out.append(f"<g:Obs><g:ObsDimension value={quoteattr(time)}/>")
            out.append(f'<g:ObsValue value="{number}"/>')
            if status:
                out.append(f"<g:Attributes>{value('S', status)}</g:Attributes>")
            out.append("</g:Obs>")
        out.append("</g:Series>")
    return f"{HEAD}{''.join(out)}</m:DataSet></m:Data>"


def specific(named: list[str], series: Any) -> str:
    out = ["<m:DataSet>"]
    for key, observations in series:
        given_ = " ".join(
            f"{i}={quoteattr(t)}" for i, t in zip(named, key, strict=True)
        )
        out.append(f"<Series {given_}>")
        for time, number, status in observations:
            told = f' S="{status}"' if status else ""
            at = f"TIME_PERIOD={quoteattr(time)}"
            out.append(f'<Obs {at} OBS_VALUE="{number}"{told}/>')
        out.append("</Series>")
    return f"{HEAD}{''.join(out)}</m:DataSet></m:Data>"


@given(messages(), st.sampled_from([generic, specific]))
def test_a_written_message_is_read_back(drawn: Any, write: Any) -> None:
    named, series = drawn
    content = write(named, series).encode()
    sheet = sdmx_ml.read(content, "t.xml", ReaderOptions()).sheets[0]
    headings, *rows = list(sheet.rows)
    found = [
        (
            [row[id_] for id_ in named],
            row["TIME_PERIOD"],
            row["OBS_VALUE"],
            row.get("S"),
            sheet.address(number, sheet.figure),
        )
        for number, row in enumerate(
            (dict(zip(headings, row, strict=True)) for row in rows), start=1
        )
    ]
    assert found == [
        (key, time, number, status, f"DataSet[1].Series[{s}].Obs[{o}]")
        for s, (key, observations) in enumerate(series, start=1)
        for o, (time, number, status) in enumerate(observations, start=1)
        for number in [str(number) if number in (INF, -INF) else number]
    ]
