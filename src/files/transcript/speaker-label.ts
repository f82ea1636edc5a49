import { parse } from "tldts";
import { cleanText } from "./cue-text.ts";
import type { Speaker } from "./transcript.ts";

const HOST = /^(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+\p{L}[\p{L}\p{N}-]{1,62}$/u;

/** Reserved or usual inside companies, so no public list has them (RFC 2606, RFC 6762 and its appendix G). */
const PRIVATE_SUFFIXES = new Set(
  "example test invalid localhost local internal intranet intra corp home lan private".split(" "),
);

/**
 * The organisation's domain in a short text: `acme.example`, `mail.acme.co.uk` (gives `acme.co.uk`),
 * `ann@acme.example`, `https://acme.example/`. Undefined when the text is a name (`Acme Ltd`, `Node.js`).
 */
export function findDomain(text: string): string | undefined {
  const bare = text
    .trim()
    .replace(/^(?:mailto:|https?:\/\/)/i, "")
    .replace(/\/$/, "");
  if (bare.length > 254) return undefined;
  const at = bare.lastIndexOf("@");
  const host = bare.slice(at + 1).toLowerCase();
  if (!HOST.test(host) || /\s/.test(bare)) return undefined;
  const { domain, isIcann, isIp } = parse(host, { allowPrivateDomains: false });
  if (isIp === true) return undefined;
  if (isIcann === true) return domain ?? host;
  const suffix = host.slice(host.lastIndexOf(".") + 1);
  return at > 0 || PRIVATE_SUFFIXES.has(suffix) ? host : undefined;
}

/**
 * Reads a label such as `Ann Lee (acme.example)`, `Ann Lee <ann@acme.example>` or `Ann Lee - acme.example`.
 * What stands in brackets without being a domain or an address (`Guest`, `Acme Ltd`) stays in the name.
 */
export function parseSpeaker(label: string): Speaker | undefined {
  const text = cleanText(label).slice(0, 300).replace(/\s+/g, " ");
  if (text === "") return undefined;
  const found = bracketed(text) ?? trailing(text);
  if (found !== undefined) return found;
  const domain = text.includes("@") ? findDomain(text) : undefined;
  return domain === undefined ? { name: text } : { name: text, domain };
}

/** Equal for two spellings of one name: case, width and spaces do not count. */
export function nameKey(name: string): string {
  return name.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();
}

function bracketed(text: string): Speaker | undefined {
  for (const group of text.matchAll(/[([<（【]([^()[\]<>（）【】]*)[)\]>）】]/g)) {
    const pieces = (group[1] ?? "").split(/[,;|]\s*/);
    const index = pieces.findIndex((piece) => findDomain(piece) !== undefined);
    const domain = findDomain(pieces[index] ?? "");
    if (domain === undefined) continue;
    const rest = pieces.filter((_, place) => place !== index).join(", ");
    const kept = rest === "" ? "" : ` (${rest})`;
    const name =
      `${text.slice(0, group.index).trimEnd()}${kept}${text.slice(group.index + group[0].length)}`.trim();
    return { name: name === "" ? text : name, domain };
  }
  return undefined;
}

function trailing(text: string): Speaker | undefined {
  const found = /^(.{1,200}?)(?:\s@\s?|,\s?|\s[-–—|/]\s|\s)(\S{4,254})$/.exec(text);
  const last = found?.[2] ?? "";
  // Behind a mere space only an address is meant: "ERROR foo.bar" is no person of foo.bar.
  const isSetOff = last.includes("@") || /[@,\-–—|/]\s?$/.test(text.slice(0, text.length - last.length));
  const domain = isSetOff ? findDomain(last) : undefined;
  return domain === undefined ? undefined : { name: found?.[1]?.trim() ?? text, domain };
}
