"""The parts of addresses: a slug for each name, never given twice."""

from django.utils.text import slugify


def free_slug(name: str, taken: set[str]) -> str:
    """Return an address part for a name that no other thing has, and remember it as taken."""
    stem = slugify(name)[:60] or "name"
    slug, number = stem, 1
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    taken.add(slug)
    return slug
