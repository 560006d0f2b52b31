"""Words for the room's codes, and for the columns of the file on a person."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any

from app.i18n.catalogues import _, _l, _n, words
from app.i18n.formats import day, moment, number
from app.privacy.rules import Refusal, Section
from app.privacy.rules.breaches import Touch
from app.privacy.rules.periods import Kept, Period

REFUSALS = {
    Refusal.HOLDS_ROLE: _l(
        "Anda masih memegang tugas di sini. Minta administrator mengakhiri peran Anda, lalu tutup akun."
    ),
}

SECTIONS = {
    Section.PERSON: _l("Akun Anda"),
    Section.IDENTITY: _l("Identitas"),
    Section.GROUPS: _l("Kelompok yang Anda sebut"),
    Section.CONSENTS: _l("Persetujuan"),
    Section.DEVICES: _l("Perangkat tempat Anda masuk"),
    Section.CODES: _l("Kode sekali pakai"),
    Section.CARDS: _l("Kartu warga"),
    Section.PASSKEYS: _l("Kunci sandi di perangkat"),
    Section.AUTHENTICATOR: _l("Aplikasi kode"),
    Section.RECOVERY: _l("Kode pemulihan"),
    Section.ATTESTATION: _l("Verifikasi"),
    Section.ASSISTANCE: _l("Bantuan pendamping"),
    Section.MESSAGES: _l("Pesan kepada Anda"),
    Section.PROPOSALS: _l("Usulan Anda"),
    Section.DRAFTS: _l("Usulan yang sedang Anda tulis"),
    Section.PHOTOS: _l("Foto Anda"),
    Section.INNOVATIONS: _l("Inovasi yang berasal dari Anda"),
    Section.STEPS: _l("Langkah Anda pada usulan"),
    Section.SUPPORTS: _l("Usulan yang Anda dukung"),
    Section.COMMENTS: _l("Komentar Anda"),
    Section.CHECKS: _l("Jawaban Anda tentang inovasi"),
    Section.FOLLOWS: _l("Yang Anda ikuti"),
    Section.NEWS: _l("Kabar untuk Anda"),
    Section.READ: _l("Sampai mana Anda membaca kabar"),
    Section.REPORTS: _l("Laporan Anda"),
    Section.REPORTED: _l("Laporan tentang tulisan Anda"),
    Section.VOTES: _l("Pemilihan yang Anda ikuti"),
    Section.OBJECTIONS: _l("Keberatan Anda atas hasil pemilihan"),
    Section.ROLES: _l("Peran Anda"),
    Section.SEEN_BY: _l("Siapa yang melihat data Anda"),
    Section.ACTS_ON: _l("Perubahan pada akun Anda"),
    Section.ACTS_OF: _l("Tindakan Anda yang lain"),
}

KEPT = {
    Kept.ACCOUNT: _l("Akun yang tidak dipakai"),
    Kept.DRAFT: _l("Rancangan usulan yang tidak dikirim"),
    Kept.ANSWERS: _l("Jawaban usulan yang tidak diteruskan"),
    Kept.CODE: _l("Kode sekali pakai"),
    Kept.MESSAGE_TEXT: _l("Isi dan nomor tujuan pesan"),
    Kept.MESSAGE: _l("Catatan bahwa pesan dikirim"),
    Kept.TRIES: _l("Hitungan percobaan masuk"),
    Kept.SIGN_IN: _l("Perangkat yang masuk"),
    Kept.VIEW: _l("Catatan siapa yang melihat data Anda"),
}

TOUCHES = {
    Touch.SEEN: _l("dilihat"),
    Touch.ACTED: _l("diubah"),
    Touch.SIGNED_IN: _l("masuk"),
}

LABELS: Mapping[str, Any] = {
    "account": _l("Akun"),
    "active_at": _l("Terakhir dipakai"),
    "act": _l("Tindakan"),
    "answer": _l("Jawaban"),
    "answers": _l("Jawaban sejauh ini"),
    "attached_to": _l("Pada"),
    "began_at": _l("Mulai ditulis"),
    "changed_at": _l("Terakhir diubah"),
    "voted_on": _l("Memilih pada"),
    "replaced_on": _l("Diganti pada"),
    "created_at": _l("Dikirim"),
    "finding": _l("Hasil"),
    "height": _l("Tinggi"),
    "text": _l("Isi"),
    "width": _l("Lebar"),
    "wrong": _l("Yang salah"),
    "added_at": _l("Ditambahkan"),
    "at": _l("Waktu"),
    "begun_at": _l("Masuk sejak"),
    "beneficiaries": _l("Penerima manfaat"),
    "birth_year": _l("Tahun lahir"),
    "browser": _l("Peramban"),
    "by": _l("Oleh"),
    "card_number": _l("Nomor kartu"),
    "channel": _l("Lewat"),
    "confirmed_at": _l("Dipastikan"),
    "deed": _l("Bantuan"),
    "edited_at": _l("Diperbaiki"),
    "read_to": _l("Dibaca sampai kabar"),
    "ref": _l("Nomor atau kode"),
    "told_until": _l("Dikabari sampai"),
    "delivered_at": _l("Diterima"),
    "document": _l("Yang dilihat"),
    "doubts": _l("Catatan pemeriksaan"),
    "end_reason": _l("Alasan berakhir"),
    "estimate": _l("Perkiraan biaya"),
    "event": _l("Langkah"),
    "expires_at": _l("Berlaku sampai"),
    "facts": _l("Rincian"),
    "given_at": _l("Diberikan"),
    "group": _l("Kelompok"),
    "hamlet": _l("Dusun"),
    "is_shared": _l("HP bersama"),
    "issued_at": _l("Dicetak"),
    "kind": _l("Jenis"),
    "language": _l("Bahasa"),
    "level": _l("Tingkat"),
    "made_at": _l("Dibuat"),
    "mode": _l("Cara setuju"),
    "name": _l("Nama"),
    "named_at": _l("Nama boleh tampil sejak"),
    "nik_last4": _l("Empat angka terakhir NIK"),
    "note": _l("Catatan"),
    "number": _l("Nomor usulan"),
    "phone": _l("Nomor HP"),
    "phone_confirmed_at": _l("HP dipastikan"),
    "problem": _l("Masalah"),
    "public_since": _l("Terbit sejak"),
    "purpose": _l("Untuk apa"),
    "reason": _l("Alasan"),
    "recorded_at": _l("Dicatat"),
    "registered_at": _l("Terdaftar"),
    "revoke_reason": _l("Alasan dicabut"),
    "revoked_at": _l("Dicabut"),
    "role": _l("Peran"),
    "scope": _l("Wilayah"),
    "seen": _l("Yang dilihat"),
    "seen_at": _l("Terakhir terlihat"),
    "sent_at": _l("Dikirim"),
    "sex": _l("Jenis kelamin"),
    "since": _l("Mulai"),
    "stage": _l("Tahap"),
    "source": _l("Dari"),
    "status": _l("Keadaan"),
    "subject": _l("Tentang"),
    "system": _l("Sistem"),
    "title": _l("Judul"),
    "unit": _l("Satuan"),
    "until": _l("Sampai"),
    "use": _l("Untuk"),
    "used_at": _l("Dipakai"),
    "village_code": _l("Kode desa"),
    "volume": _l("Volume"),
    "way": _l("Cara masuk"),
    "withdrawn_at": _l("Ditarik"),
    "wording": _l("Versi kata-kata"),
    "work": _l("Pekerjaan"),
    "written_at": _l("Ditulis"),
}

WORDS = (REFUSALS, SECTIONS, KEPT, TOUCHES)
# Numbers that name something are not written with dots between thousands.
NAMES = frozenset({"birth_year", "card_number", "level"})


def period_words(period: Period) -> str:
    """2 tahun, 18 bulan, 30 hari."""
    if period.days:
        return _n("%(num)s hari", "%(num)s hari", period.days)
    years, months = divmod(period.months, 12)
    if months:
        return _n("%(num)s bulan", "%(num)s bulan", period.months)
    return _n("%(num)s tahun", "%(num)s tahun", years)


def readable(column: str, value: Any) -> str:
    """A value of the file in words."""
    if isinstance(value, bool):
        return _("ya") if value else _("tidak")
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, Enum):
        return _code(value)
    if isinstance(value, int) and column not in NAMES:
        return number(value)
    if isinstance(value, dict):
        return ", ".join(f"{key}: {part}" for key, part in value.items())
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _code(value: Enum) -> str:
    try:
        return words(value)
    except KeyError:  # not every code is shown to people elsewhere
        return str(value.value)
