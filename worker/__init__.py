"""Background work: relay, matching, urgency, sweep. Knows no Flask and opens no narrative."""
