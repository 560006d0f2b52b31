"""Kotak masuk: what has happened with one's own proposals, answers to one's comments, and all that one follows.

*News* is written once, in the transaction of what it tells, however many follow; whoever opens their inbox gathers
what concerns them. A *digest* sends it by message, once a day at most; a few things are told at once.
"""
