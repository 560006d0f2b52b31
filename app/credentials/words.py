"""Words for the room's codes."""

from app.credentials.rules import Refusal
from app.credentials.rules.cards import Reason, State
from app.i18n.catalogues import _l

REFUSALS = {
    Refusal.WRONG_CODE: _l("Kode tidak cocok. Periksa lagi angkanya di pesan terakhir, atau minta kode baru."),
    Refusal.CODE_OVER: _l("Kode ini tidak berlaku lagi. Minta kode baru."),
    Refusal.CODE_TOO_SOON: _l("Kode baru saja dikirim. Tunggu satu menit, lalu minta lagi."),
    Refusal.CODES_SPENT: _l("Hari ini kode tidak bisa dikirim lagi. Masuk dengan kata sandi atau kartu."),
    Refusal.NO_CODES_ABROAD: _l("Kode hanya dikirim ke nomor Indonesia. Masuk dengan kata sandi atau kartu."),
    Refusal.NO_PHONE: _l("Akun ini belum punya nomor HP. Tulis nomornya dulu."),
    Refusal.WRONG_FACTOR: _l("Kode tidak cocok. Pakai kode yang sedang tampil di aplikasi, atau satu kode cadangan."),
    Refusal.FACTOR_USED: _l("Kode ini sudah dipakai. Tunggu kode berikutnya di aplikasi, lalu coba lagi."),
    Refusal.LAST_FACTOR: _l("Ini pengaman terakhir Anda. Tambahkan yang lain dulu, baru hapus yang ini."),
    Refusal.WRONG_PASSKEY: _l("Kunci ini tidak diterima. Coba lagi, atau masuk dengan kata sandi."),
    Refusal.COPIED_PASSKEY: _l("Kunci ini tampak disalin, jadi tidak diterima. Hapus kunci itu, lalu buat yang baru."),
    Refusal.MANY_PASSKEYS: _l("Sudah ada %(most)s kunci. Hapus satu yang tidak dipakai lagi."),
    Refusal.REASON_MISSING: _l("Warga ini sudah punya kata sandi atau kartu. Pilih alasan menggantinya."),
    Refusal.OWN_CARD: _l("Anda tidak dapat membuat kartu sendiri. Minta pendamping lain."),
    Refusal.STAFF_CARD: _l(
        "Orang ini memegang peran. Kata sandinya tidak diganti di meja pendamping; hubungi administrator."
    ),
    Refusal.NO_CARD: _l("Warga ini tidak punya kartu yang berlaku."),
}

REASONS = {
    Reason.LOST: _l("Kartu hilang"),
    Reason.WORN: _l("Kartu rusak"),
    Reason.FORGOTTEN: _l("Lupa kata sandi"),
    Reason.EXPIRED: _l("Masa kartu habis"),
    Reason.MISUSED: _l("Kartu dipakai orang lain"),
}

STATES = {
    State.IN_FORCE: _l("Berlaku"),
    State.EXPIRED: _l("Masa berlakunya habis"),
    State.REVOKED: _l("Sudah dicabut"),
}

WORDS = (REFUSALS, REASONS, STATES)
