"""Checks an evidence bundle offline, with the standard library alone; see docs/bundle.md.

Packed as ``verify.pyz`` (``verifier.packing``) it runs on a machine that has Python and nothing else. Shares no code
with the process that signs bundles: Ed25519, SSH signatures, BagIt and custody chain are written a second time here.
Only the layout of the ZIP (``verifier.archive``) has one writer for both, since both must give the same bytes.
"""
