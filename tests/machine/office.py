"""What an office program makes of a file: LibreOffice without windows, into a PDF or another format."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path


def run(program: str, *arguments: str) -> str:
    """Run one of the machine's programs and return what it says."""
    found = shutil.which(program)
    assert found, f"{program} is not on this machine; .ci/run says how to install it"
    return subprocess.run([found, *arguments], check=True, capture_output=True, timeout=120, encoding="utf-8").stdout


def converted(file: Path, form: str, folder: Path) -> list[Path]:
    """Return what LibreOffice makes of a file in another format, by its name for it: one file, or one for each sheet."""
    made = folder / "made"
    home = f"-env:UserInstallation={(folder / 'home').as_uri()}"
    run("soffice", home, "--headless", "--convert-to", form, "--outdir", str(made), str(file))
    return sorted(made.iterdir())


def printed(file: Path, folder: Path) -> Path:
    """Return the file as LibreOffice prints it."""
    (made,) = converted(file, "pdf", folder)
    return made


def rows_as_high_as_they_must_be(book: Path, folder: Path) -> Path:
    """Return the workbook with the row heights that LibreOffice finds for the text in the cells."""
    (flat,) = converted(book, "fods", folder / "flat")
    text = re.sub(r' style:row-height="[^"]*"', "", flat.read_text(encoding="utf-8"))
    free = folder / "free.fods"
    free.write_text(
        text.replace('style:use-optimal-row-height="false"', 'style:use-optimal-row-height="true"'), encoding="utf-8"
    )
    (made,) = converted(free, "xlsx", folder / "free")
    return made
