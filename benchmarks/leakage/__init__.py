"""What somebody could learn from stored sketches, tried as an attack."""
