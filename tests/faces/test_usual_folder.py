"""The folder of own documents that is there: used without being named."""

from __future__ import annotations

import pytest

from tallymark.documents.own import own_documents
from tallymark.errors import DocumentError

HEADS = "Country,Question,Answer,From,To,Source\n"


@pytest.fixture
def answers(tmp_path, monkeypatch):
    """A sheet of answers of a country without facts, in the working folder."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "answers.csv"
    path.write_text(HEADS + "Zambia,unit,yes,2019-01-01,,Annual report\n")
    return path


def test_answers_are_saved_into_the_folder_that_is_there(
    answers, run, tmp_path
) -> None:
    assert "Name it with --own" in run("answers", "capacity", answers, "--save").err
    countries = tmp_path / "tallymark" / "countries"
    series = tmp_path / "tallymark" / "series"
    for folder in (countries, series):
        folder.mkdir(parents=True)
    run("answers", "capacity", answers, "--save", "--own", "tallymark")
    assert (countries / "ZMB.yaml").is_file()
    again = run("answers", "capacity", answers)
    assert "1 as known" in " ".join(again.out.split())
    assert run("answers", "capacity", answers, "--save").code == 0
    assert "Zambia (ZMB)" in run("facts", "zambia").out


def test_all_faulty_documents_are_told_at_once(tmp_path) -> None:
    (tmp_path / "series").mkdir()
    (tmp_path / "series" / "one.yaml").write_text("id: [\n")
    (tmp_path / "series" / "two.yaml").write_text("a: 1\n")
    with pytest.raises(DocumentError) as caught:
        own_documents(tmp_path)
    files = {problem.path.partition(" ")[0] for problem in caught.value.problems}
    assert files == {"one.yaml", "two.yaml"}
