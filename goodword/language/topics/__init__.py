"""Topics: what people are talking about that no search names yet.

- `TopicTracker().add(post_id, text, at)` clusters posts as they come in, on their words alone, or on embeddings when
  made with `dimension=…` and given `embedding=…`. Memory and time for a post are bounded.
- `.topics(now)` gives `Topic`s: phrases that name them, posts, growth, typical posts, and whether new or rising.
- `typical_posts(texts)` and `distinctive_phrases(texts, background)` do for any group of posts, such as those of a
  burst, what the tracker does for a topic; `Background` learns what is common everywhere.

Times are seconds on one clock, passed in. To go on after a restart, add the last days' posts again.
"""

from goodword.language.topics.background import Background
from goodword.language.topics.naming import distinctive_phrases
from goodword.language.topics.topic import Topic
from goodword.language.topics.tracker import TopicTracker
from goodword.language.topics.typical import typical_posts

__all__ = ["Background", "Topic", "TopicTracker", "distinctive_phrases", "typical_posts"]
