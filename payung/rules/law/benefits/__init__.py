"""Benefits: what the law pays for an event on a day, for one person or a frame of millions."""
