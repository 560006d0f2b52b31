"""What each address of the permission matrix is asked for: things, what follows the question mark, and forms.

The forms are good enough for a permission, and no fault in them, to decide.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from app.accounts.rules import Document
from app.cycles.rules import PhaseKind
from app.innovations.rules.decision import Criterion
from tests import builders as b

REASON = "Lokasinya belum jelas, tolong sebutkan dusunnya."
KEY = str(UUID(int=7))

# Which things each address is asked for; an address that names nothing is asked for as it is.
STAGES = ("open contest", "prepared contest", "closed contest")
THINGS: dict[str, tuple[str, ...]] = {
    "/<regency>/desa/<code>": ("village",),
    "/<regency>/hasil/<int:contest_id>": ("certified contest", "open contest", "prepared contest"),
    "/<regency>/inovasi/<number>": ("innovation",),
    "/<regency>/misi/<int:number>": ("misi",),
    "/<regency>/pilih/<int:contest_id>": STAGES,
    "/<regency>/pilih/<int:contest_id>/masukkan": STAGES,
    "/<regency>/pilih/<int:contest_id>/sudah": ("open contest", "prepared contest"),
    "/<regency>/usulan/<number>": (
        "submitted proposal",
        "own submitted proposal",
        "returned proposal",
        "rejected private proposal",
        "published proposal",
    ),
    "/<regency>/usulan/<number>/dukung": ("submitted proposal", "published proposal"),
    "/<regency>/usulan/<number>/perbaiki": ("returned proposal", "own returned proposal"),
    "/<regency>/usulan/<number>/tarik": ("submitted proposal", "own submitted proposal"),
    "/<regency>/usulan/<number>/terkirim": ("submitted proposal", "own submitted proposal"),
    "/<regency>/usulan/baru/<uuid:key>": ("draft", "own draft"),
    "/<regency>/usulan/baru/<uuid:key>/periksa": ("draft", "own draft"),
    "/berkas/<name>": ("own draft photo", "draft photo"),
    "/admin/<card_number>": ("waiting resident", "oneself"),
    "/admin/<card_number>/akhiri/<int:grant_id>": ("grant of a moderator",),
    "/damping/warga/<card_number>": ("waiting resident", "verified resident", "oneself"),
    "/lacak": ("submitted proposal", "own submitted proposal", "published proposal"),
    "/meja/<number>": (
        "submitted proposal",
        "own submitted proposal",
        "submitted proposal one has typed",
        "published proposal",
    ),
    "/pipa/<regency>/inovasi/<number>": ("innovation",),
    "/pipa/<regency>/inovasi/<number>/syarat/<kind>": ("innovation",),
    "/pipa/<regency>/pemilihan/<int:contest_id>": ("prepared contest", "certified contest"),
    "/pipa/<regency>/pemilihan/baru": ("published proposals",),
    "/pipa/<regency>/pemilihan/<int:contest_id>/batal": ("prepared contest", "open contest"),
    "/pipa/<regency>/pemilihan/<int:contest_id>/buka": ("prepared contest", "certified contest"),
    "/pipa/<regency>/pemilihan/<int:contest_id>/tetapkan": ("open contest", "closed contest"),
    "/pipa/<regency>/pemilihan/<int:contest_id>/tutup": ("open contest", "certified contest"),
    "/pipa/<regency>/pemilihan/<int:contest_id>/ubah": ("prepared contest", "open contest"),
    "/pipa/<regency>/siklus/<int:year>/pagu": ("cycle",),
    "/pipa/<regency>/siklus/<int:year>/tahap": ("cycle",),
    "/pipa/<regency>/usulan/<number>/putuskan": ("selected proposal", "own selected proposal", "published proposal"),
}

# What stands behind the question mark.
QUERIES = {
    "/lacak": {"nomor": "{number}"},
    "/meja/<number>": {"putusan": "terbitkan"},
    "/pipa/<regency>/pemilihan/baru": {"wilayah": b.LAMAKNEN},
}

_PROPOSAL = {
    "form_key": KEY,
    "title": "Jembatan kecil ke kebun",
    "problem": "Saat hujan warga tidak dapat menyeberang ke kebun.",
    "work": "Bangun jembatan kayu sepanjang enam meter.",
    "volume": "6",
    "unit": "meter",
    "beneficiaries": "80",
    "misi": ["3"],
}
_WINDOW = {"opens": "2026-11-20T08:00", "closes": "2026-11-25T08:00"}
_CONTEST = {"title": "Pemilihan usulan Lamaknen", "ceiling": "300.000.000", "max_choices": "1", **_WINDOW}
_BALLOT = {"choices": ["1"]}

# What is sent to each address that takes a form.
FORMS: dict[str, Mapping[str, Any]] = {
    "/<regency>/pilih/<int:contest_id>": _BALLOT,
    "/<regency>/pilih/<int:contest_id>/masukkan": _BALLOT,
    "/<regency>/usulan/<number>/dukung": {"aksi": "dukung"},
    "/<regency>/usulan/<number>/perbaiki": _PROPOSAL,
    "/<regency>/usulan/<number>/tarik": {},
    "/<regency>/usulan/baru": _PROPOSAL,
    "/<regency>/usulan/baru/<uuid:key>": _PROPOSAL,
    "/<regency>/usulan/baru/<uuid:key>/periksa": {},
    "/daftar": {
        "name": "Yosef Mau",
        "phone": "0812 9999 0001",
        "village": b.MAKIR,
        "password": "kopi tanah pagi",
        "consent": "y",
    },
    "/damping/warga/<card_number>": {"document": Document.KTP.value, "is_confirmed": "y"},
    "/damping/warga/baru": {"form_key": KEY, "name": "Rosa Lelo", "village": b.MAKIR, "consent": "y"},
    "/keluar": {},
    "/admin/": {"number": "0812 9999 0000"},
    "/admin/<card_number>": {"role": "officer", "scope": b.BELU},
    "/admin/<card_number>/akhiri/<int:grant_id>": {"reason": REASON},
    "/akun/perangkat": {"keluarkan": "lain"},
    "/akun/sandi": {"password": "kuda putih lari"},
    "/masuk/ulang": {"password": b.PASSWORD},
    "/masuk": {"name": "0812 9999 0000", "password": b.PASSWORD},
    "/meja/<number>": {},
    "/pipa/<regency>/inovasi/<number>": {"step": "stop", "reason": REASON, "lesson": REASON},
    "/pipa/<regency>/inovasi/<number>/syarat/<kind>": {"person": "Rosa Lelo", "title": "Bidan desa"},
    "/pipa/<regency>/misi": {"number": "4", "text": "Desa yang maju dan mandiri bersama", "short": "Desa maju"},
    "/pipa/<regency>/pemilihan/<int:contest_id>/batal": {},
    "/pipa/<regency>/pemilihan/<int:contest_id>/buka": {},
    "/pipa/<regency>/pemilihan/<int:contest_id>/tetapkan": {},
    "/pipa/<regency>/pemilihan/<int:contest_id>/tutup": {"reason": "Banjir memutus jalan ke tiga desa."},
    "/pipa/<regency>/pemilihan/<int:contest_id>/ubah": _CONTEST,
    "/pipa/<regency>/pemilihan/baru": _CONTEST,
    "/pipa/<regency>/siklus": {"year": "2031"},
    "/pipa/<regency>/siklus/<int:year>/pagu": {f"pagu-{b.BELU}": "5.000.000.000"},
    "/pipa/<regency>/siklus/<int:year>/tahap": {
        **{f"{kind}_opens": "2026-11-01T08:00" for kind in PhaseKind},
        **{f"{kind}_closes": "2026-12-01T08:00" for kind in PhaseKind},
    },
    "/pipa/<regency>/usulan/<number>/putuskan": {
        "name": "AIR SEHAT",
        "summary": "Air dari mata air sampai ke rumah warga.",
        "pillar": "",
        "agency": "",
        **dict.fromkeys(Criterion, "ya"),
        **{f"{criterion}_answer": "Sudah dijawab dengan jelas." for criterion in Criterion},
    },
}
