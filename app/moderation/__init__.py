"""The moderators' desk: what waits for an answer, the answers, and what the levels say of a proposal afterwards.

A moderator answers for a region and in public: the role stands on the timeline, and every no carries a reason.
Whoever wrote or typed a proposal does not moderate, judge or score it. A *merge* unites two proposals and can be parted
for seven days; a *verdict* is the word of a level (village, planning office, district, agency, regency), never edited;
*points* make an order that the minutes may deviate from with a public reason.
"""
