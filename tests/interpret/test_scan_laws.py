"""Laws of the scanner: it reads any text, reads back our own print, and no order matters."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from tallymark.errors import SourceError
from tallymark.interpret.scan.matching import match
from tallymark.interpret.scan.mentions import mentions_in
from tallymark.interpret.scan.words import LANGUAGES
from tallymark.model.mention import Passage
from tallymark.model.words import number_text
from tallymark.readers.markdown import read

WORDS = st.sampled_from(
    [
        *(
            "Kenya",
            "Uganda",
            "2019",
            "2020",
            "2017/18",
            "12,788",
            "1.6",
            "million",
            "12.9%",
        ),
        *(
            "six",
            "half",
            "doubled",
            "one",
            "in",
            "five",
            "between",
            "and",
            "from",
            "to",
        ),
        *("rose", "by", "CyberTipline", "reports", "cases", "of", "children", "aged"),
        *(
            "12-15",
            "about",
            "more",
            "than",
            "Article",
            "$",
            "(",
            ")",
            ",",
            ".",
            ";",
            ":",
        ),
        *("%", "-", "respectively", "together", "the following year", "no", "25 March"),
        *("percentage points", "per 100,000", "+254", "§", "*", "[1]", "|", "²", "İ"),
        *("٢٠١٩", "２０１９", "２,０００", "e", "a", "de", "mil", "\u00a0", "\n"),
    ]
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=25).map(" ".join))
SENTENCES = (
    "Kenya received 12,788 CyberTipline reports in 2019.",
    "Uganda had 4,976 CyberTipline reports in 2019 and 6,575 in 2020.",
    "In 2019, 300 people were counted.",
    "CyberTipline reports for Kenya fell by 3% from 2019 to 2020.",
    "Tanzania received 6,785 tips in 2019.",
)


def mentions(text, language="en"):
    return list(mentions_in([Passage(text=text, place="p", line=1)], language))


@settings(max_examples=200, deadline=None)
@given(TEXTS, st.sampled_from(LANGUAGES))
def test_any_text_is_read_and_its_numbers_stand_where_it_says(text, language):
    for mention in mentions(text, language):
        start, end = mention.span
        assert 0 <= start < end <= len(mention.sentence)
        assert mention.number.low <= mention.number.high
        assert mention.marked.replace("[", "").replace("]", "") == (
            mention.sentence.replace("[", "").replace("]", "")
        )


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300) | TEXTS.map(str.encode))
def test_any_bytes_are_markdown_or_refused(content):
    with suppress(SourceError):
        assert read(content, "report.md").unshown == ()


@given(st.integers(0, 10**12))
def test_a_number_of_our_own_print_is_read_back(value):
    printed = number_text(float(value))
    text = f"Kenya received {printed} CyberTipline reports in 2019."
    (mention,) = mentions(text)
    assert mention.number.value == value
    assert mention.number.is_exact
    assert mention.sentence[slice(*mention.span)] == printed


@given(st.permutations(SENTENCES))
def test_the_order_of_sentences_changes_no_mention(sentences):
    def found(text):
        return sorted(
            (
                m.sentence,
                m.number.value,
                m.areas,
                [p.first for p in m.periods],
                m.missing,
            )
            for m in mentions(text)
        )

    assert found(" ".join(sentences)) == found(" ".join(SENTENCES))


@given(st.integers(1900, 2099))
def test_a_year_is_a_period_and_no_count(year):
    (mention,) = mentions(f"In {year} Kenya received 5,000 CyberTipline reports.")
    assert [(p.first, p.last) for p in mention.periods] == [
        (date(year, 1, 1), date(year, 12, 31))
    ]


def test_without_area_or_period_nothing_is_matched():
    class Shelf:
        def of(self, areas):
            raise AssertionError(areas)

    (mention,) = mentions("There were 12,788 CyberTipline reports.")
    assert match(mention, Shelf(), "x").reason == "no area is named; no year is named"
