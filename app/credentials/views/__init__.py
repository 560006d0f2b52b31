"""Pages of ways in: codes to the phone, second factors, passkeys, resident cards."""

from app.credentials.views import cards, codes, panels, passkeys, phone, safety, second_factor
from app.credentials.views.blueprint import bp

__all__ = ["bp", "cards", "codes", "panels", "passkeys", "phone", "safety", "second_factor"]
