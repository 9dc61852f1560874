from goodword.listen.models.attachment import Attachment
from goodword.listen.models.gap import Gap
from goodword.listen.models.hook_refusal import HookRefusal
from goodword.listen.models.import_run import ImportRun
from goodword.listen.models.intake import RawItem
from goodword.listen.models.mention import Disposition, Mention, MentionEdit, Sentiment
from goodword.listen.models.search import Exploration, SavedSearch, SearchBurst, SearchMatch, SearchWatch
from goodword.listen.models.source import HeardHour, Source
from goodword.listen.models.spending import Spending
from goodword.listen.models.thread import Thread
from goodword.listen.models.topic import Topic, TopicBurst, TopicReview

__all__ = [
    "Attachment",
    "Disposition",
    "Exploration",
    "Gap",
    "HeardHour",
    "HookRefusal",
    "ImportRun",
    "Mention",
    "MentionEdit",
    "RawItem",
    "SavedSearch",
    "SearchBurst",
    "SearchMatch",
    "SearchWatch",
    "Sentiment",
    "Source",
    "Spending",
    "Thread",
    "Topic",
    "TopicBurst",
    "TopicReview",
]
