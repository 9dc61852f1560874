from goodword.promises.models.promise import Promise, Standing

__all__ = ["Promise", "Standing"]
