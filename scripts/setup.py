"""Makes .venv from a hashed requirement list; `make run` and `make test` call it, and it needs only Python itself.

Usage: python3 scripts/setup.py run|test. It does nothing when .venv is current. A stamp in .venv says which lists are
installed; it is removed before anything is touched and written last, so an interrupted install is simply done again.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

OLDEST = (3, 11)
ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / ".installed.json"
SATISFIED_BY = {"run": ("run", "test"), "test": ("test",)}  # the test list holds every pin of the run list
DEBIAN_WHEELS = Path("/usr/share/python-wheels")


def main(kind: str) -> None:
    with Turn():
        stamps = read_stamps()
        if any(stamps.get(name) == digest(name) for name in SATISFIED_BY[kind]) and PYTHON.exists():
            return
        install(kind)


class Turn:
    """One install at a time in this folder, where the system offers file locks."""

    def __enter__(self) -> None:
        self.file = (ROOT / ".venv.lock").open("w")
        try:
            import fcntl
        except ImportError:  # Windows: two installs at once are left to the person who starts them
            return
        fcntl.flock(self.file, fcntl.LOCK_EX)

    def __exit__(self, *_: object) -> None:
        self.file.close()


def digest(kind: str) -> str:
    """What an installed environment depends on: the pins, how the project describes itself, and the interpreter."""
    import tomllib  # here, so that an old Python gets as far as being told that it is too old

    described = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    ours = json.dumps([described["build-system"], described["project"], described["tool"]["hatch"]], sort_keys=True)
    pins = (ROOT / "requirements" / f"{kind}.txt").read_bytes()
    return hashlib.sha256(pins + f"{ours}{sys.version}{sys.prefix}{ROOT}".encode()).hexdigest()


def read_stamps() -> dict[str, str]:
    try:
        stamps = json.loads(STAMP.read_text())
    except (OSError, ValueError):  # never installed, or interrupted
        return {}
    return stamps if isinstance(stamps, dict) else {}


def install(kind: str) -> None:
    print(f"Installing what `make {kind}` needs into .venv (a minute or so, once) …", flush=True)
    STAMP.unlink(missing_ok=True)
    if not is_usable():
        make_venv()
    pip = ["-m", "pip"] if works(PYTHON, "-m", "pip", "--version") else None
    command = [PYTHON, *pip] if pip else [*outer_pip(), "--python", PYTHON]
    options = ["-qq", "--disable-pip-version-check", "--no-input"]
    lists = ROOT / "requirements" / f"{kind}.txt"
    call(*command, "install", *options, "--require-hashes", "-r", lists)
    call(*command, "install", *options, "--no-deps", "--no-build-isolation", "--editable", ROOT)
    STAMP.write_text(json.dumps({kind: digest(kind)}))


def is_usable() -> bool:
    """The environment runs, was made by this very version of Python, and has not been moved since."""
    version = f"import sys; raise SystemExit(sys.version_info[:2] != {sys.version_info[:2]})"
    activate = PYTHON.parent / "activate"
    return works(PYTHON, "-c", version) and activate.exists() and str(VENV) in activate.read_text()


def make_venv() -> None:
    shutil.rmtree(VENV, ignore_errors=True)
    if importlib.util.find_spec("ensurepip") is not None:
        call(sys.executable, "-m", "venv", VENV)
    elif importlib.util.find_spec("venv") is not None:  # Debian without python3-venv: an environment, but no pip in it
        outer_pip()
        call(sys.executable, "-m", "venv", "--without-pip", VENV)
    elif importlib.util.find_spec("virtualenv") is not None:
        call(sys.executable, "-m", "virtualenv", "--quiet", VENV)
    else:
        stop_without_venv()


def outer_pip() -> list[str | Path]:
    """A pip outside the environment that can install into it (`--python`, since pip 22.3)."""
    candidates: list[list[str | Path]] = [[sys.executable, "-m", "pip"]]
    candidates += [[sys.executable, wheel / "pip"] for wheel in sorted(DEBIAN_WHEELS.glob("pip-*.whl"))]
    for candidate in candidates:
        if works(*candidate, "--python", sys.executable, "--version"):
            return candidate
    return stop_without_venv()


def stop_without_venv() -> list[str | Path]:
    sys.exit("This Python can make no environment with pip in it. On Debian or Ubuntu: apt-get install python3-venv")


def works(*command: str | Path) -> bool:
    try:
        done = subprocess.run([str(part) for part in command], check=False, capture_output=True, cwd=ROOT)
    except OSError:  # there is no such program
        return False
    return done.returncode == 0


def start_again_with_a_newer_python() -> None:
    """The first Python on the path may be old while a newer one stands beside it."""
    for minor in range(20, OLDEST[1] - 1, -1):
        newer = shutil.which(f"python3.{minor}")
        if newer and works(newer, "-c", "import venv"):
            sys.exit(subprocess.run([newer, *sys.argv], check=False).returncode)
    sys.exit(f"Python 3.11 or newer is needed, this is {sys.version.split()[0]}. Say `make … PYTHON=python3.12`.")


def call(*command: str | Path) -> None:
    done = subprocess.run([str(part) for part in command], check=False, cwd=ROOT)
    if done.returncode != 0:
        sys.exit(f"The installation did not finish (exit status {done.returncode}). The same command tries again.")


if __name__ == "__main__":
    if sys.version_info < OLDEST:
        start_again_with_a_newer_python()
    if sys.argv[1:] not in (["run"], ["test"]):
        sys.exit(__doc__)
    main(sys.argv[1])
