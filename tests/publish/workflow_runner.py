"""A local runner for the workflows that `init` writes: their build steps as written, and what their hosts lend them.

Checkouts, caches and uploads are emulated by what they do to the folder; what deploys is left out. An expression or an
action that is not known here fails, so that a change of a workflow cannot pass unread.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from git_repository import QUIET, git

EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")


@dataclass
class Runner:
    """Runs one host's workflow of the program in ``origin``, each time in a fresh clone, with a cache that stays."""

    origin: Path
    place: Path
    event: str = "push"
    base: str = ""
    runs: int = 0
    published: Path | None = None
    environment: dict[str, str] = field(default_factory=dict)

    def run(self, host: str) -> str:
        """Run the workflow from nothing but the repository and the cache; return what its steps said."""
        self.runs += 1
        self.clone = self.place / f"run-{self.runs}"
        workflows: Mapping[str, Callable[[], Iterator[str]]] = {
            "github": self._run_github,
            "cloudflare": self._run_github,
            "gitlab": self._run_gitlab,
            "netlify": self._run_netlify,
            "server": self._run_server,
        }
        return "".join(workflows[host]())

    def _run_github(self) -> Iterator[str]:
        workflow = yaml.safe_load((self.origin / ".github/workflows/site.yaml").read_text())
        kept: list[str] = []
        for step in workflow["jobs"]["build"]["steps"]:
            if not self._holds(step.get("if", "true")):
                continue
            action = step.get("uses", "").partition("@")[0]
            if action == "actions/checkout":
                self._check_out(step["with"])
            elif action == "actions/cache":
                for part in step["with"].values():
                    EXPRESSION.sub(lambda found: self._value(found[1]), part)
                kept = step["with"]["path"].split()
                self._restore(kept)
            elif action in ("actions/upload-artifact", "actions/upload-pages-artifact"):
                self._publish(step["with"]["path"])
            elif action not in ("", "actions/setup-python", "actions/configure-pages"):
                raise AssertionError(f"{action} is not known here")
            if "run" in step:
                yield self._say(step["run"])
        self._keep(kept)

    def _run_gitlab(self) -> Iterator[str]:
        workflow = yaml.safe_load((self.origin / ".gitlab-ci.yml").read_text())
        assert workflow["variables"]["GIT_DEPTH"] == "0"
        name = "pages" if self.event == "push" else "preview"
        job = workflow[workflow[name]["extends"]] | workflow[name]
        self._check_out({"fetch-depth": 0})
        kept = workflow["cache"]["paths"]
        self._restore(kept)
        yield self._say("\n".join(job["script"]))
        self._publish(*job["artifacts"]["paths"])
        self._keep(kept)

    def _run_netlify(self) -> Iterator[str]:
        settings = tomllib.loads((self.origin / "netlify.toml").read_text())
        self._check_out({"fetch-depth": 0})
        [plugin] = settings["plugins"]
        kept = plugin["inputs"]["paths"]
        self._restore(kept)
        yield self._say(settings["build"]["command"])
        self._publish(settings["build"]["publish"])
        self._keep(kept)

    def _run_server(self) -> Iterator[str]:
        """The server keeps its own clone: the cache is what lies in it."""
        self.clone = self.place / "server"
        if not self.clone.exists():
            self._check_out({"fetch-depth": 0})
        target = self.place / "www"
        target.mkdir(exist_ok=True)
        self.environment["HEADWAY_TARGET"] = str(target)
        yield self._say("sh publish.sh")
        self.published = target

    def _holds(self, condition: str) -> bool:
        if condition == "true":
            return True
        sign, wanted = re.fullmatch(r"github\.event_name ([!=]=) '(\w+)'", condition).groups()  # type: ignore[union-attr]
        return (self.event == wanted) == (sign == "==")

    def _value(self, expression: str) -> str:
        known = {"ref_name": "main", "run_id": str(self.runs), "event.repository.default_branch": "main"}
        return known[expression.removeprefix("github.")]

    def _check_out(self, given: Mapping[str, Any]) -> None:
        assert given["fetch-depth"] == 0
        only = [f"--filter={given['filter']}"] if "filter" in given else []
        git(self.place, "clone", "--quiet", *only, f"file://{self.origin}", str(self.clone))
        if self.event == "pull_request":
            git(self.clone, "checkout", "--quiet", "--detach", "origin/mine")
        elif self.clone.name != "server":
            git(self.clone, "checkout", "--quiet", "--detach", "origin/main")

    def _restore(self, paths: list[str]) -> None:
        for path in paths:
            if (self.place / "cache" / path).exists():
                shutil.copytree(self.place / "cache" / path, self.clone / path)

    def _keep(self, paths: list[str]) -> None:
        for path in paths:
            shutil.rmtree(self.place / "cache" / path, ignore_errors=True)
            if (self.clone / path).exists():
                shutil.copytree(self.clone / path, self.place / "cache" / path)

    def _publish(self, path: str) -> None:
        self.published = self.clone / path
        assert (self.published / "index.html").is_file()

    def _say(self, script: str) -> str:
        """Run a script as a job does, with Headway there already, and no network."""
        inherited = {name: text for name, text in os.environ.items() if not name.startswith(("GIT_", "PIP_"))}
        tools = self.place / "tools"
        path = f"{tools}:{Path(sys.executable).parent}:{inherited['PATH']}"
        given = {
            "PATH": path,
            "PIP_NO_INDEX": "1",
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
            "PIP_ROOT_USER_ACTION": "ignore",
        }
        host = {
            "GITHUB_BASE_REF": self.base,
            "CI_MERGE_REQUEST_DIFF_BASE_SHA": f"origin/{self.base}" if self.base else "",
        }
        done = subprocess.run(
            ["bash", "-e", "-c", script],
            cwd=self.clone,
            env=inherited | QUIET | given | host | self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout + done.stderr
