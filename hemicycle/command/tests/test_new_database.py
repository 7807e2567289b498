"""A database that is made at once is the database to which all migrations lead."""

import json
from pathlib import Path

from hemicycle.command.tests.apart import place_apart

# A table of SQLite tells its columns and constraints in its own sentence, in the order in which they came.
DESCRIBE = """
import json, re
from django.db import connection

QUESTIONS = {
    "sqlite": ["SELECT type, name, tbl_name, sql FROM sqlite_master"],
    "postgresql": [
        "SELECT table_name, column_name, data_type, character_maximum_length, numeric_precision, is_nullable, "
        "column_default, is_identity, collation_name FROM information_schema.columns WHERE table_schema = 'public'",
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE connamespace = 'public'::regnamespace",
        "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
        "SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
        "SELECT proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
        "SELECT sequencename, data_type::text, start_value, increment_by FROM pg_sequences",
    ],
}
ROWS = [
    "SELECT app, name FROM django_migrations",
    "SELECT app_label, model FROM django_content_type",
    "SELECT codename, name FROM auth_permission",
]

def clauses(text):
    if not str(text).startswith("CREATE TABLE"):
        return [text]
    found, depth = [""], 0
    for letter in text[text.index("(") + 1 : text.rindex(")")]:
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if letter == "," and not depth:
            found.append("")
        else:
            found[-1] += letter
    return sorted(clause.strip() for clause in found)

told = []
with connection.cursor() as cursor:
    for question in QUESTIONS[connection.vendor] + ROWS:
        cursor.execute(question)
        told.append(sorted(json.dumps([clauses(cell) for cell in row]) for row in cursor.fetchall()))
print(json.dumps(told))
"""
MIGRATE = """
from django.core.management import call_command
call_command("migrate", interactive=False, verbosity=0)
call_command("createcachetable", verbosity=0)
"""


def test_a_database_made_at_once_is_the_one_to_which_all_migrations_lead(tmp_path: Path) -> None:
    with place_apart(tmp_path / "at-once") as at_once, place_apart(tmp_path / "by-steps") as by_steps:
        assert at_once.run("migrate").returncode == 0
        by_steps.data.mkdir()
        by_steps.python(MIGRATE)
        made, led = (json.loads(place.python(DESCRIBE)) for place in (at_once, by_steps))
    assert len(made[0]) > 100
    for one, other in zip(made, led, strict=True):
        assert one == other
