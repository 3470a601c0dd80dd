// For tests of the check: the files of one account on main and in a pull request, signed as an audit signs them.
import { stringify } from 'yaml';
import { verifySignature } from '../../forge/facts-key.ts';
import { today } from '../account.fixture.ts';
import { addDays, type Day } from '../evidence.ts';
import { serialiseAccountFile } from '../files/account-file.ts';
import { noGiveBacks } from '../files/give-back-file.ts';
import { aPolicy } from '../policy.fixture.ts';
import { AccountFile } from '../schemas/account.ts';
import type { Signing } from '../schemas/signing.ts';
import { Tenant } from '../schemas/tenant.ts';
import { createSigningContext } from '../signing/account-past.ts';
import { aSignedFile, aSigning, contoso } from '../signing/signing.fixture.ts';
import { parseYaml } from '../yaml/parse-yaml.ts';
import { checkStack } from './check.ts';
import type { CheckInput, MainFiles } from './input.ts';

const anaPath = 'stacks/contoso/accounts/ana.yaml';

export interface ReviewedChange {
  /** The account's file after each of main's commits; null: main had none. What has no `signed` is signed here. */
  main?: readonly (AccountFile | null)[];
  /** null: the pull request has none. */
  head: AccountFile | null;
  /** The day on which the last version's stage reached main. */
  since?: Day;
  /** The base branch's keys. */
  signing?: Signing | null;
}

export type CheckChange = Partial<Omit<CheckInput, 'main'>> & { main?: Partial<MainFiles> };

export function aCheckInput(change: ReviewedChange, { main: more, ...others }: CheckChange = {}): CheckInput {
  const { main = [], head, since = addDays(today, -30), signing = aSigning() } = change;
  const history = main.map((file) => file && sign(file));
  const last = history.at(-1) ?? null;
  const places = new Map(history.map((_file, at) => [aCommit(at), at]));
  return {
    stack: 'contoso',
    today,
    policy: aPolicy(),
    pipelineAccounts: [],
    main: {
      inForce: last === null ? [] : [{ path: anaPath, file: last, text: serialiseAccountFile(last), since }],
      archive: new Map(),
      giveBacks: new Map(),
      giveBackVersions: [],
      versions: history.map((file, at) => ({ path: anaPath, text: file && serialiseAccountFile(file), at })),
      lineRules: null,
      knownPaths: new Set([anaPath]),
      exemptions: [],
      recordKeys: [],
      escalations: null,
      ...more,
    },
    signing: createSigningContext(
      'contoso',
      { tenantId: contoso.tenantId, ...(signing ? { signing } : {}) },
      { verify: verifySignature, places },
    ),
    tenant: aTenantFile(signing),
    head: head === null ? [] : [aHeadFile(head)],
    archive: new Map(),
    erasedByPipeline: new Set(),
    giveBacks: noGiveBacks,
    giveBackTexts: new Map(),
    exemptions: null,
    escalations: null,
    branchVersions: new Map(),
    ...others,
  };
}

/** The id of main's commit at this place. */
export function aCommit(at: number): string {
  return String(at).padStart(40, '0');
}

/** The codes of the problems, in the order of the files. */
export function listProblemCodes(change: ReviewedChange, others?: CheckChange): string[] {
  return checkStack(aCheckInput(change, others)).map(({ code }) => code);
}

export function aHeadFile(file: AccountFile, path = anaPath) {
  return parseYaml(AccountFile, path, serialiseAccountFile(sign(file)));
}

export function aTenantFile(signing: Signing | null) {
  const tenant = {
    tenantId: contoso.tenantId,
    cloud: 'emulator',
    audit: { clientId: contoso.tenantId },
    apply: { clientId: contoso.tenantId },
    notifications: { sender: 'it-lifecycle@contoso.com', replyTo: 'it-help@contoso.com' },
    timeZone: 'UTC',
    currency: 'USD',
    ...(signing ? { signing } : {}),
  };
  return parseYaml(Tenant, 'stacks/contoso/tenant.yaml', stringify(tenant));
}

function sign(file: AccountFile): AccountFile {
  return file.signed === undefined ? aSignedFile(file) : file;
}
