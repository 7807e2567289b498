"""Writes docs/acts/*.md from the docstrings of every room's acts: `python docs/acts/generate.py`.

A test generates them afresh and compares, so that the pages cannot fall behind the code.
"""

import inspect
import os
import re
import sys
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).resolve().parent
HEAD = "<!-- Made by docs/acts/generate.py from the docstrings; change those. -->\n"
Act = Callable[..., object]
# A secret vote makes its key before the act; what comes with files puts them into the storage before it.
BEGINS = re.compile(r"with \(?\s*(?:\w+\(.*\)(?: as \w+)?,\s+)?act\(")


def acts_of(room: str) -> list[Act]:
    """Return the acts of a room: the public functions of its `acts` that take `by`, in the order of the files."""
    module = import_module(f"hemicycle.{room}.acts")
    found = {
        function
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if not name.startswith("_") and function.__module__.startswith(module.__name__)
    }
    acts = [function for function in found if BEGINS.search(inspect.getsource(function))]
    return sorted(acts, key=lambda act: (act.__module__, act.__code__.co_firstlineno))


def rooms() -> list[str]:
    """Return the rooms that have acts, from the lowest up, as the settings list them."""
    from django.apps import apps

    names = [app.name.removeprefix("hemicycle.") for app in apps.get_app_configs() if app.name.startswith("hemicycle.")]
    return [name for name in names if find_spec(f"hemicycle.{name}.acts")]


def page(room: str) -> str:
    """Return the page of a room."""
    module = import_module(f"hemicycle.{room}.acts")
    lines = [HEAD, f"# Acts: {room}\n", inspect.cleandoc(module.__doc__ or "") + "\n"]
    for act in acts_of(room):
        lines += [f"## {act.__name__}\n", signature(act), inspect.cleandoc(act.__doc__ or "") + "\n"]
    return "\n".join(lines)


def signature(act: Act) -> str:
    """Return how the act is called, one argument a line."""
    told = inspect.signature(act)
    arguments = [f"    {shown(parameter)}," for parameter in told.parameters.values()]
    back = told.return_annotation
    returned = "" if back in (None, inspect.Signature.empty) else f" -> {readable(back)}"
    body = "\n".join(arguments)
    return f"```python\n{act.__name__}(\n{body}\n){returned}\n```\n"


def shown(parameter: inspect.Parameter) -> str:
    """Return an argument with its type and default."""
    told = f"{parameter.name}: {readable(parameter.annotation)}"
    return told if parameter.default is inspect.Parameter.empty else f"{told} = {parameter.default!r}"


def readable(annotation: object) -> str:
    """Return a type without the rooms it comes from."""
    if isinstance(annotation, str):
        return annotation
    if isinstance(annotation, type) and not getattr(annotation, "__args__", ()):
        return annotation.__name__
    return re.sub(r"\b(?:\w+\.)+(\w+)", r"\1", str(annotation))


def index() -> str:
    """Return the page that lists every act of every room."""
    lines = [HEAD, "# Acts\n", "Every change of state is one of these. [How to add one](../how-to/add-an-act.md).\n"]
    for room in rooms():
        lines.append(f"## [{room}]({room}.md)\n")
        for act in acts_of(room):
            first = inspect.cleandoc(act.__doc__ or "").partition("\n")[0]
            lines.append(f"- `{act.__name__}`: {first}")
        lines.append("")
    return "\n".join(lines)


def pages() -> dict[str, str]:
    """Return every page by its file's name."""
    return {"README.md": index(), **{f"{room}.md": page(room) for room in rooms()}}


def main() -> None:
    """Write the pages, and remove those of rooms that have no acts any more."""
    sys.path.insert(0, str(HERE.parents[1]))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hemicycle.ground.settings")
    import django

    django.setup()
    made = pages()
    for name, text in made.items():
        (HERE / name).write_text(text, encoding="utf-8")
    for old in HERE.glob("*.md"):
        if old.name not in made:
            old.unlink()


if __name__ == "__main__":
    main()
