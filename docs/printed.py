"""Print docs/permissions.md and docs/lifecycles.md from the code; `--check` only compares.

Usage: python docs/printed.py [--check]
"""

import importlib
import sys
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from app.factory import create_app  # noqa: E402
from app.kernel.policy import Policy  # noqa: E402
from app.kernel.transitions import Lifecycle  # noqa: E402
from config import Settings  # noqa: E402

NOTE = "Printed from the code by `make docs`; a test compares. Change the code, not this page."

ANSWERS = "What everybody is answered, inside and outside their scope: [matrix.csv](../tests/permissions/matrix.csv)."


def modules(name: str) -> Iterator[tuple[str, ModuleType]]:
    """(room, module) for every room that has a module or package of this name."""
    for path in sorted((ROOT / "app").iterdir()):
        if (path / f"{name}.py").exists() or (path / name / "__init__.py").exists():
            yield path.name, importlib.import_module(f"app.{path.name}.{name}")


def permissions() -> str:
    lines = ["# Who may do what", "", NOTE, ""]
    for room, module in modules("permissions"):
        policies = [value for value in vars(module).values() if isinstance(value, Policy)]
        lines += [f"## {room}", "", "| permission | who |", "|---|---|"]
        for policy in policies:
            for can, predicates in policy.rows.items():
                who = " · ".join(_first_line(predicate.__doc__) for predicate in predicates)
                lines.append(f"| {can.value} | {who} |")
        lines.append("")
    lines += ["## Addresses", "", "What one must be to open an address at all; the action asks again.", ANSWERS, ""]
    lines += ["| address | methods | open to |", "|---|---|---|", *sorted(addresses()), ""]
    return "\n".join(lines)


def _first_line(text: str | None) -> str:
    return (text or "").strip().splitlines()[0].rstrip(".")


def addresses() -> Iterator[str]:
    app = create_app(Settings.for_tests("sqlite://"))
    for rule in app.url_map.iter_rules():
        access = getattr(app.view_functions[rule.endpoint], "__access__", None)
        if access:
            methods = ", ".join(sorted((rule.methods or set()) & {"GET", "POST"}))
            yield f"| `{rule.rule}` | {methods} | {access} |"


def lifecycles() -> str:
    lines = ["# Life cycles", "", NOTE, ""]
    for room, module in modules("rules"):
        found = {name: value for name, value in vars(module).items() if isinstance(value, Lifecycle)}
        for name, lifecycle in found.items():
            title = room if name == "LIFECYCLE" else f"{room}: {name.lower()}"
            lines += [f"## {title}", "", "```mermaid", "stateDiagram-v2", *diagram(lifecycle.table), "```", ""]
            lines += ["| from | event | to |", "|---|---|---|"]
            lines += [f"| {state} | {event} | {after} |" for (state, event), after in lifecycle.table.items()] + [""]
    return "\n".join(lines)


def diagram(table: Mapping[tuple[StrEnum, StrEnum], StrEnum]) -> list[str]:
    return [f"    {state} --> {after}: {event}" for (state, event), after in table.items()]


def main() -> int:
    stale = []
    for name, text in (("permissions.md", permissions()), ("lifecycles.md", lifecycles())):
        path = ROOT / "docs" / name
        if "--check" in sys.argv:
            stale += [name] if not path.exists() or path.read_text("utf-8") != text else []
        else:
            path.write_text(text, "utf-8")
    if stale:
        print(f"docs: {', '.join(stale)} differ from the code. Run `make docs`.", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    raise SystemExit(main())
