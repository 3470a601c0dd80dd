// Colours for what the commands print. picocolors alone also colours whenever `CI` is set, which puts escapes into files.
import picocolors from 'picocolors';

/** For standard output: on a terminal, or where FORCE_COLOR asks for it; never under NO_COLOR. */
export const pc = colorsOn(process.stdout);

/** The same for standard error, which is a terminal or none by itself. */
export const pcError = colorsOn(process.stderr);

function colorsOn(stream: NodeJS.WriteStream) {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  const isTerminal = stream.isTTY && TERM !== 'dumb';
  return picocolors.createColors(!NO_COLOR && (FORCE_COLOR ? FORCE_COLOR !== '0' : isTerminal));
}
