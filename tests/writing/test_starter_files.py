"""What `init` writes: complete, valid on that day and on later ones, and no surprise for what is there already."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result
from msgspec.structs import asdict

from headway.bundled import read_template
from headway.cli import headway
from headway.documents.forms import Entries, Form, places_of
from headway.model.program import Cohort, Program
from headway.writing.naming import propose_partnership_id, propose_person_id, propose_project
from headway.writing.starter_files import HOSTS


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(headway, [str(argument) for argument in arguments])


def keys_of(form: type[Form], before: str = "") -> set[str]:
    """Return every setting of a form, those inside of others with their path: ``site.url``."""
    found = set()
    for key, place in places_of(form).items():
        found.add(before + key)
        kind = place.kind.each if isinstance(place.kind, Entries) else place.kind
        if isinstance(kind, type):
            found |= keys_of(kind, f"{before}{key}.")
    return found


def keys_within(value: Any, before: str = "") -> set[str]:
    if isinstance(value, list):
        return set().union(*(keys_within(entry, before) for entry in value))
    inner = value.items() if isinstance(value, dict) else ()
    return {before + key for key, _ in inner} | set().union(*(keys_within(v, f"{before}{k}.") for k, v in inner))


def test_every_setting_is_explained_in_headway_yaml() -> None:
    """A setting in use, or one behind a `# ` that only has to be taken out."""
    text = (
        re.sub(r"\{\{ (repository|url) \}\}", "", read_template("headway.yaml")).replace("{{ ", "x").replace(" }}", "")
    )
    in_use = keys_within(yaml.safe_load(text))
    commented = set(re.findall(r"(?m)^ *# (?:  )?(\w+):(?: |$)", text))
    for setting in keys_of(Program):
        if setting not in ("site.url", "repository") and not setting.startswith("cohorts."):
            assert setting in in_use or setting.rpartition(".")[2] in commented, setting
    example = re.search(r"#   - (\{id: .*\})", text)
    assert example is not None
    assert yaml.safe_load(example[1]).keys() == places_of(Cohort).keys()
    defaults = re.findall(r"(?m)^#   (\w+): ([\d.]+)", text)
    assert {key: float(value) for key, value in defaults} == asdict(Program().thresholds)


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize("people", ["", "Zoë Østergård", "Ada Byron, Ada Lovelace, 민서", "Con, 'x: y'"])
def test_what_init_writes_is_valid_then_and_later(tmp_path: Path, host: str, people: str) -> None:
    program = tmp_path / "program"
    options = ("--name", "Waymark: 2026 #1", "--timezone", "Asia/Seoul", "--people", people, "--today", "2026-02-27")
    result = run("init", program, "--yes", "--host", host, *options)
    assert result.exit_code == 0, result.output
    for today in ("2026-02-27", "2026-03-20", "2027-01-01"):
        check = run("-C", program, "check", "--strict", "--today", today)
        assert check.exit_code == 0, check.output
        assert "no problems" in check.output
    settings = yaml.safe_load((program / "headway.yaml").read_text())
    assert (settings["program"], settings["timezone"]) == ("Waymark: 2026 #1", "Asia/Seoul")
    assert settings["site"]["audience"] == ("program" if host in ("gitlab", "none") else "public")
    assert (program / ".github/workflows/site.yaml").exists() == (host in ("github", "cloudflare"))
    assert (program / "netlify.toml").exists() == (host == "netlify")
    assert (program / "publish.sh").exists() == (host == "server")
    assert (program / ".gitlab-ci.yml").exists() == (host == "gitlab")
    for path in program.rglob("*"):
        assert path.is_dir() or "{{ " not in re.sub(r"\$\{\{.*?\}\}", "", path.read_text()), path


def test_the_example_can_be_deleted(tmp_path: Path) -> None:
    import shutil

    run("init", tmp_path / "p", "--yes")
    shutil.rmtree(tmp_path / "p/content/partnerships")
    shutil.rmtree(tmp_path / "p/content/people")
    check = run("-C", tmp_path / "p", "check", "--strict")
    assert (check.exit_code, "no problems" in check.output) == (0, True), check.output


def test_nothing_that_is_there_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "p/content").mkdir(parents=True)
    (tmp_path / "p/.gitignore").write_text("mine\n")
    (tmp_path / "p/CONTRIBUTING.md").symlink_to(tmp_path / "elsewhere")
    result = run("init", tmp_path / "p", "--yes")
    assert result.exit_code == 0
    assert "Kept .gitignore as it is" in result.output
    assert (tmp_path / "p/.gitignore").read_text() == "mine\n"
    assert not (tmp_path / "elsewhere").exists()
    again = run("init", tmp_path / "p", "--yes")
    assert (again.exit_code, "There is a program in" in again.output) == (2, True)


def test_a_link_is_not_written_through(tmp_path: Path) -> None:
    (tmp_path / "p").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "p/content").symlink_to(tmp_path / "elsewhere")
    result = run("init", tmp_path / "p", "--yes")
    assert (result.exit_code, "content is a link" in result.output) == (2, True), result.output
    assert list((tmp_path / "elsewhere").iterdir()) == []
    assert not (tmp_path / "p/headway.yaml").exists()


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--timezone", "Londom"], "'Londom' is not a time zone"),
        (["--url", "example.org"], "not an address on the web"),
        (["--host", "gitbucket"], "'gitbucket' is not one of"),
    ],
)
def test_wrong_answers_are_said(tmp_path: Path, options: list[str], says: str) -> None:
    result = run("init", tmp_path / "p", "--yes", *options)
    assert (result.exit_code, says in result.output) == (2, True), result.output
    assert not (tmp_path / "p").exists()


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    result = run("init", tmp_path / "p", "--yes", "--dry-run")
    assert "Would write headway.yaml" in result.output
    assert not (tmp_path / "p").exists()


def test_workflows_say_what_a_host_needs(tmp_path: Path) -> None:
    run("init", tmp_path / "p", "--yes", "--host", "github")
    workflow = yaml.safe_load((tmp_path / "p/.github/workflows/site.yaml").read_text())
    build, deploy = workflow["jobs"]["build"], workflow["jobs"]["deploy"]
    steps = {step.get("uses", step.get("run", "")).partition("@")[0]: step for step in build["steps"]}
    assert steps["actions/checkout"]["with"] == {"fetch-depth": 0, "filter": "blob:none"}
    assert steps["actions/cache"]["with"]["path"].split() == [".headway", "site"]
    assert [step["run"].split(" $")[0] for step in build["steps"] if "run" in step][2:] == [
        "headway check --format github",
        "headway build",
    ]
    assert deploy["concurrency"] == {"group": "pages", "cancel-in-progress": False}
    assert workflow["permissions"] == {"contents": "read"}
    assert deploy["needs"] == "build"
    assert "schedule" in workflow[True]  # YAML 1.1 reads `on` so
    gitlab = yaml.safe_load(read_template("gitlab-ci.yaml"))
    assert gitlab["pages"]["artifacts"] == {"paths": ["public"]}
    assert gitlab["variables"]["GIT_DEPTH"] == "0"


@pytest.mark.parametrize(
    ("name", "project"),
    [("Spring mentoring 2026", "spring-mentoring-2026"), ("민서", "mentoring"), ("É" * 80, "e" * 58), ("--x--", "x")],
)
def test_a_project_is_named_as_its_host_allows(name: str, project: str) -> None:
    assert propose_project(name) == project


def test_init_begins_a_repository_where_there_is_none(tmp_path: Path) -> None:
    said = run("init", tmp_path / "p", "--yes").output
    assert "Began a git repository" in said
    assert (tmp_path / "p/.git/HEAD").read_text() == "ref: refs/heads/main\n"
    assert "Began" not in run("init", tmp_path / "p/inside", "--yes").output
    assert not (tmp_path / "p/inside/.git").exists()
    assert "Began" not in run("init", tmp_path / "q", "--yes", "--no-git").output
    assert not (tmp_path / "q/.git").exists()


def test_the_hook_of_the_project_and_that_of_a_program_are_the_same(starter: Path) -> None:
    [offered] = yaml.safe_load((starter / ".pre-commit-hooks.yaml").read_text())
    [repository] = yaml.safe_load(read_template("pre-commit-config.yaml"))["repos"]
    [written] = repository["hooks"]
    for key in ("id", "name", "entry", "files", "pass_filenames"):
        assert offered[key] == written[key]
    assert re.match(offered["files"], "content/people/ada.yaml")


def test_editors_find_the_schemas(tmp_path: Path) -> None:
    run("init", tmp_path / "p", "--yes")
    settings = json.loads((tmp_path / "p/.vscode/settings.json").read_text())
    for place, pattern in settings["yaml.schemas"].items():
        assert (tmp_path / "p" / place).is_file()
        assert list((tmp_path / "p").glob(pattern)), pattern
    for path in (tmp_path / "p").rglob("*.yaml"):
        line = path.read_text().split("\n")[0]
        if "$schema=" in line:
            assert (path.parent / line.partition("$schema=")[2]).resolve().is_file(), path


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("Ada Byron", "ada-b"),
        ("Zoë Østergård", "zoe"),
        ("민서 김", "민서"),
        ("Straße", "strasse"),
        ("O'Neil", "oneil"),
        ("Con", "con-1"),
        ("José María", "jose"),
        ("!!!", ""),
        ("../../x", "x"),
    ],
)
def test_ids_are_proposed_from_names(name: str, id_: str) -> None:
    assert propose_person_id(name, ["ada", "x-1"]) == id_


def test_partnerships_are_named_after_their_people() -> None:
    assert propose_partnership_id(["ada", "grace"], ["Ada-Grace"]) == "ada-grace-2"
    assert propose_partnership_id(["ada"]) == "ada-journal"
