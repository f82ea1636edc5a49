export type CheckLinksOptions = {
  /** Texts that went to the model: a link that stands in them may come back. */
  readonly inputs?: readonly string[];
  /** Hosts that may be linked to; their subdomains too. */
  readonly allowedHosts?: readonly string[];
};

export type CheckedLinks = {
  /** The text, its other links made harmless: `hxxps://host[.]com/path`. */
  readonly text: string;
  /** The links that were made harmless, as they stood. */
  readonly refused: readonly string[];
};

// Also what browsers and Markdown readers complete by themselves: www., protocol-relative and back-slashed links.
const LINK =
  /(?<![\p{L}\p{N}])(?:(?:h\s?t\s?t\s?p\s?s?|ftps?|wss?)\s?:\s?[/\\]{1,3}|www\d{0,3}\.|(?<=\(\s{0,2}|\]:\s{0,3}|["'=])[/\\]{2})[^\s<>"'`|{}^\u0000-\u001f]{1,2000}|(?<![\p{L}\p{N}])(?:data|javascript|vbscript|file|blob):[^\s<>"'`]{1,2000}/giu;
const TRAILING = /[.,;:!?)\]*_~]+$/;

/**
 * Makes links harmless that stand neither in the texts given to the model nor on the list of hosts: a model that was
 * misled could carry data out in one. An address counts as given only when it is the same to the letter.
 */
export function checkLinks(text: string, options: CheckLinksOptions = {}): CheckedLinks {
  return linkChecker(options)(text);
}

/** `checkLinks` for many texts of one answer: what was given is read once. */
export function linkChecker(options: CheckLinksOptions): (text: string) => CheckedLinks {
  const given = new Set((options.inputs ?? []).flatMap((input) => linksOf(input).map(canonical)));
  const hosts = (options.allowedHosts ?? []).map((host) => host.toLowerCase());
  return (text) => {
    const refused: string[] = [];
    const checked = text.replace(LINK, (found) => {
      const link = trimmed(found);
      const address = canonical(link);
      if (address !== undefined && (given.has(address) || isAllowed(address, hosts))) return found;
      refused.push(link);
      return harmless(link) + found.slice(link.length);
    });
    return { text: checked, refused };
  };
}

function linksOf(text: string): readonly string[] {
  return [...text.matchAll(LINK)].map(([found]) => trimmed(found));
}

/** Without the punctuation of the sentence around it; a bracket that was opened in the link belongs to it. */
function trimmed(link: string): string {
  const rest = link.replace(TRAILING, "");
  const opened = rest.split("(").length - rest.split(")").length;
  return opened > 0 && link.startsWith(`${rest})`) ? `${rest})` : rest;
}

/** The address as a browser would read it; undefined for what leads nowhere. */
function canonical(link: string): string | undefined {
  const text = link.replace(/\s/g, "");
  const whole = /^www/i.test(text) ? `https://${text}` : /^[/\\]{2}/.test(text) ? `https:${text}` : text;
  return URL.canParse(whole) ? new URL(whole).href : undefined;
}

function isAllowed(address: string, hosts: readonly string[]): boolean {
  const { protocol, hostname, username } = new URL(address);
  if ((protocol !== "https:" && protocol !== "http:") || username !== "") return false;
  return hosts.some((host) => hostname === host || hostname.endsWith(`.${host}`));
}

function harmless(link: string): string {
  const [, scheme = "", slashes = "", host = "", rest = ""] =
    /^([a-z][a-z\s]*?\s?(?=:)|)(:?\s?[/\\]*)([^/\\?#]*)([\s\S]*)$/i.exec(link) ?? [];
  const dead = host.replaceAll(".", "[.]") + rest;
  if (/^h\s?t\s?t\s?p/i.test(scheme)) return scheme.replace(/t/gi, "x") + slashes + dead;
  if (scheme !== "") return `${scheme}[:]${slashes.slice(1)}${dead}`;
  return slashes === "" ? dead : `hxxps:${slashes}${dead}`;
}
