"""Photos, and what a page tells of who has checked."""

from io import BytesIO

import pytest
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage

from app.monitoring import actions
from app.monitoring.rules.checks import Answer
from tests import builders as b
from tests.client import Visitor
from tests.files.pictures import photo
from tests.monitoring.test_pages import REPORT, sign_in, typed
from tests.monitoring.things import make_measured, make_thing, officer


@pytest.fixture(autouse=True)
def _world(session: Session) -> None:
    b.make_world()


def picture() -> FileStorage:
    return FileStorage(BytesIO(photo()), "kebun.jpg", content_type="image/jpeg")


@pytest.mark.parametrize("key", ["x" * 500, "", "bukan kunci"])
def test_a_photo_under_a_key_that_is_none_is_refused_with_the_form(client: Visitor, key: str) -> None:
    sign_in(client, officer())
    page = client.submit(REPORT, typed(make_thing(), photos=picture(), form_key=key))
    assert page.status_code == 422
    assert "/berkas/" not in page.text


def test_a_photo_is_received_once_and_kept_where_something_else_is_wrong(client: Visitor) -> None:
    sign_in(client, officer())
    page = client.submit(REPORT, typed(make_thing(), photos=picture(), physical="900"))
    assert page.status_code == 422
    assert "kebun.jpg" not in page.text, "nothing is wrong with the photo"
    assert "/berkas/" in page.text


def test_the_minute_of_a_check_stands_on_no_page(client: Visitor) -> None:
    innovation = make_measured()
    before = client.get(f"/belu/inovasi/{innovation.number}/perubahan").text.count("<li")
    actions.check(b.actor_of(b.make_person()), innovation, Answer.YES, "", b.NOW)
    assert client.get(f"/belu/inovasi/{innovation.number}/perubahan").text.count("<li") == before
