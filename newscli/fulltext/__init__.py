"""Full text: every word of any script in the posts, in an SQLite file of its own beside the index of entries.

What is found is exact: a query is a piece of the folded text, wherever that begins and ends. Chinese, Japanese and
Korean characters, digits, punctuation and blanks are a token each, other scripts' words are one token (``tokens``); a
query is a phrase of tokens, its first and last word completed from the ``vocabulary``. The file is built and kept up to
date by ``index``; ``leaves`` put themselves into the place of a query's words; ``ranking`` puts what is found in order.
"""
