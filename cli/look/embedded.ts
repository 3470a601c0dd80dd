// `dormant look --embedded`: starts a tenant that does not exist, and looks at it in a process that trusts it.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { execa } from 'execa';
import { parseHTML } from 'linkedom';
import { DormantError } from '../../policy/errors.ts';

/** What the tenant prints when it is ready. */
interface StartLine {
  url: string;
  caFile: string;
}

/**
 * `tenant`: its own command; `look`: the words of the look, which begins when `onStarted` has been called. Returns the look's exit
 * code; the tenant ends with it. Its quotas pass sixty times as fast as Microsoft's, so that nobody waits for them.
 */
export async function lookAtEmbedded(tenant: string, look: readonly string[], onStarted: () => void): Promise<number> {
  // The journal of a tenant that is gone would be nobody's to settle.
  const state = await mkdtemp(join(tmpdir(), 'dormant-look-'));
  const running = execa(process.execPath, [tenant, '--quota-speed', '60'], {
    stdin: 'ignore',
    stderr: 'inherit',
    buffer: false,
    reject: false,
  });
  try {
    const { url, caFile } = await readStartLine(running.stdout).finally(onStarted);
    const env = { DORMANT_EMULATOR_URL: url, NODE_EXTRA_CA_CERTS: caFile, XDG_STATE_HOME: state };
    const [program = ''] = process.argv.slice(1);
    const { exitCode = 1 } = await execa(process.execPath, [program, ...look, '--cloud', 'emulator'], {
      env,
      stdio: 'inherit',
      reject: false,
    });
    return exitCode;
  } finally {
    running.kill();
    await running;
    await rm(state, { recursive: true, force: true });
  }
}

async function readStartLine(output: Readable): Promise<StartLine> {
  for await (const line of createInterface({ input: output })) return JSON.parse(line);
  throw new DormantError('emulator-missing', 'The embedded tenant did not start.', {
    remedy: 'Run `dormant emulator` to see why.',
  });
}

/**
 * Signs in on the pages of the embedded tenant, which ask for no password, in the place of a person with a browser, and accepts
 * what is asked. `who` null: the first person whom the page suggests, a Global Administrator. `more`: other fields of the page.
 */
export async function signInAtEmbedded(
  address: string,
  who: string | null,
  more: Readonly<Record<string, string>> = {},
): Promise<void> {
  const page = await readPage(await fetch(address));
  const userPrincipalName = who ?? findSuggested(page, address);
  const accepted = await answer(address, page, { answer: 'accept', userPrincipalName, ...more });
  // Where only an administrator may agree, the one way on is back to the application.
  const isRefused = findBack(accepted) === null && accepted.querySelector('[name=userPrincipalName]') === null;
  const last = isRefused ? await answer(address, accepted, { answer: 'cancel' }) : accepted;
  const back = findBack(last);
  if (back === null) throw createRefusal(last);
  await fetch(back, { method: 'POST', body: new URLSearchParams(readFields(last)) });
}

async function answer(address: string, page: Page, fields: Record<string, string>): Promise<Page> {
  const body = new URLSearchParams({ ...readFields(page), ...fields });
  return readPage(await fetch(address, { method: 'POST', body }));
}

/** The address of the application. */
function findBack(page: Page): string | null {
  return page.querySelector('form[action]')?.getAttribute('action') ?? null;
}

type Page = ReturnType<typeof parseHTML>['document'];

async function readPage(response: Response): Promise<Page> {
  return parseHTML(await response.text()).document;
}

function readFields(page: Page): Record<string, string> {
  const hidden = [...page.querySelectorAll('form[method=post] input[type=hidden]')];
  return Object.fromEntries(
    hidden.map((field) => [field.getAttribute('name') ?? '', field.getAttribute('value') ?? '']),
  );
}

function findSuggested(page: Page, address: string): string {
  const link = page.querySelector('li a')?.getAttribute('href') ?? '';
  return new URL(link, address).searchParams.get('login_hint') ?? '';
}

function createRefusal(page: Page): DormantError {
  const said = page.querySelector('[role=alert]')?.textContent.trim() ?? 'the page leads nowhere';
  return new DormantError('sign-in-failed', `The embedded tenant did not let anybody in: ${said}`, {
    remedy: 'Name another person with --as.',
  });
}
