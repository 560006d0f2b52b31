"""Pages of people: registering, signing in, one's own account and browsers, and the administrators' desk."""

from app.accounts.views import account, administration, signing_in
from app.accounts.views.blueprint import bp
from app.accounts.views.session import register_sign_in

__all__ = ["account", "administration", "bp", "register_sign_in", "signing_in"]
