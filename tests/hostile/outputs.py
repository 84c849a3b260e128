"""Is a whole site inert? Pages as in `inert`, and feeds, calendars, data and tables by their own readers."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from xml.etree import ElementTree

from inert import faults_of, is_harmless, leaving_links

PROPERTIES = frozenset(
    """BEGIN END VERSION PRODID CALSCALE METHOD NAME UID DTSTAMP DTSTART DTEND DURATION SUMMARY DESCRIPTION URL STATUS
    SEQUENCE TRANSP LAST-MODIFIED CREATED X-WR-CALNAME X-WR-TIMEZONE REFRESH-INTERVAL X-PUBLISHED-TTL TZID CATEGORIES
    TZOFFSETFROM TZOFFSETTO TZNAME RRULE SOURCE""".split()
)
COMPONENTS = frozenset(["VCALENDAR", "VEVENT", "VTIMEZONE", "STANDARD", "DAYLIGHT", "VTODO"])
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def faults_of_outputs(site: Path) -> dict[str, list[str]]:
    """Return, for each file of a site that could act in whatever reads it, why."""
    found = faults_of(site)
    if gone := leaving_links(site):
        found["links"] = sorted(gone)
    readers = {
        ".xml": faults_of_xml,
        ".atom": faults_of_xml,
        ".svg": faults_of_xml,
        ".ics": faults_of_calendar,
        ".json": faults_of_json,
    }
    for path in sorted(site.rglob("*")):
        reader = faults_of_table if path.suffix == ".csv" else readers.get(path.suffix)
        if reader is not None and path.is_file() and (faults := reader(path.read_bytes())):
            found[path.relative_to(site).as_posix()] = faults
    return found


def faults_of_xml(content: bytes) -> list[str]:
    """A feed: well formed, without declarations of its own; its links harmless, its HTML by the rules of pages."""
    faults = ["a declaration"] if re.search(rb"<!(?:DOCTYPE|ENTITY)", content) else []
    try:
        root = ElementTree.fromstring(content)
    except ElementTree.ParseError as error:
        return [str(error)]
    for element in root.iter():
        for name, value in element.attrib.items():
            if name.rpartition("}")[2] in ("href", "src") and not is_harmless(value):
                faults.append(f"{name}={value!r}")
            if name.lower().startswith("on"):
                faults.append(name)
        if element.tag.rpartition("}")[2] in ("script", "foreignObject", "iframe"):
            faults.append(element.tag)
        if element.attrib.get("type") == "html" and re.search(
            r"<(?:script|iframe|style|base|meta|form)\b", element.text or ""
        ):
            faults.append(str(element.text)[:200])
    return faults


def faults_of_calendar(content: bytes) -> list[str]:
    """A calendar: every line a property that Headway writes, in a component that it makes."""
    lines = content.decode().replace("\r\n ", "").removesuffix("\r\n").split("\r\n")
    faults = [
        line[:100] for line in lines if re.split("[:;]", line)[0] not in PROPERTIES or "\n" in line or "\r" in line
    ]
    parts = {line.partition(":")[2] for line in lines if line.startswith(("BEGIN:", "END:"))}
    return faults + sorted(parts - COMPONENTS)


def faults_of_json(content: bytes) -> list[str]:
    """Data: read by any parser, and without control characters; no page holds any, so what ends a script may stand."""
    text = content.decode()
    json.loads(text)
    return re.findall("[\x00-\x08\x0b-\x1f\x7f]", text)


def faults_of_table(content: bytes) -> list[str]:
    """A table: no cell that a spreadsheet would compute."""
    rows = csv.reader(io.StringIO(content.decode("utf-8-sig")))
    return [cell for row in rows for cell in row if cell.lstrip().startswith(FORMULA)]
