"""Everything that is read of supports, comments and follows."""

from app.discussion.queries.comments import (
    CommentRow,
    agency_of,
    answers_to,
    comments_page,
    find_comment_by_key,
    get_comment,
    get_comment_locked,
    has_answer,
    number_of,
    registered_at,
    row_of,
    with_answers,
)
from app.discussion.queries.follows import Followed, count_followed, followed_by, is_followed
from app.discussion.queries.supports import Standing, phases_of, standing_of

__all__ = [
    "CommentRow",
    "Followed",
    "Standing",
    "agency_of",
    "answers_to",
    "comments_page",
    "count_followed",
    "find_comment_by_key",
    "followed_by",
    "get_comment",
    "get_comment_locked",
    "has_answer",
    "is_followed",
    "number_of",
    "phases_of",
    "registered_at",
    "row_of",
    "standing_of",
    "with_answers",
]
