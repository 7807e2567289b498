"""A published report in, a structured reading with pointers out: a pure library without Django, clock or network."""
