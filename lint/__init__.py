"""House rules that no other tool checks; ``python -m lint.house_rules`` runs them. See docs/house-rules.md."""
