"""The operator's tools: ``suluh up``, ``doctor``, ``demo`` and the rest of the command line."""
