"""Built files are served small and for ever; sources are served plain while somebody works on them."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.web.assets import SOURCE, build, register_assets


def page_with(built: Path, *, testing: bool = False) -> tuple[FlaskClient, str]:
    app = Flask(__name__, static_folder=None)
    app.testing = testing
    register_assets(app, built=built)
    with app.app_context():
        address = app.jinja_env.from_string("{{ asset('app.css') }}").render()
    return app.test_client(), address


def test_a_built_style_sheet_is_compressed_and_kept_for_ever(tmp_path: Path) -> None:
    names = build(SOURCE, tmp_path / "static")
    client, address = page_with(tmp_path / "static")
    assert address == f"/static/{names['app.css']}"
    with client.get(address, headers={"Accept-Encoding": "br"}) as answer:
        assert answer.headers["Content-Encoding"] == "br"
        assert "immutable" in answer.headers["Cache-Control"]
        assert answer.mimetype == "text/css"


@pytest.mark.parametrize("testing", [True, False], ids=["while testing", "before the first build"])
def test_sources_have_plain_names(tmp_path: Path, testing: bool) -> None:
    if testing:
        build(SOURCE, tmp_path / "static")
    client, address = page_with(tmp_path / "static", testing=testing)
    assert address == "/static/app.css"
    with client.get(address) as answer:
        assert answer.data == (SOURCE / "app.css").read_bytes()


def test_a_static_file_that_does_not_exist_is_a_mistake(tmp_path: Path) -> None:
    app = Flask(__name__, static_folder=None)
    app.testing = True
    register_assets(app, built=tmp_path)
    with app.app_context(), pytest.raises(LookupError, match=r"nothing\.css"):
        app.jinja_env.from_string("{{ asset('nothing.css') }}").render()
