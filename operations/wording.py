"""What the commands say on the terminal."""

from __future__ import annotations

from operations.environment import Office
from operations.first_start import FIRST_ACCOUNTS, Credentials
from operations.running import addresses

RULE = "=" * 78


def credentials_text(credentials: Credentials) -> str:
    """Shown once, at the first start; kept nowhere."""
    accounts = "\n".join(
        f"  {FIRST_ACCOUNTS[role][1]:<14} name {FIRST_ACCOUNTS[role][0]:<9} password {password}"
        for role, password in zip(FIRST_ACCOUNTS, credentials.passwords.values(), strict=True)
    )
    sheet = "\n".join(f"  {line}" for line in credentials.sheet.to_text().splitlines())
    return f"""{RULE}
This is shown ONCE and is stored nowhere. If this output goes into a file, delete the file afterwards.

1. Recovery sheet. Copy it onto paper BY HAND, check it twice, and lock it away from this machine.
   It opens every report if all passwords are lost, and it signs new office keys. There is no other copy.

{sheet}

2. First accounts. Each person signs in once, sets up the second factor and chooses a new password.

{accounts}
{RULE}"""


def ready_text(office: Office) -> str:
    """Shown when both applications answer."""
    portal, desk = addresses(office)
    return f"Suluh is running.\n  Portal (reports): {portal}\n  Desk (staff):     {desk}\nStop it with Ctrl-C."
