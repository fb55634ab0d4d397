"""Front matter of another format as YAML."""

from newscli.front_matter import FrontMatter


def as_yaml(front_matter: FrontMatter) -> str:
    """The keys and values as a block of YAML, in their order; dates stay unquoted."""
    import yaml

    return yaml.dump(front_matter.data, Dumper=_dumper(), allow_unicode=True, sort_keys=False, width=1 << 30)


def _dumper() -> type:
    """A dumper that leaves dates in text form plain: the loader keeps them as text, every engine reads them."""
    import re

    import yaml

    dated = re.compile(r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d)?.*)?\Z")

    class Dumper(yaml.SafeDumper):
        def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002
            super().increase_indent(flow, indentless=False)

        def represent_text(self, text: str) -> yaml.Node:
            tag = "timestamp" if dated.match(text) else "str"
            return self.represent_scalar(f"tag:yaml.org,2002:{tag}", text)

    Dumper.add_representer(str, Dumper.represent_text)
    return Dumper
