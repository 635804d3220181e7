"""Code lists of the observation table, in the words of SDMX, UN-CTS and ICCS.

Sources: SDMX CL_OBS_STATUS 2.2 and CL_CONF_STATUS 1.2; UN-CTS stage labels;
counting units after the European Sourcebook.
"""

from __future__ import annotations

from enum import StrEnum


class Stage(StrEnum):
    """Where in the justice process something is counted, in order of the process."""

    REPORTED = "REPORTED"
    RECORDED = "RECORDED"
    INVESTIGATED = "INVESTIGATED"
    REFERRED = "REFERRED"
    FORMAL_CONTACT = "FORMAL_CONTACT"
    ARRESTED = "ARRESTED"
    CHARGED = "CHARGED"
    PROSECUTED = "PROSECUTED"
    BROUGHT_TO_COURT = "BROUGHT_TO_COURT"
    CONVICTED = "CONVICTED"
    ACQUITTED = "ACQUITTED"
    PENDING = "PENDING"
    VICTIM_IDENTIFIED = "VICTIM_IDENTIFIED"
    IN_CUSTODY = "IN_CUSTODY"
    OTHER = "OTHER"


ORDERED_STAGES = tuple(
    stage.value
    for stage in (
        Stage.REPORTED,
        Stage.RECORDED,
        Stage.INVESTIGATED,
        Stage.REFERRED,
        Stage.FORMAL_CONTACT,
        Stage.ARRESTED,
        Stage.CHARGED,
        Stage.PROSECUTED,
        Stage.BROUGHT_TO_COURT,
        Stage.CONVICTED,
    )
)
"""Stages of which a later one cannot be larger, if unit, scope and cases are the same."""


class CountingUnit(StrEnum):
    """What one unit of a count is."""

    OFFENCE = "OFFENCE"
    CASE = "CASE"
    PERSON = "PERSON"
    VICTIM = "VICTIM"
    REPORT = "REPORT"
    FILE = "FILE"
    IP_ADDRESS = "IP_ADDRESS"
    NOTICE = "NOTICE"
    RESPONDENT = "RESPONDENT"
    UNSTATED = "UNSTATED"


class Scope(StrEnum):
    """Which conduct a count covers."""

    OCSEA = "OCSEA"
    CSEA = "CSEA"
    SEXUAL_OFFENCES_ALL_AGES = "SEXUAL_OFFENCES_ALL_AGES"
    TRAFFICKING = "TRAFFICKING"
    CYBERTIP = "CYBERTIP"
    CYBERCRIME = "CYBERCRIME"
    ALL_CRIME = "ALL_CRIME"
    OTHER = "OTHER"


class Statistic(StrEnum):
    """What kind of number a figure is."""

    COUNT = "COUNT"
    RATE_100K = "RATE_100K"
    PERCENT = "PERCENT"
    PERCENT_CHANGE = "PERCENT_CHANGE"
    MEAN = "MEAN"
    MINIMUM = "MINIMUM"
    MAXIMUM = "MAXIMUM"
    DIFFERENCE = "DIFFERENCE"
    RATIO = "RATIO"


class Verdict(StrEnum):
    """What a statement about figures comes to."""

    SUPPORTED = "SUPPORTED"
    CANNOT_TELL = "CANNOT_TELL"
    REFUSED = "REFUSED"
    CONTRADICTED = "CONTRADICTED"


class Calendar(StrEnum):
    """The calendar in which a period was printed."""

    GREGORIAN = "gregorian"
    BUDDHIST = "buddhist"
    ETHIOPIAN = "ethiopian"


class OffenceRelation(StrEnum):
    """How a printed offence label lies to the ICCS code it is mapped to."""

    EXACT = "exact"
    BROADER = "broader"
    NARROWER = "narrower"
    OVERLAPS = "overlaps"


class MissingReason(StrEnum):
    """Why a figure has no number. Zero is a number, never a reason."""

    NOT_ASKED = "NOT_ASKED"
    NOT_PROVIDED = "NOT_PROVIDED"
    DECLINED = "DECLINED"
    NOT_RECORDED = "NOT_RECORDED"
    NOT_AVAILABLE = "NOT_AVAILABLE"
    NOT_APPLICABLE = "NOT_APPLICABLE"
    NOT_CRIMINALISED = "NOT_CRIMINALISED"
    INCLUDED_ELSEWHERE = "INCLUDED_ELSEWHERE"
    SUPPRESSED = "SUPPRESSED"
    RANGE = "RANGE"
    UNREADABLE = "UNREADABLE"
    BLANK = "BLANK"
    UNKNOWN = "UNKNOWN"


MISSING_TO_SDMX = {
    MissingReason.NOT_ASKED: "L",
    MissingReason.NOT_PROVIDED: "O",
    MissingReason.DECLINED: "O",
    MissingReason.NOT_RECORDED: "L",
    MissingReason.NOT_AVAILABLE: "O",
    MissingReason.NOT_APPLICABLE: "M",
    MissingReason.NOT_CRIMINALISED: "M",
    MissingReason.INCLUDED_ELSEWHERE: "K",
    MissingReason.SUPPRESSED: "Q",
    MissingReason.RANGE: "Q",
    MissingReason.UNREADABLE: "O",
    MissingReason.BLANK: "O",
    MissingReason.UNKNOWN: "O",
}
"""The SDMX observation status of each missing reason (CL_OBS_STATUS 2.2)."""


class Severity(StrEnum):
    """How serious a finding is, in Great Expectations' words; most serious first."""

    CRITICAL = "critical"
    WARNING = "warning"
    INFO = "info"


class Weight(StrEnum):
    """How heavily a caveat bears on the uses it limits; heaviest first."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Use(StrEnum):
    """What is done with a figure. Showing it is never refused."""

    SHOW = "show"
    TOTAL = "total"
    LEVEL = "level"
    TREND = "trend"
    CROSS_COUNTRY = "cross_country"
    RANKING = "ranking"
    RATIO_ATTRITION = "ratio_attrition"
    CAUSAL = "causal"
    PUBLICATION = "publication"
