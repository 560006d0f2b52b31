"""The moderators' desk: what waits for an answer, and the three answers: publish, return, reject.

A moderator answers for a region and in public: the role stands on the timeline, and every no carries a reason.
Whoever wrote or typed a proposal does not moderate it.
"""
