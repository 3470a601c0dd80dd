// Copies of traces for one changed person: derived people share theirs.
import { copyTrace, NEVER } from './activity.ts';
import type { ChangedPerson, NoSignInForm, SignIns, Usage } from './person.ts';

/** Separate traces: an attempt must not move a success. */
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

/** From now on Graph knows no sign-in of the person, and writes it in this form. */
export function forgetSignIns(person: ChangedPerson, form: NoSignInForm): void {
  person.noSignIn = form;
  person.signIns = copySignIns({ interactive: NEVER, nonInteractive: NEVER, successful: NEVER });
}
