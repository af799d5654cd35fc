"""The portal's pages: each view parses, calls, and translates."""
