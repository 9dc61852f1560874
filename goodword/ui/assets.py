"""How assets are served: under names that carry their hash, so that browsers may keep them for ever."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedAssets(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise ships no types
    """Also renames what ES modules import from each other; without it they would ask for names that are gone."""

    support_js_module_import_aggregation = True
