/**
 * Entities that a document declares for itself. Only plain text of one line is accepted: a value
 * that names another entity, a file or an address is ignored, so nothing grows and nothing is
 * fetched.
 */

export interface Entities {
  /** @param text the text between `<` and `>` of a declaration */
  declare(text: string): void;
  expand(text: string): string;
}

const longestValue = 1000;
const mostDeclared = 100;
/** Longer texts are left unchanged. */
const longestText = 200_000;
/** Characters that all expansions of one document may add. */
const budget = 1_000_000;

export function createEntities(): Entities {
  const declared = new Map<string, string>();
  let left = budget;
  return {
    declare: (text) => {
      const [, name, , value] = /!ENTITY\s+([\w.-]+)\s+(["'])([^"'&%<]*)\2/.exec(text.slice(0, 2 * longestValue)) ?? [];
      if (name === undefined || value === undefined || value.length > longestValue || declared.size >= mostDeclared) return;
      if (!declared.has(name)) declared.set(name, value);
    },
    expand: (text) => {
      if (declared.size === 0 || text.length > longestText || !text.includes('&')) return text;
      return text.replace(/&([\w.-]{1,64});/g, (reference, name: string) => {
        const value = declared.get(name);
        if (value === undefined || value.length > left) return reference;
        left -= value.length;
        return value;
      });
    },
  };
}
