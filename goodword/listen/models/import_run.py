"""Imports of files, with what each of them added."""

from __future__ import annotations

from django.db import models

from goodword.listen.models.source import Source
from goodword.staff.models import Scoped, ScopedQuerySet


class ImportRun(Scoped):
    """One reading of one file. A run that was killed has no `finished_at`; importing again adds the rest."""

    source = models.ForeignKey(Source, models.CASCADE, related_name="import_runs")
    file_name = models.CharField(max_length=255)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    read = models.BigIntegerField(default=0)
    duplicates = models.BigIntegerField(default=0)
    rejected = models.BigIntegerField(default=0)
    objects = ScopedQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["workspace", "source"], name="imports_of_source")]

    def __str__(self) -> str:
        return f"{self.file_name} at {self.started_at}"
