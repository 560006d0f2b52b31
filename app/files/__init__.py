"""Photos that people add: taken in, made small and clean, kept, and shown to whom may see what they hang on.

*Upload*: what a browser sends, believed in nothing. *Picture*: made anew from an upload, in three sizes, stored.
*Draft*: a picture that belongs to a form not yet finished; only its owner sees it. *Attached*: it hangs on something
of a room above, and that room says who sees it.

Promises: nothing that a stranger sent is ever served, only what we have encoded ourselves; no place, device or time
leaves with a photo; a photo that was accepted once is not lost because another answer was wrong; objects are written
whole before their row is committed, so that no row lacks its object.
"""
