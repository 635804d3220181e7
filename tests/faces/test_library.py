"""The library's names, whatever has been imported before."""

from __future__ import annotations

import subprocess
import sys

import pyarrow.parquet as pq
import pytest

import tallymark as tm


def test_every_name_is_there():
    assert len(tm.__all__) <= 15
    for name in tm.__all__:
        assert getattr(tm, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'chek'"):
        _ = tm.chek


@pytest.mark.parametrize(
    "first",
    [
        "pass",
        "import tallymark.check, tallymark.interpret",
        "import tallymark.check.suite as s; s.load_suites()",
        "from tallymark.interpret import load_catalogue",
    ],
)
def test_verbs_stay_verbs_when_the_stages_of_their_name_load(first, sample):
    code = f"""
{first}
import tallymark as tm
submissions = tm.read({str(sample("eth_ocsea_cases"))!r})
for _ in range(2):
    figures = tm.interpret(submissions, tm.check(submissions))
print(len(figures))
"""
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_frame_of_any_make_is_checked_like_the_submissions(sample):
    submissions = tm.read(sample("xaa_case_data"))
    suite = "gaps"
    expected = tm.check(submissions.to_arrow(), suite)
    found = tm.check(submissions.to_pandas(), suite)
    assert [f.fingerprint for f in found] == [f.fingerprint for f in expected]
    assert len(found) > 5


def test_a_parquet_path_is_checked_without_loading_it(sample, tmp_path):
    submissions = tm.read(sample("xaa_case_data"))
    pq.write_table(submissions.to_arrow(), tmp_path / "o.parquet")
    found = tm.check(tmp_path / "o.parquet", "gaps")
    expected = tm.check(submissions.to_arrow(), "gaps")
    assert [f.fingerprint for f in found] == [f.fingerprint for f in expected]


def test_figures_leave_and_come_back(sample):
    submissions = tm.read(sample("ncmec_cybertips"))
    figures = tm.interpret(submissions, tm.check(submissions))
    again = tm.Figures.from_arrow(figures.to_arrow())
    assert again.to_arrow().equals(figures.to_arrow())
    assert str(figures.to_pandas()["figure"].dtype) == "tally"


def test_a_table_shows_itself(sample):
    submissions = tm.read(sample("ncmec_cybertips"))
    table = tm.table(tm.interpret(submissions, tm.check(submissions)))
    assert "<caption" in table._repr_html_()
    assert table.to_markdown().count("\n|") > 13
    assert "NAM" in table.to_csv()


def test_submissions_say_how_many_files_failed(tmp_path):
    one, two = (str(tmp_path / name) for name in ("a.csv", "b.csv"))
    assert repr(tm.read(one)) == "<Submissions: none; 1 error>"
    assert repr(tm.read([one, two])) == "<Submissions: none; 2 errors>"
