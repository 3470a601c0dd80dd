// Traces that belong to one person alone: derived people share theirs, and those of a changed one are written to.
import { copyTrace, NEVER } from './activity.ts';
import type { ChangedPerson, NoSignInForm, SignIns, Usage } from './person.ts';

/** Traces that nobody shares: an attempt must not move a success. */
export function copySignIns({ interactive, nonInteractive, successful }: SignIns): SignIns {
  return {
    interactive: copyTrace(interactive),
    nonInteractive: copyTrace(nonInteractive),
    successful: copyTrace(successful),
  };
}

/** The same for the services. */
export function copyUsage(usage: Usage): Usage {
  return {
    exchange: copyTrace(usage.exchange),
    oneDrive: copyTrace(usage.oneDrive),
    sharePoint: copyTrace(usage.sharePoint),
    skype: copyTrace(usage.skype),
    yammer: copyTrace(usage.yammer),
    teams: copyTrace(usage.teams),
  };
}

/** From now on nobody knows of any sign-in, and Graph writes it so. */
export function forgetSignIns(person: ChangedPerson, form: NoSignInForm): void {
  person.noSignIn = form;
  person.signIns = copySignIns({ interactive: NEVER, nonInteractive: NEVER, successful: NEVER });
}
