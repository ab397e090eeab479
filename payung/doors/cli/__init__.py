"""The command line: `payung WORD`. Each word is a module; nothing else is imported."""
