"""Archives and XML of unknown senders: readers open them here and nowhere else."""

from tallymark.readers.limits.archives import (
    MAX_BYTES,
    MAX_MEMBER_BYTES,
    MAX_RATIO,
    open_archive,
    read_member,
)
from tallymark.readers.limits.refusals import broken, locked, too_much
from tallymark.readers.limits.xml import (
    iterate_xml,
    list_elements,
    parse_events,
    parse_xml,
    refuse_entities,
)

__all__ = [
    "MAX_BYTES",
    "MAX_MEMBER_BYTES",
    "MAX_RATIO",
    "broken",
    "iterate_xml",
    "list_elements",
    "locked",
    "open_archive",
    "parse_events",
    "parse_xml",
    "read_member",
    "refuse_entities",
    "too_much",
]
