"""What a newcomer reads first is true: the example of the README runs, and every link leads somewhere."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from tests.house.sources import ROOT, files

LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


def test_it_answers_the_example_of_the_readme() -> None:
    blocks = re.findall(r"```sh\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    [example] = [block for block in blocks if "monitor simulate" in block]
    command = example.replace(".venv/bin/monitor", str(Path(sys.executable).parent / "monitor"))

    done = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    assert "overdue" in done.stdout


def test_it_links_to_what_is_there() -> None:
    papers = [name for name in files() if name.endswith(".md")]
    links = [(name, target) for name in papers for target in LINK.findall((ROOT / name).read_text(encoding="utf-8"))]
    broken = [
        (name, target)
        for name, target in links
        if "://" not in target and not (ROOT / name).parent.joinpath(target).exists()
    ]

    assert broken == []


def test_contributing_names_what_the_actions_share() -> None:
    told = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    actions = [path for path in (ROOT / "monitor" / "actions").glob("*.py") if path.stem != "__init__"]
    texts = {path.stem: path.read_text(encoding="utf-8") for path in actions}
    shared = [name for name, text in texts.items() if "\n@permitted" not in text and f"\ndef {name}(" not in text]

    assert "sheet_line" in shared
    assert [name for name in shared if f"`{name}`" not in told] == []
