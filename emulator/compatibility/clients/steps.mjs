// How a program of this folder tells the runner what it did: one line of JSON for each step.

/** What the step got, or why it got nothing; the next step goes on either way. */
export async function step(name, run) {
  try {
    print({ step: name, ok: true, got: (await run()) ?? null });
  } catch (error) {
    print({ step: name, ok: false, detail: describe(error) });
  }
}

/** What this client cannot do at all. */
export function lack(name, what) {
  print({ step: name, lacks: what });
}

function print(line) {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

function describe(error) {
  const status = error?.statusCode ?? error?.responseStatusCode ?? error?.status;
  const message = error?.error?.message ?? error?.message ?? String(error);
  return [status, message].filter((part) => part !== undefined && part !== '').join(' ');
}
