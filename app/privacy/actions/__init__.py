"""Closing accounts, forgetting what is old, and writing down that somebody took their file."""

from app.privacy.actions.closing import close_account, delete_drafts
from app.privacy.actions.own import take_file
from app.privacy.actions.retention import forget

__all__ = ["close_account", "delete_drafts", "forget", "take_file"]
