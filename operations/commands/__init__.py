"""One thin module for each command: reads arguments, calls a function, prints what it returns."""
