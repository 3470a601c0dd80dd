// What is done with each line of each guide.
import type { GuideLines } from '../guide-lines.fixture.ts';
import { adopt } from './adopt.fixture.ts';
import { erase } from './erase.fixture.ts';
import { github } from './github.fixture.ts';
import { keys } from './keys.fixture.ts';
import { leave } from './leave.fixture.ts';
import { look } from './look.fixture.ts';
import { auditTrail, comingBack, giveBack, pause, review, siem, why } from './people.fixture.ts';
import { records } from './records.fixture.ts';
import { microsoftsClocks, policy, privacy, worksCouncil } from './rules.fixture.ts';
import {
  leakedAppKey,
  leftAfterAll,
  lostState,
  managerComplains,
  microsoftDown,
  ownerLeft,
  redAudit,
  runbooks,
  wrongWave,
} from './runbooks.fixture.ts';
import { disaster, manyTenants, otherForges, upgrade } from './running.fixture.ts';
import { tryIt } from './try.fixture.ts';

/** In the order in which they are followed in one repository, but for the first two, which have one of their own. */
export const guideLists: readonly GuideLines[] = [
  ...[
    tryIt,
    adopt,
    look,
    policy,
    privacy,
    worksCouncil,
    microsoftsClocks,
    github,
    manyTenants,
    why,
    auditTrail,
    siem,
    review,
  ],
  ...[comingBack, giveBack, pause, keys, records, upgrade, disaster, otherForges, erase, leave],
];

/** Each is followed on a bad day of its own. */
export const runbookLists: readonly GuideLines[] = [
  ...[runbooks, wrongWave, managerComplains, leftAfterAll, redAudit],
  ...[leakedAppKey, lostState, microsoftDown, ownerLeft],
];
