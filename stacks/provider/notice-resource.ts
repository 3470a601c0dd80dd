// m365:index:ManagerNotice as the engine sees it: sent once, extended when its wave grows, never taken back.
import { allowsMails } from '../../policy/pause/taking-stop.ts';
import { buildNoticeName } from '../notice/manager-notice.ts';
import type { NoticeInputs, NoticeOutputs } from '../notice/manager-notice-state.ts';
import { toForgeUnknownError } from '../taking-stop.ts';
import { sendProviderMessage } from './provider-messages.ts';
import type { Resource } from './resource.ts';
import type { Session } from './session.ts';

export const noticeResource: Resource = {
  // From groupManagerNotices, of checked files; people cannot edit it.
  check: () => [],
  diff(olds, news) {
    const told = new Set((olds as NoticeOutputs).told);
    return (news as NoticeInputs).notice.people.some(({ id }) => !told.has(id));
  },
  async create(urn, news, session) {
    const inputs = news as NoticeInputs;
    const told = inputs.presumedTold ?? [];
    return {
      id: buildNoticeName(inputs.notice),
      outs: await sendNotice(urn, { ...inputs, told }, await session()),
    };
  },
  async update(urn, olds, news, session) {
    const { notice } = news as NoticeInputs;
    return { outs: await sendNotice(urn, { ...(olds as NoticeOutputs), notice }, await session()) };
  },
  async read(olds) {
    return { props: olds as NoticeInputs & NoticeOutputs };
  },
};

async function sendNotice(
  urn: string,
  { notice, told: before, unsure }: NoticeInputs & NoticeOutputs,
  { notices, log, context: { findStop } }: Session,
): Promise<NoticeOutputs> {
  // Whoever was not told is told by the next run: the resource then still differs.
  const stop = await findStop();
  if (stop?.kind === 'forge-unknown') throw toForgeUnknownError(stop);
  if (stop !== null && !allowsMails(stop)) return { told: before, ...(unsure ? { unsure } : {}) };
  const { told, mails } = await notices.send(notice, before, unsure);
  for (const mail of mails) await sendProviderMessage(log, urn, { mail });
  return { told: [...new Set([...before, ...told])] };
}
