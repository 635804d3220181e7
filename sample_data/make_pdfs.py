"""Write the sample PDFs: lists over several pages, as NCMEC publishes them.

Run it as `python sample_data/make_pdfs.py`; what it writes is kept in the repository. The
figures are published ones: see tests/reference/published.csv and each SOURCES.md.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple


class Page(NamedTuple):
    """One page: lines of text, a list with its heading, and lines below it.

    A name of several lines is one entry, and its number stands beside the middle of it.
    """

    above: Sequence[str]
    heading: tuple[str, str]
    entries: Sequence[tuple[str, str]]
    below: Sequence[str] = ()


BY_COUNTRY = ("Country / Territory", "Reports")
BY_ESP = ("ESP", "Number of Reports")

PDFS = {
    "ncmec_cybertips_list/2022-reports-by-country.pdf": (
        Page(
            above=(
                "2022 CyberTipline Reports",
                "by Country",
                "These numbers are not indicative of the level of child sexual abuse in a",
                "particular country.",
            ),
            heading=BY_COUNTRY,
            entries=(
                ("Aland Islands", "51"),
                ("Bahrain/Bahrein", "25,896"),
                ("Bangladesh", "2,145,098"),
                ("Burma/Myanmar", "253,461"),
                ("Congo", "2,302"),
                ("Congo, The Democratic Republic of the", "12,052"),
                ("Cote d'Ivoire (Ivory Coast)", "27,116"),
                ("Gambia, The", "437"),
            ),
        ),
        Page(
            above=("2",),
            heading=BY_COUNTRY,
            entries=(
                ("Nigeria", "123,256"),
                ("Rwanda", "1,817"),
                ("Sierre Leone", "1,676"),
                ("Singapore", "74,792"),
                ("US Virgin Islands", "281"),
                ("Zambia", "7,885"),
                ("Zimbabwe", "1,902"),
            ),
            below=(
                "*Reasons include no IP address included in the report, proxy IPs, etc. When the",
                "country is unknown, reports are referred to US federal law enforcement.",
            ),
        ),
    ),
    "ncmec_reports_by_esp/2021-reports-by-esp.pdf": (
        Page(
            above=(
                "2021 CyberTipline Reports by",
                "Electronic Service Providers (ESP)",
                "In 2021, the CyberTipline received more than 29.3 million reports.",
            ),
            heading=BY_ESP,
            entries=(
                ("4chan", "973"),
                ("Apple", "160"),
                ("Ask.fm", "117"),
                ("Discord", "29,606"),
                ("EasyOnlineSolutions/MojoHost/\nNorth Tone/Hosthead", "41"),
                ("Facebook", "22,118,952"),
            ),
        ),
        Page(
            above=("2021 Reports by ESP 2",),
            heading=BY_ESP,
            entries=(
                ("Roblox", "4,684"),
                ("Twitch", "6,629"),
                ("Twitter", "86,666"),
                ("WhatsApp", "1,372,696"),
                ("Zoom Video Communications", "548"),
                ("Total:", "29,157,083"),
            ),
        ),
    ),
}

LEFT, MIDDLE, RIGHT, TOP, LINE = 72, 360, 540, 740, 16  # points, from the lower left


def drawn(page: Page) -> Iterator[str]:
    """Give what is drawn on a page: texts, and a line under each entry of the list."""
    y = TOP
    for line in page.above:
        yield text(LEFT, y, line)
        y -= LINE
    for name, number in (page.heading, *page.entries):
        lines = name.split("\n")
        yield text(MIDDLE, y - LINE * (len(lines) - 1) / 2, number)
        for line in lines:
            yield text(LEFT, y, line)
            y -= LINE
        yield f"{LEFT} {y + 12} m {RIGHT} {y + 12} l S"
    for line in page.below:
        y -= LINE
        yield text(LEFT, y, line)


def text(x: float, y: float, words: str) -> str:
    """Return the operators that set a line of text."""
    escaped = words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT /F1 10 Tf {x} {y} Td ({escaped}) Tj ET"


def pdf_of(pages: Sequence[Page]) -> bytes:
    """Return a PDF of pages in Helvetica, without compression and without a date."""
    numbers = range(4, 4 + 2 * len(pages), 2)
    kids = " ".join(f"{n} 0 R" for n in numbers)
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica"
        " /Encoding /WinAnsiEncoding >>",
    ]
    for n, page in zip(numbers, pages, strict=True):
        content = "\n".join(drawn(page))
        objects += [
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792]"
            f" /Resources << /Font << /F1 3 0 R >> >> /Contents {n + 1} 0 R >>",
            f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        ]
    written, places = b"%PDF-1.4\n", []
    for n, body in enumerate(objects, start=1):
        places.append(len(written))
        written += f"{n} 0 obj\n{body}\nendobj\n".encode("ascii")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    end = (
        f"xref\n0 {size}\n0000000000 65535 f \n{table}"
        f"trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{len(written)}\n%%EOF\n"
    )
    return written + end.encode("ascii")


def main(folder: Path) -> None:
    """Write all sample PDFs below a folder."""
    for name, pages in PDFS.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(pdf_of(pages))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
