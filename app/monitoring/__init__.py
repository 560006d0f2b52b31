"""Pemantauan: what actions of the plan and innovations reach, quarter by quarter, and whether residents see it too.

A *thing* is an adopted action or an innovation with indicators. Its agency *reports* each quarter; a planner who did
not write it *verifies*. *Achievement* is what was reached of what was due; it gives the *light*. Residents *check*
whether what is reported is there. An *evaluation* answers a question once.

Promises: what is not reported is grey and never green; nobody verifies what they have sent; no version of a report is
lost; residents are counted and never shown.
"""
