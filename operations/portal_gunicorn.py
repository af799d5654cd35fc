"""gunicorn's configuration of the portal, besides the options that ``operations.processes`` gives it.

A temporary file of the portal would be a picture on a disk. There is no folder for one: whatever tries to make one
fails at once and loudly. (A wrong ``TMPDIR`` would not do, since Python then falls back to the usual folders.)
"""

import tempfile

tempfile.tempdir = "/nonexistent/the portal keeps pictures in memory"
