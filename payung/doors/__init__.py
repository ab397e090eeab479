"""The doors: translate what comes in, make one call into the office, translate what goes out."""
