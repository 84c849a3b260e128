"""Editing: links to the web editor of the place that hosts the repository, for people without git.

Owns which file a page is made from, and how GitHub, GitLab and Gitea or Forgejo spell such links. Who may see them
is `headway.yaml`'s to say; a path that names somebody hidden is never in one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import quote, urlencode, urlsplit

from msgspec.structs import replace

from headway.model.fields import Host
from headway.model.program import ProgramContext
from headway.pages.shown import Shown
from headway.pages.sight import Sight
from headway.pages.views import NoteView, Page

ANY_DAY = "YYYY-MM-DD"
"""Stands for the day in a new note's name: no page knows the clock, so its reader, or a script, puts it there."""

LONGEST_NOTE = 2000
"""Characters of a link with a filled-in note at most; longer ones are refused by some servers."""

_HOSTS = {"github": Host.GITHUB, "gitlab": Host.GITLAB, "gitea": Host.GITEA, "forgejo": Host.GITEA}
_HOSTS_BY_NAME = {"codeberg.org": Host.GITEA}

_FILES = {
    "partnership.html": "partnership.yaml",
    "agreement.html": "partnership.yaml",
    "goals.html": "goals.yaml",
    "goal.html": "goals.yaml",
    "meetings.html": "meetings",
}
"""What in a partnership's folder a template's page is made from."""

_LOGGING = ("partnership.html", "meetings.html")


def source_of(page: Page, folder: str | None) -> str:
    """Return the file that somebody would edit to change a page; ``folder`` is its partnership's, if it has one."""
    if isinstance(page.view, NoteView):
        return page.view.path
    if folder is not None:
        return f"{folder}/{_FILES.get(page.template, '')}".rstrip("/")
    if page.template == "person.html":
        return f"content/people/{page.address.strip('/').rpartition('/')[2]}.yaml"
    return "content/people" if page.template == "people.html" else "headway.yaml"


def link_partnership_pages(pages: Iterable[Page], shown: Shown) -> Iterator[Page]:
    """Yield a partnership's pages with the links that the audience may have."""
    folder = shown.targets.folder
    log = _log_link(shown)
    for page in pages:
        path = source_of(page, folder)
        edit = edit_link(shown.sight, path) if path.endswith((".yaml", ".md")) else None
        is_log = page.template in _LOGGING and getattr(page.view, "kind", "") != "journal"
        yield replace(page, edit=edit, log=log if is_log else None)


def edit_link(sight: Sight, path: str) -> str | None:
    """Return where the web editor opens a file; None where the audience may not know, or the host is unknown."""
    host = _host(sight.context)
    if host is None or not path or sight.redaction.tells_path(path):
        return None
    verb = {Host.GITHUB: "edit", Host.GITLAB: "-/edit", Host.GITEA: "_edit"}[host]
    return f"{_repository(sight.context)}/{verb}/{_place(sight.context, path)}"


def _log_link(shown: Shown) -> str | None:
    """Return where a meeting is written down: a new note in the web editor, or the logbook that is kept."""
    sight, folder = shown.sight, shown.targets.folder
    paths = [entry.note.path for entry in shown.partnership.meetings]
    if paths and not paths[-1].startswith(f"{folder}/meetings/"):
        return edit_link(sight, paths[-1])
    host = _host(sight.context)
    if host is None or sight.redaction.tells_path(folder):
        return None
    verb = {Host.GITHUB: "new", Host.GITLAB: "-/new", Host.GITEA: "_new"}[host]
    address = f"{_repository(sight.context)}/{verb}/{_place(sight.context, f'{folder}/meetings')}"
    name = f"{ANY_DAY}.md"
    if host is Host.GITLAB:  # its form takes a name and no text
        return f"{address}?{_query({'file_name': name})}"
    link = f"{address}?{_query({'filename': name, 'value': _draft(shown)})}"
    return link if len(link) <= LONGEST_NOTE else f"{address}?{_query({'filename': name})}"


def _draft(shown: Shown) -> str:
    """Return a note to begin with; who was there is in it where nobody of them is hidden."""
    members = [member.person for member in shown.partnership.members]
    is_hidden = any(shown.sight.redaction.tells(person) for person in members)
    head = "" if is_hidden or not members else f"Present: {', '.join(f'@{person}' for person in members)}\n\n"
    return f"{head}What we spoke about:\n\n\n## Next steps\n\n- [ ] \n"


def _host(context: ProgramContext) -> Host | None:
    """Return what hosts the repository; None where nobody said, or where the audience may not know."""
    program = context.record.program
    if program.repository is None or not context.audience.admits(program.editing.visibility):
        return None
    if program.editing.host is not None:
        return program.editing.host
    name = urlsplit(program.repository).hostname or ""
    if name in _HOSTS_BY_NAME:
        return _HOSTS_BY_NAME[name]
    return next((host for word, host in _HOSTS.items() if word in name), None)


def _repository(context: ProgramContext) -> str:
    written = context.record.program.repository or ""
    return written.rstrip("/").removesuffix(".git")


def _place(context: ProgramContext, path: str) -> str:
    """Return the branch and the path from the repository's top, ready for an address."""
    editing = context.record.program.editing
    branch = editing.branch or (context.version.branch if context.version else "") or "main"
    folder = (editing.folder or "").strip("/")
    return quote("/".join(filter(None, (branch, folder, path))), safe="/")


def _query(fields: Mapping[str, str]) -> str:
    return urlencode(fields, quote_via=quote)
