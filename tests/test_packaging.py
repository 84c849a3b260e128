"""The wheel: complete by itself, the same from a checkout and from the source distribution, and able to build."""

from __future__ import annotations

import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PARTS = (
    *("generator", "themes", "content", "tests", "headway.yaml", "pyproject.toml"),
    *("README.md", "LICENSE", "CHANGELOG.md", "Makefile", ".gitignore"),
)

pytestmark = pytest.mark.slow


def run(*arguments: str | Path, cwd: Path) -> str:
    done = subprocess.run([*map(str, arguments)], cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def build_wheel(source: Path, place: Path) -> Path:
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", place, source, cwd=place.parent)
    return next(place.glob("*.whl"))


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the checkout, since hatchling writes beside what it builds, and tests run beside each other."""
    copy = tmp_path_factory.mktemp("checkout")
    for part in PARTS:
        source = ROOT / part
        if source.is_dir():
            shutil.copytree(source, copy / part, symlinks=True, ignore=shutil.ignore_patterns("__pycache__", ".*"))
        else:
            shutil.copy(source, copy / part)
    return copy


@pytest.fixture(scope="module")
def wheel(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_wheel(checkout, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of a fresh environment that has the wheel, and the libraries of the one that runs the tests."""
    place = tmp_path_factory.mktemp("environment")
    venv.create(place, with_pip=False, symlinks=True)
    scheme = {"base": str(place), "platbase": str(place)}
    packages = Path(sysconfig.get_path("purelib", "venv", scheme))
    python = Path(sysconfig.get_path("scripts", "venv", scheme)) / "python"
    # The libraries come last, and without the .pth files there, one of which leads to this checkout.
    (packages / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n")
    arguments = ("--quiet", "--no-deps", "--no-index", "--ignore-installed", "--disable-pip-version-check", wheel)
    run(python, "-m", "pip", "install", *arguments, cwd=place)
    return python


def test_the_wheel_ships_what_a_checkout_has(wheel: Path) -> None:
    shipped = set(zipfile.ZipFile(wheel).namelist())
    expected = {
        f"headway/_bundled/{target}/{path.relative_to(ROOT / source).as_posix()}"
        for source, target in {"themes": "themes", "content": "starter/content"}.items()
        for path in (ROOT / source).rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }
    expected |= {
        f"headway/{path.relative_to(ROOT / 'generator/headway').as_posix()}"
        for pattern in (
            "*.py",
            "explanations/*.md",
            "*.schema.json",
            "preview/assets/*",
            "writing/templates/*",
            "py.typed",
        )
        for path in (ROOT / "generator/headway").rglob(pattern)
    }
    expected.add("headway/_bundled/starter/headway.yaml")
    assert expected - shipped == set()
    strange = {name for name in shipped - expected if not name.startswith("headway-")}
    assert strange == set()


def test_the_source_distribution_makes_the_same_wheel(checkout: Path, wheel: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(sys.executable, "-m", "build", "--sdist", "--no-isolation", "--outdir", out, checkout, cwd=tmp_path)
    run("tar", "--extract", "--file", next(out.glob("*.tar.gz")), cwd=tmp_path)
    rebuilt = build_wheel(next(tmp_path.glob("headway-*")), tmp_path / "rebuilt")
    assert rebuilt.read_bytes() == wheel.read_bytes()


def test_the_installed_wheel_builds_the_starter(python: Path, tmp_path: Path) -> None:
    where = "import headway, headway.bundled as b; print(headway.__file__, b.bundled_themes(), b.bundled_starter())"
    places = run(python, "-c", where, cwd=tmp_path).split()
    assert all(Path(place).is_relative_to(python.parent.parent) for place in places)
    version = run(python, "-m", "headway", "--version", cwd=tmp_path)
    assert version.startswith("headway 0.")
    shutil.copytree(places[2], tmp_path / "program")
    run(python.parent / "headway", "build", "-C", "program", "--out", "site", cwd=tmp_path)
    assert "Waymark" in (tmp_path / "site/index.html").read_text(encoding="utf-8")
    assert len(list((tmp_path / "site/partnerships").glob("*/index.html"))) > 5


def test_an_environment_of_its_own_never_looks_into_the_folder_it_works_in(python: Path, tmp_path: Path) -> None:
    for name in ("themes/trail", "content", "_bundled/themes"):
        (tmp_path / name).mkdir(parents=True)
    where = "import headway.bundled as b; print(b.bundled_themes(), b.bundled_starter())"
    for place in run(python, "-c", where, cwd=tmp_path).split():
        assert not Path(place).is_relative_to(tmp_path)
