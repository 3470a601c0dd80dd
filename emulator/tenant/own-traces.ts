// Traces that belong to one person alone: derived people share theirs, and those of a changed one are written to.
import { copyOf, NEVER } from './activity.ts';
import type { ChangedPerson, NoSignInForm, SignIns, Usage } from './person.ts';

/** Traces that nobody shares: an attempt must not move a success. */
export function ownSignIns({ interactive, nonInteractive, successful }: SignIns): SignIns {
  return {
    interactive: copyOf(interactive),
    nonInteractive: copyOf(nonInteractive),
    successful: copyOf(successful),
  };
}

/** The same for the services. */
export function ownUsage(usage: Usage): Usage {
  return {
    exchange: copyOf(usage.exchange),
    oneDrive: copyOf(usage.oneDrive),
    sharePoint: copyOf(usage.sharePoint),
    skype: copyOf(usage.skype),
    yammer: copyOf(usage.yammer),
    teams: copyOf(usage.teams),
  };
}

/** From now on nobody knows of any sign-in, and Graph writes it so. */
export function forgetSignIns(person: ChangedPerson, form: NoSignInForm): void {
  person.noSignIn = form;
  person.signIns = ownSignIns({ interactive: NEVER, nonInteractive: NEVER, successful: NEVER });
}
