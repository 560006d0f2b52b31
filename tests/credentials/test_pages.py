"""The pages of ways in, as people meet them."""

import pytest
from sqlalchemy.orm import Session

from tests import builders as b
from tests.client import Visitor


@pytest.fixture(autouse=True)
def _world(session: Session) -> None:
    b.make_world()


@pytest.mark.parametrize("page", ["/masuk", "/masuk/kode", "/masuk/kunci"])
def test_ways_in_are_open_to_anyone(client: Visitor, page: str) -> None:
    assert client.get(page).status_code == 200


OWN = (
    "/akun",
    "/akun/hp",
    "/akun/hp/ganti",
    "/akun/hp/hapus",
    "/akun/pengaman",
    "/akun/pengaman/aplikasi",
    "/akun/pengaman/aplikasi/hapus",
    "/akun/pengaman/kunci",
    "/akun/pengaman/cadangan",
)


@pytest.mark.parametrize("page", OWN)
def test_ones_own_ways_in_are_shown(client: Visitor, page: str) -> None:
    assert client.sign_in(b.make_person()).get(page).status_code == 200
