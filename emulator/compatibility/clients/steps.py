"""How a Python program of this folder tells the runner what it did: one line of JSON for each step."""

import asyncio
import inspect
import json


def step(name, run):
    """Prints what the step got, or why it got nothing; the next step goes on either way."""
    try:
        got = run()
        if inspect.isawaitable(got):
            got = loop.run_until_complete(got)
        show({"step": name, "ok": True, "got": got})
    except Exception as error:  # whatever the client raises is its answer
        show({"step": name, "ok": False, "detail": f"{type(error).__name__} {error}"})


def lack(name, what):
    """What this client cannot do at all."""
    show({"step": name, "lacks": what})


def show(line):
    print(json.dumps(line), flush=True)


loop = asyncio.new_event_loop()
