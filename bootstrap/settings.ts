// The stack's configuration, checked before anything is made: the trusted repository and the chosen options.
import Type, { type Static } from 'typebox';
import { resolveEndpoints } from '../graph/clouds.ts';
import { DormantError } from '../policy/errors.ts';
import { foldId } from '../policy/identifiers.ts';
import { Guid, strictObject } from '../policy/schemas/parts.ts';
import type { NationalCloud } from '../policy/schemas/tenant.ts';
import { listSchemaFaults } from '../policy/schemas/validate.ts';
import type { GrantOption, PipelineIdentity } from './grants.ts';
import { type LicenseGroupRights, licenseGroupRights } from './license-group-roles.ts';
import { getDefaultEnvironments, gitHubIssuer, maxEnvironments, type TrustedRepository } from './subjects.ts';

export interface BootstrapSettings {
  stack: string;
  repository: TrustedRepository;
  environments: Record<PipelineIdentity, readonly string[]>;
  chosen: ReadonlySet<GrantOption>;
  licenseGroups: LicenseGroupSettings;
  /** The mailbox of the notices, to be scoped in Exchange; null: mail is granted in Entra, or not sent. */
  sender: string | null;
  /** Object ids; null: the user or application that runs the program. */
  owners: readonly string[] | null;
  issuer: string;
  audience: string;
}

/** How the apply may change the members of groups that give licences. */
interface LicenseGroupSettings {
  rights: LicenseGroupRights;
  /** Object ids, folded, each once; empty unless `rights` is `scoped`. */
  ids: readonly string[];
}

/** Reads one configuration key as text; undefined when it is not set. */
type ReadConfig = (key: string) => string | undefined;

/**
 * `environment` is the azuread provider's. Throws one `DormantError` (`bootstrap-config`, exit code 2) with all problems.
 */
export function parseSettings(stack: string, read: ReadConfig, environment: string | undefined): BootstrapSettings {
  const config = requireConfig(collectValues(read));
  const [owner = '', name = ''] = config.repository.split('/');
  const { ownerId, repositoryId } = config;
  const mail = config.mail ?? 'scoped';
  const environments = { ...getDefaultEnvironments(stack), ...selectEnvironments(config) };
  const licenseGroups = selectLicenseGroups(config);
  const problems = [
    ...checkSender(mail, config.sender),
    ...checkEnvironments(environments),
    ...checkLicenseGroups(licenseGroups, config),
  ];
  if (problems.length > 0) throw createConfigError(problems);
  return {
    stack,
    repository: { owner, name, ownerId, repositoryId },
    environments,
    chosen: selectOptions(config, mail),
    licenseGroups,
    sender: mail === 'scoped' ? (config.sender ?? null) : null,
    owners: config.owners ?? null,
    issuer: config.issuer ?? gitHubIssuer,
    audience: resolveEndpoints(parseNationalCloud(environment), {}).assertionAudience,
  };
}

const Switch = Type.Enum(['true', 'false']);
const Environment = Type.String({
  pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$',
  description: 'the name of an environment: letters, digits, dot, _ and -',
});
const Environments = Type.Array(Environment, { minItems: 1, maxItems: maxEnvironments, uniqueItems: true });
const NumericId = Type.String({ pattern: '^[1-9][0-9]*$', description: 'GitHub’s numeric id' });

const Config = strictObject({
  repository: Type.String({
    pattern: '^[A-Za-z0-9-]{1,39}/[A-Za-z0-9._-]{1,100}$',
    description: 'owner/name of the repository on GitHub',
  }),
  ownerId: NumericId,
  repositoryId: NumericId,
  auditEnvironments: Type.Optional(Environments),
  applyEnvironments: Type.Optional(Environments),
  owners: Type.Optional(Type.Array(Guid, { minItems: 1, uniqueItems: true })),
  sender: Type.Optional(Type.String({ format: 'email' })),
  mail: Type.Optional(Type.Enum(['scoped', 'tenant', 'none'])),
  premium: Type.Optional(Switch),
  groupEligibility: Type.Optional(Switch),
  restrictedUnits: Type.Optional(Switch),
  groupRules: Type.Optional(Switch),
  groupUses: Type.Optional(Switch),
  holds: Type.Optional(Switch),
  exchange: Type.Optional(Switch),
  quarantine: Type.Optional(Switch),
  licenseGroups: Type.Optional(Type.Enum([...licenseGroupRights])),
  licenseGroupIds: Type.Optional(Type.Array(Guid, { minItems: 1 })),
  issuer: Type.Optional(
    Type.String({ pattern: '^https://[a-z0-9.-]+(/[A-Za-z0-9_-]+){0,2}$', description: 'an https address' }),
  ),
});
type Config = Static<typeof Config>;

/** Every key that a stack of the bootstrap may set. */
export const configKeys: readonly string[] = Object.keys(Config.properties);

const lists = new Set(['auditEnvironments', 'applyEnvironments', 'owners', 'licenseGroupIds']);

function collectValues(read: ReadConfig): Record<string, unknown> {
  const values = configKeys.map((key) => [key, read(key)] as const);
  return Object.fromEntries(
    values.flatMap(([key, text]) => (text === undefined ? [] : [[key, lists.has(key) ? parseList(text) : text]])),
  );
}

/** Pulumi passes a list as JSON; one typed by hand is separated by commas. */
function parseList(text: string): unknown {
  if (!text.startsWith('[')) return text.split(',').map((entry) => entry.trim());
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function requireConfig(config: Record<string, unknown>): Config {
  const faults = listSchemaFaults(Config, config);
  if (faults.length > 0) throw createConfigError(faults.map(({ message }) => message));
  // The schema has just checked the shape.
  return config as Config;
}

function checkSender(mail: string, sender: string | undefined): string[] {
  return mail === 'scoped' && sender === undefined
    ? ['mail is scoped and there is no sender: set `sender` to the mailbox of the notices, or `mail` to none']
    : [];
}

/** An environment that both identities trust would give the audit’s jobs the apply’s rights. */
function checkEnvironments({ audit, apply }: BootstrapSettings['environments']): string[] {
  return apply
    .filter((environment) => audit.includes(environment))
    .map(
      (environment) => `the environment ${environment} is named for both the audit and the apply; each needs its own`,
    );
}

function checkLicenseGroups({ rights, ids }: LicenseGroupSettings, { premium }: Config): string[] {
  const problems: string[] = [];
  if (rights === 'scoped' && ids.length === 0)
    problems.push(
      'licenseGroups is scoped and no group is named: set `licenseGroupIds` to the object ids of the groups that give licences, or `licenseGroups` to none',
    );
  if (rights !== 'scoped' && ids.length > 0)
    problems.push(
      `licenseGroupIds is set and licenseGroups is ${rights}: only \`licenseGroups\` scoped limits the apply to these groups`,
    );
  if (rights === 'scoped' && premium === 'false')
    problems.push('licenseGroups is scoped and premium is false: a role of one’s own needs Entra ID P1');
  return problems;
}

function selectLicenseGroups({ licenseGroups = 'none', licenseGroupIds = [] }: Config): LicenseGroupSettings {
  return { rights: licenseGroups, ids: [...new Set(licenseGroupIds.map(foldId))] };
}

function selectEnvironments({
  auditEnvironments,
  applyEnvironments,
}: Config): Partial<BootstrapSettings['environments']> {
  return {
    ...(auditEnvironments ? { audit: auditEnvironments } : {}),
    ...(applyEnvironments ? { apply: applyEnvironments } : {}),
  };
}

function selectOptions(config: Config, mail: string): ReadonlySet<GrantOption> {
  const chosen = new Set<GrantOption>();
  if (config.premium !== 'false') chosen.add('premium');
  if (config.groupEligibility !== 'false') chosen.add('groupEligibility');
  if (config.restrictedUnits === 'true') chosen.add('restrictedUnits');
  if (config.groupRules !== 'false') chosen.add('groupRules');
  if (config.groupUses === 'true') chosen.add('groupUses');
  if (config.holds !== 'false') chosen.add('holds');
  if (config.exchange !== 'false') chosen.add('exchange');
  if (config.quarantine === 'true') chosen.add('quarantine');
  if (mail === 'tenant') chosen.add('mail');
  if (config.licenseGroups === 'tenant') chosen.add('groupMembers');
  return chosen;
}

/** The azuread provider's names for the clouds. */
export function parseNationalCloud(environment = 'global'): NationalCloud {
  switch (environment) {
    case 'global':
    case 'public':
      return 'global';
    case 'usgovernment':
    case 'usgovernmentl4':
      return 'usgov';
    case 'dod':
    case 'usgovernmentl5':
      return 'usgov-dod';
    case 'china':
      return 'china';
    default:
      throw createConfigError([`azuread:environment is "${environment}", allowed: global, usgovernment, dod, china`]);
  }
}

function createConfigError(problems: readonly string[]): DormantError {
  return new DormantError(
    'bootstrap-config',
    `The configuration of this stack is not valid:\n  ${problems.join('\n  ')}`,
    {
      exitCode: 2,
      where: 'dormant-bootstrap',
      remedy: 'Correct it with `pulumi -C bootstrap config set <key> <value>`.',
    },
  );
}
