"""Themes of a program's own: what they inherit, and what is said about their mistakes."""

from __future__ import annotations

import pickle
from collections.abc import Callable

import pytest
from msgspec.structs import replace
from trail_views import EMPTY, EMPTY_PARTNERSHIP, FULL, SITE

from headway.pages.views import Page
from headway.problems import Location, Problem
from headway.source.snapshot import Snapshot
from headway.theme.render import render_page
from headway.theme.themes import Theme, load_theme

Make = Callable[[dict[str, str]], Snapshot]
OURS = {"ours/theme.yaml": "name: ours\nextends: trail\n"}
NOT_FOUND = "ours/templates/404.html"
EXTENDS = '{% extends "!trail/404.html" %}\n'


def load(snapshot: Snapshot, name: str = "ours") -> Theme:
    theme, problems = load_theme(name, snapshot)
    assert problems == ()
    assert theme is not None
    return theme


def show(theme: Theme, page: Page = FULL[-1]) -> str:
    html = render_page(theme, page, SITE)
    assert isinstance(html, str)
    return html


def test_a_theme_of_three_lines_looks_like_its_parent(snapshot_of: Make, trail: Theme) -> None:
    ours = load(snapshot_of(OURS))
    assert [render_page(ours, page, SITE) for page in FULL] == [render_page(trail, page, SITE) for page in FULL]
    assert ours.digest != trail.digest


def test_a_single_template_is_replaced(snapshot_of: Make) -> None:
    theme = load(snapshot_of({**OURS, NOT_FOUND: "<p>Lost on {{ site.today|day }}.</p>\n"}))
    assert show(theme) == "<p>Lost on 20 May 2026.</p>\n"
    assert "<!doctype html>" in show(theme, FULL[0])


def test_a_block_of_the_parents_base_is_replaced_on_every_page(snapshot_of: Make) -> None:
    base = '{% extends "!trail/base.html" %}\n{% block footer %}<footer>Ours</footer>{% endblock %}\n'
    theme = load(snapshot_of({**OURS, "ours/templates/base.html": base}))
    assert all("<footer>Ours</footer>" in show(theme, page) for page in FULL)
    assert "All numbers are those of" not in show(theme)


def test_a_program_may_change_the_bundled_theme_under_its_own_name(snapshot_of: Make) -> None:
    base = '{% extends "!trail/base.html" %}\n{% block footer %}<footer>Ours</footer>{% endblock %}\n'
    files = {"trail/theme.yaml": "extends: trail\n", "trail/templates/base.html": base}
    assert "<footer>Ours</footer>" in show(load(snapshot_of(files), "trail"))


def test_grandparents_take_part(snapshot_of: Make) -> None:
    files = {
        "ours/theme.yaml": "extends: winter\n",
        "winter/theme.yaml": "extends: trail\ntokens: {accent: '#111111'}\n",
        "winter/templates/404.html": "Winter",
    }
    theme = load(snapshot_of(files))
    assert [layer.name for layer in theme.layers] == ["ours", "winter", "trail"]
    assert show(theme) == "Winter"
    assert b"--accent: #111111;" in theme.assets()["/assets/tokens.css"]


def test_tokens_become_custom_properties_in_both_schemes(snapshot_of: Make) -> None:
    files = {"ours/theme.yaml": "extends: trail\ntokens:\n  accent: '#7a3b2e'\n  dark-accent: '#e0a899'\n"}
    css = load(snapshot_of(files)).assets()["/assets/tokens.css"].decode()
    light, dark = css.split("@media (prefers-color-scheme: dark)")
    assert "--accent: #7a3b2e;" in light
    assert "--accent: #e0a899;" in dark
    assert "--ink: #2b2a24;" in light
    assert css.count("{") == css.count("}")


def test_assets_of_a_child_stand_in_the_place_of_its_parents(snapshot_of: Make, trail: Theme) -> None:
    files = {**OURS, "ours/assets/favicon.svg": "<svg/>", "ours/assets/fonts/a.txt": "a", "ours/assets/.hidden": "h"}
    assets = load(snapshot_of(files)).assets()
    assert assets["/assets/favicon.svg"] == b"<svg/>"
    assert assets.keys() - trail.assets().keys() == {"/assets/fonts/a.txt"}


def test_the_digest_is_of_everything_that_pages_depend_on(snapshot_of: Make) -> None:
    variants = [
        OURS,
        {**OURS, NOT_FOUND: "a"},
        {**OURS, NOT_FOUND: "b"},
        {**OURS, "ours/assets/a.css": "a"},
        {"ours/theme.yaml": "extends: trail\ntokens: {accent: '#111111'}\n"},
    ]
    digests = [load(snapshot_of(files)).digest for files in variants]
    assert len(set(digests)) == len(variants)
    assert digests == [load(snapshot_of(files)).digest for files in variants]


def test_a_theme_can_be_handed_to_another_process(snapshot_of: Make) -> None:
    theme = load(snapshot_of({**OURS, NOT_FOUND: "a"}))
    show(theme)
    assert show(pickle.loads(pickle.dumps(theme))) == "a"


def test_a_theme_that_reads_no_bundled_one_stands_on_its_own(snapshot_of: Make) -> None:
    names = {page.template for page in FULL}
    files = {"ours/theme.yaml": "description: plain\n", **{f"ours/templates/{n}": "{{ page.title }}" for n in names}}
    theme = load(snapshot_of(files))
    assert list(theme.assets()) == ["/assets/tokens.css"]
    assert show(theme, replace(FULL[0], title="a < b")) == "a &lt; b"


@pytest.mark.parametrize(
    ("files", "code", "place", "said"),
    [
        ({}, "HW401", ("headway.yaml", 3, 10), "no theme called `ours`"),
        ({"other/theme.yaml": "extends: trail"}, "HW401", ("headway.yaml", 3, 10), "no theme called `ours`"),
        ({"ours/theme.yaml": "extends: trial"}, "HW402", ("themes/ours/theme.yaml", 1, 10), "no theme called `trial`"),
        ({"ours/theme.yaml": "extends: ../x"}, "HW402", ("themes/ours/theme.yaml", 1, 10), "no theme called `../x`"),
        ({"ours/theme.yaml": "extends: ours"}, "HW403", ("themes/ours/theme.yaml", 1, 10), "`ours` extends itself."),
        (
            {"ours/theme.yaml": "extends: b", "b/theme.yaml": "extends: ours"},
            "HW403",
            ("themes/b/theme.yaml", 1, 10),
            "by way of `b`",
        ),
        ({"ours/assets/a.css": ""}, "HW404", ("themes/ours/theme.yaml", 1, 1), "no theme.yaml"),
        ({"ours/theme.yaml": "- a"}, "HW404", ("themes/ours/theme.yaml", 1, 1), "holds no keys"),
        ({"ours/theme.yaml": "extend: trail"}, "HW404", ("themes/ours/theme.yaml", 1, 1), "no `extend`"),
        ({"ours/theme.yaml": "extends: [a]"}, "HW404", ("themes/ours/theme.yaml", 1, 10), "`extends` is a text"),
        ({"ours/theme.yaml": "tokens: blue"}, "HW404", ("themes/ours/theme.yaml", 1, 9), "names with values"),
        ({"ours/theme.yaml": "name: theirs"}, "HW404", ("themes/ours/theme.yaml", 1, 7), "called `theirs`"),
        ({"ours/theme.yaml": "extends: 'tr"}, "HW101", ("themes/ours/theme.yaml", 1, 10), ""),
        ({"ours/theme.yaml": "description: x"}, "HW412", ("themes/ours/theme.yaml", 1, 1), "have no home.html"),
        ({**OURS, "ours/assets/tokens.css": ""}, "HW413", ("themes/ours/assets/tokens.css", 1, 1), "never be seen"),
    ],
)
def test_what_is_wrong_with_the_folders_has_its_place(
    snapshot_of: Make, files: dict[str, str], code: str, place: tuple[str, int, int], said: str
) -> None:
    theme, problems = load_theme("ours", snapshot_of(files))
    assert theme is None
    found = problems[0]
    assert (found.code, (found.location.path, found.location.line, found.location.column)) == (code, place)
    assert said in found.message


def test_the_place_that_names_the_theme_may_be_given(snapshot_of: Make) -> None:
    place = Location("headway.yaml", 2, 1, 4)
    _, problems = load_theme("trial", snapshot_of({}), place)
    assert (problems[0].location, problems[0].excerpt) == (place, "site:")
    assert "`trail`" in problems[0].hint


@pytest.mark.parametrize(
    ("value", "is_fine"),
    [
        ("'#7a3b2e'", True),
        ("'light-dark(#fff, #000)'", True),
        ("calc(1rem + 2vw)", True),
        ("\"'Iowan Old Style', Georgia, serif\"", True),
        ("'red; color: blue'", False),
        ("'red } body { color: blue'", False),
        ("url(https://example.org/x.png)", False),
        ("URL(x)", False),
        ("'image-set(\"x\" 1x)'", False),
        ("'a /* b'", False),
        ("'</style>'", False),
        ("'\\\\75rl(x)'", False),
        ("'calc(1rem'", False),
        ("", False),
        ("[a]", False),
    ],
)
def test_a_token_is_one_css_value(snapshot_of: Make, value: str, is_fine: bool) -> None:
    _, problems = load_theme("ours", snapshot_of({"ours/theme.yaml": f"extends: trail\ntokens:\n  accent: {value}\n"}))
    assert [problem.code for problem in problems] == ([] if is_fine else ["HW411"])


def test_a_tokens_name_is_checked_and_a_misspelled_one_is_pointed_out(snapshot_of: Make) -> None:
    text = "extends: trail\ntokens: {Accent Colour: red}\n"
    _, problems = load_theme("ours", snapshot_of({"ours/theme.yaml": text}))
    assert [problem.code for problem in problems] == ["HW411"]
    theme, problems = load_theme("ours", snapshot_of({"ours/theme.yaml": "extends: trail\ntokens: {acent: red}\n"}))
    assert theme is not None
    assert [(problem.code, problem.hint) for problem in problems] == [("HW414", "Did you mean `accent`?")]


@pytest.mark.parametrize(
    ("text", "code", "line", "mark"),
    [
        ("\n{% if x", "HW405", 2, "{% if x"),
        ("{% endif %}", "HW405", 1, "{% endif %}"),
        ("a\n{{ page.title|shout }}", "HW405", 2, "{{ page.title|shout }}"),
        ("{{ page.title|safe }}", "HW405", 1, "{{ page.title|safe }}"),
        ("{{ range(3) }}", "HW406", 1, "range"),
        ("a\n {{ now }}", "HW406", 2, "now"),
        ("{{ page.titel }}", "HW406", 1, "titel"),
        ("{{ view.purpose }}", "HW406", 1, "purpose"),
        ("{{ page.view.purpose }}", "HW406", 1, "purpose"),
        ("{{ site.program.nothing }}", "HW406", 1, "{{ site.program.nothing }}"),
        ('{% include "foot.html" %}', "HW407", 1, "foot.html"),
        ('{% extends "!winter/404.html" %}', "HW407", 1, "!winter/404.html"),
        ('{% extends "404.html" %}', "HW407", 1, "404.html"),
        ('{% include "../theme.yaml" %}', "HW407", 1, "../theme.yaml"),
        ('{% include page.title ~ ".html" %}', "HW407", 1, '{% include page.title ~ ".html" %}'),
        ("{{ 'none.svg'|asset }}", "HW408", 1, "none.svg"),
        ("{{ ('no' ~ 'ne.svg')|asset }}", "HW408", 1, "{{ ('no' ~ 'ne.svg')|asset }}"),
        ("{{ ''.__class__ }}", "HW409", 1, "__class__"),
        ("{{ ''['__class__'] }}", "HW409", 1, "{{ ''['__class__'] }}"),
        ("{{ 'a' * 1000000000 }}", "HW409", 1, "{{ 'a' * 1000000000 }}"),
        ("{{ 9 ** 999999999 }}", "HW409", 1, "{{ 9 ** 999999999 }}"),
        ("{{ 'a'.ljust(1000000000) }}", "HW409", 1, "{{ 'a'.ljust(1000000000) }}"),
        ("{% autoescape false %}{{ page.title }}{% endautoescape %}", "HW409", 1, "autoescape"),
        ("a\n{{ page.title + 1 }}", "HW410", 2, "{{ page.title + 1 }}"),
        ("{{ none|day }}", "HW410", 1, "{{ none|day }}"),
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "HW410", 1, None),
    ],
)
def test_what_is_wrong_with_a_template_has_its_line(
    snapshot_of: Make, text: str, code: str, line: int, mark: str | None
) -> None:
    theme, problems = load_theme("ours", snapshot_of({**OURS, NOT_FOUND: text}))
    assert theme is None
    found = problems[0]
    place = found.location
    assert (found.code, place.path, place.line) == (code, "themes/ours/templates/404.html", line)
    assert found.excerpt == text.splitlines()[line - 1]
    assert mark is None or found.excerpt[place.column - 1 :][: place.width] == mark
    assert found.message.endswith((".", "?"))


def test_a_theme_in_which_nothing_was_found_is_not_looked_through_again(
    snapshot_of: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    theme, _ = load_theme("ours", snapshot_of(OURS))
    assert theme is not None
    looked: list[str] = []
    monkeypatch.setattr("headway.theme.themes.check_templates", lambda layers: looked.append(layers[0].name) or ())
    assert load_theme("ours", snapshot_of(OURS), sound=theme.digest) == (theme, ())
    assert looked == []
    load_theme("ours", snapshot_of({**OURS, NOT_FOUND: "Gone."}), sound=theme.digest)
    assert looked == ["ours"]


def test_all_mistakes_are_told_at_once(snapshot_of: Make) -> None:
    files = {**OURS, NOT_FOUND: "{{ a }}\n{{ b }}\n{{ a }}", "ours/templates/home.html": "{% if %}"}
    _, problems = load_theme("ours", snapshot_of(files))
    assert [(p.code, p.location.line) for p in problems] == [("HW405", 1), ("HW406", 1), ("HW406", 2)]


def test_names_that_a_template_makes_itself_are_known(snapshot_of: Make) -> None:
    text = (
        '{% import "_parts.html" as parts with context %}{% from "_parts.html" import go as way with context %}'
        "{% set today = site.today %}{% macro bold(x, y=2) %}<b>{{ x }}{{ y }}</b>{% endmacro %}"
        "{% for page in site.sections %}{{ loop.index }}{{ page.text }}{{ way(page) }}{% endfor %}"
        "{% with a = 1 %}{{ bold(a) }}{% endwith %}{{ parts.when(today) }}"
    )
    assert "<b>12</b>" in show(load(snapshot_of({**OURS, NOT_FOUND: text})))


def test_a_fault_that_shows_only_on_a_real_page_is_a_problem_there(snapshot_of: Make) -> None:
    text = "{% for goal in view.goals %}\n{{ goal.colour }}\n{% endfor %}\n"
    theme = load(snapshot_of({**OURS, "ours/templates/partnership.html": text}))
    assert render_page(theme, EMPTY[1], SITE) == ""
    found = render_page(theme, FULL[1], SITE)
    assert isinstance(found, Problem)
    assert (found.code, found.location.line) == ("HW406", 2)
    assert "/partnerships/ada-bo/" in found.message
    assert "colour" in found.message


def test_a_fault_inside_a_parents_macro_is_placed_where_the_own_template_calls_it(snapshot_of: Make) -> None:
    text = '{% import "_parts.html" as parts with context %}\n\n{{ parts.when(view.start) }}\n'
    _, problems = load_theme("ours", snapshot_of({**OURS, "ours/templates/partnership.html": text}))
    assert [(p.code, p.location.path, p.location.line) for p in problems] == [
        ("HW406", "themes/ours/templates/partnership.html", 3)
    ]


def test_a_fault_of_the_bundled_theme_is_ours_and_raises(trail: Theme) -> None:
    page = replace(EMPTY[1], view=replace(EMPTY_PARTNERSHIP, goals=(1,)))  # type: ignore[arg-type]
    with pytest.raises(Exception, match=r"standing|address|title"):
        render_page(trail, page, SITE)


def test_a_template_may_be_long_and_deep(snapshot_of: Make) -> None:
    load(snapshot_of({**OURS, NOT_FOUND: "{{ page.title }} a\n" * 5_000}))
    deep = "{{ " + "(" * 3_000 + "1" + ")" * 3_000 + " }}"
    _, problems = load_theme("ours", snapshot_of({**OURS, NOT_FOUND: deep}))
    assert [problem.code for problem in problems] == ["HW405"]
