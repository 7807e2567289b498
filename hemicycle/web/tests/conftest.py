"""What the long walks through the house share."""

from collections.abc import Iterator

import pytest
from django.template import Context, Template


@pytest.fixture(scope="module")
def templates_unnoted() -> Iterator[None]:
    """Render as the house does: the test client else copies the context of every template, for those who ask for it."""

    def rendered(template: Template, context: Context) -> str:
        return str(template.nodelist.render(context))

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Template, "_render", rendered)
        yield
