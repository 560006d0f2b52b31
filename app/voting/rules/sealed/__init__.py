"""The sealed box without its keys: what stands in an envelope, the log of envelopes, and the shares of a key.

Files and formats: docs/ballot-box.md.
"""
