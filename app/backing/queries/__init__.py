"""Reading what innovations stand on."""

from app.backing.queries.held import budget_and_people_held, partners_held, regulations_held, trial_decrees_held
from app.backing.queries.lists import (
    acts_of,
    commitments_of,
    get_act,
    get_commitment,
    get_partner,
    get_task,
    partner_names,
    partners_of,
    spans_of,
    tasks_of,
)
from app.backing.queries.silo import SiloRow, Standing, next_ids, silo_history, standing_of, worst
from app.backing.queries.work import Due, EndingRow, endings, endings_soon, to_do

__all__ = [
    "Due",
    "EndingRow",
    "SiloRow",
    "Standing",
    "acts_of",
    "budget_and_people_held",
    "commitments_of",
    "endings",
    "endings_soon",
    "get_act",
    "get_commitment",
    "get_partner",
    "get_task",
    "next_ids",
    "partner_names",
    "partners_held",
    "partners_of",
    "regulations_held",
    "silo_history",
    "spans_of",
    "standing_of",
    "tasks_of",
    "to_do",
    "trial_decrees_held",
    "worst",
]
