"""Usulan: what residents ask for, from the first draft to the finished work.

A proposal has a permanent, speakable number (BLU-28-00042), is linked to one or more misi of its regency,
and keeps a public timeline on which every step stands with who, when and why. Nothing is ever deleted.
"""
