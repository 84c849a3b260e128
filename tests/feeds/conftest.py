"""Sites for the tests of feeds: the starter on the web, and a program whose texts try to break out of every format."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from feed_sites import URL, build


@pytest.fixture(scope="session")
def starter_on_the_web(tmp_path_factory: pytest.TempPathFactory, starter: Path) -> Path:
    """The starter program, with an address."""
    program = tmp_path_factory.mktemp("web")
    shutil.copytree(starter / "content", program / "content")
    settings = (starter / "headway.yaml").read_text(encoding="utf-8")
    (program / "headway.yaml").write_text(settings.replace("site:\n", f"site:\n  url: {URL}\n"), encoding="utf-8")
    return program


@pytest.fixture(scope="session")
def public_site(starter_on_the_web: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(starter_on_the_web, tmp_path_factory.mktemp("public") / "site", "--audience", "public")


@pytest.fixture(scope="session")
def partners_site(starter_on_the_web: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(starter_on_the_web, tmp_path_factory.mktemp("partners") / "site", "--audience", "partners")


EVIL = "]]> & <b>\\\\;,\\r\\nBEGIN:VALARM \\u2028</script> =HYPERLINK(1) \\u0008 " + "민서é" * 30


@pytest.fixture(scope="session")
def evil_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Texts that mean something in XML, calendars, tables and scripts, in everything that people name."""
    program = tmp_path_factory.mktemp("evil")
    evil = EVIL.replace("\\u0008 ", "")
    folder = program / "content/partnerships/ana-민서"
    texts = {
        "headway.yaml": f'program: "{evil}"\ntoday: 2026-05-20\ntimezone: Asia/Seoul\n'
        "site: {url: 'https://example.org/', audience: public}\n",
        "content/people/ana.yaml": f'name: "={evil}"\nvisibility: public\n',
        f"{folder.relative_to(program)}/partnership.yaml": f'title: "@{evil}"\nvisibility: public\nstart: 2026-02-02\n'
        f'members: [{{person: ana, role: mentee}}]\nagreement: {{length: 45 minutes}}\npurpose: "{evil}"\n',
        f"{folder.relative_to(program)}/goals.yaml": f'goals:\n  - id: one\n    title: "+{evil}"\n    owner: ana\n'
        f'    visibility: public\n    milestones:\n      - {{title: "-{evil}", due: 2026-06-01, visibility: public}}\n'
        f'      - {{title: "-{evil}", done: 2026-04-01, celebrated: "{evil}", visibility: public}}\n',
        f"{folder.relative_to(program)}/meetings/2026-03-02.md": "---\nvisibility: public\ntime: 00:30\n---\n"
        "# ]]> </title> \\;, =1+1 ​\u0008\u2028\n\n]]> &amp; <script>alert(1)</script> \x0b\n",
        f"{folder.relative_to(program)}/meetings/2026-05-27.md": "---\nvisibility: public\ntime: 17:00\n---\nsoon\n",
    }
    for path, text in texts.items():
        (program / path).parent.mkdir(parents=True, exist_ok=True)
        (program / path).write_text(text, encoding="utf-8")
    return build(program, program / "site")
