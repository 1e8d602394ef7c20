"""Protocol files with one thing changed: what tests of the reader, the checks and the commands start from."""

from __future__ import annotations

import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RELEASED = ROOT / "config" / "protocols"
INVENTED = ROOT / "tests" / "data" / "protocols" / "invented.v1.toml"


def changed(name: str, *changes: tuple[str, str]) -> str:
    """The text of a protocol file with the first occurrence of each old text replaced by the new one."""
    text = protocol_path(name).read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, f"{name} no longer holds {old!r}"
        text = text.replace(old, new, 1)
    return text


def protocol_path(name: str) -> Path:
    return INVENTED if name == "invented" else RELEASED / f"{name}.v1.toml"


def config_with(folder: Path, **files: str) -> Path:
    """A folder of reviewed data with these protocols (`tofersen="…"`), the released dictionary and texts."""
    protocols = folder / "protocols"
    protocols.mkdir(parents=True)
    for name, text in files.items():
        (protocols / f"{name}.v1.toml").write_text(text, encoding="utf-8")
    shutil.copy(ROOT / "config" / "analytes.toml", folder)
    shutil.copytree(ROOT / "config" / "wording", folder / "wording")
    return folder
