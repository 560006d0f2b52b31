"""Words for the room's codes."""

from app.files.actions import Fault
from app.files.rules import Refusal
from app.files.rules.documents import DocumentRefusal
from app.i18n.catalogues import _, _l, words

LONGEST_NAME = 40

REFUSALS = {
    Refusal.EMPTY: _l("Berkasnya kosong. Pilih foto lain, atau ambil foto lagi."),
    Refusal.TOO_LARGE: _l(
        "Foto terlalu besar: paling banyak %(most_megabytes)s MB. Kecilkan fotonya, atau ambil lagi dengan ukuran kamera yang lebih kecil."
    ),
    Refusal.TOO_MANY_PIXELS: _l(
        "Foto terlalu besar: %(megapixels)s megapiksel, paling banyak %(most_megapixels)s. Atur kamera ke ukuran yang lebih kecil, lalu ambil lagi."
    ),
    Refusal.HEIC: _l(
        "Foto HEIC dari iPhone belum dapat dibaca. Di Pengaturan, Kamera, Format, pilih “Paling Kompatibel”, lalu ambil lagi."
    ),
    Refusal.NO_PHOTO: _l("Berkas ini bukan foto. Kirim foto JPEG, PNG, atau WebP."),
    Refusal.BROKEN: _l("Foto ini rusak atau terpotong. Buka dulu di HP Anda; kalau tidak tampil, ambil foto lagi."),
    Refusal.TOO_MANY: _l("Paling banyak %(most)s foto. Hapus satu dulu, baru tambah yang lain."),
    Refusal.BUSY: _l("Banyak foto sedang diolah. Tunggu satu menit, lalu kirim foto ini lagi."),
    Refusal.NOT_STORED: _l("Tempat menyimpan foto sedang terganggu. Coba kirim foto ini lagi beberapa menit lagi."),
}

DOCUMENT_REFUSALS = {
    DocumentRefusal.EMPTY: _l("Berkasnya kosong. Pilih berkas PDF yang lain."),
    DocumentRefusal.TOO_LARGE: _l("Berkas terlalu besar: paling banyak 10 MB. Pindai dengan mutu lebih rendah."),
    DocumentRefusal.NO_PDF: _l("Berkas ini bukan PDF. Simpan suratnya sebagai PDF, lalu pilih lagi."),
    DocumentRefusal.BROKEN: _l("PDF ini rusak atau terpotong. Buka dulu di perangkat Anda; kalau perlu, simpan ulang."),
    DocumentRefusal.LOCKED: _l("PDF ini dikunci dengan kata sandi. Simpan tanpa kunci, lalu pilih lagi."),
    DocumentRefusal.ACTIVE: _l("PDF ini memuat program atau lampiran. Cetak ke PDF baru, lalu pilih yang baru itu."),
    DocumentRefusal.NOT_STORED: _l("Tempat menyimpan sedang terganggu. Coba kirim lagi beberapa menit lagi."),
}

WORDS = (REFUSALS, DOCUMENT_REFUSALS)


def tell(fault: Fault) -> str:
    """Which file was not taken, and why; a name that hides or turns letters is shown without them."""
    name = "".join(letter for letter in fault.name if letter.isprintable())[:LONGEST_NAME]
    return _("Foto %(name)s tidak disimpan. %(why)s", name=f"“{name}”", why=words(fault.reason, **fault.facts))
