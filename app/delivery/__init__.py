"""What becomes of winners that are ordinary work: planned, budgeted, begun, finished, and looked at by those who asked.

*Work*: a routed proposal on its way through RKPD and APBD (or the village's own APBDes). *Progress*: how far it is,
with photos at the beginning, half way and at the end. *Check*: what residents of the village say of a finished work.

Promises: every step stands on the proposal's page with its number and its date; nothing is finished without its
photos; where residents say that it is not, everybody can see that. And of a proposal that became an innovation, each
further stage of the innovation is told to those who proposed and supported it.
"""
