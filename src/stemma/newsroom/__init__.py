"""The conductor: runs the stages in order, applies their decisions, one small batch of articles in one transaction.

Takes pages and article lines, gives rows and results. Contains no stage's logic. The only place that knows all stages
and the store. Where next: `cli` and `serve`.
"""
