// Named people whose names would break a careless program: formulas, mentions, markup, paths, and plain foreign letters.
// All are inactive and licensed, so that their names reach every output.
import type { PersonInput } from '../person-input.ts';

const quiet = { inactiveDays: 135, manager: 'lineManager' } as const;

export const hostile = {
  apostropheUpn: {
    ...quiet,
    displayName: "Sean O'Neill",
    userPrincipalName: "sean.o'neill@contoso.com",
    surname: "O'Neill",
  },
  plusUpn: { ...quiet, displayName: 'Pat Plus', userPrincipalName: 'pat+test@contoso.com' },
  capitalUpn: { ...quiet, displayName: 'Jean DuPont', userPrincipalName: 'Jean.DuPont@Contoso.com' },
  nonAsciiName: { ...quiet, displayName: '山田 太郎', givenName: '太郎', surname: '山田' },
  accentedUpn: { ...quiet, displayName: 'Zoë Müller-Łoś', userPrincipalName: 'zoë.müller@contoso.com' },
  rightToLeftName: { ...quiet, displayName: 'מאיה כהן', givenName: 'מאיה', surname: 'כהן' },
  bidiOverrideName: { ...quiet, displayName: 'Robin \u202Etxt.exe', department: 'Design \u202Eegnaro' },
  formulaName: { ...quiet, displayName: "=cmd|' /C calc'!A0" },
  formulaDepartment: {
    ...quiet,
    displayName: 'Quinn Cell',
    department: '=HYPERLINK("http://evil.example","x")',
  },
  plusFormulaTitle: { ...quiet, displayName: '+SUM(A1:A9)', jobTitle: '-2+3+cmd', department: '@SUM(1)' },
  mentionName: { ...quiet, displayName: '@here' },
  mentionDepartment: { ...quiet, displayName: '@octocat/everyone', department: '@everyone #1 GH-1' },
  htmlName: {
    ...quiet,
    displayName: '<script>alert(1)</script>',
    department: '<img src=x onerror=alert(1)>',
  },
  pipeName: { ...quiet, displayName: 'Uma | Pipe', department: 'Sales | West `code` **bold**' },
  markdownLinkName: {
    ...quiet,
    displayName: '[approve](https://evil.example)',
    department: '</details> <!-- x -->',
  },
  workflowCommandName: { ...quiet, displayName: '::error file=x::owned', jobTitle: '::set-output name=a::b' },
  lineBreakName: { ...quiet, displayName: 'Wes\r\nBcc: all@contoso.com', jobTitle: 'Line\nBreaker' },
  traversalNickname: {
    ...quiet,
    displayName: 'Dot Dot',
    userPrincipalName: '..dot@contoso.com',
    mailNickname: '../../etc/passwd',
  },
  reservedFileName: { ...quiet, displayName: 'Con Prn', userPrincipalName: 'con@contoso.com' },
  longName: { ...quiet, displayName: 'Wolfeschlegelstein '.repeat(13).trim(), department: 'D'.repeat(64) },
  quoteName: { ...quiet, displayName: 'Jo "JJ", the 2nd; \\ Smith', department: 'R&D, "Core"' },
  yamlName: { ...quiet, displayName: '- yes: &a *b !!js', department: '# off', jobTitle: 'null' },
} as const satisfies Record<string, PersonInput>;
