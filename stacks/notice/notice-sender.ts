// Sends the notices: each once, to those whom the rules allow. Between the provider and the tenant's mail.
import { foldText, type IdKey } from '../../policy/identifiers.ts';
import { selectStages } from '../../policy/populations/population-policy.ts';
import type { Policy } from '../../policy/schemas/policy.ts';
import type { ApplyReader } from '../tenant/apply-reader.ts';
import { createDelivery, type DeliveryContext, type DraftedNotice, type SentNotice } from './deliver.ts';
import { buildGiveBackLetter } from './give-back-letter.ts';
import { listOnTheirWay } from './give-back-notice.ts';
import type { HrNotice, NotifiedExecutive } from './hr-notice.ts';
import { buildLetter, type Letter, type LetterContext } from './letter.ts';
import { buildNoticeName, type ManagerNotice } from './manager-notice.ts';
import type { NoticeOutputs } from './manager-notice-state.ts';
import { renderMessage } from './message.ts';
import { chooseRecipient, type Recipient, type RecipientRules } from './recipient.ts';
import { buildHrOutcome, draftHrNotice, type HrOutcome } from './send-hr-notice.ts';

export interface NoticeContext
  extends DeliveryContext,
    RecipientRules,
    Pick<LetterContext, 'today' | 'uncounted' | 'repositoryUrl'> {
  policy: Policy;
  reader: Pick<ApplyReader, 'findAddressee' | 'readManager' | 'readUser' | 'readRecipientType'>;
}

interface NoticeOutcome {
  /** Ids of all accounts reported so far; the next run's `told`. */
  told: readonly IdKey[];
  /** None: all had been reported before. Several: some have another manager now. */
  mails: readonly SentNotice[];
}

export interface NoticeSender {
  /** What `send` would send. Only reads. `unsure`: of whom a mail may have left, by the state; the journal knows more. */
  draft(notice: ManagerNotice, told: readonly IdKey[], unsure?: readonly IdKey[]): Promise<DraftedNotice[]>;
  /** Throws `DormantError` when it was not sent, or that is unknown. */
  send(notice: ManagerNotice, told: readonly IdKey[], unsure?: readonly IdKey[]): Promise<NoticeOutcome>;
  /** The same for executives, to HR. */
  draftHr(
    notice: HrNotice,
    told: readonly NotifiedExecutive[],
    unsure?: readonly IdKey[],
  ): Promise<DraftedNotice | null>;
  sendHr(notice: HrNotice, told: readonly NotifiedExecutive[], unsure?: readonly IdKey[]): Promise<HrOutcome>;
}

export function createNoticeSender(context: NoticeContext): NoticeSender {
  const deliver = createDelivery(context);
  return {
    draft: (notice, told, unsure = []) => draftNotice(notice, { told, unsure, isForeseen: true }, context),
    async send(notice, told, unsure = []) {
      const mails = await deliver(() => draftNotice(notice, { told, unsure }, context));
      return { told: await listTold(notice, mails, context), mails };
    },
    draftHr: (notice, told, unsure = []) => draftHrNotice(notice, { told, unsure }, context),
    async sendHr(notice, told, unsure = []) {
      const draft = () => draftHrNotice(notice, { told, unsure }, context);
      const [mail = null] = await deliver(async () => [await draft()].filter((each) => each !== null));
      return buildHrOutcome(notice, { told, mail }, context);
    },
  };
}

/** Of a give-back that has not come to sign-in yet nothing is told: the next run looks again. */
async function listTold(
  notice: ManagerNotice,
  mails: readonly SentNotice[],
  { journal }: NoticeContext,
): Promise<readonly IdKey[]> {
  if (notice.stage !== 'give-back') return listIds(notice);
  const { sent } = await journal.readSent(buildNoticeName(notice));
  const told = new Set(mails.flatMap(({ people }) => people));
  return listIds(notice).filter((id) => told.has(id) || sent.has(id));
}

/** Only those who have not been reported yet: somebody who joins a wave later gets a mail of their own. */
async function draftNotice(
  notice: ManagerNotice,
  { told, unsure, isForeseen = false }: Required<NoticeOutputs> & { isForeseen?: boolean },
  context: NoticeContext,
): Promise<DraftedNotice[]> {
  const { sent, unsure: unsureHere } = await context.journal.readSent(buildNoticeName(notice));
  const untold = notice.people.filter(({ id }) => !told.includes(id) && !sent.has(id));
  const people = notice.stage === 'give-back' && !isForeseen ? await selectSignedIn(untold, context) : untold;
  const present = await groupByPresentManager({ ...notice, people }, context.reader);
  return Promise.all(
    present.map(async (each) => ({
      ...(await draftMail(each, context)),
      name: buildNoticeName(notice),
      mayBeSecond: each.people.some(({ id }) => unsureHere.has(id) || unsure.includes(id)),
    })),
  );
}

/** Who can sign in by now. */
async function selectSignedIn(
  people: ManagerNotice['people'],
  { reader }: Pick<NoticeContext, 'reader'>,
): Promise<ManagerNotice['people']> {
  const users = await Promise.all(people.map(({ id }) => reader.readUser(id)));
  return people.filter((_, at) => users[at]?.accountEnabled === true);
}

/** The tenant is asked whom each person reports to now; the file knows who it was at the audit. */
async function groupByPresentManager(
  notice: ManagerNotice,
  { readManager }: NoticeContext['reader'],
): Promise<ManagerNotice[]> {
  const reports = await Promise.all(
    notice.people.map(async (person) => ({ person, manager: await readManager(person.id) })),
  );
  const groups = Map.groupBy(reports, ({ manager }) => foldText(manager?.mail ?? ''));
  return [...groups.values()].map((group) => {
    const { displayName = '', mail = null } = group[0]?.manager ?? {};
    const manager = mail === null ? null : { displayName, mail };
    return { ...notice, manager, people: group.map(({ person }) => person) };
  });
}

async function draftMail(
  notice: ManagerNotice,
  context: NoticeContext,
): Promise<Pick<DraftedNotice, 'recipient' | 'message' | 'people'>> {
  const { reader } = context;
  const found = notice.manager === null ? null : await reader.findAddressee(notice.manager.mail);
  const recipient = chooseRecipient(notice, found, context);
  const letter = await writeLetter(notice, recipient, context);
  return { recipient, message: renderMessage(letter), people: listIds(notice) };
}

async function writeLetter(notice: ManagerNotice, recipient: Recipient, context: NoticeContext): Promise<Letter> {
  const { tenant, today } = context;
  const { replyTo } = tenant.notifications;
  const { stage } = notice;
  if (stage === 'give-back') {
    const onTheirWay = await findOnTheirWay(notice, context);
    return buildGiveBackLetter(notice, recipient, { today, replyTo, onTheirWay });
  }
  const stages = selectStages(context.policy, notice.population);
  return buildLetter({ ...notice, stage }, recipient, { ...context, stages, timeZone: tenant.timeZone, replyTo });
}

async function findOnTheirWay(
  { people }: ManagerNotice,
  { reader }: Pick<NoticeContext, 'reader'>,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const entries = people.map(async ({ id, givenBack }) => {
    const [user, type] = await Promise.all([reader.readUser(id), reader.readRecipientType(id)]);
    return [id, givenBack && user ? listOnTheirWay(givenBack, user, type) : []] as const;
  });
  return new Map(await Promise.all(entries));
}

function listIds({ people }: ManagerNotice): IdKey[] {
  return people.map(({ id }) => id);
}
