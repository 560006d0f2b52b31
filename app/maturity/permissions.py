"""Who brings evidence, who reviews it, and who keeps the tables it is measured by."""

from enum import StrEnum

from app.innovations.permissions import PLANNER, Whose, is_officer
from app.kernel.actor import Actor, Role
from app.kernel.policy import Policy, Within, has_role


class Can(StrEnum):
    PROVIDE = "provide"
    REVIEW = "review"
    NOTE_FIGURE = "note_figure"
    EXPORT = "export"
    EDIT_TABLE = "edit_table"


ADMINISTRATOR = has_role(Role.ADMINISTRATOR, "an administrator of the installation")


def is_owner(actor: Actor, facts: Within) -> bool:
    """whose idea it is, or who entered it"""
    return isinstance(facts, Whose) and actor.is_signed_in and facts.owner_id == actor.person_id


POLICY: Policy[Can, Within] = Policy(
    {
        Can.PROVIDE: (PLANNER, is_officer, is_owner),
        Can.REVIEW: (PLANNER,),
        Can.NOTE_FIGURE: (PLANNER,),
        Can.EXPORT: (PLANNER,),
        Can.EDIT_TABLE: (ADMINISTRATOR,),
    }
)
