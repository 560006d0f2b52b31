"""Replikasi: innovations that other villages take up.

A facilitator says that their village has *adopted* an innovation that is in use, since when, who runs it there, and
with a proof; the lead agency *confirms* it or says why not. A village adopts an innovation once; nobody confirms what
they have reported; and no village of another regency is counted.
"""
