"""Each format as a whole: its golden file, the same bytes on every machine, nothing loaded that it does not need.

`pytest tests/reports/test_formats.py --rewrite` writes the golden files anew; read the difference before committing it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from plancheck.reports.formats import FORMATS, document, format_of
from tests.conftest import ROOT
from tests.reports import rich

GOLDEN = ROOT / "tests" / "golden"
TEXTS = [form for form, each in FORMATS.items() if not each.binary]


def golden(form: str) -> Path:
    """Return the golden file of a format of text."""
    suffix = (FORMATS[form].suffixes or (".txt",))[0]
    return GOLDEN / f"{form}.zh{suffix[suffix.rindex('.') :]}"


@pytest.mark.parametrize("form", TEXTS)
def test_the_rich_assessment_is_written_as_expected(form: str, request: pytest.FixtureRequest) -> None:
    made = b"".join(document(form, rich.assessment(), "zh"))
    if request.config.getoption("--rewrite"):
        golden(form).write_bytes(made)
    assert made == golden(form).read_bytes()


SCRIPT = """
import sys
from pathlib import Path
from plancheck.reports.formats import FORMATS, document
from tests.reports import rich
for form in FORMATS:
    for lang in ("zh", "en"):
        Path(sys.argv[1], f"{form}.{lang}").write_bytes(b"".join(document(form, rich.assessment(), lang)))
"""
MACHINES = (
    {"PYTHONHASHSEED": "1", "TZ": "Asia/Shanghai", "LC_ALL": "C", "COLUMNS": "40"},
    {"PYTHONHASHSEED": "2", "TZ": "America/New_York", "LC_ALL": "C.UTF-8", "COLUMNS": "200", "PYTHONIOENCODING": "gbk"},
)


def test_the_same_bytes_on_every_machine_and_at_any_time(tmp_path: Path) -> None:
    found = []
    for number, machine in enumerate(MACHINES):
        folder = tmp_path / str(number)
        folder.mkdir()
        environment = {**os.environ, **machine}
        subprocess.run([sys.executable, "-c", SCRIPT, str(folder)], cwd=ROOT, env=environment, check=True)
        found.append({path.name: path.read_bytes() for path in folder.iterdir()})
    assert len(found[0]) == 2 * len(FORMATS)
    assert {name for name, made in found[0].items() if made != found[1][name]} == set()


def test_every_suffix_asks_for_one_format() -> None:
    suffixes = [suffix for each in FORMATS.values() for suffix in each.suffixes]
    assert len(suffixes) == len(set(suffixes))
    asked = {f"A.B{suffix.upper()}": form for form, each in FORMATS.items() for suffix in each.suffixes}
    assert {name: format_of(name) for name in asked} == asked
    assert (format_of("回执.txt"), format_of("回执.txt.txt"), format_of("回执")) == ("receipt", "table", None)


@pytest.mark.parametrize("form", FORMATS)
def test_a_format_loads_no_other_format(form: str) -> None:
    script = (
        "import sys; from plancheck.reports.formats import document; from tests.reports import fixture\n"
        f"list(document({form!r}, fixture.assessment(), 'zh')); print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, check=True, encoding="utf-8")
    loaded = set(done.stdout.split())
    modules = {f"plancheck.reports.{each.module}" for each in FORMATS.values()}
    assert loaded & modules == {f"plancheck.reports.{FORMATS[form].module}"}
    assert not loaded & ({"rich", "openpyxl", "jsonschema", "yaml"})
