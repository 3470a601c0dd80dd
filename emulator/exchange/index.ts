// The PowerShell that an administrator runs in Exchange, and the roles that it makes.
export { runScript, type ScriptRun } from './powershell/run-script.ts';
export { listParts, parseScript, type SyntaxNode } from './powershell/syntax.ts';
export { formatValue } from './powershell/values.ts';
export { collectRoleEntries, createExchangeOrganization, type ExchangeOrganization } from './roles/organization.ts';
export { createRoleCmdlets } from './roles/role-cmdlets.ts';
