// An account file that a person edited on the branch, and that main has changed since: the newest facts that an audit signed,
// what that person decided, and for the rest main's word. Pure.
import { editAccountFile } from '../files/account-file.ts';
import { buildDesiredState, isReleased } from '../files/stage.ts';
import type { AccountFile } from '../schemas/account.ts';
import { noPast, type SigningContext } from '../signing/account-past.ts';
import { findVouching } from '../signing/judge-version.ts';
import { parseSignedLine } from '../signing/signed-line.ts';
import { isSameValue } from '../yaml/edit-yaml.ts';
import type { FileSides, MergedText, UndecidedWords } from './merged-text.ts';

/** One commit of a person: the file in each of its parents, and as it left it. */
export interface PersonEdit {
  before: readonly (string | null)[];
  after: string | null;
}

/** `edits`: of this file on the branch, the oldest first. */
export function mergeAccountFile(
  sides: FileSides & { edits: readonly PersonEdit[] },
  context: SigningContext,
): MergedText {
  const { path, base, branch, main, edits } = sides;
  const ofMain = read(main, context);
  // Gone from main, kept or given back: that stands whatever the branch says.
  if (main === null || ofMain === null || isGivingBack(ofMain) || branch === null) return { text: main, undecided: [] };
  const ofBranch = read(branch, context);
  // The check names the line; the person may finish it.
  if (ofBranch === null) return { text: branch, undecided: [] };
  const theirs = selectTheirs(edits, ofBranch, context);
  if (theirs.length === 0) return { text: main, undecided: [] };
  const ofBase = read(base, context);
  const undecided = theirs.filter((field) => isOtherWord(field, { ofBase, ofMain, ofBranch }));
  if (undecided.length > 0)
    return { text: main, undecided: undecided.map((field) => quoteBoth(path, field, { ofMain, ofBranch })) };
  const merged = combine({ ofMain, ofBranch }, theirs, selectNewestFacts(ofMain, ofBranch, context));
  return { text: editAccountFile({ path, text: branch }, merged), undecided: [] };
}

const fields = ['stage', 'reason', 'accountEnabled', 'mailbox', 'licenses', 'groups', 'oneDrive'] as const;
type Field = (typeof fields)[number];

function getWord(file: AccountFile | null, field: Field): unknown {
  return field === 'stage' || field === 'reason' ? file?.[field] : file?.desired[field];
}

function read(text: string | null, context: SigningContext): AccountFile | null {
  return text === null ? null : context.read(text);
}

function isGivingBack({ stage }: AccountFile): boolean {
  return stage === 'keep' || stage === 'restore';
}

/** What people set on the branch and nothing has replaced since; the pipeline's own commits carry it on. */
function selectTheirs(edits: readonly PersonEdit[], ofBranch: AccountFile, context: SigningContext): Field[] {
  const last = new Map<Field, unknown>();
  for (const { before, after } of edits) {
    const file = read(after, context);
    if (file === null) continue;
    const parents = before.map((text) => read(text, context));
    for (const field of fields) {
      const word = getWord(file, field);
      if (parents.every((parent) => parent === null || !isSameValue(getWord(parent, field), word)))
        last.set(field, word);
    }
  }
  return fields.filter((field) => last.has(field) && isSameValue(last.get(field), getWord(ofBranch, field)));
}

interface Sides {
  ofMain: AccountFile;
  ofBranch: AccountFile;
}

/** Whether a person has said something else on main since the branch left it. */
function isOtherWord(field: Field, { ofBase, ofMain, ofBranch }: Sides & { ofBase: AccountFile | null }): boolean {
  const word = getWord(ofMain, field);
  if (isSameValue(word, getWord(ofBranch, field)) || isSameValue(word, getWord(ofBase, field))) return false;
  return !isAuditsWord(ofMain, field);
}

/** Whether an audit proposed it so. */
function isAuditsWord(file: AccountFile, field: Field): boolean {
  const line = parseSignedLine(file.signed);
  if (field === 'stage' || field === 'reason') return line?.furthest === file.stage;
  const { stage, restore, savings, desired } = file;
  return (
    line !== null && isSameValue(desired[field], buildDesiredState(stage, restore, savings, isReleased(file))[field])
  );
}

function selectNewestFacts(ofMain: AccountFile, ofBranch: AccountFile, context: SigningContext): AccountFile {
  const before = { ...noPast, at: Number.POSITIVE_INFINITY };
  const vouched = [ofMain, ofBranch].filter((file) => findVouching(file, before, context) !== null);
  const [first = ofMain, second = first] = vouched;
  return second.evidence.auditedOn > first.evidence.auditedOn ? second : first;
}

/** A reason goes with its stage, and what is desired follows from the stage where nobody has said so. */
function combine({ ofMain, ofBranch }: Sides, theirs: readonly Field[], facts: AccountFile): AccountFile {
  const { stage } = theirs.includes('stage') ? ofBranch : ofMain;
  const { reason } = theirs.includes('reason') || stage !== ofMain.stage ? ofBranch : ofMain;
  const { desired: ofStage } = stage === ofMain.stage ? ofMain : { desired: buildDesired(stage, ofMain, facts) };
  const pick = <Name extends keyof AccountFile['desired']>(name: Name) =>
    (theirs.includes(name) ? ofBranch.desired : ofStage)[name];
  const groups = pick('groups');
  const oneDrive = pick('oneDrive');
  const desired = {
    accountEnabled: pick('accountEnabled'),
    mailbox: pick('mailbox'),
    licenses: pick('licenses'),
    ...(groups === undefined ? {} : { groups }),
    ...(oneDrive === undefined ? {} : { oneDrive }),
  };
  const { reason: _, ...rest } = facts;
  return { ...rest, stage, desired, ...(reason === undefined ? {} : { reason }) };
}

function buildDesired(stage: AccountFile['stage'], ofMain: AccountFile, { restore, savings }: AccountFile) {
  const { oneDrive } = ofMain.desired;
  const desired = buildDesiredState(stage, restore, savings, isReleased(ofMain));
  return { ...desired, ...(oneDrive === undefined ? {} : { oneDrive }) };
}

function quoteBoth(path: string, field: Field, { ofMain, ofBranch }: Sides): UndecidedWords {
  const quote = (file: AccountFile) =>
    `${field}: ${JSON.stringify(getWord(file, field)) ?? 'nothing'}`.replaceAll('"', '');
  return { path, main: quote(ofMain), branch: quote(ofBranch) };
}
