// HTML without injection: every value in a template is text unless it is Markup already.

/** HTML that was made by `html` and may be used as it is. */
export class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Value = string | number | Markup | readonly Markup[];

/** `` html`<p>${name}</p>` ``: names are escaped, nested markup and lists of it are not. */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Markup {
  return new Markup(parts.map((part, index) => part + renderValue(values[index] ?? '')).join(''));
}

/** JSON for a data block: no `<` is left in it, so that no text can end the block or start a comment. */
export function renderJson(value: unknown): Markup {
  return new Markup(JSON.stringify(value).replace(/[<\u2028\u2029]/g, escapeCharacter));
}

function renderValue(value: Value): string {
  if (value instanceof Markup) return value.text;
  if (typeof value === 'object') return value.map(({ text }) => text).join('');
  return String(value).replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
