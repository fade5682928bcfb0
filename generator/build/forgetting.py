"""What left the site leaves the cache and the search index too: whoever withdraws a portrait must not be kept anywhere.

The archive of records forgets by itself (`archive.py`).
"""

import shutil
from pathlib import Path

from generator.documents.store import sweep as sweep_documents
from generator.problems import Problem
from generator.site.images import sweep as sweep_pictures
from generator.site.pages import Library

from .downloads import Downloads
from .publish import SEARCH


def forget(root: Path, output: Path, library: Library, downloads: Downloads, *, took_away: bool) -> list[Problem]:
    """Throw away the derivatives of pictures that nothing names any more; when a build took pages away, what held them.

    Those are the documents that are no longer current, and the search index. Gives what staff have to know of it.
    """
    sweep_pictures(library.pictures.cache, library.pictures.made)
    if not took_away:
        return []
    sweep_documents(root, downloads.planned)
    if not (output / SEARCH).is_dir():
        return []
    shutil.rmtree(output / SEARCH)
    message = "La recherche connaissait des pages qui ne sont plus là : son index est effacé."
    return [Problem("", 0, 0, "warning", "search-index", message, "Lancez « ville index » pour le refaire.")]
