"""An explanation in the terminal."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from newsclean.api import Explanation
from newsclean.document.block import TextSource
from newsclean.document.roles import FIELD_ROLES

__all__ = ["print_explanation"]


def print_explanation(explanation: Explanation, console: Console, *, full: bool = False, losers: bool = False) -> None:
    """Print every block with its role, the rule that decided, and the fields with their sources.

    ``full`` shows whole texts instead of one line each; ``losers`` also the labels that lost.
    """
    table = Table(box=None, pad_edge=False, show_edge=False, expand=True)
    table.add_column("line", justify="right", style="dim", no_wrap=True)
    table.add_column("role", no_wrap=True)
    table.add_column("sure", justify="right", style="dim", no_wrap=True)
    table.add_column("text", ratio=3, no_wrap=not full, overflow="fold" if full else "ellipsis")
    table.add_column("why", ratio=2, style="dim", overflow="fold")
    for decision in explanation.decisions:
        source = decision.block.source
        place = str(source.line) if isinstance(source, TextSource) else str(decision.block.index + 1)
        style = "red" if not decision.kept else "cyan" if decision.role in FIELD_ROLES else "green"
        why = f"{decision.label.cleaner}: {decision.label.rule}"
        if losers:
            why += "".join(f"\n{x.confidence:.2f} {x.role.value} {x.cleaner}: {x.rule}" for x in decision.losers)
        mark = "+" if decision.kept else "-"
        role = Text(f"{mark} {decision.role.value}", style=style)
        table.add_row(place, role, f"{decision.label.confidence:.2f}", Text(decision.block.text), Text(why))
    console.print(table)
    if explanation.article is not None:
        console.print()
        for name, origin in explanation.origins.items():
            value = explanation.article.to_dict().get(name)
            console.print(f"[bold]{name}[/bold] {escape(str(value))}  [dim]{escape(origin)}[/dim]", highlight=False)
        quality = explanation.article.quality
        console.print(f"[bold]quality[/bold] {quality.score}", highlight=False)
        for warning in quality.warnings:
            console.print(f"  {warning.code}: {escape(warning.message)}", highlight=False)
    elif explanation.error is not None:
        console.print(f"[red]{escape(str(explanation.error))}[/red]", highlight=False)
