"""Words for the room's codes."""

from app.accounts.rules import Document, PasswordFault, Refusal
from app.i18n.catalogues import _l
from app.kernel.actor import Level, Role

REFUSALS = {
    Refusal.PHONE_FULL: _l("Nomor HP ini sudah dipakai %(most)s akun. Minta pendamping desa membuatkan akun tanpa HP."),
    Refusal.WRONG_SIGN_IN: _l("Nomor atau kata sandi tidak cocok. Periksa lagi, atau tanya pendamping desa Anda."),
    Refusal.TOO_MANY_TRIES: _l("Terlalu banyak percobaan. Tunggu 15 menit, lalu coba lagi."),
    Refusal.ALREADY_ATTESTED: _l("Warga ini sudah diverifikasi."),
    Refusal.OWN_ATTESTATION: _l("Anda tidak dapat memverifikasi diri sendiri. Minta pendamping lain."),
    Refusal.NOT_HELD: _l("Anda tidak memegang peran itu."),
}

PASSWORD_FAULTS = {
    PasswordFault.TOO_SHORT: _l(
        "Kata sandi terlalu pendek: paling sedikit 8 huruf atau angka. Tiga kata mudah diingat."
    ),
    PasswordFault.TOO_LONG: _l("Kata sandi terlalu panjang: paling banyak 128 huruf atau angka."),
    PasswordFault.TOO_COMMON: _l("Kata sandi ini terlalu mudah ditebak. Pakai tiga kata yang tidak berhubungan."),
    PasswordFault.OWN_DATA: _l("Jangan pakai nama atau nomor HP sendiri sebagai kata sandi."),
}

LEVELS = {
    Level.REGISTERED: _l("Terdaftar, belum diverifikasi"),
    Level.CONFIRMED: _l("Nomor HP diperiksa"),
    Level.ATTESTED: _l("Terverifikasi, suara Anda dihitung"),
}

ROLES = {
    Role.FACILITATOR: _l("Pendamping"),
    Role.MODERATOR: _l("Moderator"),
    Role.PLANNER: _l("Perencana"),
    Role.OFFICER: _l("Petugas dinas"),
    Role.AUDITOR: _l("Pemeriksa"),
    Role.ADMINISTRATOR: _l("Administrator"),
}

DOCUMENTS = {
    Document.KTP: _l("Melihat KTP"),
    Document.KK: _l("Melihat Kartu Keluarga"),
    Document.KNOWN: _l("Dikenal langsung dan dikuatkan perangkat desa"),
}

WORDS = (REFUSALS, PASSWORD_FAULTS, LEVELS, ROLES, DOCUMENTS)
