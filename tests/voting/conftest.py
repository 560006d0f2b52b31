"""How many examples the laws of counting are tried on.

A usual run tries a twentieth of them; `pytest tests/voting --hypothesis-profile thorough` tries all, in some minutes.
"""

from hypothesis import settings

settings.register_profile("thorough", max_examples=20_000, deadline=None)
