// Long reads on a terminal: one line that is redrawn, with counts. Nothing in CI and in pipes.
import { pcError as pc } from './colors.ts';

interface ProgressLine {
  update(progress: { source: string; done: number; total?: number }): void;
  end(): void;
}

/** Nothing is drawn for reads that take less time. */
const quietMs = 500;

export function createProgressLine(stream: NodeJS.WriteStream, { verbose }: { verbose: boolean }): ProgressLine {
  const started = Date.now();
  const rows = new Map<string, string>();
  const isDrawn = stream.isTTY && !verbose;
  let drawnAt = 0;
  return {
    update({ source, done, total }) {
      if (!isDrawn) return;
      rows.set(source, `${source} ${formatProgress(done, total)}`);
      const now = Date.now();
      if (now - started < quietMs || now - drawnAt < 100) return;
      drawnAt = now;
      stream.write(`\r\x1b[2K${pc.dim([...rows.values()].join('  ').slice(0, stream.columns - 1))}`);
    },
    end() {
      if (isDrawn && drawnAt > 0) stream.write('\r\x1b[2K');
    },
  };
}

function formatProgress(done: number, total: number | undefined): string {
  const formatNumber = (value: number) => value.toLocaleString('en');
  return total === undefined ? formatNumber(done) : `${formatNumber(done)}/${formatNumber(total)}`;
}
