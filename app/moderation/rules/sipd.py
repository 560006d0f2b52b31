"""The status strings of SIPD, word for word as its exports have them."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.catalog.rules import EntryKind
from app.moderation.rules.verdicts import YES, Given, Level, Outcome, turn_after
from app.proposals.rules import Status

REJECTED = "||Ditolak"
TO_PLANNING = "Validasi Mitra Bappeda"
TO_DISTRICT = "Diteruskan ke Musrenbang Kecamatan"
TO_AGENCY = "Diteruskan ke Forum SKPD"
TO_REGENCY = "Diteruskan ke Musrenbang Provinsi/Kabupaten/Kota"
# What it is called while it waits for a level; SIPD does not know proposals before the village has agreed.
AT = {
    Level.VILLAGE: "",
    Level.PLANNING: TO_PLANNING,
    Level.DISTRICT: TO_DISTRICT,
    Level.AGENCY: TO_AGENCY,
    Level.REGENCY: TO_REGENCY,
}
NOT_SENT = frozenset({Status.DRAFT, Status.SUBMITTED, Status.RETURNED, Status.MERGED})
BEYOND = frozenset({Status.PLANNED, Status.BUDGETED})
# For what waits for another year, is being built or is there SIPD has no words.
UNKNOWN = frozenset({Status.DEFERRED, Status.UNDERWAY, Status.COMPLETED})
# The columns of its export of residents' proposals, in its order.
COLUMNS = (
    "No",
    "id_usulan",
    "tanggal usul",
    "pengusul",
    "profil",
    "usulan",
    "masalah",
    "alamat",
    "kabupaten",
    "kecamatan",
    "kelurahan",
    "usulan_ke",
    "OPD tujuan awal",
    "OPD tujuan akhir",
    "status",
    "catatan",
    "rekomendasi mitra",
    "rekomendasi kelurahan/desa",
    "rekomendasi kecamatan",
    "rekomendasi SKPD",
    "rekomendasi TAPD",
    "volume",
    "satuan",
    "anggaran",
    "jenis belanja",
    "sub kegiatan",
)
# Whose recommendation stands in which column, in its order.
RECOMMENDS = (Level.PLANNING, Level.VILLAGE, Level.DISTRICT, Level.AGENCY, Level.REGENCY)
SPENDING = dict.fromkeys((EntryKind.WORKS, EntryKind.GOODS, EntryKind.SERVICE, EntryKind.TRAINING), "pembangunan") | {
    EntryKind.GRANT: "hibah",
    EntryKind.SOCIAL_AID: "bansos",
}


@dataclass(frozen=True)
class SipdStatus:
    """`status_usul_teks` with the flags is_tolak, is_kembalikan and is_batal."""

    text: str
    is_rejected: bool = False
    is_returned: bool = False
    is_cancelled: bool = False


def sipd_status(status: Status, given: Sequence[Given]) -> SipdStatus:
    """What SIPD calls a proposal in this status with these verdicts, oldest first."""
    if status in NOT_SENT | UNKNOWN:
        return SipdStatus("", is_returned=status is Status.RETURNED)
    if status in BEYOND:
        return SipdStatus(TO_REGENCY)
    text = AT[_reached(given)]
    if status is Status.REJECTED:  # before anybody had forwarded it there is no string to add to
        return SipdStatus(f"{text}{REJECTED}" if text else "", is_rejected=True)
    return SipdStatus(text, is_cancelled=status is Status.WITHDRAWN)


def _reached(given: Sequence[Given]) -> Level:
    """The level that has it, or at which it stopped; what all have agreed to stays at the last."""
    if given and given[-1].outcome in (Outcome.DEFER, Outcome.REJECT):
        return given[-1].level
    if given and given[-1].outcome in YES and given[-1].level is Level.REGENCY:
        return Level.REGENCY
    return turn_after(given).level or Level.VILLAGE
