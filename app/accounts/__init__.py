"""People: registering, signing in, where they live, how far they are known, and roles with a region scope.

Words: a *person* has an account; an *actor* is a person in action; *attesting* is a facilitator's word that
they met the person and saw KTP or KK; a *grant* gives a role within a region for a time.
"""
