"""Baseline, waivers and settings on the command line, from the first run to the last."""

from __future__ import annotations

import importlib
import json
from dataclasses import replace

import duckdb
import pytest

from tallymark.errors import SourceError

cli_baseline = importlib.import_module("tallymark.cli.baseline")

KNOWN = "ken_nps_crimes_against_children"
LOUD = "eth_ocsea_cases"


def entries(folder):
    return json.loads((folder / "baseline.json").read_text(encoding="utf-8"))[
        "findings"
    ]


def settings(folder, *lines):
    (folder / "tallymark.toml").write_text(
        "\n".join(['include = ["data"]', *lines, ""]), encoding="utf-8"
    )


def test_only_what_is_new_stops_and_what_is_gone_leaves(run, sent, tmp_path):
    first = sent(LOUD)
    settings(tmp_path, 'baseline = "baseline.json"', 'fail-on = "info"')
    assert run("baseline", "create").code == 0
    before = (tmp_path / "baseline.json").read_bytes()
    ended = run("check")
    assert ended.code == 0
    assert f"0 new, {len(entries(tmp_path))} known" in ended.out
    sent(KNOWN)
    assert run("check").code == 1
    assert run("check", first).code == 0
    assert run("baseline", "shrink", first).out.startswith("Nothing is gone")
    accepted = run("baseline", "accept", "--accept", "asked on 3 May")
    assert accepted.code == 0
    assert run("check").code == 0
    assert "asked on 3 May" in run("baseline", "show").out
    first.unlink()
    assert run("baseline", "shrink").out.startswith("Nothing is gone")
    assert before.count(b"\n{") < (tmp_path / "baseline.json").read_bytes().count(
        b"\n{"
    )


def test_shrink_takes_out_what_is_mended_and_gives_the_same_bytes(run, sent, tmp_path):
    sent(LOUD)
    assert run("baseline", "create", "data").code == 0
    created = (tmp_path / "baseline.json").read_bytes()
    held = entries(tmp_path)
    mended = {**held[0], "fingerprint": "0" * 16}
    text = created.decode().replace(
        '"findings": [\n', f'"findings": [\n{json.dumps(mended)},\n'
    )
    (tmp_path / "baseline.json").write_text(text, encoding="utf-8")
    assert "1 gone" in run("check", "data", "--baseline", "baseline.json").out
    assert run("baseline", "shrink", "data").out.startswith("1 finding taken out")
    assert (tmp_path / "baseline.json").read_bytes() == created


def test_a_baseline_is_neither_overwritten_nor_made_of_nothing(run, sent, tmp_path):
    (tmp_path / "data").mkdir()
    nothing = run("baseline", "create", "data")
    assert nothing.code == 2
    assert not (tmp_path / "baseline.json").exists()
    assert "there is no baseline" in run("baseline", "shrink", "data").err
    sent(LOUD)
    assert run("baseline", "create", "data").code == 0
    before = (tmp_path / "baseline.json").read_bytes()
    again = run("baseline", "create", "data")
    assert (again.code, "already" in again.err) == (2, True)
    assert run("baseline", "accept", "data", "--accept", " ").code == 2
    empty = run("baseline", "shrink", "data", "--suite", "workbook")
    assert empty.code == 4
    assert (tmp_path / "baseline.json").read_bytes() == before


def test_a_run_that_checks_nothing_never_passes(run, sent, tmp_path):
    sent(LOUD)
    run("baseline", "create", "data")
    command = ("check", "data", "--baseline", "baseline.json")
    assert run(*command, "--suite", "workbook").code == 4


def test_waivers_silence_one_finding_until_their_day(run, sent, tmp_path):
    sent(LOUD)
    run("baseline", "create", "data")
    one, *others = entries(tmp_path)
    base = "version: 1\nwaivers:\n"
    text = (
        '- {{fingerprint: "{fingerprint}", evidence: "{evidence}", owner: A,'
        " reason: asked, expires: {day}}}\n"
    )
    days = {"waived": "2999-12-31", "expired": "2020-12-31"}
    for standing, day in days.items():
        (tmp_path / "w.yaml").write_text(base + text.format(**one, day=day))
        ended = run("check", "data", "--waivers", "w.yaml", "--fail-on", "never")
        assert f"1 {standing}" in ended.out
        assert f"{len(others)} new" in ended.out
    stale = {**one, "fingerprint": "0" * 16, "evidence": "0" * 16}
    (tmp_path / "w.yaml").write_text(base + text.format(**stale, day="2999-12-31"))
    settings(tmp_path, 'waivers = "w.yaml"', 'fail-on = "never"')
    ended = run("check")
    assert (ended.code, "line 3" in ended.out) == (0, True)
    settings(
        tmp_path, 'waivers = "w.yaml"', 'fail-on = "never"', 'stale-waivers = "fail"'
    )
    assert run("check").code == 1


def test_shrinking_in_a_build_quotes_and_keeps_no_cell(
    run, sent, tmp_path, monkeypatch
):
    cache = tmp_path / "cache"
    monkeypatch.setenv("TALLYMARK_CACHE", str(cache))
    sent(LOUD)
    run("baseline", "create", "data", "--no-cache")
    read = cli_baseline.read

    def with_error(*arguments):
        error = SourceError("no heading, found 3", where="data/odd.xlsx")
        return replace(read(*arguments), errors=(error,))

    monkeypatch.setattr(cli_baseline, "read", with_error)
    ended = run("baseline", "shrink", "data")
    assert "data/odd.xlsx: This file could not be read." in ended.err
    assert "found 3" not in ended.out + ended.err
    assert not cache.exists()


def test_of_a_part_no_waiver_is_called_stale(run, sent, tmp_path):
    path = sent(LOUD)
    (tmp_path / "w.yaml").write_text(
        f"version: 1\nwaivers: [{{fingerprint: '{'0' * 16}', owner: Ana, reason: asked,"
        " expires: 2999-12-31}]\n"
    )
    usual = ['waivers = "w.yaml"', 'fail-on = "never"', 'stale-waivers = "fail"']
    settings(tmp_path, *usual)
    assert run("check").code == 1
    assert run("check", "--suite", "observations").code == 0
    assert run("check", path).code == 0
    (tmp_path / "tallymark.toml").write_text("\n".join(usual))
    assert run("check", "data").code == 1
    (tmp_path / "other").mkdir()
    other = sent(KNOWN)
    other.rename(tmp_path / "other" / other.name)
    assert run("check", "data").code == 0
    assert run("check", ".").code == 1
    assert run("check", path).code == 0


def test_what_is_excluded_is_not_read_and_options_win(run, sent, tmp_path):
    sent(LOUD)
    other = sent(KNOWN)
    settings(tmp_path, f'exclude = ["data/{other.name}"]', 'fail-on = "info"')
    assert other.name not in run("check", "--format", "json").out
    assert run("check", "--fail-on", "never").code == 0
    assert other.name in run("check", other).out
    settings(tmp_path, 'exclude = ["**/*"]')
    assert run("check").code == 4


def test_what_is_required_must_run(run, sent):
    sent(LOUD)
    passes = ("check", "data", "--fail-on", "never")
    assert run(*passes).code == 0
    unknown = run(*passes, "--require", "no-such-thing")
    assert (unknown.code, "not asked for" in unknown.err) == (2, True)
    assert run(*passes, "--require", "definition-unanswered").code == 0


def test_settings_with_no_file_are_told(run, tmp_path):
    (tmp_path / ".git").mkdir()
    assert "no file is named" in run("check").err
    settings(tmp_path)
    assert run("check").code == 2


@pytest.mark.parametrize("name", ["b.json", "w.yaml"])
def test_a_named_file_that_is_not_there_is_an_error(run, sent, name):
    sent(LOUD)
    option = "--baseline" if name == "b.json" else "--waivers"
    ended = run("check", "data", option, name)
    assert ended.code == 2
    assert name in ended.err


def test_rows_of_a_table_have_a_baseline_too(run, tmp_path) -> None:
    def write(*areas: str) -> None:
        rows = ", ".join(f"({n}, '{area}')" for n, area in enumerate(areas))
        duckdb.sql(f"select * from (values {rows}) t(court, ref_area)").write_parquet(
            str(tmp_path / "rows.parquet")
        )

    table = ("--table", "rows.parquet", "--key", "court", "--suite", "observations")
    write("XAA", "Xaa land")
    assert run("baseline", "create", *table).out.startswith("2 findings written")
    known = run("check", *table, "--baseline", "baseline.json", "--fail-on", "info")
    assert (known.code, " 2 known" in known.out) == (0, True), known
    write("XAA", "Xaa land", "Nowhere")
    red = run("check", *table, "--baseline", "baseline.json", "--fail-on", "info")
    assert (red.code, " 0 new" in red.out) == (1, False)
    write("XAA", "XAB")
    assert run("baseline", "shrink", *table).out.startswith("1 finding taken out")
