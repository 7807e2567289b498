"""Adding sources from a program: one address, a key, JSON or files, and answers in JSON. See docs/archive.md."""
