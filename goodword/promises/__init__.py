"""What we said we would do, and by when.

So far its rules: `rules.find` finds what a draft promises, `rules.moment` says when that falls due. They are pure; the
ledger that keeps a promise until it is kept or broken is not built yet.
"""
