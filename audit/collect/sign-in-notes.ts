// Notes about sign-ins for a proposal's reader: why none could be read, and how many were not.
import type { Service } from '../../policy/evidence.ts';
import { formatList, serviceWords } from '../../policy/words/labels.ts';
import type { OpenSignInCounts } from '../resolve-sign-ins.ts';
import type { SignInProbe } from '../sources/sign-in-probe.ts';

/** `seen`: the services of which this tenant's report has a column. */
export function describeSignInAccess(signIns: SignInProbe, seen: readonly Service[]): string | null {
  if (signIns.kind === 'read') return null;
  const reason = withoutSignIns[signIns.because];
  const services = formatList(seen.map((service) => serviceWords[service]));
  return `Sign-ins could not be read because ${reason}: activity is judged by ${services} alone, people who only sign in (to a computer, or to anything else) look silent, and with \`signIns: required\` nobody is inactive.`;
}

export function describeUnseenServices(signIns: SignInProbe, unseen: readonly Service[]): string | null {
  if (unseen.length === 0) return null;
  const services = formatList(
    unseen.map((service) => serviceWords[service]),
    'or',
  );
  const so =
    signIns.kind === 'read'
      ? 'of people who work only there nothing but sign-ins is seen'
      : 'people who work only there look silent, because sign-ins are not seen either';
  return `The usage report of this tenant has no column for ${services}: ${so}.`;
}

export function describeOpenSignIns({ inDoubt, notAsked }: OpenSignInCounts): string[] {
  return [...describeDoubtfulSignIns(inDoubt), ...describeSkippedSignIns(notAsked)];
}

const withoutSignIns: Record<Extract<SignInProbe, { kind: 'unavailable' }>['because'], string> = {
  'no-premium': 'the tenant has no Entra ID P1',
  'no-permission': 'the audit has no AuditLog.Read.All permission',
  'no-value':
    'Microsoft answers without them: not one of the enabled accounts that the services saw in the week of the report has any',
  'nobody-to-ask': 'the services saw no enabled account in the week of the report with which to try it',
};

function describeDoubtfulSignIns(open: number): string[] {
  if (open === 0) return [];
  const [those, stay] = open === 1 ? ['account', 'it is'] : ['accounts', 'they are'];
  return [
    `${open} silent ${those} came without sign-in data and could not be read again: that does not mean never, so ${stay} left alone until a later audit has the data.`,
  ];
}

function describeSkippedSignIns(notAsked: number): string[] {
  if (notAsked === 0) return [];
  const those = notAsked === 1 ? 'Of 1 silent account' : `Of ${notAsked} silent accounts`;
  return [
    `${those} for whom nothing follows (guests, shared mailboxes, service accounts) the last sign-in was not asked for: Microsoft lets ten be read a minute.`,
  ];
}
