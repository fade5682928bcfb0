"""Posts ready for the social networks: the words that staff wrote, else a release's title and summary."""

from typing import Any, NamedTuple

from generator.campaign.posts import NETWORKS, Network, with_address

from .dates import number


class Share(NamedTuple):
    """A network that takes a post, the post's length as it counts, and the longest that it takes."""

    network: str
    length: str
    limit: str


class Post(NamedTuple):
    """A text to copy, the page's address included, and the networks that it is for."""

    text: str
    shares: tuple[Share, ...]

    @property
    def rows(self) -> int:
        """How many lines of about 60 signs show it whole."""
        return sum(1 + len(line) // 60 for line in self.text.split("\n"))


def posts(release: Any, address: str) -> tuple[Post, ...]:
    """Give a release's posts, one for all networks whose text is the same; `address` is its page's, complete."""
    shares: dict[str, list[Share]] = {}
    for network in NETWORKS.values():
        written = getattr(release.social, network.id)
        text = with_address(written, address) if written else _composed(network, release, address)
        shares.setdefault(text, []).append(Share(network.title, number(network.length(text)), number(network.limit)))
    return tuple(Post(text, tuple(networks)) for text, networks in shares.items())


def _composed(network: Network, release: Any, address: str) -> str:
    """Give title, summary and address, the summary cut after a word where the network has no room for it all."""
    words = release.summary.split(" ")
    for kept in range(len(words), 0, -1):
        summary = " ".join(words[:kept])
        if kept < len(words):
            summary = summary.rstrip(".,;:–- \u00a0\u202f") + "…"
        post = f"{release.title}\n\n{summary}\n\n{address}"
        if network.length(post) <= network.limit:
            return post
    return f"{release.title}\n\n{address}"
