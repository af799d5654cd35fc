"""A demonstration: synthetic reports, told through the running portal as a browser would.

``scenarios`` what happened and how urgent that is · ``stories`` the words · ``chats`` drawn screenshots · ``plan``
which report has which of them · ``pages`` HTML forms, read and filled · ``reporter`` one report, sent · ``entering``
what staff write down for somebody.
Nothing here is taken from life: accounts begin with "contoh" (example), pictures are drawn, stories are put together
from sentences written for this purpose.
"""
