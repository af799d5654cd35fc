"""What an office keeps for itself: templates, articles, rule values, spans of keeping. Every change is on record."""
