"""Writes the manual page and the completions of shells, out of what the commands say of themselves.

python packaging/manual.py          writes packaging/linux/photoaes.1, .bash and .fish anew
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

from photoaes import __version__
from photoaes.cli import _parser
from photoaes.new_files import write_file

FOLDER = Path(__file__).parent / "linux"
Parser = argparse.ArgumentParser


def main() -> None:
    """Write all three."""
    for name, text in (("1", manual()), ("bash", bash()), ("fish", fish())):
        write_file(FOLDER / f"photoaes.{name}", text.encode(), over=True)


def manual() -> str:
    """The page in man's language."""
    parser = _parser()
    lines = [
        f'.TH PHOTOAES 1 "" "photoaes {__version__}" "User Commands"',
        ".SH NAME",
        "photoaes \\- find your best photos by your own taste",
        ".SH SYNOPSIS",
        ".B photoaes",
        "[\\fIFOLDER\\fR]",
        ".br",
        ".B photoaes",
        "\\fICOMMAND\\fR [\\fIOPTIONS\\fR]",
        ".SH DESCRIPTION",
        _plain(parser.description),
        "Without a command the window opens, with FOLDER if one is given.",
        ".SH COMMANDS",
    ]
    for words, command, said in _commands(parser):
        lines += [f".SS {_plain(f'photoaes {words}')}", _plain(command.description or said)]
        lines += [line for action in _shown(command) for line in _option(command, action)]
    lines += [
        ".SH ENVIRONMENT",
        ".TP",
        ".B PHOTOAES_HOME",
        "Keeps ratings, banks and caches below this folder.",
        ".SH EXIT STATUS",
        "0, or 1 after an error that was explained, 2 for a wrong option, 130 when cancelled.",
    ]
    return "\n".join(lines) + "\n"


def bash() -> str:
    """For bash-completion: commands, their options, files for all else."""
    cases = "".join(
        f'        "{words}") words="{" ".join(_words(command))}" ;;\n'
        for words, command, _ in _commands(_parser(), groups=True)
    )
    return f"""# Completion of photoaes for bash; made by packaging/manual.py.
_photoaes() {{
    local current=${{COMP_WORDS[COMP_CWORD]}} command="" word words=""
    for word in "${{COMP_WORDS[@]:1:COMP_CWORD-1}}"; do
        case $word in -* | */* | *.*) ;; *) command="$command${{command:+ }}$word" ;; esac
    done
    case $command in
        "") words="{" ".join(_words(_parser()))}" ;;
{cases}    esac
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current"; compgen -f -- "$current")
}}
complete -o filenames -F _photoaes photoaes
"""


def fish() -> str:
    """For fish, with what each option means."""
    lines = ["# Completion of photoaes for fish; made by packaging/manual.py."]
    names = " ".join(words for words, _, _ in _commands(_parser()) if " " not in words)
    top = f"not __fish_seen_subcommand_from {names}"
    for words, command, said in _commands(_parser(), groups=True):
        *before, name = words.split()
        where = f"__fish_seen_subcommand_from {before[0]}" if before else top
        lines.append(f"complete -c photoaes -n {_quoted(where)} -a {name} -d {_quoted(said)}")
        seen = " ; and ".join(f"__fish_seen_subcommand_from {one}" for one in words.split())
        for action in _shown(command):
            for flag in action.option_strings:
                if flag.startswith("--"):
                    told = _quoted(_help(command, action).partition(":")[0])
                    need = " -r" if action.nargs != 0 else ""
                    lines.append(
                        f"complete -c photoaes -n {_quoted(seen)} -l {flag[2:]}{need} -d {told}"
                    )
    return "\n".join(lines) + "\n"


def _commands(
    parser: Parser, before: str = "", *, groups: bool = False
) -> Iterator[tuple[str, Parser, str]]:
    """Each command in words, its parser and its line of help; groups of commands if wanted."""
    for action in parser._actions:
        if not isinstance(action, argparse._SubParsersAction):
            continue
        said = {choice.dest: choice.help or "" for choice in action._choices_actions}
        for name, command in action.choices.items():
            inner = list(_commands(command, f"{before}{name} ", groups=groups))
            if groups or not inner:
                yield f"{before}{name}", command, said.get(name, "")
            yield from inner


def _shown(command: Parser) -> list[argparse.Action]:
    return [
        action
        for action in command._actions
        if action.help != argparse.SUPPRESS
        and not isinstance(action, argparse._HelpAction | argparse._SubParsersAction)
    ]


def _words(command: Parser) -> list[str]:
    flags = [flag for action in _shown(command) for flag in action.option_strings]
    inner = [words for words, _, _ in _commands(command, groups=True) if " " not in words]
    return [*inner, *flags, "--help"]


def _option(command: Parser, action: argparse.Action) -> list[str]:
    names = ", ".join(f"\\fB{_plain(flag)}\\fR" for flag in action.option_strings)
    value = "" if action.nargs == 0 else _value(action)
    head = " ".join(part for part in (names, f"\\fI{_plain(value)}\\fR" if value else "") if part)
    return [".TP", head, _plain(_help(command, action))]


def _value(action: argparse.Action) -> str:
    if isinstance(action.metavar, tuple):
        return " ".join(action.metavar)
    if action.choices is not None and action.metavar is None:
        return "{" + ",".join(map(str, action.choices)) + "}"
    return action.metavar or action.dest.upper()


def _help(command: Parser, action: argparse.Action) -> str:
    known = {**vars(action), "prog": command.prog}
    return (action.help or "") % known


def _plain(text: str | None) -> str:
    """As one paragraph in which man sees no commands of its own."""
    flat = re.sub(r"\s+", " ", text or "").replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{flat}" if flat.startswith((".", "'")) else flat


def _quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


if __name__ == "__main__":
    main()
