"""Pages of lists too long to be counted.

Counting a million rows takes longer than showing twenty-five of them, and nobody needs the exact number:
`CappedPaginator` stops counting at 10,000, `KeysetPage` does not count at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils.functional import cached_property

Item = TypeVar("Item")
CAP = 10_000


class CappedPaginator(Paginator):
    """Django's paginator, except that it counts no further than `cap` and shows no page beyond it."""

    cap = CAP

    @cached_property
    def _counted(self) -> int:
        """One more than the cap stands for any number beyond it."""
        first: Any = self.object_list[: self.cap + 1]
        return first.count() if isinstance(first, QuerySet) else len(first)

    @cached_property
    def count(self) -> int:
        return min(self._counted, self.cap)

    @property
    def is_capped(self) -> bool:
        """There are more than `count`."""
        return self._counted > self.cap


@dataclass(frozen=True)
class KeysetPage(Generic[Item]):
    """A page found by the last row of the one before it. It knows its neighbours, not its number.

    The params are what the address of the neighbouring page says: `{"after": "2026-09-03.81"}`, and None
    when there is no such page.
    """

    items: Sequence[Item]
    next_params: Mapping[str, str] | None = None
    previous_params: Mapping[str, str] | None = None

    @property
    def has_next(self) -> bool:
        return self.next_params is not None

    @property
    def has_previous(self) -> bool:
        return self.previous_params is not None

    def __iter__(self) -> Iterator[Item]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)


def count_words(page: Page | KeysetPage, singular: str, plural: str = "") -> str:
    """`64 cases`, `Showing 26 to 50 of 64 cases`, `Showing 1 to 25 of more than 10,000 cases`, `No cases`."""
    plural = plural or f"{singular}s"
    if not isinstance(page, Page):
        return f"Showing {_counted(len(page), singular, plural)}" if len(page) else f"No {plural}"
    paginator = page.paginator
    if not paginator.count:
        return f"No {plural}"
    total = _counted(paginator.count, singular, plural)
    if getattr(paginator, "is_capped", False):
        total = f"more than {total}"
    if paginator.num_pages == 1:
        return total[:1].upper() + total[1:]
    return f"Showing {page.start_index():,} to {page.end_index():,} of {total}"


def _counted(number: int, singular: str, plural: str) -> str:
    return f"{number:,} {singular if number == 1 else plural}"
