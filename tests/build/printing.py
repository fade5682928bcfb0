"""Documents put at hand without making them: what a build does with them doesn't depend on what is in them."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from generator.build.downloads import planned_documents
from generator.build.gathering import gather
from generator.build.workers import processes
from generator.documents.store import Store
from generator.site.documents import PlannedDocument


def put_at_hand(root: Path, now: datetime, chosen: Callable[[PlannedDocument], bool]) -> int:
    """Put documents of a campaign into its store, if it has no errors, and give how many are there."""
    gathered = gather(root, now, processes(1))
    if gathered.library is None or gathered.shelf is None:
        return 0
    with Store.opened(root) as store:
        found = [each for each in planned_documents(root, gathered, gathered.library).items() if chosen(each[1])]
        for fingerprint, document in found:
            store.keep(fingerprint, document.url.encode())
        return len(found)
