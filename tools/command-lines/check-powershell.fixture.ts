// Whether PowerShell can be run as it is written: it parses, and each cmdlet is one of the table, with parameters that it takes.
import { listParts, parseScript, type SyntaxNode } from '@dormant-m365/emulator/exchange';
import { type Cmdlet, listTerms, loadCmdletTable, type Term } from './cmdlet-table.ts';

/** Faults as sentences. The grammar knows a script by its path only behind `&`. */
export async function checkPowerShell(script: string): Promise<string[]> {
  try {
    const root = await parseScript(script.replaceAll(/^\.[/\\](\S+\.ps1)/gm, "& './$1'"));
    const own = new Set(root.descendantsOfType('function_name').map(({ text }) => text.toLowerCase()));
    return root
      .descendantsOfType('command')
      .filter((node) => !isOwn(node, own))
      .flatMap((node) => checkCall(node).map((fault) => `${node.text}: ${fault}`));
  } catch (error) {
    if (error instanceof SyntaxError) return [error.message];
    throw error;
  }
}

/** A mention in a sentence may name parameters without values. `null`: it is no cmdlet. */
export function checkCmdletMention(text: string): string[] | null {
  const [name = '', ...words] = text.split(' ');
  if (!mentioned.test(name)) return null;
  const cmdlet = findCmdlet(name);
  if (cmdlet === null) return [unknown];
  const known = new Set(
    readSets(cmdlet)
      .flat()
      .map((term) => term.name.toLowerCase()),
  );
  const named = words.flatMap((word, at) =>
    word.startsWith('-') ? [{ name: word.slice(1), value: words[at + 1] }] : [],
  );
  return named.flatMap(({ name: given, value }) => {
    const parameter = resolveAlias(cmdlet, given);
    return known.has(parameter) ? judgeValue(cmdlet, parameter, value) : [`has no parameter -${given}`];
  });
}

const mentioned = /^(Add|Connect|Disable|Enable|Format|Get|New|Remove|Set|Test|Update)-[A-Z]\w+$/;
const unknown =
  'tools/command-lines/used-commands.ts does not list this cmdlet: if there is such a one, add it and run npm run command-tables';

/** A function of the script, or a script beside it. */
function isOwn(node: SyntaxNode, functions: ReadonlySet<string>): boolean {
  const name = node.childForFieldName('command_name')?.text ?? '';
  return functions.has(name.toLowerCase()) || name.includes('.ps1');
}

interface Call {
  /** `name`: the parameter's, in lower case; `written`: as it stands there, without the hyphen. */
  named: { name: string; written: string; value: string | undefined }[];
  /** How many values stand there without a name. */
  placed: number;
  isPiped: boolean;
}

function checkCall(node: SyntaxNode): string[] {
  const name = node.childForFieldName('command_name')?.text ?? '';
  const cmdlet = findCmdlet(name);
  if (cmdlet === null) return [unknown];
  const call = readCall(node, cmdlet);
  const sets = readSets(cmdlet);
  const all = new Set(sets.flat().map((term) => term.name.toLowerCase()));
  const strange = call.named.filter((given) => !all.has(given.name) && !common.has(given.name));
  if (strange.length > 0) return strange.map((given) => `has no parameter -${given.written}`);
  const faults = sets.map((set) => judgeSet(set, call, cmdlet));
  const best = faults.toSorted((a, b) => a.length - b.length)[0] ?? [];
  return [...best, ...call.named.flatMap((given) => judgeValue(cmdlet, given.name, given.value))];
}

function readCall(node: SyntaxNode, cmdlet: Cmdlet): Call {
  const switches = new Set(
    readSets(cmdlet)
      .flat()
      .flatMap(({ name, hasValue }) => (hasValue ? [] : [name.toLowerCase()])),
  );
  const before = node.previousNamedSibling;
  const call: Call = { named: [], placed: 0, isPiped: before !== null && before.type !== 'comment' };
  const elements = listParts(node.childForFieldName('command_elements')).filter(({ text }) => text.trim() !== '');
  for (let at = 0; at < elements.length; at++) {
    const element = elements[at];
    if (element?.type !== 'command_parameter') {
      call.placed++;
      continue;
    }
    const written = element.text.slice(1);
    const name = resolveAlias(cmdlet, written);
    const isJoined = elements[at + 1]?.text === ':';
    const next = elements[at + (isJoined ? 2 : 1)];
    const hasValue = isJoined || !(switches.has(name) || next?.type === 'command_parameter');
    call.named.push({ name, written, value: hasValue ? next?.text : undefined });
    if (hasValue) at += isJoined ? 2 : 1;
  }
  return call;
}

function judgeSet(set: readonly Term[], { named, placed, isPiped }: Call, cmdlet: Cmdlet): string[] {
  const terms = new Map(set.map((term) => [term.name.toLowerCase(), term]));
  const given = new Set(named.map(({ name }) => name));
  const foreign = [...given].filter((name) => !terms.has(name) && !common.has(name));
  const places = set.filter(({ isPlaced, name }) => isPlaced && !given.has(name.toLowerCase()));
  const filled = new Set(places.slice(0, placed).map(({ name }) => name));
  const missing = set.filter(
    ({ name, isRequired }) =>
      isRequired && !given.has(name.toLowerCase()) && !filled.has(name) && !(isPiped && cmdlet.piped.includes(name)),
  );
  return [
    ...foreign.map((name) => `-${name} does not go with the others`),
    ...missing.map(({ name }) => `lacks -${name}`),
    ...(placed > places.length ? ['has a value too many'] : []),
  ];
}

function judgeValue({ values }: Cmdlet, parameter: string, value: string | undefined): string[] {
  const [, known] = Object.entries(values).find(([name]) => name.toLowerCase() === parameter) ?? [];
  const isLiteral = value !== undefined && /^\w+$/.test(value);
  if (known === undefined || !isLiteral) return [];
  const isOne = known.some((each) => each.toLowerCase() === value.toLowerCase());
  return isOne ? [] : [`-${parameter} cannot be ${value}`];
}

const { cmdlets } = loadCmdletTable();

const read = new Map<Cmdlet, Term[][]>();

function readSets(cmdlet: Cmdlet): Term[][] {
  const sets = read.get(cmdlet) ?? cmdlet.sets.map(listTerms);
  read.set(cmdlet, sets);
  return sets;
}

function findCmdlet(name: string): Cmdlet | null {
  const [, found] = Object.entries(cmdlets).find(([each]) => each.toLowerCase() === name.toLowerCase()) ?? [];
  return found ?? null;
}

function resolveAlias({ aliases }: Cmdlet, name: string): string {
  const [, of] = Object.entries(aliases).find(([alias]) => alias.toLowerCase() === name.toLowerCase()) ?? [];
  return (of ?? name).toLowerCase();
}

/** https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_commonparameters */
const common: ReadonlySet<string> = new Set([
  'confirm',
  'debug',
  'erroraction',
  'errorvariable',
  'informationaction',
  'informationvariable',
  'outbuffer',
  'outvariable',
  'pipelinevariable',
  'progressaction',
  'verbose',
  'warningaction',
  'warningvariable',
  'whatif',
]);
