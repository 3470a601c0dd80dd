// Where a text names people: by id, address, the name of an account file, or display name. Pure.
import { accountFilePattern, type PeopleIndex, type PersonKey } from './people-index.ts';

export interface Mention {
  person: PersonKey;
  start: number;
  end: number;
}

/** In their order, none inside of another. `owner`: in whose part the text stands; null: in nobody’s. */
export function findMentions(text: string, people: PeopleIndex, owner: PersonKey | null = null): Mention[] {
  const found = [...findAddressed(text, people, owner), ...findNamed(text, people, owner)];
  found.sort((a, b) => a.start - b.start || b.end - a.end);
  const mentions: Mention[] = [];
  for (const mention of found) if (mention.start >= (mentions.at(-1)?.end ?? 0)) mentions.push(mention);
  return mentions;
}

const addressed = new RegExp(
  [
    accountFilePattern.source,
    '[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}',
    // A sentence ends after an address, and a mail may be quoted or in brackets.
    '[^\\s"\'`“”‘’<>()\\[\\]{},;:|/\\\\]+@[\\p{L}\\p{N}_-]+(?:\\.[\\p{L}\\p{N}_-]+)*',
  ].join('|'),
  'gu',
);

function* findAddressed(text: string, people: PeopleIndex, owner: PersonKey | null): Iterable<Mention> {
  for (const { 0: word, index } of text.matchAll(addressed)) {
    const person = people.findPerson(word, owner) ?? findByFileName(word, text, index);
    if (person !== null) yield { person, start: index, end: index + word.length };
  }
}

/** An account file that no part of the run is about: its name is mostly an address, made safe. */
function findByFileName(word: string, text: string, index: number): PersonKey | null {
  return /\/(?:accounts|archive)\/$/.test(text.slice(0, index)) ? `name:${word.toLowerCase()}` : null;
}

function* findNamed(text: string, people: PeopleIndex, owner: PersonKey | null): Iterable<Mention> {
  for (const { 0: word, index } of text.matchAll(/[\p{L}\p{N}]+/gu)) {
    for (const name of people.listNames(word)) {
      // The name may begin with another sign than the word, such as a bracket.
      const start = index - name.indexOf(word);
      if (start < 0 || !text.startsWith(name, start) || isInsideWord(text, start + name.length)) continue;
      const person = people.findPerson(name, owner);
      if (person !== null) yield { person, start, end: start + name.length };
      break;
    }
  }
}

function isInsideWord(text: string, at: number): boolean {
  return /[\p{L}\p{N}]/u.test(text[at - 1] ?? '') && /^[\p{L}\p{N}]/u.test(text.slice(at, at + 2));
}
