"""The catalogue of problem codes: stable, and each explained by a page in ``explanations/``.

HW0xx files and git, HW1xx YAML and its fields, HW2xx rules across files, HW3xx notes, HW4xx themes,
templates and output, HW5xx pages, links and pictures.
"""

from __future__ import annotations

from msgspec import Struct

from headway.problems import Severity


class Code(Struct, frozen=True):
    """One kind of problem; ``title`` names it in a few words."""

    severity: Severity
    title: str


_E, _W, _N = Severity.ERROR, Severity.WARNING, Severity.NOTICE

CODES: dict[str, Code] = {
    # Files and git
    "HW001": Code(_E, "no headway.yaml"),
    "HW002": Code(_E, "a name that cannot be an id"),
    "HW003": Code(_E, "two names for one id"),
    "HW004": Code(_W, "a file that nothing reads"),
    "HW005": Code(_W, "a symbolic link"),
    "HW006": Code(_E, "a file that is too large"),
    "HW007": Code(_E, "a file that cannot be read"),
    "HW008": Code(_W, "not a plain file"),
    "HW009": Code(_E, "too many folders inside each other"),
    "HW010": Code(_E, "a file name that cannot be used"),
    "HW011": Code(_W, "a git history that is not all there"),
    "HW012": Code(_W, "more notes than are read"),
    # YAML and its fields
    "HW101": Code(_E, "not readable as YAML"),
    "HW102": Code(_E, "not UTF-8"),
    "HW103": Code(_E, "a character that no text may hold"),
    "HW104": Code(_E, "a tab as indentation"),
    "HW105": Code(_E, "a key that stands twice"),
    "HW106": Code(_E, "an anchor or an alias"),
    "HW107": Code(_E, "a merge key"),
    "HW108": Code(_E, "a tag"),
    "HW109": Code(_E, "a second document in one file"),
    "HW110": Code(_E, "too large or too deep"),
    "HW111": Code(_E, "a key that is not text"),
    "HW112": Code(_W, "an empty file"),
    "HW120": Code(_E, "an unknown key"),
    "HW121": Code(_E, "a key that is missing"),
    "HW122": Code(_E, "text is expected"),
    "HW123": Code(_E, "a list is expected"),
    "HW124": Code(_E, "a mapping is expected"),
    "HW125": Code(_E, "not one of the choices"),
    "HW131": Code(_E, "not a day"),
    "HW133": Code(_E, "not a length of time"),
    "HW134": Code(_E, "not a number that fits"),
    "HW136": Code(_E, "not an id"),
    "HW137": Code(_E, "not an address on the web"),
    "HW138": Code(_E, "a text that is too long"),
    "HW139": Code(_E, "not a time zone"),
    "HW141": Code(_W, "a note that is not UTF-8"),
    "HW142": Code(_W, "a note that holds NUL characters"),
    # Rules across files
    "HW201": Code(_E, "an unknown person"),
    "HW202": Code(_E, "an unknown cohort"),
    "HW203": Code(_E, "a goal's owner who is not a member"),
    "HW204": Code(_E, "agreed by somebody who is not a member"),
    "HW205": Code(_W, "a note that names an unknown goal"),
    "HW207": Code(_E, "a partnership without members"),
    "HW208": Code(_E, "a member listed twice"),
    "HW209": Code(_E, "two goals with one id"),
    "HW210": Code(_E, "two cohorts with one id"),
    "HW211": Code(_E, "an end before its start"),
    "HW212": Code(_W, "a membership outside of the partnership's time"),
    "HW213": Code(_W, "due before it starts"),
    "HW214": Code(_W, "done in the future"),
    "HW215": Code(_N, "done before the goal starts"),
    "HW216": Code(_W, "done with open milestones"),
    "HW217": Code(_W, "a done goal that says it is not"),
    "HW218": Code(_W, "open work of a member who has left"),
    "HW219": Code(_N, "no mentor or no mentee yet"),
    "HW220": Code(_N, "paused or ended without a reason"),
    "HW221": Code(_N, "an agreement that nobody agreed to yet"),
    "HW222": Code(_N, "meetings before the agreement"),
    "HW223": Code(_W, "a meeting before the start"),
    "HW224": Code(_N, "a meeting after the end"),
    "HW225": Code(_W, "an unknown language"),
    "HW226": Code(_E, "no partnership.yaml"),
    "HW228": Code(_W, "thresholds in the wrong order"),
    "HW229": Code(_W, "a journal's author who is not a member"),
    # Notes
    "HW301": Code(_W, "a note without a date"),
    "HW302": Code(_W, "dates that disagree"),
    "HW303": Code(_W, "a date that can be read in two ways"),
    "HW304": Code(_W, "a day that no calendar has"),
    "HW305": Code(_N, "a year taken from the dates around it"),
    "HW306": Code(_W, "a date without a year"),
    "HW307": Code(_W, "a key that nearly is one"),
    "HW308": Code(_W, "a name that nearly is a member"),
    "HW309": Code(_N, "a short note taken at its word"),
    "HW310": Code(_W, "a text too heavy to lay out"),
    "HW311": Code(_W, "energy that counts for nobody"),
    "HW312": Code(_W, "a status that nearly is one"),
    "HW313": Code(_W, "front matter that never closes"),
    "HW314": Code(_W, "a logbook without a date"),
    "HW315": Code(_W, "a next meeting that is before this one"),
    "HW316": Code(_E, "not a time of day"),
    "HW317": Code(_W, "more in a note than is read"),
    # Themes, templates and output
    "HW401": Code(_E, "no such theme"),
    "HW402": Code(_E, "no such theme to extend"),
    "HW403": Code(_E, "a theme that extends itself"),
    "HW404": Code(_E, "theme.yaml is not right"),
    "HW405": Code(_E, "not readable as a template"),
    "HW406": Code(_E, "a template names what is not there"),
    "HW407": Code(_E, "no such template"),
    "HW408": Code(_E, "no such asset"),
    "HW409": Code(_E, "closed to templates"),
    "HW410": Code(_E, "a template failed on a page"),
    "HW411": Code(_E, "a token that is not one CSS value"),
    "HW412": Code(_E, "a theme lacks templates"),
    "HW413": Code(_E, "an asset's name is taken"),
    "HW414": Code(_W, "a token that nothing uses"),
    # Pages, links and pictures
    "HW501": Code(_W, "a link to a note that is not there"),
    "HW502": Code(_W, "a picture or file that is not there"),
    "HW503": Code(_N, "a picture without words"),
    "HW504": Code(_N, "a link that leads out of the partnership"),
    "HW505": Code(_W, "a file that is not published"),
    "HW506": Code(_W, "a name of nothing that is there"),
}
