"""Words for the room's codes."""

from app.i18n.catalogues import _l
from app.identity.rules import Group, Refusal, Sex
from app.identity.rules.nik import Doubt, Fault
from app.identity.rules.rolls import RollFault

SEXES = {Sex.FEMALE: _l("Perempuan"), Sex.MALE: _l("Laki-laki")}

GROUPS = {
    Group.WOMEN: _l("Kelompok perempuan"),
    Group.CHILDREN: _l("Anak atau Forum Anak"),
    Group.YOUTH: _l("Pemuda"),
    Group.ELDERLY: _l("Lansia"),
    Group.DISABILITY: _l("Penyandang disabilitas"),
    Group.INDIGENOUS: _l("Masyarakat adat"),
    Group.POOR: _l("Keluarga kurang mampu"),
    Group.BORDER: _l("Warga perbatasan"),
    Group.NEWCOMERS: _l("Warga baru"),
}

REFUSALS = {
    Refusal.NIK_KNOWN: _l(
        "NIK ini sudah tercatat pada akun lain. Periksa lagi angkanya di KTP, lalu cari nama warganya."
    ),
    Refusal.ALREADY_IDENTIFIED: _l("Identitas akun ini sudah dicatat. Kalau ada yang salah, temui pendamping desa."),
    Refusal.TOO_YOUNG: _l(
        "NIK anak di bawah 17 tahun tidak disimpan. Sampaikan usulan lewat Forum Anak atau bersama orang tua. "
        "Kalau sudah menikah, temui pendamping desa."
    ),
}

FAULTS = {
    Fault.NOT_SIXTEEN_DIGITS: _l("NIK terdiri dari 16 angka. Hitung lagi angkanya di KTP atau Kartu Keluarga."),
    Fault.NO_SUCH_PROVINCE: _l("Dua angka pertama NIK tidak dikenal. Periksa lagi, atau temui pendamping desa."),
    Fault.NO_SUCH_DATE: _l(
        "Angka ke-7 sampai ke-12 NIK bukan tanggal lahir. Periksa lagi, atau temui pendamping desa."
    ),
    Fault.NO_SERIAL: _l("Empat angka terakhir NIK tidak mungkin 0000. Periksa lagi, atau temui pendamping desa."),
}

DOUBTS = {
    Doubt.ELSEWHERE: _l("NIK ini pertama kali dibuat di daerah lain. Itu biasa bagi yang pernah pindah."),
    Doubt.OTHER_BIRTH_YEAR: _l("Tahun lahir di NIK lain dari yang ditulis. Periksa lagi di KTP."),
    Doubt.OTHER_SEX: _l("Jenis kelamin di NIK lain dari yang ditulis. Periksa lagi di KTP."),
    Doubt.ALREADY_KNOWN: _l(
        "NIK yang ditulis warga sudah tercatat pada akun lain. Lihat KTP-nya sebelum memverifikasi."
    ),
    Doubt.NOT_ACCEPTED: _l("NIK ini belum diterima oleh pemeriksa. Cocokkan dengan KTP atau Kartu Keluarga."),
    Doubt.NOT_ISSUED: _l("Belum punya NIK atau KTP."),
    Doubt.NOT_AT_HAND: _l("KTP dan KK tidak dibawa, NIK tidak dihafal."),
    Doubt.INACTIVE: _l("NIK tidak aktif atau tidak dikenali."),
}

ROLL_FAULTS = {
    RollFault.NO_CONSENT: _l("persetujuan warga belum ada. Tulis “ya” setelah warga setuju datanya dipakai."),
    RollFault.CHILD: _l("warga ini belum 17 tahun. Anak ikut lewat Forum Anak; datanya tidak disimpan."),
    RollFault.BIRTH_YEAR_NEEDED: _l(
        "tahun lahir belum diisi, dan tidak pasti dari NIK. Tulis empat angka, misalnya 1958."
    ),
    RollFault.SEX: _l("jenis kelamin ditulis P atau L, atau kosong."),
    RollFault.VILLAGE: _l("kode desa tidak dikenal. Tulis seperti 53.04.01.2001, sesuai daftar wilayah."),
    RollFault.PHONE: _l("nomor HP tidak dikenal. Tulis seperti 0812 3456 7890, atau kosongkan."),
    RollFault.LANGUAGE: _l("bahasa tidak dikenal. Tulis salah satu dari: %(known)s, atau kosongkan."),
    RollFault.NUMBER_IN_TEXT: _l("ada NIK atau nomor HP di kolom ini. Pindahkan ke kolomnya."),
    RollFault.TWICE: _l("warga yang sama sudah ada di baris %(first)s. Hapus salah satu, atau perbaiki."),
    RollFault.NIK_ELSEWHERE: _l(
        "NIK ini tercatat pada warga desa lain. Cocokkan dengan KTP; kalau warga pindah, pendamping desa mengubahnya."
    ),
}

WORDS = (ROLL_FAULTS, SEXES, GROUPS, REFUSALS, FAULTS, DOUBTS)
