"""Sheets about online child sexual exploitation: published figures only."""

from __future__ import annotations

from workbook_sheet import Sheet

NCMEC = Sheet(
    name="By country",
    titles=(
        "CyberTipline Reports by Country",
        "Selected countries; compiled from the annual lists for 2019 to 2023",
    ),
    rows=(
        ("Country / Territory", 2019, 2020, 2021, 2022, 2023),
        ("Cambodia", 91458, 188328, 395793, 227955, 172906),
        ("Ethiopia", 15054, 17451, 6851, 11146, 9347),
        ("Indonesia", 840221, 986648, 1861135, 1878011, 1925549),
        ("Kenya", 12788, 14434, 17983, 21745, 46030),
        ("Malaysia", 183407, 204506, 269671, 197659, 195642),
        ("Mozambique", 4688, 6824, 6691, 12312, 12533),
        ("Namibia", 897, 789, 906, 1318, 1345),
        ("Philippines", 801272, 1339597, 3188793, 2576182, 2740905),
        ("South Africa", 38031, 105925, 50875, 82398, 92959),
        ("Tanzania", 6785, 5752, 7068, 8385, 10940),
        ("Thailand", 355396, 397743, 589515, 525932, 432468),
        ("Uganda", 4976, 6575, 4538, 5510, 7659),
        ("Vietnam", 379554, 843963, 716065, 957432, 533236),
        ("No Country Listed*", 1668157, 641874, 1193266, 1662916, 1851762),
        ("Total", 16987361, 21751085, 29397681, 32059029, 36210368),
    ),
    notes=(
        "The total covers all countries, not only those listed here.",
        "*Reasons include no IP address included in the report, proxy IPs, etc.",
        "Country-specific numbers may be impacted by the use of proxies and anonymizers.",
        "These numbers are not indicative of the level of child sexual abuse in a"
        " particular country.",
    ),
)

NOT_PROVIDED = ("not provided",) * 3
KENYA = Sheet(
    name="Unit figures",
    titles=(
        "Anti-Human Trafficking and Child Protection Unit, Nairobi",
        "Child sexual exploitation and abuse, and child trafficking: 2017 to 2019",
    ),
    rows=(
        ("Indicator", "Counted as", 2017, 2018, 2019, "Remarks"),
        ("Cases dealt with", "cases", *NOT_PROVIDED[:2], 52, "One unit, Nairobi"),
        ("Arrests made", "persons", *NOT_PROVIDED[:2], 16, None),
        ("Persons charged", "persons", *NOT_PROVIDED, None),
        ("Persons convicted", "persons", *NOT_PROVIDED, None),
        (
            "Children safeguarded", "children", *NOT_PROVIDED[:2], 72,
            "32 of them were victims of trafficking from neighbouring countries",
        ),
    ),
    notes=("not provided: no figure was given for this year.",),
)  # fmt: skip

SOUTH_AFRICA = Sheet(
    name="Sexual offences",
    titles=(
        "Sexual offences recorded, Republic of South Africa",
        "April to March of each year",
    ),
    rows=(
        ("CRIME CATEGORY", "2017/18", "2018/19"),
        ("Rape", "..", ".."),
        ("Sexual assault", "..", ".."),
        ("Attempted sexual offences", "..", ".."),
        ("Contact sexual offences", "..", ".."),
        ("Total sexual offences", "50 108", "52 420"),
    ),
    notes=(
        ".. : not available in the source of this table.",
        "2017/18: 52 420 less the published increase of 2 312.",
    ),
)

NO_DATA = "መረጃ የለም / not available"
NOT_GIVEN = ("አልቀረበም / not provided",) * 4
ETHIOPIA = Sheet(
    name="OCSEA 2009-2012 E.C.",
    titles=(
        "በኢንተርኔት አማካኝነት በሕፃናት ላይ የሚፈጸም ወሲባዊ ብዝበዛና ጥቃት",
        "Online child sexual exploitation and abuse, by year of the Ethiopian calendar",
    ),
    rows=(
        (
            "ደረጃ / Stage", "መለኪያ / Counted as",
            "2009 ዓ.ም", "2010 ዓ.ም", "2011 ዓ.ም", "2012 ዓ.ም",
        ),
        ("የተመዘገቡ ጉዳዮች / Cases recorded", "cases", NO_DATA, 0, 0, NO_DATA),
        ("ክስ የተመሰረተባቸው ሰዎች / Persons charged", "persons", *NOT_GIVEN),
        ("ለፍርድ የቀረቡ ሰዎች / Persons prosecuted", "persons", *NOT_GIVEN),
        ("ጥፋተኛ የተባሉ ሰዎች / Persons convicted", "persons", *NOT_GIVEN),
    ),
    notes=(
        "2010 ዓ.ም: 11 September 2017 to 10 September 2018 in the Gregorian calendar.",
    ),
)  # fmt: skip
