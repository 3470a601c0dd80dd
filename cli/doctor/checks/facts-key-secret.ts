// The private half is a secret of the audit's environment, where no other branch or job can leak it.
import { getDefaultEnvironments } from '../../../bootstrap/subjects.ts';
import { buildKeyCommand } from '../../keys/key-command.ts';
import type { Check } from '../check.ts';
import { examineSecret } from './environment-secret.ts';

export const factsKeySecret: Check = {
  name: 'facts key is a secret',
  needs: 'github',
  async run(context) {
    const wanted = {
      ...{ name: 'DORMANT_FACTS_KEY', otherwise: 'the audit proposes nothing' },
      mend: buildKeyCommand(context.stack),
    };
    const names = getDefaultEnvironments(context.stack).audit;
    return Promise.all(names.map((environment) => examineSecret(context, { ...wanted, environment })));
  },
};
