"""The list of what is public: names, signatures, commands and their options."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator

import click

import tallymark
from tallymark import pipeline
from tallymark.cli import cli


def api_page() -> Iterator[str]:
    """Yield the parts of the page."""
    yield "# What is public"
    yield (
        "Every name, argument and option that other people's programs may lean on, with its "
        "default. What is promised of them stands in [What stays](stability.md). "
        "`python docs/generate.py` writes this page; a test holds the code to it, so that "
        "no change is an accident."
    )
    yield "## Python"
    yield _block(_python())
    yield "## The command line"
    yield _block(_commands("tallymark", cli))


def _block(lines: Iterator[str]) -> str:
    return "\n".join(["```text", *lines, "```"])


def _python() -> Iterator[str]:
    for name in sorted(tallymark.__all__):
        public = _public(name)
        if inspect.isclass(public):
            yield from _class(name, public)
        elif callable(public):
            yield f"tallymark.{name}{_signature(public)}"
        else:
            yield f"tallymark.{name}"


def _public(name: str) -> object:
    """Return what a name stands for; a stage of the same name gives way to its verb."""
    named = getattr(tallymark, name)
    return getattr(pipeline, name) if inspect.ismodule(named) else named


def _class(name: str, public: type) -> Iterator[str]:
    yield f"tallymark.{name}"
    for member, value in sorted(inspect.getmembers(public)):
        is_own = any(member in c.__dict__ for c in public.__mro__ if _is_ours(c))
        if member.startswith("_") or not is_own:
            continue
        called = _signature(value) if callable(value) else ""
        yield f"tallymark.{name}.{member}{called}"
    for field in getattr(public, "__dataclass_fields__", {}):
        if not hasattr(public, field):
            yield f"tallymark.{name}.{field}"


def _is_ours(owner: type) -> bool:
    return owner.__module__.startswith("tallymark")


def _signature(called: Callable[..., object]) -> str:
    """Return names, kinds and defaults; types may become wider."""
    signature = inspect.signature(called)
    bare = [
        one.replace(annotation=inspect.Parameter.empty)
        for one in signature.parameters.values()
    ]
    empty = inspect.Signature.empty
    return str(signature.replace(parameters=bare, return_annotation=empty))


def _commands(path: str, command: click.Command) -> Iterator[str]:
    if isinstance(command, click.Group):
        for option in command.params:
            yield f"{path} {_option(option)}"
        for name in sorted(command.commands):
            yield from _commands(f"{path} {name}", command.commands[name])
        return
    named = [p for p in command.params if isinstance(p, click.Argument)]
    yield " ".join([path, *(p.make_metavar(click.Context(command)) for p in named)])
    for option in sorted(_option(p) for p in command.params if p not in named):
        yield f"    {option}"


def _option(option: click.Parameter) -> str:
    """Return an option with what it takes, and its default if it has one."""
    said = ", ".join((*option.opts, *option.secondary_opts))
    if isinstance(option.type, click.Choice):
        said += f" {'|'.join(map(str, option.type.choices))}"
    elif not getattr(option, "is_flag", False):
        said += f" {option.metavar or option.type.name.upper()}"
    if option.nargs > 1:
        said += f" x{option.nargs}"
    said += " (repeatable)" if option.multiple else ""
    said += " (required)" if option.required else ""
    has_default = isinstance(option.default, str | int) and option.default is not False
    return f"{said} (default {option.default})" if has_default else said
