"""Pages of what innovations stand on: one for everybody, forms for those who bring it, desks, and the silo list."""

from app.backing.views import acts, panels, partners, public, resources, work
from app.backing.views.blueprint import bp

__all__ = ["acts", "bp", "panels", "partners", "public", "resources", "work"]
