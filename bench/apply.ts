// Benchmark of the apply against the embedded tenant, and of the engine alone, at two sizes.
// `node bench/apply.ts [--accounts 500,5000] [--changed 500] [--quota-speed 60]`. Fails if an account differs from its file.
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { BudgetUse } from '@dormant-m365/emulator';
import type { LogEntry } from '@dormant-m365/emulator/calls';
import { applyStack, previewStack } from '../stacks/run-stack.ts';
import { type BenchCompany, createBenchCompany } from './apply/company.ts';
import { startEngineAlone } from './apply/engine-alone.ts';
import { measureSeconds, measureShortest } from './apply/timing.ts';
import { failOnFaults } from './fail-on-faults.ts';

const { values } = parseArgs({
  options: {
    accounts: { type: 'string', default: '50,500' },
    changed: { type: 'string', default: '50' },
    'quota-speed': { type: 'string', default: '60' },
  },
});

interface Figures {
  accounts: number;
  changed: number;
  previewSeconds: number;
  enginePreviewSeconds: number;
  applySeconds: number;
  /** A preview, then an update, as in every apply. */
  engineApplySeconds: number;
  requests: number;
  leastRequests: number;
  stateBytes: number;
  /** Changed accounts that are not as their files say. */
  lost: number;
  /** Requests for sign-ins, and how many of them were throttled. */
  signIns: { total: number; refused: number };
  /** The most writes in any 150 seconds, and how many were throttled. */
  writes: { peak: number; limit: number; refused: number };
}

const sizes = values.accounts.split(',').map(Number);
const measured: Figures[] = [];
for (const accounts of sizes) {
  const figures = await measureFigures(accounts, Math.min(accounts, Number(values.changed)));
  measured.push(figures);
  print(figures);
}
printGrowth(measured);

async function measureFigures(accounts: number, changed: number): Promise<Figures> {
  const company = await createBenchCompany(accounts, Number(values['quota-speed']));
  const adopting = await company.merge(0);
  const engine = await startEngineAlone(accounts, adopting.pulumiCommand);
  try {
    await applyStack(adopting);
    const previews = await measureShortest(3, () => previewStack(adopting), engine.preview);
    const [previewSeconds = 0, enginePreviewSeconds = 0] = previews;
    const disabling = await company.merge(changed);
    const before = company.emulator.log.last;
    const applySeconds = await measureSeconds(() => applyStack(disabling));
    return {
      accounts,
      changed,
      previewSeconds,
      enginePreviewSeconds,
      applySeconds,
      engineApplySeconds: enginePreviewSeconds + (await measureSeconds(() => engine.update(changed))),
      requests: countRequestsSince(company, before),
      leastRequests: estimateLeastRequests(changed),
      stateBytes: (await readFile(company.stateFile)).length / accounts,
      lost: company.countLost(changed),
      signIns: findBudgetUse(company, 'sign-in family') ?? { total: 0, refused: 0 },
      writes: findBudgetUse(company, 'writes') ?? { peak: 0, limit: 0, refused: 0 },
    };
  } finally {
    await engine.close();
    await company.close();
  }
}

/** Over the network: a $batch is one request. */
function countRequestsSince({ emulator }: BenchCompany, before: number): number {
  const isOwn = ({ batch, path }: LogEntry) => batch === null && !path.endsWith('/token');
  return emulator.log.listEntries({ after: before }).filter(isOwn).length;
}

function findBudgetUse({ emulator }: BenchCompany, budget: string): BudgetUse | undefined {
  const appId = emulator.identities.apply?.clientId;
  return emulator.budgets.listUse().find((it) => it.budget === budget && it.appId === appId);
}

/**
 * Reading, blocking and ending sessions, each twenty to a $batch; sign-ins fifteen to a list; two Exchange commands, which
 * cannot be batched, to convert a mailbox and to check it.
 */
function estimateLeastRequests(changed: number): number {
  return 3 * Math.ceil(changed / 20) + Math.ceil(changed / 15) + 2 * changed;
}

function print(figures: Figures): void {
  const { accounts, changed, previewSeconds, enginePreviewSeconds, applySeconds, engineApplySeconds } = figures;
  const { requests, leastRequests, stateBytes } = figures;
  printLine(`${accounts} accounts`, '');
  printLine('  preview without changes', formatAgainstEngine(previewSeconds, enginePreviewSeconds));
  printLine(`  apply that changes ${changed}`, formatAgainstEngine(applySeconds, engineApplySeconds));
  const formatEach = (count: number) => (count / changed).toFixed(2);
  const ratio = (requests / leastRequests).toFixed(2);
  printLine(
    '  requests for each',
    `${formatEach(requests)}; least possible ${formatEach(leastRequests)}: ${ratio} times`,
  );
  const { peak, limit, refused } = figures.writes;
  printLine(
    `  writes in any ${150 / Number(values['quota-speed'])} s`,
    `at most ${peak} of ${limit}; ${refused} requests sent back as too many`,
  );
  const { signIns, lost } = figures;
  printLine(
    '  requests for sign-ins',
    `${signIns.total}; ${signIns.refused} sent back; quotas ${values['quota-speed']} times as fast`,
  );
  printLine('  not as their files say', `${lost} of ${changed}`);
  failOnFaults(lost > 0 ? [`${lost} of ${changed} accounts were not changed.`] : []);
  printLine('  state', `${Math.round(stateBytes)} bytes an account, 1,500 allowed`);
}

function formatAgainstEngine(ours: number, engine: number): string {
  const ratio = (ours / engine).toFixed(2);
  return `${ours.toFixed(1)} s; the engine alone, empty resources: ${engine.toFixed(1)} s: ${ratio} times`;
}

function printGrowth(all: readonly Figures[]): void {
  const [first, last] = [all.at(0), all.at(-1)];
  if (first === undefined || last === undefined || first === last) return;
  const formatGrowth = (key: 'previewSeconds' | 'enginePreviewSeconds' | 'applySeconds') =>
    (last[key] / first[key]).toFixed(1);
  const times = (last.accounts / first.accounts).toFixed(0);
  printLine(`${times} times the accounts`, '');
  printLine(
    '  preview',
    `${formatGrowth('previewSeconds')} times as long; the engine alone ${formatGrowth('enginePreviewSeconds')}`,
  );
  printLine(
    '  apply',
    `${formatGrowth('applySeconds')} times as long, with ${first.changed} and ${last.changed} changes`,
  );
}

function printLine(name: string, value: string): void {
  process.stdout.write(`${name.padEnd(32)}${value}\n`);
}
