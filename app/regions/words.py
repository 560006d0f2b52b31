"""Words for what is wrong with data files: what, and how to mend it."""

from collections.abc import Iterable, Iterator
from typing import TypeGuard

from app.i18n.catalogues import _, _l, words
from app.kernel.datafiles import Fault, FileFault
from app.regions.queries import find_region
from app.regions.rules import RegionKind
from app.regions.rules.boundaries import BoundaryFault
from app.regions.rules.importing import RegionFault

CELL_LENGTH = 200
FILE_FAULTS = {
    FileFault.NO_FILE: _l("berkas ini tidak ada di folder. Buat berkasnya seperti contoh di README."),
    FileFault.NOT_UTF8: _l(
        "huruf di berkas ini tidak terbaca. Simpan lagi dari lembar kerja dengan pilihan “CSV UTF-8”, "
        "atau dari penyunting teks sebagai UTF-8."
    ),
    FileFault.NO_ROWS: _l("berkas ini kosong. Isi baris judul kolom, lalu paling sedikit satu baris data."),
    FileFault.BROKEN_QUOTES: _l(
        "tanda kutip ganda tidak berpasangan mulai baris ini. Tutup kutipnya; di dalam teks, kutip ditulis dua kali."
    ),
    FileFault.CELL_COUNT: _l(
        "ada %(count)s sel, seharusnya %(expected)s. Teks yang memuat koma diapit tanda kutip ganda; "
        "sel kosong tetap diberi pemisah."
    ),
    FileFault.COLUMN_MISSING: _l("kolom “%(name)s” tidak ada. Tambahkan kolom itu di baris judul."),
    FileFault.COLUMN_TWICE: _l("kolom “%(name)s” ada lebih dari satu. Hapus yang tidak dipakai."),
    FileFault.NAME_UNKNOWN: _l("“%(value)s” tidak dikenal. Hapus, atau pakai salah satu dari: %(known)s."),
    FileFault.NAME_MEANT: _l("“%(value)s” tidak dikenal. Maksud Anda “%(meant)s”?"),
    FileFault.SECTION_MISSING: _l("bagian [%(name)s] tidak ada. Tambahkan seperti contoh di README."),
    FileFault.SECTION_SHAPE: _l("bagian “%(name)s” harus ditulis %(shape)s, di baris tersendiri."),
    FileFault.TOML_QUOTES: _l(
        'tanda kutip tidak berpasangan. Tutup kutip di baris ini; kutip ganda di dalam teks ditulis \\".'
    ),
    FileFault.TOML_VALUE: _l(
        "nilainya tidak terbaca. Teks diapit tanda kutip ganda, angka ditulis tanpa titik atau koma, "
        "dan setiap isian berdiri di barisnya sendiri."
    ),
    FileFault.TOML_KEY: _l("baris ini tidak terbaca. Tulis: nama = nilai. Bagian ditulis [nama] atau [[nama]]."),
    FileFault.TOML_TWICE: _l("nama ini sudah dipakai di atasnya. Hapus salah satu."),
    FileFault.TOML_SYNTAX: _l("tulisan di sekitar baris ini tidak terbaca. Bandingkan dengan contoh di README."),
    FileFault.REQUIRED: _l("“%(name)s” belum diisi. Isi sesuai contoh di README."),
    FileFault.NOT_TEXT: _l('“%(name)s” harus berupa teks. Apit dengan tanda kutip ganda: "%(value)s".'),
    FileFault.NOT_ONE_LINE: _l("“%(name)s” harus satu baris. Hapus ganti baris di dalamnya."),
    FileFault.HIDDEN_LETTER: _l(
        "“%(name)s” memuat huruf yang tidak terlihat (%(letter)s), biasanya terbawa dari PDF. Ketik ulang teksnya."
    ),
    FileFault.TOO_SHORT: _l("“%(name)s” terlalu pendek: %(length)s huruf, paling sedikit %(least)s. Lengkapi."),
    FileFault.TOO_LONG: _l("“%(name)s” terlalu panjang: paling banyak %(most)s huruf, lebih %(over)s. Ringkas."),
    FileFault.NOT_WHOLE: _l("“%(name)s” harus angka bulat, bukan “%(value)s”. Tulis angka saja, misalnya 2025."),
    FileFault.NOT_DECIMAL: _l("“%(name)s” harus angka desimal, bukan “%(value)s”. Tulis seperti -9.08957."),
    FileFault.OUT_OF_RANGE: _l("“%(name)s” berisi %(value)s, harus antara %(least)s dan %(most)s. Periksa angkanya."),
    FileFault.CODE_UNKNOWN: _l("“%(name)s” tidak boleh berisi “%(value)s”. Pakai salah satu dari: %(known)s."),
    FileFault.CODE_MEANT: _l("“%(name)s” tidak boleh berisi “%(value)s”. Maksud Anda “%(meant)s”?"),
}

REGION_FAULTS = {
    RegionFault.CODE_SHAPE: _l(
        "kode “%(value)s” salah bentuk. Kabupaten 53.04, kecamatan 53.04.01, desa 53.04.01.2001. "
        "Di lembar kerja, jadikan kolom ini Teks sebelum mengisi."
    ),
    RegionFault.CODE_TWICE: _l(
        "“%(value)s” di kolom %(name)s sudah ada di baris %(first)s. Hapus atau perbaiki salah satu."
    ),
    RegionFault.LEVEL_DIFFERS: _l("level “%(value)s” tidak cocok dengan bentuk kodenya. Tulis “%(expected)s”."),
    RegionFault.KIND_DIFFERS: _l("kind “%(value)s” tidak cocok dengan kodenya. Tulis: %(expected)s."),
    RegionFault.PARENT_DIFFERS: _l("parent_code “%(value)s” tidak cocok dengan kodenya. Tulis “%(expected)s”."),
    RegionFault.PARENT_UNKNOWN: _l("wilayah di atasnya, %(value)s, tidak ada di berkas ini. Tambahkan barisnya."),
    RegionFault.REGENCY_UNLISTED: _l("kabupaten %(value)s tidak ada di regencies.csv. Tambahkan satu baris di sana."),
    RegionFault.REGENCY_WITHOUT_REGION: _l(
        "kabupaten %(value)s tidak ada di regions.csv. Tambahkan satu baris di sana."
    ),
    RegionFault.SLUG_SHAPE: _l(
        "slug “%(value)s” salah bentuk. Pakai huruf kecil, angka dan tanda hubung: belitung-timur."
    ),
    RegionFault.SLUG_RESERVED: _l("slug “%(value)s” sudah dipakai halaman lain. Pilih nama kabupaten."),
    RegionFault.PREFIX_SHAPE: _l("number_prefix “%(value)s” salah bentuk. Tulis tiga huruf besar, misalnya BLU."),
    RegionFault.TAKEN: _l("“%(value)s” di kolom %(name)s sudah dipakai %(by)s. Pilih yang lain."),
    RegionFault.FILE_NAME: _l(
        "nama berkas tidak cocok. Tulis villages-<kode>.geojson dengan kode kabupaten di regions.csv."
    ),
}

BOUNDARY_FAULTS = {
    BoundaryFault.NOT_JSON: _l("berkas ini bukan JSON yang utuh. Ekspor lagi sebagai GeoJSON."),
    BoundaryFault.NOT_COLLECTION: _l("berkas ini harus FeatureCollection. Ekspor lagi sebagai GeoJSON."),
    BoundaryFault.VILLAGE_UNKNOWN: _l(
        "properties.code “%(value)s” bukan desa kabupaten ini di regions.csv. Perbaiki kodenya."
    ),
    BoundaryFault.VILLAGE_TWICE: _l("desa %(value)s sudah punya batas di atasnya. Hapus salah satu."),
    BoundaryFault.NOT_POLYGON: _l("batas desa %(value)s harus Polygon atau MultiPolygon. Ekspor lagi sebagai bidang."),
    BoundaryFault.RING_OPEN: _l(
        "garis batas desa %(value)s tidak tertutup. Ulangi titik pertama di akhir, paling sedikit empat titik."
    ),
    BoundaryFault.POINT_OUTSIDE: _l(
        "batas desa %(value)s keluar dari Indonesia. Tulis bujur dahulu, lalu lintang, dalam derajat (WGS 84)."
    ),
}

# Regions as one speaks of them; the name of a regency says what it is.
CALLED = {
    RegionKind.KECAMATAN: _l("Kecamatan %(name)s"),
    RegionKind.DESA: _l("Desa %(name)s"),
    RegionKind.KELURAHAN: _l("Kelurahan %(name)s"),
}

WORDS = (FILE_FAULTS, REGION_FAULTS, BOUNDARY_FAULTS)


def fault_lines(faults: Iterable[Fault]) -> Iterator[str]:
    """Every fault as one line: which file, which line, what to do; an endless cell out of the file is cut."""
    for fault in faults:
        cell = fault.facts.get("value")
        facts = {**fault.facts, "value": cell[:CELL_LENGTH] + "…"} if _is_long(cell) else fault.facts
        what = " ".join(words(fault.code, **facts).splitlines())
        where = {"file": fault.file, "line": fault.line, "what": what}
        yield _("%(file)s, baris %(line)s: %(what)s", **where) if fault.line else _("%(file)s: %(what)s", **where)


def _is_long(cell: object) -> TypeGuard[str]:
    return isinstance(cell, str) and len(cell) > CELL_LENGTH


def scope_name(code: str) -> str:
    """A scope as one speaks of it: Desa Makir, Kecamatan Lamaknen, Kabupaten Belu."""
    region = find_region(code) if code else None
    if region is None:
        return _("semua kabupaten")
    return str(CALLED.get(region.kind, "%(name)s")) % {"name": region.name}
