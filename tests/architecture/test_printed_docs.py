"""The pages that are printed from the code say what the code says."""

from collections.abc import Callable
from pathlib import Path

import pytest

from docs.printed import lifecycles, permissions

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize(("name", "printed"), [("permissions.md", permissions), ("lifecycles.md", lifecycles)])
def test_a_printed_page_is_up_to_date(name: str, printed: Callable[[], str]) -> None:
    assert (DOCS / name).read_text("utf-8") == printed(), "run `make docs`"
