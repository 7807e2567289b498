"""The languages of a body, and what its texts say in them: every text has one authentic language."""
