"""Every deed that a facilitator does for a resident."""

from app.facilitation.actions.residents import Enrolment, enrol

__all__ = ["Enrolment", "enrol"]
