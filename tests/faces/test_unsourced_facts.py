"""A fact without a source is nowhere: neither its words nor what it would do.

Country documents are written three times over: with facts that nobody has sourced, each
a marker and each meant to act; without them; and, to show that they would act, with
the same facts as sourced ones. Outputs of the first two are the same to the byte.
"""

from __future__ import annotations

import importlib.util
import shutil
import sys
import zipfile
from contextlib import redirect_stderr, redirect_stdout
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path

import pytest
import yaml

from tallymark import documents, pipeline
from tallymark.cli import main
from tallymark.documents import load_reference
from tallymark.documents import own as own_documents
from tallymark.model.country import CAPACITY, CONDUCT

ROOT = Path(__file__).parents[2]
SHIPPED = documents.REFERENCE
MARKER = "Quillwort"
COUNTRIES = ("KEN", "THA", "XAA")
SAMPLES = (
    "ken_ahtcpu_unit/unit-figures.xlsx",
    "tha_ticac/ticac-statistics.csv",
    "xaa_case_data/exampleland-case-data.xlsx",
)
SOURCE = {"title": f"{MARKER} Gazette", "url": f"https://{MARKER}.example"}
OPPOSITE = {"yes": "no", "no": "yes", "partial": "no"}


def held(path):
    """Return what a document holds, without what has no source."""
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    kept = {
        name: [item for item in content.get(name, []) if item["basis"] == "sourced"]
        for name in ("statutes", "legal_gaps")
    }
    capacity = {
        question: [a for a in answers if a["basis"] == "sourced"]
        for question, answers in content["capacity"].items()
    }
    facts = {
        name: fact
        for name, fact in content["facts"].items()
        if fact["basis"] == "sourced"
    }
    return {**content, **kept, "capacity": capacity, "facts": facts}


def marked(content, basis, other):
    """Return a document with facts of a basis that say something else everywhere."""
    fact = {"source": SOURCE}
    capacity = {
        question: [
            *content["capacity"][question],
            *(
                {
                    "answer": OPPOSITE[answers[0]["answer"]] if answers else "no",
                    "basis": kind,
                    "detail": f"{MARKER} said so.",
                    **fact,
                }
                for kind in (basis, other)
            ),
        ]
        for question, answers in content["capacity"].items()
    }
    titles = [f"{MARKER} Act", *(law["title"] for law in content["statutes"])]
    laws = [
        {
            "title": title,
            "basis": kind,
            "start": "2018-07-01",
            "names": [*CONDUCT],
            **fact,
        }
        for title in titles
        for kind in (basis, other)
    ]
    gaps = [
        {"conduct": conduct, "basis": kind, "detail": f"{MARKER}.", **fact}
        for conduct in CONDUCT
        for kind in (basis, other)
    ]
    facts = {
        "foreign_leads_over_half": {"value": "yes", "basis": basis, **fact},
        "calendar": {"value": f"ethiopian {MARKER}", "basis": other, **fact},
        "statistical_year": {"value": f"{MARKER} to June", "basis": basis, **fact},
        "child_age": {"value": f"12 {MARKER}", "basis": other, **fact},
    }
    return {
        **content,
        "capacity": capacity,
        "statutes": [*content["statutes"], *laws],
        "legal_gaps": [*content["legal_gaps"], *gaps],
        "facts": {**facts, **content["facts"]},
    }


def dated(node):
    """Return content with texts that are days as days, as a YAML file has them."""
    return yaml.safe_load(yaml.safe_dump(node).replace("'2018-07-01'", "2018-07-01"))


DOCUMENTS = {
    "absent": lambda content: content,
    "unsourced": lambda content: marked(content, "inferred", "background"),
    "sourced": lambda content: marked(content, "sourced", "sourced"),
}


@pytest.fixture(scope="module")
def references(tmp_path_factory):
    """The folder of reference data for each kind of document."""
    folders = {}
    for kind, make in DOCUMENTS.items():
        folder = tmp_path_factory.mktemp(kind) / "reference"
        shutil.copytree(SHIPPED, folder)
        for path in (folder / "countries").glob("*.yaml"):
            content = held(path)
            if path.stem in COUNTRIES:
                content = dated(make(content))
            path.write_text(
                yaml.safe_dump(content, allow_unicode=True, sort_keys=False)
            )
        folders[kind] = folder
    return folders


def move(kind, references, patch, tmp_path):
    """Work with documents of a kind from now on, in a folder of its own."""
    patch.setattr(documents, "REFERENCE", references[kind])
    patch.setattr(own_documents, "REFERENCE", references[kind])
    desk = tmp_path / kind
    (desk / "data").mkdir(parents=True)
    for name in SAMPLES:
        shutil.copy(ROOT / "sample_data" / name, desk / "data")
    (desk / "text.md").write_text("{{figure KEN 2019 INVESTIGATED}}\n\n{{notes}}\n")
    (desk / "report.md").write_text(REPORT)
    (desk / "capacity.csv").write_text(ANSWERS)
    patch.chdir(desk)
    return desk


@pytest.fixture
def under(references, monkeypatch, tmp_path):
    """A function: work with documents of a kind."""
    return lambda kind: move(kind, references, monkeypatch, tmp_path)


ANSWERS = "Country,Question,Answer,Source\nKEN,unit,no,A letter\nTHA,icse,yes,A page\n"
REPORT = """# Kenya in 2019

A unit in Kenya dealt with 52 cases in 2019, more than others.

<!-- claim
kind: level
value: 52
unit: CASE
areas: [KEN]
period: 2019
figures: [{where: {ref_area: KEN, time_period: 2019, stage: INVESTIGATED}}]
-->
"""
CONTROL = (
    ("check", "data", "--out", "out", "--fail-on", "never"),
    ("table", "data", "-o", "t.html"),
    ("beside", "KEN", "data", "-o", "b.html"),
    ("why", "KEN-2019-INVESTIGATED", "data", "--all"),
    ("fill", "text.md", "--figures", "data", "-o", "filled.md"),
    ("facts", "KEN"),
)
"""Verbs that would tell of the facts, had they a source."""
VERBS = (
    *CONTROL,
    ("check", "data", "--format", "gx", "--fail-on", "never", "--language", "pt"),
    ("table", "data", "--no-cache"),
    ("table", "data", "-o", "t.md", "--rows", "ref_area,stage"),
    ("table", "data", "-o", "t.csv", "--where", "ref_area=KEN"),
    ("claim", "report.md", "--figures", "data", "--fail-on", "never"),
    ("claim", "report.md", "--scan", "--figures", "data", "--fail-on", "never"),
    *(("beside", area, "data") for area in COUNTRIES),
    ("why", "KEN-2019-VICTIM_IDENTIFIED", "data", "--format", "json"),
    ("why", "THA 2018 INVESTIGATED", "data", "--all"),
    ("cite", "KEN-2019-INVESTIGATED", "data"),
    *(("facts", area) for area in COUNTRIES),
    ("facts", "KEN", "--format", "json", "-o", "facts.json"),
    ("iccs", "KEN", "--format", "csv"),
    ("iccs", "KEN", "-o", "iccs.xlsx"),
    ("answers", "capacity", "capacity.csv"),
    ("template", "--area", "KEN", "--years", "2017-2019", "-o", "template.xlsx"),
    ("adapt", "show", "data/ticac-statistics.csv"),
    ("adapt", "draft", "data/ticac-statistics.csv"),
    ("about", "no-specialised-unit"),
)


def members(path):
    """Yield the parts of a file as they are read: those of an archive, unpacked."""
    content = path.read_bytes()
    if zipfile.is_zipfile(BytesIO(content)):
        with zipfile.ZipFile(BytesIO(content)) as archive:
            for name in archive.namelist():
                yield f"{path.name}:{name}", archive.read(name)
    else:
        yield path.name, content


def outputs(desk, verbs):
    """Return all that verbs print and write, by verb and by file."""
    said = {}
    for verb in verbs:
        told = StringIO()
        with (
            redirect_stdout(told),
            redirect_stderr(told),
            pytest.raises(SystemExit) as ended,
        ):
            main(verb)
        assert ended.value.code in (0, 1), (verb, told.getvalue())
        said[" ".join(verb)] = told.getvalue().encode()
    for path in sorted(desk.rglob("*")):
        if path.is_file() and path.parent.name != "data":
            said |= dict(members(path))
    return said


@pytest.fixture(scope="module")
def printed(references, tmp_path_factory):
    """All outputs, for each kind of document."""
    found = {}
    for kind in DOCUMENTS:
        with pytest.MonkeyPatch.context() as patch:
            desk = move(kind, references, patch, tmp_path_factory.mktemp("desk"))
            found[kind] = outputs(desk, CONTROL if kind == "sourced" else VERBS)
    return found


@pytest.mark.slow
def test_no_verb_prints_a_fact_without_a_source_or_what_it_would_do(printed):
    absent, unsourced = printed["absent"], printed["unsourced"]
    assert absent.keys() == unsourced.keys()
    assert not [name for name in absent if absent[name] != unsourced[name]]
    assert not [name for name in unsourced if MARKER.encode() in unsourced[name]]


@pytest.mark.slow
def test_the_same_facts_would_be_printed_and_would_act_with_a_source(printed):
    absent, sourced = printed["absent"], printed["sourced"]
    told = {name for name in sourced if MARKER.encode() in sourced[name]}
    assert {"facts KEN", "b.html"} <= told
    assert "why KEN-2019-INVESTIGATED data --all" in told
    acted = {name for name in sourced if sourced[name] != absent[name]}
    assert {"t.html", "filled.md", "findings.json", "findings.html"} <= acted


def test_only_the_work_list_prints_them(run, under):
    under("unsourced")
    assert MARKER in run("facts", "KEN", "--unverified").out
    for form in ("csv", "json"):
        assert MARKER in run("facts", "KEN", "--unverified", "--format", form).out


def context(area):
    """Return what conditions may ask of an area's figures, over many periods."""
    reference = load_reference()
    return [
        reference.context_of(series, area, date(first, 1, 1), date(last, 12, 31))
        for series in ("ken_ahtcpu_unit", "tha_ticac", "xaa_case_data")
        for first in range(2014, 2021)
        for last in range(first, 2021)
    ]


@pytest.mark.parametrize("area", COUNTRIES)
def test_conditions_know_nothing_of_them(area, under):
    found = {}
    for kind in DOCUMENTS:
        under(kind)
        found[kind] = context(area)
    assert found["absent"] == found["unsourced"]
    assert found["absent"] != found["sourced"]


@pytest.mark.slow
def test_comparisons_and_ranks_know_nothing_of_them(under):
    said = {}
    for kind in DOCUMENTS:
        under(kind)
        figures = pipeline.figures_of("data")
        said[kind] = (
            str(figures.beside("THA")),
            str(figures.where(time_period="2019", ref_area="KEN").compare()),
            str(figures.where(stage="VICTIM_IDENTIFIED", time_period="2018").rank()),
        )
    assert said["absent"] == said["unsourced"]
    assert MARKER not in str(said["unsourced"])
    assert said["absent"] != said["sourced"]


def test_generated_pages_say_nothing_of_them(under, monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "docs"))
    pages = {}
    for kind in ("absent", "unsourced"):
        under(kind)
        spec = importlib.util.spec_from_file_location(
            "generate", ROOT / "docs/generate.py"
        )
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        pages[kind] = module.pages()
        sys.modules.pop("caveat_pages", None)
    assert pages["absent"] == pages["unsourced"]
    assert not any(MARKER in page for page in pages["unsourced"].values())


def test_no_page_or_shipped_text_repeats_a_fact_without_a_source():
    texts = {
        path: path.read_text(encoding="utf-8")
        for folder in ("docs", "README.md", "src/tallymark/interpret/caveats")
        for path in [ROOT / folder, *(ROOT / folder).rglob("*")]
        if path.suffix in (".md", ".yaml", ".ipynb") and path.is_file()
    }
    for path in (SHIPPED / "countries").glob("*.yaml"):
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        if content.get("invented"):
            continue  # pages show with it what the work list looks like
        said = {a.get("detail") for answers in content["capacity"].values()
                for a in answers if a["basis"] != "sourced"}  # fmt: skip
        said |= {
            item.get("detail") or item.get("title")
            for name in ("statutes", "legal_gaps")
            for item in content.get(name, [])
            if item["basis"] != "sourced"
        }
        said |= {
            fact["value"]
            for fact in content["facts"].values()
            if fact["basis"] != "sourced" and len(fact["value"]) > 24
        }
        for fact in said - {None}:
            assert not [p for p, text in texts.items() if fact in text], fact


def test_the_documents_of_this_test_hold_every_kind_of_fact():
    content = held(SHIPPED / "countries/KEN.yaml")
    found = marked(content, "inferred", "background")
    for answers in found["capacity"].values():
        assert {"inferred", "background"} <= {a["basis"] for a in answers}
    assert set(found["capacity"]) == set(CAPACITY)
    for name in ("statutes", "legal_gaps"):
        assert {"inferred", "background"} <= {item["basis"] for item in found[name]}
