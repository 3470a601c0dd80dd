// The part of Graph's metadata (CSDL, an XML document) that the embedded tenant serves: the types of its resources, all that their
// properties are made of, and the entity sets that lead to them.
import { DOMParser } from 'linkedom';

interface MetadataType {
  /** The type whose properties it has, too. */
  base?: string;
  /** `String?`: null is allowed. `Collection(String)`: a list, never null itself. */
  properties?: Record<string, string>;
  /** Relationships to other resources, by name, each with its type. */
  navigation?: Record<string, string>;
  /** The values of an enumeration. */
  enum?: string[];
  /** An entity type; without it a complex type or an enumeration. */
  isEntity?: true;
}

export interface Metadata {
  /** Entity sets (`Collection(user)`) and singletons (`directory`) by their names in a URL. */
  container: Record<string, string>;
  types: Record<string, MetadataType>;
}

/** What is read of an XML element. */
interface Element {
  readonly tagName: string;
  readonly children: Iterable<Element>;
  getAttribute(name: string): string | null;
}

/** The types of these names with their bases, and every complex type and enumeration that their properties mention. */
export function extractTypes(csdl: string, roots: readonly string[]): Metadata {
  const document = new DOMParser().parseFromString(csdl, 'text/xml');
  const schema = [...document.getElementsByTagName('Schema')].find(
    (each) => each.getAttribute('Namespace') === 'microsoft.graph',
  );
  if (!schema) throw new Error('The document has no schema of the namespace microsoft.graph.');
  const known = new Map([...schema.children].map((child) => [child.getAttribute('Name') ?? '', child]));
  const types: Record<string, MetadataType> = {};
  const waiting = [...roots];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (types[name]) continue;
    const element = known.get(name);
    // Types of other namespaces are only named.
    if (!element) {
      if (roots.includes(name)) throw new Error(`Graph's metadata has no type '${name}'.`);
      continue;
    }
    const type = readType(element);
    types[name] = type;
    waiting.push(...[type.base ?? '', ...Object.values(type.properties ?? {})].map(stripType).filter(Boolean));
  }
  return { container: readContainer(schema, types), types: sortByName(types) };
}

function readType(element: Element): MetadataType {
  const children = [...element.children];
  const base = element.getAttribute('BaseType');
  const named = (tag: string) => children.filter((child) => child.tagName === tag);
  if (element.tagName === 'EnumType') return { enum: named('Member').map(getName) };
  const navigation = named('NavigationProperty').map((child) => [getName(child), shortenType(child)] as const);
  return {
    ...(element.tagName === 'EntityType' ? { isEntity: true as const } : {}),
    ...(base === null ? {} : { base: shortenName(base) }),
    properties: Object.fromEntries(named('Property').map((child) => [getName(child), describeProperty(child)])),
    ...(navigation.length === 0 ? {} : { navigation: Object.fromEntries(navigation) }),
  };
}

/** A collection is never null: Nullable says so of its members (OData CSDL 4.01, 7.2.1 Nullable). */
function describeProperty(property: Element): string {
  const type = shortenType(property);
  const isRequired = property.getAttribute('Nullable') === 'false' || type.startsWith('Collection(');
  return isRequired ? type : `${type}?`;
}

function readContainer(schema: Element, types: Readonly<Record<string, MetadataType>>): Record<string, string> {
  const container = [...schema.children].find((child) => child.tagName === 'EntityContainer');
  const entries = [...(container?.children ?? [])].flatMap((child) => {
    const isSet = child.tagName === 'EntitySet';
    const type = shortenName(child.getAttribute(isSet ? 'EntityType' : 'Type') ?? '');
    return types[type] ? [[getName(child), isSet ? `Collection(${type})` : type] as const] : [];
  });
  return sortByName(Object.fromEntries(entries));
}

const getName = (element: Element) => element.getAttribute('Name') ?? '';
const shortenType = (element: Element) => shortenName(element.getAttribute('Type') ?? '');
/** `Collection(graph.user)` as `Collection(user)`, `Edm.String` as `String`. */
const shortenName = (type: string) => type.replaceAll(/\b(?:microsoft\.graph|graph|Edm)\./g, '');
const stripType = (type: string) => type.replace(/\?$/, '').replace(/^Collection\((.*)\)$/, '$1');

function sortByName<T>(record: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
