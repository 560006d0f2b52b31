"""A believable year in Kabupaten Belu to look at, and accounts to sign in with.

Its words: texts (what people wrote, in data/), the script (who does what when, made from texts and a seed), and the
play (the script acted out). It promises to change nothing but through the actions of the other rooms, and never to run
in production.
"""
