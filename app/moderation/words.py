"""Words for the room's codes, and the texts from which a reason can start."""

from flask_babel import LazyString

from app.i18n.catalogues import _l
from app.moderation.rules import Decision
from app.proposals.rules import ReasonCode

DECISIONS = {
    Decision.PUBLISH: _l("Terbitkan"),
    Decision.RETURN: _l("Kembalikan untuk diperbaiki"),
    Decision.REJECT: _l("Tolak"),
}

# What is said when it is done.
DONE = {
    Decision.PUBLISH: _l("Usulan %(number)s sudah terbit."),
    Decision.RETURN: _l("Usulan %(number)s dikembalikan kepada pengusulnya."),
    Decision.REJECT: _l("Usulan %(number)s tidak diterima."),
}

# A no says why and what can be done; the moderator adds what is special in this case.
STARTERS: dict[Decision, dict[ReasonCode, LazyString]] = {
    Decision.PUBLISH: {},
    Decision.RETURN: {
        ReasonCode.LOCATION_UNCLEAR: _l(
            "Tempatnya belum jelas. Tulis nama dusun dan patokan yang dekat, lalu kirim lagi."
        ),
        ReasonCode.INCOMPLETE: _l(
            "Keterangannya belum cukup. Tambahkan keadaan sekarang, ukuran, dan siapa yang terbantu."
        ),
        ReasonCode.UNREASONABLE_COST: _l(
            "Ukuran atau kira-kira biayanya belum wajar. Periksa lagi bersama pendamping desa, lalu kirim lagi."
        ),
        ReasonCode.LAND_NOT_READY: _l(
            "Belum ada keterangan tentang lahan. Tulis milik siapa dan apakah pemiliknya setuju, lalu kirim lagi."
        ),
        ReasonCode.DUPLICATE: _l(
            "Usulan ini mirip dengan usulan lain. Tulis apa bedanya, atau tarik usulan ini dan dukung yang sudah ada."
        ),
        ReasonCode.PRIVATE_DATA: _l("Ada data pribadi di dalamnya. Hapus nama orang dan nomor, lalu kirim lagi."),
    },
    Decision.REJECT: {
        ReasonCode.DUPLICATE: _l("Usulan ini sama dengan usulan lain yang sudah terbit. Silakan dukung usulan itu."),
        ReasonCode.ALREADY_BUILT: _l("Pekerjaan ini sudah dibangun atau sudah masuk rencana tahun berjalan."),
        ReasonCode.NOT_AUTHORITY: _l(
            "Pekerjaan ini bukan wewenang kabupaten. Sampaikan kepada pemerintah desa atau provinsi."
        ),
        ReasonCode.LAND_NOT_READY: _l(
            "Lahannya belum siap. Usulan dapat dikirim lagi setelah pemilik lahan menyatakan setuju."
        ),
        ReasonCode.OVER_CEILING: _l(
            "Biayanya jauh di atas dana yang tersedia. Usulkan bagian yang paling penting dulu."
        ),
        ReasonCode.OUTSIDE_PLAN: _l("Usulan ini tidak sesuai dengan rencana pembangunan daerah."),
        ReasonCode.BREAKS_SPATIAL_PLAN: _l("Tempatnya melanggar tata ruang atau berada di kawasan hutan."),
        ReasonCode.PRIVATE_DATA: _l(
            "Usulan ini memuat data pribadi, penghinaan, atau iklan, jadi tidak dapat ditampilkan."
        ),
    },
}

WORDS = (DECISIONS,)
