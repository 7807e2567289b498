"""The pages of publishing: communiqués and their preview at the press desk, minutes and their corrections."""

from hemicycle.publishing.views.communique import of_body, of_meeting, pdf, preview, publication, published

__all__ = ["of_body", "of_meeting", "pdf", "preview", "publication", "published"]
