"""Who takes part, and who is missing: sums by place, sex, age and self-declared group, and never a person.

Words: a *measure* is what people have done; a *table* divides everybody in one way; a *hidden* number is one from
which, or with the help of which, somebody could be recognised.
"""
