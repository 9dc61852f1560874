"""Near-duplicates: reposts, copied posts and campaigns are one voice with a reach.

`CopyIndex.add(post_id, text, author=…, followers=…)` gives the id of the group that the post is a copy in (that of
the group's first post); `.group(group_id)` says how many posts it has and how far they reach. Handles, links, emoji,
punctuation, case and marks of a repost make no difference, and a few changed words don't either; short texts are
copies only when their words are equal. Memory and time for a post are bounded.
"""

from goodword.language.copies.essence import essence
from goodword.language.copies.index import CopyGroup, CopyIndex

__all__ = ["CopyGroup", "CopyIndex", "essence"]
