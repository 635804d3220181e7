from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallymark.errors import SourceError, TallymarkError
from tallymark.model.grid import Contents, ReaderOptions, Sheet
from tallymark.readers import long_table, sdmx_ml
from tallymark.readers.sdmx_ml import parsing as sdmx_ml_parsing

REAL = Path(__file__).parents[2] / "../shared/real/files"
V21 = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1"
HEADER = """<m:Header><m:ID>I1</m:ID><m:Prepared>2024-01-01</m:Prepared>
<m:Sender id="XAA"><c:Name>Police</c:Name><m:Contact><c:Name>A. Person</c:Name>
<m:Email>a@example.org</m:Email></m:Contact></m:Sender>
<m:Structure structureID="S1" dimensionAtObservation="TIME_PERIOD"><c:StructureUsage>
<Ref agencyID="XAA" id="CRIME" version="1.0"/></c:StructureUsage></m:Structure>
</m:Header>"""


def message(body: str, *, root: str = "GenericData", header: str = HEADER) -> str:
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<m:{root} xmlns:m="{V21}/message" xmlns:c="{V21}/common" xmlns:g="{V21}/data/generic"
 xmlns:ss="{V21}/data/structurespecific" xmlns:n="urn:x"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{header}{body}</m:{root}>"""


def read(text: str, **options: Any) -> Contents:
    return sdmx_ml.read(text.encode(), "t.xml", ReaderOptions(**options))


def rows(sheet: Sheet) -> list[dict[str, Any]]:
    headings, *found = list(sheet.rows)
    return [dict(zip(map(str, headings), row, strict=True)) for row in found]


def refusal(text: str) -> str:
    with pytest.raises(SourceError) as caught:
        read(text)
    assert caught.value.where == "t.xml"
    return str(caught.value)


# --- what is read --------------------------------------------------------------------

GENERIC = message(
    """<m:DataSet structureRef="S1" action="Replace">
<g:Attributes><g:Value id="SOURCE" value="register"/></g:Attributes>
<g:Group type="Sibling"><g:GroupKey><g:Value id="SEX" value="M"/></g:GroupKey>
<g:Attributes><g:Value id="TITLE" value="Men"/></g:Attributes></g:Group>
<g:Group><g:GroupKey><g:Value id="SEX" value="X"/></g:GroupKey></g:Group>
<g:Series><g:SeriesKey><g:Value id="SEX" value="M"/></g:SeriesKey>
<g:Attributes><g:Value id="UNIT" value="N"/></g:Attributes>
<g:Obs><g:ObsDimension value="2018"/><g:ObsValue value="5"/></g:Obs>
<g:Obs><g:ObsDimension value="2019"/><g:ObsValue value="-1.5e1"/>
<g:Attributes><g:Value id="OBS_STATUS" value="e"/></g:Attributes></g:Obs></g:Series>
<g:Series><g:SeriesKey><g:Value id="SEX" value="U"/></g:SeriesKey></g:Series>
<g:Series><g:SeriesKey><g:Value id="SEX" value="F"/></g:SeriesKey>
<g:Obs><g:ObsDimension value="2018"/><g:ObsValue value="NaN"/></g:Obs>
<g:Obs><g:ObsDimension value="2019"/></g:Obs></g:Series></m:DataSet>
<m:Footer><m:Message code="510" severity="Warning"><c:Text>Cut short</c:Text>
</m:Message></m:Footer>"""
)


def test_generic_series_with_attributes_of_every_level() -> None:
    sheet, _ = read(GENERIC).sheets
    assert sheet.rows[0] == (
        *("SEX", "UNIT", "TITLE", "TIME_PERIOD", "OBS_VALUE", "OBS_STATUS", "SOURCE"),
    )
    assert list(sheet.rows)[1:] == [
        ("M", "N", "Men", "2018", 5, None, "register"),
        ("M", "N", "Men", "2019", -15.0, "e", "register"),
        ("F", None, None, "2018", "NaN", None, "register"),
        ("F", None, None, "2019", None, None, "register"),
    ]


def test_a_figure_is_called_by_its_place() -> None:
    sheet, _ = read(GENERIC).sheets
    assert sheet.address(2, sheet.figure) == "DataSet[1].Series[1].Obs[2]"
    assert sheet.address(3, sheet.figure) == "DataSet[1].Series[3].Obs[1]"
    assert sheet.address(3, 0) == "DataSet[1].Series[3].Obs[1]#SEX"


def test_what_the_message_says_stands_apart_without_persons() -> None:
    said = list(read(GENERIC).sheets[1].rows)
    for row in (
        ("Sender", "", "XAA"),
        ("Structure", "S1", "XAA:CRIME(1.0)"),
        ("Footer", "510 Warning", "Cut short"),
        ("action", "DataSet[1]", "Replace"),
        ("SOURCE", "DataSet[1]", "register"),
        ("series without observations", "DataSet[1]", "1"),
        ("groups without observations", "DataSet[1]", "1"),
    ):
        assert row in said
    assert not any("Person" in text or "example.org" in text for *_, text in said)


def test_observations_without_series_and_several_data_sets() -> None:
    flat = """<m:DataSet><g:Obs><g:ObsKey><g:Value id="SEX" value="M"/>
<g:Value id="TIME_PERIOD" value="2018"/></g:ObsKey><g:ObsValue value="7"/></g:Obs>
<g:Obs><g:ObsKey><g:Value id="SEX" value="F"/></g:ObsKey></g:Obs></m:DataSet>"""
    first, second, _ = read(message(flat + flat)).sheets
    assert (first.name, second.name) == ("DataSet[1]", "DataSet[2]")
    assert rows(first)[0] == {"SEX": "M", "TIME_PERIOD": "2018", "OBS_VALUE": 7}
    assert second.address(2, second.figure) == "DataSet[2].Obs[2]"


SPECIFIC = message(
    """<m:DataSet ss:structureRef="S1" xsi:type="n:DataSetType" SOURCE="register">
<Group xsi:type="n:Sibling" SEX="M" TITLE="Men"/>
<Group xsi:type="n:Of" SEX="M" TIME_PERIOD="2019" NOTE="New law"/>
<Series SEX="M" UNIT="N"><Comp id="AGENCY"><Value>A1</Value><Value>A2</Value></Comp>
<Comp id="TEXT"><Value><c:Text xml:lang="en">Words</c:Text>
<c:Text xml:lang="fr">Mots</c:Text></Value></Comp>
<Obs TIME_PERIOD="2018" OBS_VALUE="5"/>
<Obs TIME_PERIOD="2019" OBS_VALUE="6"><Comp id="OBS_STATUS"><Value>A</Value>
<Value>B</Value></Comp></Obs></Series>
<Atts SEX="M" UNIT="P" LATE="yes"/></m:DataSet>""",
    root="StructureSpecificData",
)


def test_structure_specific_series_groups_and_several_values() -> None:
    first, second = rows(read(SPECIFIC).sheets[0])
    assert first == {
        "SEX": "M",
        "UNIT": "N",
        "AGENCY": "A1; A2",
        "TEXT": "Words",
        "TITLE": "Men",
        "TIME_PERIOD": "2018",
        "OBS_VALUE": 5,
        "OBS_STATUS": None,
        "NOTE": None,
        "SOURCE": "register",
    }
    assert (second["OBS_STATUS"], second["NOTE"]) == ("A; B", "New law")
    assert rows(read(SPECIFIC, language="fr").sheets[0])[0]["TEXT"] == "Mots"


def test_attributes_of_a_part_of_the_key_come_after_the_series() -> None:
    late = SPECIFIC.replace('SEX="M" UNIT="P" LATE', 'SEX="M" LATE')
    assert [row["LATE"] for row in rows(read(late).sheets[0])] == ["yes", "yes"]


def test_compact_data_of_version_2_0_names_its_groups() -> None:
    text = """<CompactData xmlns="urn:m"><DataSet xmlns="urn:k">
<SiblingGroup SEX="M" TITLE="Men"/><Series FREQ="A" SEX="M"><Obs TIME_PERIOD="2018"
 OBS_VALUE="5"/></Series><SiblingGroup SEX="F" TITLE="Women"/><Series FREQ="A" SEX="F">
<Obs TIME_PERIOD="2018" OBS_VALUE="6"/></Series><OtherGroup FREQ="A" LAST="1"/></DataSet>
</CompactData>"""
    found = rows(read(text).sheets[0])
    assert [(r["SEX"], r["TITLE"], r["LAST"], r["OBS_VALUE"]) for r in found] == [
        ("M", "Men", "1", 5),
        ("F", "Women", "1", 6),
    ]


def test_generic_data_of_version_2_0_holds_series_in_groups() -> None:
    text = """<GenericData xmlns="urn:m" xmlns:g="urn:g"><DataSet><g:Group type="Sibling">
<g:GroupKey><g:Value concept="SEX" value="M"/></g:GroupKey><g:Attributes>
<g:Value concept="TITLE" value="Men"/></g:Attributes><g:Series><g:SeriesKey>
<g:Value concept="SEX" value="M"/></g:SeriesKey><g:Obs><g:Time>2018</g:Time>
<g:ObsValue value="5"/></g:Obs></g:Series><g:Series><g:SeriesKey><g:Value
 concept="SEX" value="M"/></g:SeriesKey><g:Obs><g:Time>2019</g:Time><g:ObsValue
 value="6"/></g:Obs></g:Series></g:Group></DataSet></GenericData>"""
    sheet = read(text).sheets[0]
    assert rows(sheet) == [
        {"SEX": "M", "TITLE": "Men", "TIME_PERIOD": "2018", "OBS_VALUE": 5},
        {"SEX": "M", "TITLE": "Men", "TIME_PERIOD": "2019", "OBS_VALUE": 6},
    ]
    assert sheet.address(2, sheet.figure) == "DataSet[1].Series[2].Obs[1]"


def test_another_dimension_may_stand_at_the_observation() -> None:
    header = HEADER.replace("TIME_PERIOD", "SEX")
    body = GENERIC[GENERIC.index("<m:DataSet") : GENERIC.index("<m:Footer")]
    sheet = read(message(body.replace('id="SEX"', 'id="AGE"'), header=header)).sheets[0]
    assert rows(sheet)[0]["SEX"] == "2018"


def test_measures_of_other_names_are_told_by_their_headings() -> None:
    body = '<m:DataSet><Series A="1"><Obs T="2" M1="3" M2="4"/></Series></m:DataSet>'
    sheet = read(message(body)).sheets[0]
    assert sheet.figure == -1
    assert sheet.address(1, 2) == "DataSet[1].Series[1].Obs[1]#M1"


def test_observations_that_say_nothing_are_rows_all_the_same() -> None:
    sheet = read(message("<m:DataSet><Obs/><Obs/></m:DataSet>")).sheets[0]
    assert list(sheet.rows) == [("OBS_VALUE",), (None,), (None,)]


# --- laws ----------------------------------------------------------------------------


@given(st.data())
def test_any_damage_is_read_or_refused(data: st.DataObject) -> None:
    content = bytearray(data.draw(st.sampled_from([GENERIC, SPECIFIC])).encode())
    tags = [b"<Obs/>", b"<Series>", b"</Series>", b"<Group A='1'/>", b"</m:DataSet>"]
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(content) - 1))
        piece = data.draw(st.sampled_from([b"", b"<", b"&x;", b"\0", b'"', *tags]))
        content[at : at + data.draw(st.integers(0, 3))] = piece
    try:
        contents = sdmx_ml.read(bytes(content), "t.xml", ReaderOptions())
    except TallymarkError:
        return
    assert [list(sheet.rows) for sheet in contents.sheets]


elements = st.recursive(
    st.just(""),
    lambda inner: st.lists(
        st.tuples(
            st.sampled_from(
                ["Obs", "Series", "Group", "Atts", "DataSet", "Comp", "SeriesKey", "X"]
            ),
            st.sampled_from(["", ' A="1"', ' B="2"', ' id="A" value="1"']),
            inner,
        ).map(lambda part: f"<{part[0]}{part[1]}>{part[2]}</{part[0]}>"),
        max_size=3,
    ).map("".join),
    max_leaves=12,
)


@given(elements)
def test_elements_in_any_order_are_read_or_refused(body: str) -> None:
    try:
        contents = read(message(f"<m:DataSet>{body}<Obs/></m:DataSet>"))
    except TallymarkError:
        return
    for sheet in contents.sheets[:-1]:
        cells = [(row, 0) for row in range(1, len(sheet.rows))]
        assert len(set(sheet.addresses(cells))) == len(cells)


# --- what is refused -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("<a/>", "holds no observation"),
        (message("<m:DataSet/>"), "holds no observation"),
        (GENERIC[:700], "no well-formed XML"),
        (message("<m:DataSet><X><Obs/></X></m:DataSet>"), "observations outside"),
        (
            message("<m:DataSet><Series/></m:DataSet>", root="CrossSectionalData"),
            "a message of CrossSectionalData, which is not read",
        ),
    ],
)
def test_another_message_is_told(text: str, what: str) -> None:
    assert what in refusal(text)


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE a [<!ENTITY b "c">]>',
        '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE a SYSTEM "http://example.org/a.dtd">',
    ],
)
def test_entities_are_refused(doctype: str) -> None:
    text = SPECIFIC.replace("?>", f"?>{doctype}", 1).replace('SEX="M"', 'SEX="&b;"')
    assert "declares a document type" in refusal(text)


@pytest.mark.parametrize(
    ("where", "limit", "what"),
    [
        (sdmx_ml_parsing, "MAX_ELEMENTS", "more than 2 series and observations"),
        (sdmx_ml_parsing, "MAX_OF_GROUPS", "texts beside its figures"),
        (sdmx_ml_parsing, "MAX_SAID", "more than 2 texts"),
        (sdmx_ml_parsing, "MAX_DATASETS", "more than 2 data sets"),
        (sdmx_ml_parsing, "MAX_BYTES", "more than 2 bytes"),
        (long_table, "MAX_FIGURES", "figures, more than 2"),
        (long_table, "MAX_CELLS", "cells, more than 2"),
        (sdmx_ml, "MAX_KINDS", "groups of"),
    ],
)
def test_limits(
    monkeypatch: pytest.MonkeyPatch, where: Any, limit: str, what: str
) -> None:
    text = SPECIFIC.replace("</Series>", '<Obs A="1"/>' * 3 + "</Series>")
    text = text.replace("<Series", '<Group UNIT="N" G="1"/><Series')
    if limit == "MAX_DATASETS":
        text = text.replace("</m:DataSet>", "</m:DataSet><m:DataSet/><m:DataSet/>")
    monkeypatch.setattr(where, limit, 2 if limit != "MAX_KINDS" else 0)
    assert what in refusal(text)


# --- published files -----------------------------------------------------------------


@pytest.mark.real
@pytest.mark.parametrize(
    ("sex", "year", "ref", "value", "status"),
    [
        ("1", "2019", "DataSet[1].Series[1].Obs[1]", 29131195, None),
        ("2", "2022", "DataSet[1].Series[2].Obs[4]", 30235705, "e"),
    ],
)
def test_true_cells(sex: str, year: str, ref: str, value: int, status: str) -> None:
    content = (REAL / "it_istat_22_289_sdmxml.xml").read_bytes()
    sheet = sdmx_ml.read(content, "t.xml", ReaderOptions()).sheets[0]
    found = {
        (r["SEX"], r["TIME_PERIOD"]): n for n, r in enumerate(rows(sheet), start=1)
    }
    row = found[sex, year]
    assert sheet.rows[row][sheet.figure] == value
    assert sheet.address(row, sheet.figure) == ref
    assert rows(sheet)[row - 1]["OBS_STATUS"] == status
