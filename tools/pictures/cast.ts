// Recordings of a terminal, as asciinema writes them (version 2, https://docs.asciinema.org/manual/asciicast/v2/). Pure.

interface Output {
  /** Since the recording began. */
  seconds: number;
  text: string;
}

export interface Cast {
  columns: number;
  rows: number;
  outputs: readonly Output[];
}

export function parseCast(file: string): Cast {
  const [header = '', ...lines] = file.trimEnd().split('\n');
  const { width, height }: { width: number; height: number } = JSON.parse(header);
  const outputs = lines.map((line) => {
    const [seconds, , text]: [number, string, string] = JSON.parse(line);
    return { seconds, text };
  });
  return { columns: width, rows: height, outputs };
}

export function formatCast({ columns, rows, outputs }: Cast): string {
  const lines = outputs.map(({ seconds, text }) => [seconds, 'o', text]);
  return [{ version: 2, width: columns, height: rows }, ...lines].map((line) => `${JSON.stringify(line)}\n`).join('');
}

/** The longest time that nothing happens, or that nothing but the wheel of npm turns. */
const longestWait = 2;
/** What comes sooner is one picture with what was before it. */
const shortestHundredths = 6;

/** The same output in less time: waits are cut, what comes at once is put together. The order and what is shown stay. */
export function shortenCast(cast: Cast): Cast {
  return { ...cast, outputs: joinQuick(cutWaits(cutWheel(cast.outputs))) };
}

/** What npm draws while it installs: back to the line's start, erased, and the next picture of the wheel. */
const [toStart, erase] = ['\u001b[1G', '\u001b[0K'];
const wheel = /^[\u2800-\u28ff]*$/u;

function isOfWheel(text: string): boolean {
  return wheel.test(text.replaceAll(toStart, '').replaceAll(erase, ''));
}

function cutWheel(outputs: readonly Output[]): Output[] {
  const kept: Output[] = [];
  let since: number | null = null;
  let cut = 0;
  for (const { seconds, text } of outputs) {
    since = isOfWheel(text) ? (since ?? seconds) : null;
    const last = kept.at(-1);
    if (since !== null && last && seconds - since > longestWait) {
      cut = seconds - last.seconds;
      // It leaves the line as the last of them does.
      const all = last.text + text;
      last.text = all.slice(Math.max(0, all.lastIndexOf(toStart)));
    } else kept.push({ seconds: seconds - cut, text });
  }
  return kept;
}

function cutWaits(outputs: readonly Output[]): Output[] {
  let cut = 0;
  return outputs.map(({ seconds, text }, index) => {
    const wait = seconds - (outputs[index - 1]?.seconds ?? 0);
    cut += Math.max(0, wait - longestWait);
    return { seconds: seconds - cut, text };
  });
}

function joinQuick(outputs: readonly Output[]): Output[] {
  const joined: Output[] = [];
  let lastHundredths = Number.NEGATIVE_INFINITY;
  for (const { seconds, text } of outputs) {
    const hundredths = Math.round(seconds * 100);
    const last = joined.at(-1);
    if (last && hundredths - lastHundredths < shortestHundredths) last.text += text;
    else {
      joined.push({ seconds: hundredths / 100, text });
      lastHundredths = hundredths;
    }
  }
  return joined;
}
