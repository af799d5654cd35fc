"""What the server computes from pictures drawn by code: the values that every implementation has to give.

``python -m tests.casefile.fingerprints.golden`` writes ``golden.json`` anew; do so only with a new version of the
descriptions (docs/fingerprints.md).
"""
