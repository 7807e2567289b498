"""How style sheets and scripts are named: by their digest once collected, by their own name before."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HouseStatics(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise carries no types.
    """Names files by digest where they were collected; a fresh checkout serves them from where they lie."""

    manifest_strict = False

    def stored_name(self, name: str) -> str:
        """Return the name under which a file is served."""
        if not self.hashed_files:
            return name
        stored: str = super().stored_name(name)
        return stored
