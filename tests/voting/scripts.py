"""The witnesses' scripts, loaded as what they are: files beside the application, not parts of it."""

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

DATA = Path(__file__).parents[2] / "app/voting/data"
SAKSI, HITUNG_ULANG = DATA / "saksi.py", DATA / "hitung_ulang.py"


def load(path: Path) -> Any:
    spec = spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


saksi = load(SAKSI)
