"""How often what may be tried; who is behind a network's one address is many, so addresses get far more."""

from datetime import timedelta

from app.limits.rules import Limit

QUARTER = timedelta(minutes=15)
SIGN_IN = Limit("sign_in", 10, QUARTER)
SIGN_IN_ADDRESS = Limit("sign_in_address", 300, QUARTER)
REGISTER_PHONE = Limit("register_phone", 8, timedelta(days=1))
REGISTER_ADDRESS = Limit("register_address", 100, timedelta(hours=1))
LOOK_UP = Limit("look_up", 60, timedelta(hours=1))
DENIED = Limit("denied", 20, timedelta(days=1))
