"""What the registry says of an innovation beside its stage: the fields of PP 38/2017 and of the innovation index."""

from enum import StrEnum


class Form(StrEnum):
    """The three forms of PP 38/2017."""

    GOVERNANCE = "governance"
    PUBLIC_SERVICE = "public_service"
    OTHER = "other"


class Initiator(StrEnum):
    """Who may start an innovation, by PP 38/2017."""

    REGENT = "regent"
    COUNCIL = "council"
    CIVIL_SERVANT = "civil_servant"
    AGENCY = "agency"
    COMMUNITY = "community"


class Classification(StrEnum):
    """Whose innovation it is."""

    AGENCY = "agency"
    VILLAGE = "village"
    COMMUNITY = "community"


class Cluster(StrEnum):
    """The national priority that it serves (klaster PKPN)."""

    FOOD = "food"
    ENERGY = "energy"
    EDUCATION = "education"
    HEALTH = "health"
    DOWNSTREAM = "downstream"
    INFRASTRUCTURE = "infrastructure"
    VILLAGES = "villages"
    POVERTY = "poverty"
    NONE = "none"


class Affair(StrEnum):
    """The affairs (urusan) of a regency, in the order of UU 23/2014; the first six are the basic services."""

    EDUCATION = "education"
    HEALTH = "health"
    PUBLIC_WORKS = "public_works"
    HOUSING = "housing"
    PUBLIC_ORDER = "public_order"
    SOCIAL = "social"
    LABOUR = "labour"
    WOMEN_AND_CHILDREN = "women_and_children"
    FOOD = "food"
    LAND = "land"
    ENVIRONMENT = "environment"
    CIVIL_REGISTRATION = "civil_registration"
    VILLAGES = "villages"
    POPULATION = "population"
    TRANSPORT = "transport"
    INFORMATICS = "informatics"
    COOPERATIVES = "cooperatives"
    INVESTMENT = "investment"
    YOUTH_AND_SPORT = "youth_and_sport"
    STATISTICS = "statistics"
    ENCRYPTION = "encryption"
    CULTURE = "culture"
    LIBRARIES = "libraries"
    ARCHIVES = "archives"
    FISHERIES = "fisheries"
    TOURISM = "tourism"
    FARMING = "farming"
    FORESTRY = "forestry"
    ENERGY = "energy"
    TRADE = "trade"
    INDUSTRY = "industry"
    TRANSMIGRATION = "transmigration"


BASIC_SERVICES = frozenset(
    {Affair.EDUCATION, Affair.HEALTH, Affair.PUBLIC_WORKS, Affair.HOUSING, Affair.PUBLIC_ORDER, Affair.SOCIAL}
)


class DistrictLink(StrEnum):
    """Why an innovation is found under a kecamatan: it comes from there, or a village there has taken it up."""

    ORIGIN = "origin"
    ADOPTER = "adopter"


ASTA_CITA = (1, 8)
# What the index asks of a rancang bangun; fewer words are a hint, not a refusal.
DESIGN_WORDS = 300
DESIGN_LENGTH = (0, 20_000)
PROSE_LENGTH = (0, 5_000)
COST_SOURCE_LENGTH = (0, 200)


def word_count(text: str) -> int:
    return len(text.split())


class Light(StrEnum):
    """How mature an innovation is, by its score of 0 to 111."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"


MOST_SCORE = 111
# The least score of each light.
LEAST: dict[Light, int] = {Light.GREEN: 85, Light.YELLOW: 66, Light.RED: 0}


def light_of(score: int) -> Light:
    return next(light for light, least in LEAST.items() if score >= least)


def scores_of(light: Light) -> tuple[int, int]:
    """The least and the most score of a light."""
    above = [least for least in LEAST.values() if least > LEAST[light]]
    return LEAST[light], min(above) - 1 if above else MOST_SCORE
