"""The command line: arguments in, one stage or the newsroom called, lines out. Computes nothing itself.

Each command is a module here with `add_arguments` and `run`; `main.py` has the table of their names.
"""
