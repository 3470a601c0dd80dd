// Long reads on a terminal: one line that is redrawn, with counts. Nothing in CI and in pipes.
import { pcError as pc } from './colors.ts';

interface ProgressLine {
  /** Without `done` nothing is counted. */
  update(progress: { source: string; done?: number; total?: number }): void;
  /** A sentence of its own, above the line. */
  print(sentence: string): void;
  end(): void;
}

/** Nothing is drawn for reads that take less time. */
const quietMs = 500;
/** How long a terminal stands still at most: where nothing is counted for a while, the seconds go on. */
const beatMs = 1_000;

export function createProgressLine(stream: NodeJS.WriteStream, { verbose }: { verbose: boolean }): ProgressLine {
  const started = Date.now();
  const rows = new Map<string, string | null>();
  const isDrawn = stream.isTTY && !verbose;
  let beat: NodeJS.Timeout | undefined;
  let drawnAt = 0;
  const draw = () => {
    drawnAt = Date.now();
    const [first = '…', ...others] = listOpen(rows);
    const line = [`${Math.round((drawnAt - started) / 1000)} s`, first, ...others].join('  ');
    stream.write(`\r\x1b[2K${pc.dim(line.slice(0, stream.columns - 1))}`);
  };
  const clear = () => {
    if (drawnAt > 0) stream.write('\r\x1b[2K');
    drawnAt = 0;
  };
  return {
    update({ source, done, total }) {
      if (!isDrawn) return;
      const isOver = done !== undefined && done === total;
      rows.set(source, isOver ? null : `${source} ${formatProgress(done, total)}`.trimEnd());
      beat ??= setInterval(draw, beatMs).unref();
      const now = Date.now();
      if (now - started >= quietMs && now - drawnAt >= 100) draw();
    },
    print(sentence) {
      clear();
      stream.write(`${sentence}\n`);
    },
    end() {
      clearInterval(beat);
      beat = undefined;
      clear();
    },
  };
}

/** Draws how far one piece of work is for as long as it takes, on standard error. */
export async function showProgress<T>(
  { source, verbose = false }: { source: string; verbose?: boolean },
  work: (tell: (done: number, total?: number) => void) => Promise<T>,
): Promise<T> {
  const line = createProgressLine(process.stderr, { verbose });
  const tell = (done: number, total?: number) =>
    line.update({ source, done, ...(total === undefined ? {} : { total }) });
  return work(tell).finally(() => line.end());
}

/** What has come to its end is left out; what began last is first, because a narrow terminal cuts the others. */
function listOpen(rows: ReadonlyMap<string, string | null>): string[] {
  return [...rows.values()].filter((row) => row !== null).reverse();
}

function formatProgress(done: number | undefined, total: number | undefined): string {
  if (done === undefined) return '';
  const formatNumber = (value: number) => value.toLocaleString('en');
  return total === undefined ? formatNumber(done) : `${formatNumber(done)}/${formatNumber(total)}`;
}
