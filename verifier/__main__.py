"""``python3 -I -S verify.pyz BUNDLE.zip [FINGERPRINT]``."""

import sys

from verifier.command import main

raise SystemExit(main(sys.argv[1:], sys.stdout))
