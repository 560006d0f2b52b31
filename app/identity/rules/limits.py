"""How often somebody may enter their own NIK: enough for slips, too few to try out other people's."""

from datetime import timedelta

from app.limits.rules import Limit

NIK_ENTRY = Limit("nik_entry", 5, timedelta(days=1))
