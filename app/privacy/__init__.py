"""What people can do about data on them, how long anything is kept, and whom to tell when some of it got out.

Words: a *trace* is a column that points at a person; a *section* is a part of the file that a person gets;
*closing* an account erases who it was and keeps what was public. Everything that the installation holds on people
is listed once, in `queries.traces`; a table that is not there fails a test.
"""
