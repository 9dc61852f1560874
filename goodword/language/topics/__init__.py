"""Topics: what people are talking about that no search names yet.

- `find_topics(said, now=…)` gives the `Topic`s of what was said lately: phrases that name them, their posts, growth,
  typical posts, and whether they are new or rising. Copies are one `Said` with a weight.
- `typical_posts(texts)` says which posts to show for any group of them.

Times are seconds on one clock, passed in.
"""

from goodword.language.topics.find import find_topics
from goodword.language.topics.topic import Said, Topic
from goodword.language.topics.typical import typical_posts

__all__ = ["Said", "Topic", "find_topics", "typical_posts"]
