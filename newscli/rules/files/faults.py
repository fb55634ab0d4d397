"""What is wrong with the fences of a file, at a glance and as the reader found it."""

from collections.abc import Iterator

from newscli.front_matter import Fault
from newscli.rules.subject import Subject


def is_unusual(subject: Subject) -> bool:
    """Whether a file is anything but keys between two fences ``---``."""
    return not (subject.data and subject.has_usual_fences)


def faults_of(subject: Subject, *codes: str) -> Iterator[Fault]:
    """The faults of these codes."""
    return (fault for fault in subject.front_matter.faults if fault.code in codes)
