"""The matching benchmark: draws screenshots of invented apps, edits them, and says which pictures belong together."""
