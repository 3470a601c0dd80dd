// The keys that vouch for the facts: one is current, signing began on main, and the newest facts are signed by that key.
import { createGit } from '../../../forge/git/git.ts';
import { findMainName } from '../../../forge/git/known-main.ts';
import { listKeyFaults } from '../../../policy/signing/keys.ts';
import { buildKeyCommand } from '../../keys/key-command.ts';
import { requireMainCommit } from '../../keys/main-commit.ts';
import { type Check, type Finding, fail, pass } from '../check.ts';
import type { DoctorContext } from '../context.ts';
import { readDefaultBranch } from '../github.ts';
import { judgeNewestFacts, readNewestFacts } from '../newest-facts.ts';

export const factsKey: Check = {
  name: 'facts key',
  needs: null,
  async run(context) {
    const { tenant } = context.files;
    const signing = tenant.value.signing ?? {};
    const listed = judgeListed(context);
    if (listed.status === 'fail') return listed;
    const began = signing.since === undefined ? [] : [await judgeBeginning(context, signing.since)];
    const newest = judgeNewestFacts(await readNewestFacts(context), signing, context.stack);
    return [listed, ...began, { ...newest, about: 'of the newest facts' }];
  },
};

function judgeListed({ files, stack }: DoctorContext): Finding {
  const { path, value } = files.tenant;
  const { current, next } = value.signing ?? {};
  const faults = listKeyFaults(value.signing ?? {});
  if (faults.length > 0) return fail(faults.join('; '), `correct ${path} in a pull request`);
  if (current === undefined)
    return fail(
      `${path} has no current key: audits propose nothing, and nothing is taken`,
      `\`${buildKeyCommand(stack)}\`, then merge ${path}`,
    );
  return pass(`${current.name} is current${next === undefined ? '' : `, ${next.name} follows`}`);
}

/** What main had at another commit would count as signed, or nothing would. */
async function judgeBeginning(context: DoctorContext, since: string): Promise<Finding> {
  const main = context.github.ok ? await readDefaultBranch(context) : await findMainName(createGit(context.root));
  const isOnMain = await requireMainCommit(context.root, main, since).then(
    (found) => found === since,
    () => false,
  );
  const about = 'since';
  return isOnMain
    ? { ...pass(`signing began at ${since.slice(0, 12)}, which is on ${main}`), about }
    : {
        ...fail(
          `signing.since is ${since.slice(0, 12)}, which is not on ${main}'s first-parent line`,
          `put it back as it was merged first: \`git log -p --first-parent ${main} -- ${context.files.tenant.path}\``,
        ),
        about,
      };
}
