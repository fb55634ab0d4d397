"""F004-F006, F010, F011, F015: whether there is a front matter that the engine reads."""

import re
from collections.abc import Iterator

from newscli.diagnostics import Edit, Fix
from newscli.rules.files.faults import faults_of, is_unusual
from newscli.rules.model import Hit, edit, rule
from newscli.rules.subject import Subject

_COMMENTS = re.compile("^[ \t]*#.*", re.M)


@rule("F005", "no-front-matter", needs="faults")
def no_front_matter(subject: Subject) -> Iterator[Hit]:
    """The file has no front matter.

    Why: it has no title, no date and no layout.

    Bad::

        Only a body.

    Good::

        ---
        title: A title
        ---
        A body.

    Engines: Jekyll publishes it with a title made of the file name; Hugo gives it the date 0001-01-01.
    """
    for fault in faults_of(subject, "F005"):
        yield Hit(fault.offset, fault.offset, "no front matter; start the file with ---, keys and ---")


@rule("F004", "missing-opening-fence", fix="unsafe", needs="faults")
def missing_opening_fence(subject: Subject) -> Iterator[Hit]:
    """Keys stand at the top of the file without an opening fence, or below ``--``, which is none.

    Why: only Hexo reads keys without a fence; to the others they are text of the body. ``--`` is read by none.

    Bad::

        title: A title
        date: 2022-06-07
        ---

    Good::

        ---
        title: A title
        date: 2022-06-07
        ---

    Engines: Hexo reads it; Jekyll, Hugo, PyYAML and gray-matter see no front matter.
    Fix (unsafe; safe for ``--``): ``---`` is put above the first key, and below the last where that is missing too.
    """
    front = subject.front_matter
    for fault in faults_of(subject, "F004"):
        odd = subject.text[fault.offset : front.start].rstrip()
        if subject.engine == "hexo" and not odd:
            continue
        edits = [Edit(fault.offset, front.start, "---\n")]
        end = front.start + len(front.text)
        if front.body == end:
            edits.append(Edit(end, end, "---\n" if front.text.endswith("\n") else "\n---\n"))
        elif subject.text[end : front.body].strip() != "---":
            edits.append(Edit(end, front.body, "---\n"))
        fix = None if front.format == "members" else Fix(tuple(edits), safe=odd == "--", message="write the fence")
        yield Hit(fault.offset, fault.offset + 1, fault.message, fix)


@rule("F006", "unclosed-front-matter", fix="unsafe", needs="faults")
def unclosed_front_matter(subject: Subject) -> Iterator[Hit]:
    """The front matter is opened and never closed.

    Why: Jekyll publishes the whole file as a body, keys and all.

    Bad::

        ---
        title: A title

        A body.

    Good::

        ---
        title: A title
        ---

        A body.

    Engines: Jekyll publishes the keys as text; Hugo stops; PyYAML's readers return nothing.
    Fix (unsafe): the closing fence is put where lines stop looking like keys.
    """
    front = subject.front_matter
    for fault in faults_of(subject, "F006"):
        mark = "+++" if front.format == "toml" else "---"
        end = front.start + len(front.text)
        new = mark + "\n" if subject.text[:end].endswith(("\n", "\r")) else f"\n{mark}\n"
        fix = edit(end, end, new, f"close the front matter with {mark}", safe=False)
        yield Hit(fault.offset, fault.offset + 3, fault.message, fix)


@rule("F010", "empty-front-matter", when=is_unusual)
def empty_front_matter(subject: Subject) -> Iterator[Hit]:
    """There is nothing between the fences.

    Why: a post without title and date is of no use in a list.

    Bad::

        ---
        ---
        A body.

    Good::

        ---
        title: A title
        ---
        A body.

    Engines: all accept it and make up a title.
    """
    front = subject.front_matter
    if not subject.data and front.format and not _COMMENTS.sub("", front.text).strip():
        yield Hit(*subject.opening, "the front matter is empty; write at least a title")


@rule("F011", "wrong-format", fix="unsafe", levels={"hugo": None, "astro": None, "pyyaml": None}, when=is_unusual)
def wrong_format(subject: Subject) -> Iterator[Hit]:
    """The front matter is TOML or JSON where the engine reads YAML only.

    Why: to Jekyll it is text of the body.

    Bad::

        +++
        title = "A title"
        +++

    Good::

        ---
        title: "A title"
        ---

    Engines: Hugo and python-frontmatter read all three; Jekyll reads YAML only; Hexo reads YAML and JSON.
    Fix (unsafe): the front matter is written as YAML, with its comments.
    """
    front = subject.front_matter
    if front.format not in ("toml", "json", "members") or (subject.engine == "hexo" and front.format != "toml"):
        return
    fix = _as_yaml(subject) if subject.data and not front.faults else None
    yield Hit(0, 3, f"{front.format.upper()} front matter, which {subject.engine} does not read; write YAML", fix)


def _as_yaml(subject: Subject) -> Fix | None:
    from newscli.emit import EmitError, write_head

    front = subject.front_matter
    try:
        head, _ = write_head(subject.text[: front.body], front, "yaml")
    except EmitError:
        return None
    return edit(0, front.body, head, "write the front matter as YAML", safe=False)


@rule("F015", "unreadable", needs="own")
def unreadable(_subject: Subject) -> Iterator[Hit]:
    """The file cannot be read: no permission, a dead link, a folder with a post's name.

    Why: no engine can publish what it cannot read. It is told of whatever is selected or ignored, and the exit status
    is 3: no run passes that did not see all its files.

    Bad::

        ==> _posts/2022-06-07-folder.md/inner.txt <==
        A folder whose name is that of a post.

    Good::

        ---
        title: A title
        ---

    Engines: Jekyll and Hugo skip the file or stop.
    """
    return iter(())
