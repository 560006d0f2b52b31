"""Words for what the registry says of an innovation, and for how lists are sorted."""

from app.i18n.catalogues import _l
from app.innovations.rules.board import Order
from app.innovations.rules.profile import Affair, Classification, Cluster, Form, Initiator, Light
from app.innovations.rules.stages import Origin

LIGHT_KINDS = {Light.GREEN: "ok", Light.YELLOW: "wait", Light.RED: "no"}

LIGHTS = {
    Light.GREEN: _l("Matang"),
    Light.YELLOW: _l("Cukup matang"),
    Light.RED: _l("Belum matang"),
}

ORIGINS = {
    Origin.PROPOSAL: _l("Dari usulan warga"),
    Origin.REGISTERED: _l("Terdaftar langsung"),
    Origin.AGENCY: _l("Didaftarkan dinas"),
    Origin.VILLAGE: _l("Didaftarkan desa"),
    Origin.RESIDENT: _l("Didaftarkan warga"),
}

FORMS = {
    Form.GOVERNANCE: _l("Tata kelola pemerintahan"),
    Form.PUBLIC_SERVICE: _l("Pelayanan publik"),
    Form.OTHER: _l("Bentuk lain sesuai urusan daerah"),
}

INITIATORS = {
    Initiator.REGENT: _l("Bupati"),
    Initiator.COUNCIL: _l("Anggota DPRD"),
    Initiator.CIVIL_SERVANT: _l("Pegawai pemerintah (ASN)"),
    Initiator.AGENCY: _l("Dinas"),
    Initiator.COMMUNITY: _l("Masyarakat"),
}

CLASSIFICATIONS = {
    Classification.AGENCY: _l("Inovasi dinas"),
    Classification.VILLAGE: _l("Inovasi desa"),
    Classification.COMMUNITY: _l("Inovasi masyarakat"),
}

CLUSTERS = {
    Cluster.FOOD: _l("Pangan"),
    Cluster.ENERGY: _l("Energi"),
    Cluster.EDUCATION: _l("Pendidikan"),
    Cluster.HEALTH: _l("Kesehatan"),
    Cluster.DOWNSTREAM: _l("Hilirisasi"),
    Cluster.INFRASTRUCTURE: _l("Infrastruktur"),
    Cluster.VILLAGES: _l("Desa"),
    Cluster.POVERTY: _l("Kemiskinan"),
    Cluster.NONE: _l("Di luar klaster"),
}

AFFAIRS = {
    Affair.EDUCATION: _l("Pendidikan"),
    Affair.HEALTH: _l("Kesehatan"),
    Affair.PUBLIC_WORKS: _l("Pekerjaan umum dan penataan ruang"),
    Affair.HOUSING: _l("Perumahan dan kawasan permukiman"),
    Affair.PUBLIC_ORDER: _l("Ketenteraman, ketertiban umum dan pelindungan masyarakat"),
    Affair.SOCIAL: _l("Sosial"),
    Affair.LABOUR: _l("Tenaga kerja"),
    Affair.WOMEN_AND_CHILDREN: _l("Pemberdayaan perempuan dan pelindungan anak"),
    Affair.FOOD: _l("Pangan"),
    Affair.LAND: _l("Pertanahan"),
    Affair.ENVIRONMENT: _l("Lingkungan hidup"),
    Affair.CIVIL_REGISTRATION: _l("Administrasi kependudukan dan pencatatan sipil"),
    Affair.VILLAGES: _l("Pemberdayaan masyarakat dan desa"),
    Affair.POPULATION: _l("Pengendalian penduduk dan keluarga berencana"),
    Affair.TRANSPORT: _l("Perhubungan"),
    Affair.INFORMATICS: _l("Komunikasi dan informatika"),
    Affair.COOPERATIVES: _l("Koperasi, usaha kecil dan menengah"),
    Affair.INVESTMENT: _l("Penanaman modal"),
    Affair.YOUTH_AND_SPORT: _l("Kepemudaan dan olahraga"),
    Affair.STATISTICS: _l("Statistik"),
    Affair.ENCRYPTION: _l("Persandian"),
    Affair.CULTURE: _l("Kebudayaan"),
    Affair.LIBRARIES: _l("Perpustakaan"),
    Affair.ARCHIVES: _l("Kearsipan"),
    Affair.FISHERIES: _l("Kelautan dan perikanan"),
    Affair.TOURISM: _l("Pariwisata"),
    Affair.FARMING: _l("Pertanian"),
    Affair.FORESTRY: _l("Kehutanan"),
    Affair.ENERGY: _l("Energi dan sumber daya mineral"),
    Affair.TRADE: _l("Perdagangan"),
    Affair.INDUSTRY: _l("Perindustrian"),
    Affair.TRANSMIGRATION: _l("Transmigrasi"),
}

ORDERS = {
    Order.LATEST: _l("Terbaru bergerak"),
    Order.WAITING: _l("Paling lama menunggu"),
    Order.SCORE: _l("Paling matang"),
    Order.RISK: _l("Paling lama berisiko"),
}

# What the log says was done to an innovation.
ACTS = {
    "enter": _l("Didaftarkan"),
    "begin_innovation": _l("Diangkat dari usulan"),
    "revise": _l("Keterangan diubah"),
    "name_owner": _l("Persetujuan nama penggagas diubah"),
    "add_supporting": _l("Usulan pendukung dicatat"),
    "add_provision": _l("Syarat dilengkapi"),
    "pass": _l("Lulus tahap"),
    "replicate": _l("Lulus untuk ditiru"),
    "hold": _l("Ditunda"),
    "send_back": _l("Dikembalikan"),
    "resume": _l("Dilanjutkan"),
    "stop": _l("Dihentikan"),
    "reject": _l("Tidak diterima"),
}

# The columns of the registry as people know them.
COLUMN_WORDS = {
    "name": _l("nama"),
    "expansion": _l("kepanjangan"),
    "summary": _l("cerita"),
    "pillar_id": _l("pilar"),
    "form": _l("bentuk"),
    "classification": _l("milik"),
    "initiator_kind": _l("pemrakarsa"),
    "is_digital": _l("cara"),
    "affairs": _l("urusan"),
    "asta_cita": _l("Asta Cita"),
    "cluster": _l("klaster"),
    "trial_on": _l("mulai uji coba"),
    "applied_on": _l("mulai diterapkan"),
    "developed_on": _l("pengembangan terakhir"),
    "village_code": _l("desa"),
    "design": _l("rancang bangun"),
    "aims": _l("tujuan"),
    "benefits": _l("manfaat"),
    "results": _l("hasil"),
    "cost": _l("biaya"),
    "cost_source": _l("sumber biaya"),
    "contact_agency_id": _l("kontak"),
    "source": _l("sumber keterangan"),
}

WORDS = (LIGHTS, ORIGINS, FORMS, INITIATORS, CLASSIFICATIONS, CLUSTERS, AFFAIRS, ORDERS)
