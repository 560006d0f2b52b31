"""Sandaran: what an innovation stands on, so that it does not end with the person who had the idea.

A *commitment* is money of a year, a person with a role, or technology: planned, agreed, delivered. A *legal act* is a
rung of the ladder from letter of assignment to Perda. *Partners* take part beside the lead agency, with agreements;
*tasks* say who does what until when. From all of them follow the *silo reasons*, whose changes are kept.

Promises: nothing is deleted, it is withdrawn with a public reason; nothing goes on which a passed gate stood; a name
is shown only with the consent of who bears it; what ends is told half a year before.
"""
