"""The planner shares ceilings out; everybody reads every term."""

import csv
import io
from fractions import Fraction

import pytest
from sqlalchemy.orm import Session

from app.accounts.models import Person
from app.audit.models import AuditEntry
from app.cycles import queries
from app.kernel.actor import Role
from app.regions.queries import districts
from tests import builders as b
from tests.client import Visitor

SHARE, SHARED = "/pipa/belu/pagu", "/belu/pagu"
TYPED = {"total": "12.000.000.000", "equal": "40", "people": "40", "poor": "20", "source": "BPS, Belu Dalam Angka 2026"}


@pytest.fixture
def planner(session: Session, client: Visitor) -> Person:
    b.make_regions()
    b.make_cycle(b.BELU)
    person = session.get_one(Person, b.make_staff(Role.PLANNER, b.BELU).person_id)
    client.sign_in(person)
    return person


def figures() -> dict[str, str]:
    codes = [row.code for row in districts(b.BELU)]
    return {f"people-{code}": str(10_000 + 977 * at) for at, code in enumerate(codes)} | {
        f"poor-{code}": str(500 + 31 * at) for at, code in enumerate(codes)
    }


def test_nothing_is_changed_before_it_is_set(client: Visitor, planner: Person) -> None:
    cycle = queries.cycles_of(b.BELU)[0]
    before = queries.ceilings_of(cycle.id)
    answer = client.submit(SHARE, TYPED | figures() | {"langkah": "hitung"})
    assert answer.status_code == 200
    assert "Hasil hitungan, belum ditetapkan" in answer.text
    assert queries.ceilings_of(cycle.id) == before
    assert "Pagu belum dibagi dengan rumus" in client.get(SHARED).text


def test_what_is_set_is_public_with_every_term_and_exact(client: Visitor, planner: Person, session: Session) -> None:
    answer = client.submit(SHARE, TYPED | figures() | {"langkah": "tetapkan"})
    assert answer.status_code == 303
    cycle = queries.cycles_of(b.BELU)[0]
    ceilings = {code: sum_ for code, sum_ in queries.ceilings_of(cycle.id).items() if code != b.BELU}
    assert sum(ceilings.values()) == 12_000_000_000
    page = client.get(SHARED).text
    assert "BPS, Belu Dalam Angka 2026" in page
    assert "40 persen menurut penduduk" in page
    rows = list(csv.DictReader(io.StringIO(client.get(f"{SHARED}.csv").text.removeprefix("\ufeff"))))
    assert {row["kode"]: int(row["pagu"]) for row in rows} == ceilings
    for row in rows:
        terms = [Fraction(row[name]) for name in ("bagian_sama_rata", "bagian_penduduk", "bagian_rt_miskin")]
        assert sum(terms) == Fraction(row["hak_tepat"]) == int(row["pagu"]) - Fraction(row["pembulatan"])
    assert session.query(AuditEntry).filter_by(act="share_ceilings").count() == 1


def test_figures_can_be_pasted_and_faults_are_told_with_their_line(client: Visitor, planner: Person) -> None:
    codes = [row.code for row in districts(b.BELU)]
    lines = ["kode;penduduk;rt_miskin", *(f"{code};{1_000 + at};{at}" for at, code in enumerate(codes, 1))]
    answer = client.submit(SHARE, TYPED | {"pasted": "\n".join(lines), "langkah": "tetapkan"})
    assert answer.status_code == 303
    kept = queries.formula_of(queries.cycles_of(b.BELU)[0].id)
    assert kept is not None
    assert [one.people for one in kept.figures] == [1_000 + at for at in range(1, len(codes) + 1)]
    short = client.submit(SHARE, TYPED | {"pasted": "\n".join(lines[:2])})
    assert short.status_code == (303 if len(codes) == 1 else 422)
    wrong = client.submit(SHARE, TYPED | {"pasted": "kode;penduduk\n53.04.01;1"})
    assert wrong.status_code == 422
    assert "rt_miskin" in wrong.text


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"poor": "21"}, "tepat 100 persen"),
        ({"total": "1.500"}, "kelipatan seribu rupiah"),
        ({"total": ""}, "wajib diisi"),
        ({"source": ""}, "wajib diisi"),
        ({"people": "120"}, "100"),
    ],
)
def test_what_cannot_be_is_told_at_its_field(
    client: Visitor, planner: Person, changed: dict[str, str], told: str
) -> None:
    answer = client.submit(SHARE, TYPED | figures() | changed)
    assert answer.status_code == 422
    assert told in answer.text


def test_a_ceiling_changed_by_hand_since_is_told(client: Visitor, planner: Person) -> None:
    client.submit(SHARE, TYPED | figures() | {"langkah": "tetapkan"})
    code = districts(b.BELU)[0].code
    client.submit("/pipa/belu/siklus/2028/pagu", {f"pagu-{code}": "1.000.000"})
    assert "sekarang 1.000.000" in client.get(SHARED).text


def test_residents_and_other_planners_do_not_share(client: Visitor, session: Session) -> None:
    b.make_regions()
    b.make_cycle(b.BELU)
    client.sign_in(session.get_one(Person, b.make_staff(Role.PLANNER, b.BELTIM).person_id))
    assert client.get(SHARE).status_code == 403
    client.sign_in(b.make_person())
    assert client.get(SHARE).status_code == 403
