"""The CI kit does what its documentation says: the action, the hooks, the script behind the action."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from plancheck.cli import main
from tests.conftest import ROOT

DOCS = ("docs/ci.md", "docs/ci.zh-CN.md")
posix = pytest.mark.skipif(shutil.which("bash") is None or os.name == "nt", reason="a script for bash")


def _yaml(path: str) -> Any:
    return yaml.safe_load((ROOT / path).read_text(encoding="utf-8"))


def _block(doc: str, name: str) -> str:
    found = re.search(rf"<!-- {name} -->\n```[a-z]+\n(.+?)\n```", (ROOT / doc).read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    return found[1]


@pytest.mark.parametrize("doc", DOCS)
def test_the_documented_workflow_uses_inputs_and_hooks_that_exist(doc: str) -> None:
    action, hooks = _yaml("action.yml"), _yaml(".pre-commit-hooks.yaml")
    steps = yaml.safe_load(_block(doc, "workflow"))["jobs"]["judge"]["steps"]
    used = next(step["with"] for step in steps if "plancheck" in step["uses"])
    assert set(used) <= set(action["inputs"])
    shown = re.findall(r"^\| `([a-z-]+)` \|", (ROOT / doc).read_text(encoding="utf-8"), re.MULTILINE)
    assert shown == [*action["inputs"]]
    named = yaml.safe_load(_block(doc, "pre-commit"))["repos"][0]["hooks"]
    assert [each["id"] for each in named] == [each["id"] for each in hooks]


def test_the_action_hands_every_input_over_as_a_variable_and_none_as_script() -> None:
    action = _yaml("action.yml")
    judge = next(step for step in action["runs"]["steps"] if step.get("id") == "judge")
    handed = {value.removeprefix("${{ inputs.").removesuffix(" }}") for value in judge["env"].values()}
    assert handed == set(action["inputs"])
    script = (ROOT / "ci" / "judge.sh").read_text(encoding="utf-8")
    assert all(name in script for name in judge["env"] if name != "PLANCHECK_LANG")
    assert all(
        "${{" not in step["run"] and step["shell"] == "bash" for step in action["runs"]["steps"] if "run" in step
    )


@pytest.mark.parametrize("doc", DOCS)
def test_the_documented_command_is_a_command(
    doc: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "returns").mkdir()
    shutil.copy(ROOT / "examples" / "returns.xlsx", tmp_path / "returns")
    shutil.copy(ROOT / "examples" / "roster.xlsx", tmp_path)
    monkeypatch.chdir(tmp_path)
    assert main(shlex.split(_block(doc, "anywhere"))[1:]) == 1
    assert sorted(path.name for path in tmp_path.glob("results.*")) == ["results.json", "results.sarif", "results.xml"]
    assert "Traceback" not in capfd.readouterr().err


def _judge(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    known = {"PATH": f"{folder / 'bin'}:{os.environ['PATH']}", "PLANCHECK_LANG": "zh", "AS_OF": "2024-01-15"}
    (folder / "bin").mkdir(exist_ok=True)
    program = folder / "bin" / "plancheck"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m plancheck "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    bash = shutil.which("bash")
    assert bash is not None
    return subprocess.run(
        [bash, str(ROOT / "ci" / "judge.sh")],
        cwd=folder,
        env={**os.environ, **known, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        check=False,
        encoding="utf-8",
    )


@posix
def test_the_script_gates_a_folder_and_then_only_what_is_new(tmp_path: Path) -> None:
    returns = tmp_path / "my returns"
    returns.mkdir()
    shutil.copy(ROOT / "examples" / "returns.xlsx", returns)
    shutil.copy(ROOT / "examples" / "roster.xlsx", tmp_path)
    given = {"RETURNS": "\nmy returns\n", "ROSTER": "roster.xlsx", "BASELINE": "base.json"}
    summary, outputs = tmp_path / "summary.md", tmp_path / "outputs"
    first = _judge(tmp_path, **given, GITHUB_STEP_SUMMARY=str(summary), GITHUB_OUTPUT=str(outputs))
    assert first.returncode == 1
    assert "::error file=my returns/returns.xlsx,line=33,title=PC304 percent-ambiguous::" in first.stdout
    assert summary.read_text(encoding="utf-8").startswith("# “十四五”时期怀柔区教育事业发展行动计划")
    assert outputs.read_text(encoding="utf-8") == "exit-code=1\n"
    results = tmp_path / "plancheck-results"
    assert sorted(path.name for path in results.iterdir()) == [
        f"results.{end}" for end in ("json", "md", "sarif", "xml")
    ]
    assert json.loads((results / "results.json").read_bytes())["exit"] == 1
    shutil.copy(results / "results.json", tmp_path / "base.json")
    second = _judge(tmp_path, **given)
    assert second.returncode == 0
    assert "::error" not in second.stdout
    assert _judge(tmp_path, **{**given, "BASELINE": "", "EXIT_ZERO": "true"}).returncode == 0


@posix
def test_the_script_takes_nothing_for_a_command(tmp_path: Path) -> None:
    done = _judge(tmp_path, RETURNS="$(touch owned); touch owned `touch owned`", FAIL_ON="must")
    assert done.returncode == 2
    assert not (tmp_path / "owned").exists()
    assert _judge(tmp_path, RETURNS="").returncode == 1  # bash's own word for a variable that is not set


def test_the_hooks_run_on_the_files_they_ask_for(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    lint, run = _yaml(".pre-commit-hooks.yaml")
    for name, wanted in (("indicators.yaml", lint), ("plans/indicators.yml", lint), ("a/returns/甲校 1.xlsx", run)):
        assert re.search(wanted["files"], name)
    assert not re.search(run["files"], "returns/~notes.docx")
    assert main([*lint["entry"].split()[1:], "indicators.yaml"]) == 0
    assert main([*run["entry"].split()[1:], "examples/school.xlsx"]) == 0
    assert main([*run["entry"].split()[1:], "examples/returns.xlsx"]) == 1
    assert capfd.readouterr().out
