/** Where a string stands: the member names from the outermost object inward; elements of lists have their list's name. */
export type JsonPlace = readonly string[];

/** Gives the text that takes a string's place; the same text leaves it, to the byte, as it was written. */
export type RewriteString = (text: string, place: JsonPlace) => string;

type Level = { readonly isObject: boolean; isKeyNext: boolean };

/**
 * Changes strings in a JSON text and leaves every other character as it is: numbers beyond 2^53, order, spaces, escapes.
 * Names of members are not changed. The text has to be valid JSON.
 */
export function rewriteJsonStrings(json: string, rewrite: RewriteString): string {
  const levels: Level[] = [];
  const place: string[] = [];
  // How many objects are open: each has one name in the place.
  let depth = 0;
  const pieces: string[] = [];
  let copied = 0;
  for (let at = 0; at < json.length; at++) {
    const level = levels.at(-1);
    switch (json.charCodeAt(at)) {
      case 0x22: {
        const end = stringEnd(json, at);
        const text = read(json, at, end);
        if (level?.isObject === true && level.isKeyNext) {
          place[depth - 1] = text;
          place.length = depth;
          level.isKeyNext = false;
        } else {
          const changed = rewrite(text, place);
          if (changed !== text) {
            pieces.push(json.slice(copied, at), JSON.stringify(changed));
            copied = end;
          }
        }
        at = end - 1;
        break;
      }
      case 0x7b:
        levels.push({ isObject: true, isKeyNext: true });
        depth++;
        break;
      case 0x5b:
        levels.push({ isObject: false, isKeyNext: false });
        break;
      case 0x7d:
      case 0x5d:
        if (levels.pop()?.isObject === true) depth--;
        if (place.length > depth) place.length = depth;
        break;
      case 0x2c:
        if (level?.isObject === true) level.isKeyNext = true;
        break;
    }
  }
  return pieces.length === 0 ? json : pieces.join("") + json.slice(copied);
}

function read(json: string, start: number, end: number): string {
  const text = json.slice(start + 1, end - 1);
  return text.includes("\\") ? (JSON.parse(json.slice(start, end)) as string) : text;
}

/** Offset behind the string that opens at `open`. */
function stringEnd(json: string, open: number): number {
  for (let quote = json.indexOf('"', open + 1); quote >= 0; quote = json.indexOf('"', quote + 1)) {
    let slashes = 0;
    while (json.charCodeAt(quote - 1 - slashes) === 0x5c) slashes++;
    if (slashes % 2 === 0) return quote + 1;
  }
  return json.length;
}
