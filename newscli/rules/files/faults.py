"""What the reader found wrong with the fences of a file."""

from collections.abc import Iterator

from newscli.front_matter import Fault
from newscli.rules.subject import Subject


def faults_of(subject: Subject, *codes: str) -> Iterator[Fault]:
    """The faults of these codes."""
    return (fault for fault in subject.front_matter.faults if fault.code in codes)
