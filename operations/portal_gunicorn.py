"""gunicorn's configuration of the portal, besides the options that ``operations.processes`` gives it.

A temporary file of the portal would be a picture on a disk. There is no folder for one: whatever tries to make one
fails at once and loudly. (A wrong ``TMPDIR`` would not do, since Python then falls back to the usual folders.)

This file is read before the web processes are forked. ``intake.load`` is imported here so that they count together,
``intake.wordreader`` so that they share what was read of pictures.
"""

import tempfile

import intake.load
import intake.wordreader  # noqa: F401

tempfile.tempdir = "/nonexistent/the portal keeps pictures in memory"
