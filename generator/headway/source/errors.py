"""What can go wrong with the machine or the way Headway was called, as opposed to what somebody typed."""

from __future__ import annotations


class SourceError(Exception):
    """The program's files cannot be reached: no such revision, not a repository, git is missing.

    ``message`` is a full sentence; ``hint`` says what to do, or is empty.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}\n   {self.hint}" if self.hint else self.message
