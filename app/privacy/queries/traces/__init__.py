"""Every column that points at a person: what their file tells of it, and what closing the account does to it."""

from collections.abc import Sequence

from app.privacy.queries.traces.known import KNOWN, WAYS_IN
from app.privacy.queries.traces.offices import OFFICES
from app.privacy.queries.traces.taking_part import TAKING_PART
from app.privacy.queries.traces.trace import OTHER, Trace

__all__ = ["OTHER", "TRACES", "Trace"]

# In the order in which closing an account deletes.
TRACES: Sequence[Trace] = (*KNOWN, *WAYS_IN, *TAKING_PART, *OFFICES)
