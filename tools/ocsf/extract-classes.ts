// What a class or an object of OCSF may hold, from the files of its schema: what it extends and includes is put into it.
// How they refer to each other: https://github.com/ocsf/ocsf-docs, overview/understanding-ocsf.md, and metaschema/ of the schema.

export interface SchemaReader {
  /** Paths below events/ and objects/. */
  list(): Promise<string[]>;
  read(path: string): Promise<Definition>;
}

interface Definition {
  uid?: number;
  caption?: string;
  category?: string;
  extends?: string;
  constraints?: { at_least_one?: string[] };
  /** `$include`: the paths of profiles. */
  attributes: Record<string, Attribute | string | readonly string[]>;
  types?: { attributes: Record<string, { type?: string; regex?: string }> };
}

interface Attribute {
  /** Of a category. */
  uid?: number;
  type?: string;
  is_array?: boolean;
  requirement?: string;
  /** null: it belongs to no profile here, also where an included profile has it. */
  profile?: string | null;
  enum?: Record<string, { caption: string }>;
  '@deprecated'?: object;
}

/** An attribute is `type`, `[]` of a list, then words: `required`, `deprecated`, `@profile`. */
export interface OcsfShape {
  attributes: Record<string, string>;
  /** Of an attribute: its values, each with its caption. */
  enums: Record<string, Record<string, string>>;
  atLeastOne?: string[];
}

interface OcsfClass extends OcsfShape {
  /** class_uid */
  uid: number;
  caption: string;
  category_uid: number;
}

export interface OcsfTable {
  classes: Record<string, OcsfClass>;
  objects: Record<string, OcsfShape>;
  /** Of types of text: the pattern, and of derived types what they are derived from. */
  types: Record<string, { type?: string; regex?: string }>;
}

export async function extractClasses(
  reader: SchemaReader,
  wanted: { classes: readonly string[]; objects: readonly string[] },
): Promise<OcsfTable> {
  const dictionary = await reader.read('dictionary.json');
  const categories = listOwn(await reader.read('categories.json'));
  const paths = await reader.list();
  const context = { reader, paths, dictionary: listOwn(dictionary) };
  const classes: OcsfTable['classes'] = {};
  const objects: OcsfTable['objects'] = {};
  for (const name of wanted.classes) {
    const { uid = 0, caption = name, category = 'other', ...shape } = await resolveShape(name, 'events', context);
    const categoryUid = categories.get(category)?.uid ?? 0;
    classes[name] = { uid: categoryUid * 1000 + uid, caption, category_uid: categoryUid, ...shape };
  }
  for (const name of wanted.objects) {
    const { uid: _, caption: _1, category: _2, ...shape } = await resolveShape(name, 'objects', context);
    objects[name] = shape;
  }
  return { classes, objects, types: selectTypes(dictionary) };
}

interface Context {
  reader: SchemaReader;
  paths: readonly string[];
  dictionary: ReadonlyMap<string, Attribute>;
}

type Resolved = OcsfShape & Pick<Definition, 'uid' | 'caption' | 'category'>;

async function resolveShape(name: string, folder: 'events' | 'objects', context: Context): Promise<Resolved> {
  const chain = await readChain(name, folder, context);
  const merged = new Map<string, Attribute>();
  for (const definition of chain) {
    for (const [key, attribute] of await listAttributes(definition, context))
      merged.set(key, mergeAttributes(merged.get(key), attribute));
  }
  const sorted = [...merged]
    .map(([key, attribute]) => [key, mergeAttributes(context.dictionary.get(key), attribute)] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const atLeastOne = chain.findLast(({ constraints }) => constraints?.at_least_one)?.constraints?.at_least_one;
  const [uid, caption, category] = [
    chain.findLast((each) => each.uid !== undefined)?.uid,
    chain.findLast((each) => each.caption !== undefined)?.caption,
    chain.findLast((each) => each.category !== undefined)?.category,
  ];
  return {
    ...(uid === undefined ? {} : { uid }),
    ...(caption === undefined ? {} : { caption }),
    ...(category === undefined ? {} : { category }),
    attributes: Object.fromEntries(sorted.map(([key, attribute]) => [key, describeAttribute(attribute)])),
    enums: Object.fromEntries(
      sorted.flatMap(([key, { enum: values = {} }]) =>
        Object.keys(values).length > 0 && !numbered.has(key) ? [[key, toCaptions(values)]] : [],
      ),
    ),
    ...(atLeastOne === undefined ? {} : { atLeastOne }),
  };
}

/** They have the one value that the class is numbered by; what the base event says of them is its own. */
const numbered: ReadonlySet<string> = new Set(['class_uid', 'category_uid']);

/** What is more special wins, and adds its values to those that there are. */
function mergeAttributes(general: Attribute | undefined, special: Attribute): Attribute {
  return { ...general, ...special, enum: { ...general?.enum, ...special.enum } };
}

/** The most general one first. */
async function readChain(name: string, folder: string, context: Context): Promise<Definition[]> {
  const path = context.paths.find((each) => each.startsWith(`${folder}/`) && each.endsWith(`/${name}.json`));
  if (path === undefined) throw new Error(`The schema has no ${name} in ${folder}/.`);
  const definition = await context.reader.read(path);
  const before = definition.extends === undefined ? [] : await readChain(definition.extends, folder, context);
  return [...before, definition];
}

/** Those of an included profile come first, each with the profile's name. */
async function listAttributes(definition: Definition, { reader }: Context): Promise<[string, Attribute][]> {
  const listed: [string, Attribute][] = [];
  for (const path of [definition.attributes.$include ?? []].flat()) {
    if (typeof path !== 'string') continue;
    const profile = path.replace(/^profiles\/|\.json$/g, '');
    for (const [key, attribute] of listOwn(await reader.read(path))) listed.push([key, { ...attribute, profile }]);
  }
  return [...listed, ...listOwn(definition)];
}

function listOwn({ attributes }: Definition): Map<string, Attribute> {
  return new Map(
    Object.entries(attributes).flatMap(([key, value]) => (isAttribute(value) ? [[key, value] as const] : [])),
  );
}

function isAttribute(value: Definition['attributes'][string]): value is Attribute {
  return typeof value === 'object' && !Array.isArray(value);
}

function describeAttribute(attribute: Attribute): string {
  const { type = 'string_t', is_array: isArray, requirement, profile } = attribute;
  return [
    `${type}${isArray ? '[]' : ''}`,
    ...(requirement === 'required' ? ['required'] : []),
    ...('@deprecated' in attribute ? ['deprecated'] : []),
    ...(profile ? [`@${profile}`] : []),
  ].join(' ');
}

function toCaptions(values: Record<string, { caption: string }>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([value, { caption }]) => [value, caption]));
}

function selectTypes({ types }: Definition): OcsfTable['types'] {
  const known = Object.entries(types?.attributes ?? {});
  const patterned = ['email_t', 'uuid_t', 'datetime_t'];
  return Object.fromEntries(
    known.map(([name, { type, regex }]) => [
      name,
      { ...(type ? { type } : {}), ...(regex && patterned.includes(name) ? { regex } : {}) },
    ]),
  );
}
