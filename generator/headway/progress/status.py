"""A partnership's status: as written, else by its dates."""

from __future__ import annotations

from headway.model.fields import PartnershipStatus
from headway.model.partnership import Partnership
from headway.progress.day import Today


def compute_status(partnership: Partnership, today: Today) -> PartnershipStatus:
    """Return the written status, else proposed before the start, active until the end, after it unknown.

    Where neither a start nor a meeting is known nothing has begun, and the partnership is proposed.
    """
    if partnership.file.status is not None:
        return partnership.file.status
    if partnership.end is not None and today.has_passed(partnership.end):
        return PartnershipStatus.UNKNOWN
    if partnership.start is None or not today.has_reached(partnership.start):
        return PartnershipStatus.PROPOSED
    return PartnershipStatus.ACTIVE
