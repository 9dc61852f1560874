from goodword.promises.models.presence import BrandPage, PresencePromise
from goodword.promises.models.promise import Promise, Standing

__all__ = ["BrandPage", "PresencePromise", "Promise", "Standing"]
