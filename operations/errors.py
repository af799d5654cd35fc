"""What stops an operator's command, each with one sentence that says what to do.

::

    SuluhError
    └── OperationsError
        ├── StartError        the system cannot start as it is set up, or fell while it ran
        ├── PortalError       the demo met a page that it cannot go on from
        └── RegisterError     a register cannot be imported; nothing of it was
            └── LineError     … and reading could not go on after one line
"""

from __future__ import annotations

from casefile.errors import SuluhError


class OperationsError(SuluhError):
    """Root of the commands' errors; its text is for the operator."""


class StartError(OperationsError):
    """The system cannot start as it is set up, or fell while it ran."""


class PortalError(OperationsError):
    """The portal answered with something that a reporter could not go on from. Holds nothing that was typed."""
