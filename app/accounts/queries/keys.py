"""Which phones are sealed with a key that is not the newest."""

from sqlalchemy import ColumnElement, LargeBinary, func, select

from app.accounts.models import Person
from app.db.session import session
from app.vault import newest_field_key


def is_of_older_key() -> ColumnElement[bool]:
    """SQL: the first byte of what is sealed names the key."""
    key = func.substr(Person.phone_sealed, 1, 1, type_=LargeBinary)
    return Person.phone_sealed.is_not(None) & (key != bytes([newest_field_key()]))


def count_of_older_keys() -> int:
    return session.scalar(select(func.count()).select_from(Person).where(is_of_older_key())) or 0
