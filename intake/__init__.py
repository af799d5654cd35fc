"""The public portal. Seals and inserts; holds no key that opens a report."""
