"""Every change to supports, comments and follows."""

from app.discussion.actions.comments import delete_comment, edit_comment, hide_comment, show_comment, write_comment
from app.discussion.actions.follows import follow, unfollow
from app.discussion.actions.supports import support, take_back

__all__ = [
    "delete_comment",
    "edit_comment",
    "follow",
    "hide_comment",
    "show_comment",
    "support",
    "take_back",
    "unfollow",
    "write_comment",
]
