/**
 * Sets one member of a JSON object, given as text, and leaves every other character as it is: what a caller wrote must
 * not change on its way (numbers beyond 2^53, order, spaces). `value` is JSON. A repeated name is set at each place.
 */
export function replaceMember(json: string, name: string, value: string): string {
  const places = memberValues(json, name);
  if (places.length === 0) return insertMember(json, name, value);
  let result = "";
  let copied = 0;
  for (const { start, end } of places) {
    result += json.slice(copied, start) + value;
    copied = end;
  }
  return result + json.slice(copied);
}

function insertMember(json: string, name: string, value: string): string {
  const open = json.indexOf("{") + 1;
  const isEmpty = /^\s*\}/.test(json.slice(open));
  return `${json.slice(0, open)}${JSON.stringify(name)}:${value}${isEmpty ? "" : ","}${json.slice(open)}`;
}

type Stretch = { readonly start: number; readonly end: number };

const [QUOTE, COMMA, COLON] = [0x22, 0x2c, 0x3a];

/** Where the values of a member of the outermost object stand. The text is valid JSON. */
function memberValues(json: string, name: string): Stretch[] {
  const found: Stretch[] = [];
  let depth = 0;
  let key: string | undefined;
  let start = -1;
  const close = (end: number): void => {
    if (start >= 0) found.push({ start, end: trimmed(json, end) });
    start = -1;
  };
  for (let at = 0; at < json.length; at++) {
    const code = json.charCodeAt(at);
    if (code === QUOTE) {
      const end = stringEnd(json, at);
      if (depth === 1 && start < 0) key = json.slice(at, end);
      at = end - 1;
    } else if (code === 0x7b || code === 0x5b) depth++;
    else if (code === 0x7d || code === 0x5d) {
      depth--;
      if (depth === 0) close(at);
    } else if (depth === 1 && code === COLON && start < 0 && key !== undefined) {
      if (JSON.parse(key) === name) start = skipSpace(json, at + 1);
      key = undefined;
    } else if (depth === 1 && code === COMMA) close(at);
  }
  return found;
}

function stringEnd(json: string, open: number): number {
  let at = open + 1;
  for (;;) {
    const quote = json.indexOf('"', at);
    if (quote < 0) return json.length;
    let slashes = 0;
    while (json.charCodeAt(quote - 1 - slashes) === 0x5c) slashes++;
    if (slashes % 2 === 0) return quote + 1;
    at = quote + 1;
  }
}

function skipSpace(json: string, from: number): number {
  let at = from;
  while (/\s/.test(json[at] ?? "")) at++;
  return at;
}

function trimmed(json: string, end: number): number {
  let at = end;
  while (/\s/.test(json[at - 1] ?? "")) at--;
  return at;
}
