"""What was measured, as tables: medians, ratios and whether the targets are met."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from statistics import median

from timing import Cost

STEPS: Mapping[str, str] = {
    "cold": "Cold build: nothing kept from before",
    "note": "One note changed, fresh process",
    "nothing": "Nothing changed, fresh process",
}
BASE, DIRTY, OURS = "hugo", "mkdocs", "headway"


@dataclass
class Series:
    """One generator at one size: what its builds cost, by step."""

    label: str
    is_python: bool
    is_ours: bool
    remark: str = ""
    pages: int = 0
    megabytes: float = 0.0
    """The size of its output."""
    costs: dict[str, list[Cost]] = field(default_factory=lambda: {step: [] for step in STEPS})
    peaks: dict[str, float] = field(default_factory=dict)
    """MB by step, from runs of their own, so that looking at the memory slows no run that is timed."""
    failure: str = ""
    """Why its figures do not count: a build failed or left something out."""

    def wall(self, step: str) -> float | None:
        """Return the median in seconds, or None where there is none that counts."""
        return median(cost.wall for cost in self.costs[step]) if self.costs[step] and not self.failure else None

    def cpu(self, step: str) -> float:
        return median(cost.cpu for cost in self.costs[step])


Results = Mapping[int, Mapping[str, Series]]
"""Series by the number of notes and the generator's name."""


@dataclass(frozen=True, slots=True)
class Target:
    what: str
    reach: Callable[[Mapping[str, Series]], float | None]
    """Returns how near Headway came, or None where that was not measured."""
    bound: float
    is_at_most: bool

    def say(self, got: float) -> tuple[str, str, str]:
        """Return the bound, what was reached, and the verdict."""
        is_met = got <= self.bound if self.is_at_most else got >= self.bound
        return f"{'at most' if self.is_at_most else 'at least'} {self.bound:g}", f"{got:.2f}", _verdict(is_met)


def fastest_python_peer(sizes: Mapping[str, Series], step: str) -> Series | None:
    """Return the fastest of the other generators that are written in Python."""
    others = [one for one in sizes.values() if one.is_python and not one.is_ours and one.wall(step) is not None]
    return min(others, key=lambda one: one.wall(step) or 0.0, default=None)


def ratio(sizes: Mapping[str, Series], step: str, above: str, below: str) -> float | None:
    """Return how many times one generator's median is another's."""
    over, under = sizes.get(above), sizes.get(below)
    return _divide(over.wall(step) if over else None, under.wall(step) if under else None)


def targets(notes: int) -> tuple[Target, ...]:
    """Return what a size is to reach; only 5,000 and 20,000 notes have targets."""
    if notes not in (5_000, 20_000):
        return ()
    is_large = notes == 20_000
    return (
        Target("cold build, times Hugo's", lambda by: ratio(by, "cold", OURS, BASE), 2.0, True),
        Target("cold build, times faster than the fastest Python peer", _lead_over_python, 3.0, False),
        Target(
            "one note, times faster than Hugo",
            lambda by: ratio(by, "note", BASE, OURS),
            25.0 if is_large else 8.0,
            False,
        ),
        Target(
            "one note, times faster than MkDocs `--dirty`",
            lambda by: ratio(by, "note", DIRTY, OURS),
            3.0 if is_large else 2.0,
            False,
        ),
        Target(
            "nothing changed, times faster than Hugo",
            lambda by: ratio(by, "nothing", BASE, OURS),
            30.0 if is_large else 12.0,
            False,
        ),
        Target("peak memory of a cold build, MB", _peak, 300.0 if is_large else 250.0, True),
    )


def render_results(results: Results) -> str:
    """Return one section a size, with one table a step, as Markdown."""
    return "\n".join(line for notes, sizes in results.items() for line in _render_size(notes, sizes))


def render_targets(results: Results, start: float | None) -> str:
    """Return the table of targets; ``start`` is how many times `import click` a `headway --version` takes."""
    lines = ["| notes | target | wanted | reached | |", "|--:|---|--:|--:|---|"]
    for notes, sizes in results.items():
        for target in targets(notes):
            got = target.reach(sizes)
            cells = target.say(got) if got is not None else ("", "", "not measured")
            lines.append(f"| {notes:,} | {target.what} | {' | '.join(cells)} |")
    if 500 in results and 20_000 in results:
        many, few = (results[size].get(OURS) for size in (20_000, 500))
        growth = _divide(many.wall("note") if many else None, few.wall("note") if few else None)
        if growth is not None:
            said = Target("", lambda _: growth, 1.5, True).say(growth)
            lines.append(f"| 20,000 | one note, times what it takes at 500 | {' | '.join(said)} |")
    if start is not None:
        said = Target("", lambda _: start, 2.0, True).say(start)
        lines.append(f'| | `headway --version`, times `python -c "import click"` | {" | ".join(said)} |')
    return "\n".join(lines) + "\n"


def _render_size(notes: int, sizes: Mapping[str, Series]) -> Iterator[str]:
    yield f"## {notes:,} notes\n"
    for step, title in STEPS.items():
        best = fastest_python_peer(sizes, step)
        yield f"### {title}\n"
        times = f"times Hugo | times {best.label if best else '–'}"
        yield f"| | wall, s (range) | CPU, s | peak memory, MB | {times} | runs |"
        yield "|---|--:|--:|--:|--:|--:|--:|"
        for series in sizes.values():
            if not series.failure:
                yield _row(series, step, sizes.get(BASE), best)
        yield ""
    yield "| | pages | MB written | |\n|---|--:|--:|---|"
    for series in sizes.values():
        if series.failure:
            yield f"| {series.label} | | | **Out of the comparison**: {series.failure} |"
        else:
            yield f"| {series.label} | {series.pages:,} | {series.megabytes:.1f} | {series.remark} |"
    yield ""


def _row(series: Series, step: str, base: Series | None, best: Series | None) -> str:
    wall, walls = series.wall(step), [cost.wall for cost in series.costs[step]]
    if wall is None:
        return f"| {series.label} | | | | | | 0 |"
    spread = f" ({min(walls):.2f}–{max(walls):.2f})" if len(walls) > 1 else ""
    ratios = (_divide(wall, other.wall(step) if other else None) for other in (base, best))
    said = " | ".join("" if value is None else f"{value:.2f}" for value in ratios)
    peak = series.peaks.get(step)
    memory = "" if peak is None else f"{peak:.0f}"
    return f"| {series.label} | {wall:.2f}{spread} | {series.cpu(step):.2f} | {memory} | {said} | {len(walls)} |"


def _lead_over_python(sizes: Mapping[str, Series]) -> float | None:
    best, ours = fastest_python_peer(sizes, "cold"), sizes.get(OURS)
    return _divide(best.wall("cold") if best else None, ours.wall("cold") if ours else None)


def _peak(sizes: Mapping[str, Series]) -> float | None:
    ours = sizes.get(OURS)
    return ours.peaks.get("cold") if ours and not ours.failure else None


def _divide(above: float | None, below: float | None) -> float | None:
    return above / below if above is not None and below else None


def _verdict(is_met: bool) -> str:
    return "met" if is_met else "**not met**"
