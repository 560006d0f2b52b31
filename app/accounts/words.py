"""Words for the room's codes."""

from app.accounts.rules import Document, PasswordFault, Refusal
from app.accounts.rules.consents import Mode, Purpose
from app.accounts.rules.grants import GrantRefusal
from app.accounts.rules.sessions import Device
from app.accounts.rules.views import Seen
from app.i18n.catalogues import _, _l
from app.kernel.actor import Level, Role

REFUSALS = {
    Refusal.PHONE_FULL: _l("Nomor HP ini sudah dipakai %(most)s akun. Minta pendamping desa membuatkan akun tanpa HP."),
    Refusal.WRONG_SIGN_IN: _l("Nomor atau kata sandi tidak cocok. Periksa lagi, atau tanya pendamping desa Anda."),
    Refusal.ALREADY_ATTESTED: _l("Warga ini sudah diverifikasi."),
    Refusal.OWN_ATTESTATION: _l("Anda tidak dapat memverifikasi diri sendiri. Minta pendamping lain."),
    Refusal.NOT_CONFIRMED: _l("Kata sandi tidak cocok. Coba lagi, pelan-pelan."),
    Refusal.NEEDED_CONSENT: _l("Tanpa persetujuan ini akun tidak bisa dipakai. Anda bisa menutup akun."),
    Refusal.CARD_OVER: _l("Kartu ini sudah tidak berlaku. Minta kartu baru kepada pendamping desa."),
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

GRANT_REFUSALS = {
    GrantRefusal.OWN_ROLE: _l("Anda tidak dapat mengubah peran sendiri. Minta administrator lain."),
    GrantRefusal.UNTIL_PAST: _l("Tanggal itu sudah lewat. Pilih tanggal yang akan datang, atau kosongkan."),
    GrantRefusal.ALREADY_GRANTED: _l("Orang ini sudah memegang peran itu di wilayah itu. Lihat daftar perannya."),
    GrantRefusal.AGENCY_MISSING: _l("Pilih dinas tempat petugas ini bekerja."),
    GrantRefusal.AGENCY_NOT_OURS: _l("Dinas hanya untuk petugas dinas, dan harus dari kabupaten yang dipilih."),
    GrantRefusal.ALREADY_ENDED: _l("Peran ini sudah berakhir. Tidak perlu diakhiri lagi."),
}

PURPOSES = {
    Purpose.ACCOUNT: _l("Akun untuk musyawarah perencanaan"),
    Purpose.GROUPS: _l("Kelompok yang Anda sebut sendiri"),
    Purpose.PUBLIC_NAME: _l("Nama Anda ditampilkan pada usulan Anda"),
    Purpose.MESSAGES: _l("Kabar tentang usulan Anda lewat pesan ke HP"),
}

# What people agree to, word for word, by version; a version that was asked for is never changed.
WORDINGS = {
    (Purpose.ACCOUNT, "2026-11"): _l(
        "Nama, desa dan nomor HP Anda disimpan untuk musyawarah perencanaan, seperti di halaman privasi."
    ),
    (Purpose.GROUPS, "2026-11"): _l(
        "Kelompok yang Anda sebut dipakai hanya untuk menghitung siapa saja yang ikut. Yang terbit hanya jumlahnya."
    ),
    (Purpose.PUBLIC_NAME, "2026-11"): _l("Nama Anda boleh tampil untuk umum pada usulan Anda."),
    (Purpose.MESSAGES, "2026-11"): _l("Anda boleh dikirimi kabar tentang usulan Anda lewat pesan ke HP."),
}

MODES = {
    Mode.SELF: _l("Dicentang sendiri"),
    Mode.READ_ALOUD: _l("Dibacakan pendamping"),
    Mode.ROLL: _l("Dari daftar warga desa"),
}

SEEN = {
    Seen.RECORD: _l("Melihat data Anda"),
    Seen.CARD: _l("Mencetak kartu Anda"),
    Seen.GRANTS: _l("Melihat peran Anda"),
    Seen.FOUND: _l("Menemukan nama Anda dalam pencarian"),
}

WORDS = (PURPOSES, MODES, SEEN, REFUSALS, GRANT_REFUSALS, PASSWORD_FAULTS, LEVELS, ROLES, DOCUMENTS)


def device_words(device: Device) -> str:
    """A browser as its owner knows it again: Chrome di Android."""
    if device.browser and device.system:
        return _("%(browser)s di %(system)s", browser=device.browser, system=device.system)
    return device.browser or device.system or _("Peramban yang tidak dikenal")
