# Prints as JSON the commands of the Azure CLI that are named on its command line, each as one argument, as its own parser has them.
# `npm run command-tables -- az` runs it by the Python of a virtual environment that has azure-cli.
import argparse
import json
import sys

from azure.cli.core import get_default_cli
from azure.cli.core.file_util import create_invoker_and_load_cmds_and_args


def find_named_by_id(cli):
    """By command, the arguments that `--ids` stands in for: azure-cli takes the mark "required" from them."""
    for handlers in cli._event_handlers.values():
        for handler in handlers:
            if handler.__name__ == "add_ids_arguments":
                held = dict(zip(handler.__code__.co_freevars, handler.__closure__))
                return held["ids_metadata"].cell_contents
    raise LookupError("azure-cli adds --ids in another way now")


def describe_option(action, by_id):
    option = {
        "names": sorted(str(name) for name in action.option_strings),
        "takes": {None: "one", 0: "none", "?": "maybe", "*": "any", "+": "some"}.get(action.nargs, "some"),
        "required": action.required or action.dest in by_id,
    }
    if action.dest in by_id:
        option["unless"] = "--ids"
    if action.choices:
        option["values"] = sorted(str(choice) for choice in action.choices)
    return option


def describe_command(name, parser, by_id):
    seen = [action for action in parser._actions if action.help != argparse.SUPPRESS]
    positional = [action for action in seen if not action.option_strings]
    options = [describe_option(action, by_id) for action in seen if action.option_strings]
    return {
        "path": f"az {name}",
        "least": sum(1 for action in positional if action.nargs in (None, "+")),
        "most": None if positional else 0,
        "options": sorted(options, key=lambda option: option["names"]),
    }


cli = get_default_cli()
create_invoker_and_load_cmds_and_args(cli)
parser = cli.invocation.parser
named_by_id = find_named_by_id(cli)
commands = []
for name in sys.argv[1:]:
    words = name.split()
    found = parser.subparsers[tuple(words[:-1])].choices.get(words[-1])
    if found is None:
        sys.exit(f"azure-cli has no command {name}")
    commands.append(describe_command(name, found, named_by_id.get(name, {}).get("required", [])))
print(json.dumps(commands))
