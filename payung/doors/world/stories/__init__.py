"""What each of the five programmes went through, as stories that run in the office: one module for each place."""
