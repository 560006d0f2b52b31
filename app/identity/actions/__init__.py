"""Every change to what is known of people: their identity, the groups they name, whole rolls, and newer keys."""

from app.identity.actions.groups import declare_groups
from app.identity.actions.identifying import Particulars, identify, identify_oneself, lift_level
from app.identity.actions.keys import lift_digests
from app.identity.actions.rolls import enter_roll

__all__ = ["Particulars", "declare_groups", "enter_roll", "identify", "identify_oneself", "lift_digests", "lift_level"]
