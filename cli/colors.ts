// Colours for what the commands print. picocolors alone also colours if `CI` is set, which puts escapes into files.
import picocolors from 'picocolors';

/** For standard output: on a terminal, or where FORCE_COLOR asks for it; never under NO_COLOR. */
export const pc = chooseColors(process.stdout);

/** For standard error, which may be a terminal while standard output is not. */
export const pcError = chooseColors(process.stderr);

function chooseColors(stream: NodeJS.WriteStream) {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  const isTerminal = stream.isTTY && TERM !== 'dumb';
  return picocolors.createColors(!NO_COLOR && (FORCE_COLOR ? FORCE_COLOR !== '0' : isTerminal));
}
