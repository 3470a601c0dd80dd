// The table of grants as Markdown, which `npm run reference` writes into docs/guides/adopt.md. Pure.
import { isReadOnlyRole } from './app-roles.ts';
import { type Grant, type GrantOption, grants, type PipelineIdentity } from './grants.ts';

/** One row per app role, in the table's order. */
export function renderGrantsTable(identity: PipelineIdentity): string {
  return ['| app role | what for | left out by |', '| --- | --- | --- |', ...grants[identity].map(renderRow)].join(
    '\n',
  );
}

/** The configuration of the bootstrap that leaves a role out; of several options it takes all. */
const leftOutBy: Record<GrantOption, string> = {
  premium: '`premium: false`',
  groupEligibility: '`groupEligibility: false`',
  restrictedUnits: '`restrictedUnits: false` (the default)',
  groupRules: '`groupRules: false`',
  groupUses: '`groupUses: false` (the default)',
  holds: '`holds: false`',
  exchange: '`exchange: false`',
  mail: '`mail: scoped` (the default) or `none`',
  groupMembers: '`licenseGroups: none` (the default) or `scoped`',
  quarantine: '`quarantine: false` (the default)',
};

function renderRow({ appRole, options, why }: Grant): string {
  const name = isReadOnlyRole(appRole) ? appRole : `**${appRole}**`;
  return `| ${name} | ${why} | ${(options ?? []).map((option) => leftOutBy[option]).join(' and ')} |`;
}
