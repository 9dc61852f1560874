"""What we said we would do, by when, and whether we did.

Owns promises: found in the words of a reply (`rules`), confirmed by who writes it, kept, renegotiated or broken. It
knows of a case only its id and number: care, which lies above, makes promises with its replies and takes them back.
Announces each change as a fact of the case, so that it stands in the case's activity.
"""
