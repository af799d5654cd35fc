"""The use cases behind the receipt: read the conversation, write into it, erase, add, choose anew, ask for erasure.

On PostgreSQL each transaction first names its receipt tag, and row-level security then shows that receipt's rows and
no others.
"""

from intake.followup.adding import MOST_ADDITIONS, Addressed, add_material, change_choices
from intake.followup.conversation import send_message
from intake.followup.erasing import erase_line
from intake.followup.opening import note_opening
from intake.followup.receipts import knows_receipt
from intake.followup.thread import Added, Line, Thread, open_thread
from intake.followup.withdrawing import withdraw

__all__ = [
    "MOST_ADDITIONS",
    "Added",
    "Addressed",
    "Line",
    "Thread",
    "add_material",
    "change_choices",
    "erase_line",
    "knows_receipt",
    "note_opening",
    "open_thread",
    "send_message",
    "withdraw",
]
