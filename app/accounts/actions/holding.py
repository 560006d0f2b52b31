"""Holding an account while something is written to it."""

from app.accounts.models import Person
from app.db.session import session
from app.kernel.outcomes import Missing


def hold(person: Person) -> None:
    """Lock the account; one that was closed in the meantime is missing, and nothing comes back to it."""
    session.refresh(person, with_for_update=True)
    if person.closed_at:
        raise Missing
