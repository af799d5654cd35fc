"""The queue: which cases stand in which view, in what order, and what may be shown of them unopened.

The order is that of docs/urgency.md: aged level, due time, older report. The worker's sweep keeps the level aged, so
the database sorts by three columns. Cases of one content share a row (``listing``); counts count every case. Every
query reads the index of open cases, so that no page grows slower with the archive (docs/decisions/0011).
"""

from triage.queue.estimates import Guess
from triage.queue.facts import Shelf
from triage.queue.filters import Filters
from triage.queue.listing import FEWEST_TOGETHER
from triage.queue.news import News, mark_shown, read_news
from triage.queue.pages import PAGE_SIZE, Desktop, Excerpt, QueuePage, QueueRow, list_queue, open_summary
from triage.queue.places import Place
from triage.queue.related import count_related
from triage.queue.views import QueueView, count_views, is_held, view_conditions

__all__ = [
    "FEWEST_TOGETHER",
    "PAGE_SIZE",
    "Desktop",
    "Excerpt",
    "Filters",
    "Guess",
    "News",
    "Place",
    "QueuePage",
    "QueueRow",
    "QueueView",
    "Shelf",
    "count_related",
    "count_views",
    "is_held",
    "list_queue",
    "mark_shown",
    "open_summary",
    "read_news",
    "view_conditions",
]
