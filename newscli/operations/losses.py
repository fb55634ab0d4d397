"""Losses: what of a post is missing in what was made of it."""

from typing import Literal

from newscli.converters.audit import lost
from newscli.operations.plan import Plan
from newscli.operations.texts import Text


def losses(post: Text, body: str, plan: Plan, source: Literal["mixed", "html"]) -> tuple[str, ...]:
    """What of the post the new body lacks, each with its line in the file; what the plan leaves out is not missed.

    Raises:
        ExceededError: one of them is too large to be looked at.
    """
    above = post.head.count("\n")
    unwanted = {"link"} if plan.links in ("text", "drop") else set()
    unwanted |= {"picture"} if plan.images in ("alt", "drop") else set()
    found = lost(post.body, body, source=source, to=plan.to)
    return tuple(f"{above + loss.line}: {loss.kind} lost: {loss.text}" for loss in found if loss.kind not in unwanted)
