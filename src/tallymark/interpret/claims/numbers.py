"""Numbers in digits and in letters, fractions and factors in words.

Hides which marks group digits, and how a number is put together from its words.
"""

from __future__ import annotations

import re
from fractions import Fraction

NUMBER = r"[0-9][0-9.,\u00a0\u202f' ]*[0-9]|[0-9]"
SCALES = {
    "thousand": 10**3, "k": 10**3, "million": 10**6, "m": 10**6, "mn": 10**6,
    "billion": 10**9, "bn": 10**9, "lakh": 10**5, "crore": 10**7,
}  # fmt: skip
_SMALL = {
    "no": 0, "zero": 0, "nil": 0, "none": 0, "nobody": 0, "one": 1, "two": 2,
    "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
    "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40,
    "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_GROUPS = {"hundred": 100, "dozen": 12}
_LARGE = "(?:hundred|dozen|thousand|million|billion|lakh|crore)"
PARTS = {
    "half": 2, "halves": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5,
    "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10, "hundredth": 100,
}  # fmt: skip
_FACTORS: dict[str, Fraction | int] = {
    r"doubl(?:e|ed|es|ing)|twice": 2, r"(?:tripl|trebl)(?:e|ed|es|ing)|thrice": 3,
    r"quadrupl(?:e|ed|es|ing)": 4, r"quintupl(?:e|ed|es|ing)": 5,
    r"halv(?:e|ed|es|ing)": Fraction(1, 2),
}  # fmt: skip
_ZERO = re.compile(r"\b(?:not (?:one|a single)|no one)\b")
_GROUPED = re.compile(r"\d{1,3}(?:([.,\u00a0\u202f' ])\d{3})(?:\1\d{3})*")


def numbers_in(text: str) -> list[str]:
    """Return the numbers in digits, in their order."""
    return re.findall(NUMBER, text)


def in_letters(text: str) -> tuple[Fraction, Fraction] | None:
    """Return a number in letters and the step it is told in; null if there is none.

    >>> in_letters("two hundred and five"), in_letters("three million")
    ((Fraction(205, 1), Fraction(1, 1)), (Fraction(3000000, 1), Fraction(600000, 1)))
    """
    if _ZERO.search(text):
        return Fraction(0), Fraction(1)
    total, current, step = 0, None, 1
    for word in re.findall(r"[a-z]+", re.sub(rf"\ba (?={_LARGE}\b)", "one ", text)):
        if word in _SMALL:
            current, step = (current or 0) + _SMALL[word], 1
        elif current is not None and word in _GROUPS:
            current *= _GROUPS[word]
        elif current is not None and re.fullmatch(_LARGE, word):
            step = SCALES[word]
            total, current = total + current * step, 0
        elif current is not None and word != "and":
            break
    if current is None:
        return None
    number = Fraction(total + current)
    return number, min(Fraction(step), number / 5) if step > 1 else Fraction(1)


def last_digit(number: Fraction) -> Fraction:
    """The size of one step of the last digit that is not zero; 10,000 for 120,000."""
    if number == 0 or number.denominator != 1:
        return Fraction(1)
    step = 1
    while int(number) % (step * 10) == 0:
        step *= 10
    return Fraction(step)


def scale_after(text: str, number: str) -> int:
    """Return by what a word behind a number multiplies it: 1.9 million."""
    after = text.split(number, 1)[1].strip()
    word = re.match(r"[a-z]+", after)
    return SCALES.get(word[0], 1) if word else 1


def factor_in(text: str) -> Fraction | None:
    """Return a factor in words: doubled, twelvefold, two and a half times."""
    for words, factor in _FACTORS.items():
        if re.search(rf"\b(?:{words})\b", text):
            return Fraction(factor)
    if fold := re.search(r"\b([a-z]+?)-?fold\b", text):
        return _whole_of(fold[1])
    halves = re.search(r"\b(\w+) and a half times\b", text)
    if halves is not None and (whole := _cardinal(halves[1])) is not None:
        return whole + Fraction(1, 2)
    if times := re.search(r"\b([a-z]+) times\b|\bfactor of ([a-z]+)\b", text):
        return _whole_of(times[1] or times[2])
    return None


def _whole_of(word: str) -> Fraction | None:
    number = _SMALL.get(word)
    return None if number is None else Fraction(number)


def fraction_in(text: str) -> Fraction | None:
    """Return a part in words: two thirds, one in five, nine out of ten."""
    one_in = re.search(r"\b(\w+) (?:in|out of)(?: every)? (\d[\d,]*|[a-z]+)\b", text)
    if one_in is not None:
        top, bottom = (_cardinal(word) for word in one_in.groups())
        if top is not None and bottom:
            return Fraction(top, bottom)
    names = "|".join(PARTS)
    found = re.search(rf"(?:\b(\w+)[ -])?\b({names})s?\b", text)
    if found is None:
        return None
    top = _cardinal(found[1] or "a")
    return Fraction(1 if top is None else top, PARTS[found[2]])


def _cardinal(word: str) -> int | None:
    if word in ("a", "one", "an"):
        return 1
    digits = word.replace(",", "")
    return int(digits) if digits.isdigit() else _SMALL.get(word)


def read_digits(printed: str) -> tuple[Fraction, Fraction] | None:
    """Return a number and the step of its last digit; null if it may be two numbers.

    >>> read_digits("5.566.015"), read_digits("4,8")
    ((Fraction(5566015, 1), Fraction(1, 1)), (Fraction(24, 5), Fraction(1, 10)))
    """
    text = printed.strip()
    separators = [c for c in text if not c.isdigit()]
    if not separators:
        return Fraction(int(text)), Fraction(1)
    grouped = _GROUPED.fullmatch(text)
    if grouped and (grouped[1] != "." or len(separators) > 1):
        return Fraction(int(re.sub(r"\D", "", text))), Fraction(1)
    mark = separators[-1]
    if separators.count(mark) > 1 or mark not in ".,":
        return None
    whole, decimals = text.rsplit(mark, 1)
    if mark == "," and len(decimals) == 3:
        return None  # 2156,224: neither well grouped nor a likely decimal
    if re.search(r"\D", whole) and not _GROUPED.fullmatch(whole):
        return None
    step = Fraction(1, 10 ** len(decimals))
    return int(re.sub(r"\D", "", whole) + decimals) * step, step
