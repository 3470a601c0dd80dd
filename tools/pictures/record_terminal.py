# Runs a shell in a pseudo-terminal, types the given lines into it as a person would, and prints what the terminal got, as an
# asciinema cast (version 2, https://docs.asciinema.org/manual/asciicast/v2/).
# python3 record_terminal.py <columns> <rows> <line>...   The environment is the shell's.
import fcntl
import json
import os
import pty
import select
import signal
import struct
import sys
import termios
import time

# The shell ends its prompt with what no terminal shows (the mark of a prompt, OSC 133), so that the next line waits for it.
PROMPT_END = b"\x1b]133;B\x07"
KEY_SECONDS = 0.03
READING_SECONDS = 1.5
LONGEST_SECONDS = 600


def main():
    columns, rows, *lines = sys.argv[1:]
    child, terminal = pty.fork()
    if child == 0:
        os.environ.update(PS1=r"\[\e[32m\]$\[\e[39m\] \[\e]133;B\a\]", TERM="xterm-256color", BASH_SILENCE_DEPRECATION_WARNING="1")
        os.execvp("bash", ["bash", "--noprofile", "--norc", "--noediting", "-i"])
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", int(rows), int(columns), 0, 0))
    print(json.dumps({"version": 2, "width": int(columns), "height": int(rows)}))
    started = time.monotonic()
    read_until(terminal, started, PROMPT_END)
    for line in lines:
        time.sleep(READING_SECONDS)
        for key in line:
            os.write(terminal, key.encode())
            read_for(terminal, started, KEY_SECONDS)
        os.write(terminal, b"\r")
        read_until(terminal, started, PROMPT_END)
    time.sleep(READING_SECONDS)
    os.kill(child, signal.SIGHUP)


def read_until(terminal, started, mark):
    seen = b""
    while mark not in seen:
        if time.monotonic() - started > LONGEST_SECONDS:
            sys.exit("The shell gave no prompt.")
        seen += read_once(terminal, started, 1)


def read_for(terminal, started, seconds):
    ends = time.monotonic() + seconds
    while (left := ends - time.monotonic()) > 0:
        read_once(terminal, started, left)


def read_once(terminal, started, seconds):
    if not select.select([terminal], [], [], seconds)[0]:
        return b""
    got = os.read(terminal, 65536)
    # A character is not cut in two: what is left of it comes at once.
    while True:
        try:
            text = got.decode()
            break
        except UnicodeDecodeError:
            got += os.read(terminal, 1)
    print(json.dumps([round(time.monotonic() - started, 2), "o", text], ensure_ascii=False), flush=True)
    return got


main()
