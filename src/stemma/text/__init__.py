"""Tokens, sentences, names, numbers, dates, quotation marks, alignment: text as text.

Takes strings, gives offsets and small values; never knows what an article is. Language data lives in `text/lang`,
one file a language. Used by every stage.
"""
