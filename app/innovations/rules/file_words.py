"""The words of registry files for the codes of the room, as officials know them from the forms of the index."""

from app.innovations.rules.profile import Affair, Classification, Cluster, Form, Initiator
from app.innovations.rules.stages import RUNNING, Stage

STAGES = {one.value: one for one in RUNNING} | {
    "inisiatif": Stage.IDEA,
    "uji_coba": Stage.TRIAL,
    "penerapan": Stage.ADOPTED,
}
INITIATORS = {
    "kepala_daerah": Initiator.REGENT,
    "dprd": Initiator.COUNCIL,
    "asn": Initiator.CIVIL_SERVANT,
    "opd": Initiator.AGENCY,
    "masyarakat": Initiator.COMMUNITY,
}
FORMS = {"tata_kelola": Form.GOVERNANCE, "pelayanan_publik": Form.PUBLIC_SERVICE, "lainnya": Form.OTHER}
CLASSIFICATIONS = {
    "perangkat_daerah": Classification.AGENCY,
    "desa": Classification.VILLAGE,
    "masyarakat": Classification.COMMUNITY,
}
TECHNOLOGIES = {"digital": True, "non_digital": False}
CLUSTERS = {
    "pangan": Cluster.FOOD,
    "energi": Cluster.ENERGY,
    "pendidikan": Cluster.EDUCATION,
    "kesehatan": Cluster.HEALTH,
    "hilirisasi": Cluster.DOWNSTREAM,
    "infrastruktur": Cluster.INFRASTRUCTURE,
    "desa": Cluster.VILLAGES,
    "kemiskinan": Cluster.POVERTY,
    "non": Cluster.NONE,
}
AFFAIRS = {
    "pendidikan": Affair.EDUCATION,
    "kesehatan": Affair.HEALTH,
    "pupr": Affair.PUBLIC_WORKS,
    "perumahan": Affair.HOUSING,
    "trantibumlinmas": Affair.PUBLIC_ORDER,
    "sosial": Affair.SOCIAL,
    "tenaga_kerja": Affair.LABOUR,
    "pppa": Affair.WOMEN_AND_CHILDREN,
    "pangan": Affair.FOOD,
    "pertanahan": Affair.LAND,
    "lingkungan_hidup": Affair.ENVIRONMENT,
    "dukcapil": Affair.CIVIL_REGISTRATION,
    "pmd": Affair.VILLAGES,
    "dalduk_kb": Affair.POPULATION,
    "perhubungan": Affair.TRANSPORT,
    "kominfo": Affair.INFORMATICS,
    "koperasi_umkm": Affair.COOPERATIVES,
    "penanaman_modal": Affair.INVESTMENT,
    "pemuda_olahraga": Affair.YOUTH_AND_SPORT,
    "statistik": Affair.STATISTICS,
    "persandian": Affair.ENCRYPTION,
    "kebudayaan": Affair.CULTURE,
    "perpustakaan": Affair.LIBRARIES,
    "kearsipan": Affair.ARCHIVES,
    "kelautan_perikanan": Affair.FISHERIES,
    "pariwisata": Affair.TOURISM,
    "pertanian": Affair.FARMING,
    "kehutanan": Affair.FORESTRY,
    "esdm": Affair.ENERGY,
    "perdagangan": Affair.TRADE,
    "perindustrian": Affair.INDUSTRY,
    "transmigrasi": Affair.TRANSMIGRATION,
}
