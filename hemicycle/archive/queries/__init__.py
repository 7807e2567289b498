"""What is shown of the archive, to whom, and where its things are."""
