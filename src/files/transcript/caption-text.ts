/** A stretch of a caption's payload in one voice; `voice` is the annotation of its `<v>` tag. */
export type VoiceSpan = { readonly voice: string | undefined; readonly text: string };

const TAG = /<(\/?)(v|c|i|b|u|s|ruby|rt|lang|font)((?:\.[^\s<>]{0,100})?)(?:\s([^<>]{0,500}))?>/gi;
const TIMESTAMP = /<\d[\d:.]{0,20}>/g;
const SUBRIP_STYLE = /\{\\[^{}]{0,50}\}/g;
const ENTITY = /&(amp|lt|gt|nbsp|quot|apos|lrm|rlm|#\d{1,7}|#x[0-9a-f]{1,6});/gi;
const NAMED: { readonly [name: string]: string } = {
  amp: "&",
  lt: "<",
  gt: ">",
  nbsp: " ",
  quot: '"',
  apos: "'",
  lrm: "",
  rlm: "",
};

/**
 * Cuts a payload at its voice tags (`<v Ann Lee>`, `<v.loud Ann Lee>`) and takes the other cue tags and entities out
 * (WebVTT, 3.3 and 6.4). An angle bracket that starts no known tag stays in the text.
 */
export function readVoices(payload: string): VoiceSpan[] {
  const text = payload.replace(TIMESTAMP, "").replace(SUBRIP_STYLE, "");
  const spans: VoiceSpan[] = [];
  let voice: string | undefined;
  let pieces: string[] = [];
  let from = 0;
  const close = (): void => {
    const joined = decodeEntities(pieces.join(""));
    if (joined.trim() !== "") spans.push({ voice, text: joined });
    pieces = [];
  };
  for (const tag of text.matchAll(TAG)) {
    pieces.push(text.slice(from, tag.index));
    from = tag.index + tag[0].length;
    if (tag[2]?.toLowerCase() !== "v") continue;
    close();
    const name = decodeEntities(tag[4] ?? "").trim();
    voice = tag[1] === "/" || name === "" ? undefined : name;
  }
  pieces.push(text.slice(from));
  close();
  return spans;
}

/** Replaces the character references that captions and chat exports use; unknown ones stay as they are. */
export function decodeEntities(text: string): string {
  return text.replace(ENTITY, (whole, name: string) => {
    if (!name.startsWith("#")) return NAMED[name.toLowerCase()] ?? whole;
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    const isCharacter = code > 31 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
    return isCharacter ? String.fromCodePoint(code) : whole;
  });
}
