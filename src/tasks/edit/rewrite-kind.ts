/** What a rewrite is for; each has its own prompt and its own limits on what may change. */
export type RewriteKind = "shorten" | "simplify" | "grammar" | "formal" | "friendly" | "free";

const KINDS: readonly (readonly [RewriteKind, RegExp])[] = [
  [
    "shorten",
    /\b(?:shorten|shorter|condense|tighten|trim|concise|more brief|briefer|cut (?:down|it down|back)|reduce (?:the )?(?:length|words)|less wordy|kürze\w*|kürzer|raccourci\w*|acort\w*|encurt\w*|resum[ae])\b/iu,
  ],
  [
    "simplify",
    /\b(?:simplify|simpler|plain(?:er)? (?:language|english|words)|easier to (?:read|understand)|vereinfach\w*|simplifi\w*)\b/iu,
  ],
  [
    "grammar",
    /\b(?:grammar|spelling|typos?|proof-?read|punctuation|rechtschreib\w*|orthographe|ortograf\w*)\b/iu,
  ],
  ["formal", /\b(?:formal|professional)\b/iu],
  ["friendly", /\b(?:friendly|friendlier|warmer|approachable|informal|casual)\b/iu],
];

/** The kinds of rewrite that an instruction names, in order of precedence; empty when it is a free instruction. */
export function rewriteKinds(instruction: string): readonly RewriteKind[] {
  const plain = instruction.replace(/["“„«][^"”“»]*["”»]/gu, " ");
  return KINDS.filter(
    ([kind, pattern]) => pattern.test(plain) && !(kind === "formal" && /\binformal\b/iu.test(plain)),
  ).map(([kind]) => kind);
}

/** Whether the instruction asks for another language, which is another task. */
export function asksForTranslation(instruction: string): boolean {
  return /\b(?:translate(?!d)|übersetz\w*|tradui\w*|traduc\w*|traduz\w*)\b|\b(?:into|in|to) (?:german|english|french|spanish|portuguese|italian|dutch|polish|chinese|japanese)\b/iu.test(
    instruction,
  );
}
