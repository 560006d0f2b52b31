"""The first pages: choosing a regency, its home, its misi, its villages and map, tracking, help, and what machines ask.

It shows what the rooms below know and changes nothing.
"""
