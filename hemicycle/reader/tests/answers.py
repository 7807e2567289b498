"""Answers about the three seeds that both are held against: what the reader finds, and what the archive shows."""

SECTORS_IN_BOTH = frozenset(
    {
        "economic work system",
        "agriculture",
        "science",
        "education",
        "public health",
        "environment",
        "working people's organizations",
        "defence",
        "external affairs",
        "party building",
    }
)
