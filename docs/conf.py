"""How the documentation is built: every warning is an error."""

from __future__ import annotations

import sys
from importlib import import_module, metadata
from typing import Any

project = "customerkit"
author = "The customerkit authors"
copyright = author  # noqa: A001 - the name Sphinx asks for
release = metadata.version("customerkit")

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["_build", "examples"]
html_theme = "furo"
html_title = f"customerkit {release}"

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_preserve_defaults = True
napoleon_numpy_docstring = False
napoleon_use_ivar = True

nitpicky = True
nitpick_ignore_regex = [
    # No network while building, so the pages of other projects are not linked.
    (r"py:.*", rf"({'|'.join([*sys.stdlib_module_names, 'attrs?', 'hypothesis'])})(\.|$).*"),
    # Attributes of values are described among the arguments of their class.
    (r"py:attr", r"Customer\.\w+"),
    # Types of signatures that are no part of the public API.
    (r"py:(class|obj|data)", r"customerkit\.(?!errors\b)\w+\..*"),
    # Names that a signature spells as it imported them.
    (r"py:class", r"(optional|[A-Z]\w*|t\.\w+)"),
]


def resolve_public(app: Any, env: Any, node: Any, content: Any) -> Any:
    """Link customerkit.base.CustomerBase to where it is documented: customerkit.CustomerBase."""
    target = str(node.get("reftarget", ""))
    name = target.rpartition(".")[2]
    if node.get("refdomain") != "py" or not target.startswith("customerkit."):
        return None
    public = f"customerkit.{name}"
    if public == target or name not in import_module("customerkit").__all__:
        return None
    domain = env.get_domain("py")
    role, page = node.get("reftype", "class"), node.get("refdoc", "")
    return domain.resolve_xref(env, page, app.builder, role, public, node, content)


def prepare(app: Any, what: str, name: str, obj: Any, options: Any, lines: list[str]) -> None:
    """Keep drawings as they are, and keep the colon of a property from ending a type."""
    if any(line.startswith(("├", "└")) for line in lines):
        first = next(at for at, line in enumerate(lines) if line.startswith(("├", "└"))) - 1
        last = next((at for at in range(first, len(lines)) if not lines[at]), len(lines))
        drawing = [f"    {line}" for line in lines[first:last]]
        lines[first:last] = ["::", "", *drawing, ""]
    if what in ("attribute", "property") and lines:
        lines[0] = lines[0].replace(": ", " \N{EN DASH} ")


def setup(app: Any) -> None:
    """Register the handlers; the second runs before napoleon, which has 500."""
    app.connect("missing-reference", resolve_public)
    app.connect("autodoc-process-docstring", prepare, priority=400)
