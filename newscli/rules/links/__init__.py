"""L: links and images of the body."""

from newscli.rules.links import addresses, images, servers, targets

__all__ = ["addresses", "images", "servers", "targets"]
