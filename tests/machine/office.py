"""What an office program makes of a file: LibreOffice without windows, into a PDF."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path


def run(program: str, *arguments: str) -> str:
    """Run one of the machine's programs and return what it says."""
    found = shutil.which(program)
    assert found, f"{program} is not on this machine; .ci/run says how to install it"
    return subprocess.run([found, *arguments], check=True, capture_output=True, timeout=120, encoding="utf-8").stdout


def printed(file: Path, folder: Path) -> Path:
    """Return the file as LibreOffice prints it."""
    home = f"-env:UserInstallation={(folder / 'home').as_uri()}"
    run("soffice", home, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(file))
    return folder / file.with_suffix(".pdf").name
