from goodword.kernel.models.fact import FactRow

__all__ = ["FactRow"]
