"""What an office program makes of a file: LibreOffice without windows, into a PDF or another format."""

from __future__ import annotations

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
    home = f"-env:UserInstallation={(folder / 'home').as_uri()}"
    run("soffice", home, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(file))
    return folder / file.with_suffix(".pdf").name
