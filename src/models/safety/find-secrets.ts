import { type SensitiveSpan, withoutOverlaps } from "./sensitive-span.ts";

type SecretRule = { readonly name: string; readonly pattern: RegExp };

// Forms that their owners publish so that such keys can be found.
const RULES: readonly SecretRule[] = [
  {
    name: "private key",
    pattern:
      /-----BEGIN ([A-Z0-9 ]{0,30})PRIVATE KEY( BLOCK)?-----[\s\S]{1,20000}?-----END \1PRIVATE KEY\2-----/g,
  },
  { name: "AWS access key", pattern: /(?<!\w)(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}(?!\w)/g },
  { name: "GitHub token", pattern: /(?<!\w)(?:gh[pousr]_\w{36,251}|github_pat_\w{22,251})(?!\w)/g },
  { name: "GitLab token", pattern: /(?<!\w)glpat-[\w-]{20,64}(?!\w)/g },
  { name: "Slack token", pattern: /(?<!\w)xox[abeoprs]-[\w-]{10,250}(?!\w)/g },
  { name: "Slack webhook", pattern: /https:\/\/hooks\.slack\.com\/(?:services|workflows)\/[\w/]{20,120}/g },
  { name: "API key (sk-)", pattern: /(?<!\w)sk-(?:proj-|svcacct-|admin-|ant-|or-v1-)?[\w-]{20,250}(?!\w)/g },
  { name: "Stripe key", pattern: /(?<!\w)[sr]k_(?:live|test)_\w{16,250}(?!\w)/g },
  { name: "Google API key", pattern: /(?<!\w)AIza[\w-]{35}(?![\w-])/g },
  { name: "npm token", pattern: /(?<!\w)npm_[A-Za-z0-9]{36}(?!\w)/g },
  { name: "Hugging Face token", pattern: /(?<!\w)hf_[A-Za-z0-9]{30,60}(?!\w)/g },
  { name: "SendGrid key", pattern: /(?<!\w)SG\.[\w-]{20,24}\.[\w-]{39,50}(?!\w)/g },
  { name: "JWT", pattern: /(?<![\w.])eyJ[\w-]{8,4000}\.eyJ[\w-]{8,8000}\.[\w-]{0,1000}/g },
];

// The value alone is the secret; what stands before it is kept for the reader.
const LABELLED =
  /(?<!\p{L})(?:pass(?:word|wd|phrase)?|pwd|secret|token|credential|api[ _-]?key|access[ _-]?key|account[ _-]?key|auth[ _-]?key|client[ _-]?secret|passwort|kennwort|contraseña|clave|mot de passe|senha|wachtwoord|hasło)["']?\s{0,3}(?::|=>?|\bis\b|\bist\b|\bes\b|\best\b|é)\s{0,3}["'`]?([^\s"'`,;<>]{6,250})/giu;
const IN_ADDRESS = /(?<!\w)[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@]{1,100}:([^\s@/]{3,100})@/gi;

/** Keys, tokens and passwords: by the forms that providers publish, and what looks drawn by chance behind a key word. */
export function findSecrets(text: string): readonly SensitiveSpan[] {
  return withoutOverlaps([
    ...RULES.flatMap(({ name, pattern }) =>
      [...text.matchAll(pattern)].map(({ index, 0: found }) => spanOf(index, found, name)),
    ),
    ...[...text.matchAll(IN_ADDRESS)].map(({ index, 0: all, 1: value = "" }) =>
      spanOf(index + all.length - 1 - value.length, value, "password in an address"),
    ),
    ...[...text.matchAll(LABELLED)].flatMap(({ index, 0: all, 1: value = "" }) => {
      const bare = value.replace(/[.)\]}]+$/, "");
      const start = index + all.length - value.length;
      return looksDrawnByChance(bare) ? [spanOf(start, bare, "value of a key word")] : [];
    }),
  ]);
}

function spanOf(start: number, found: string, rule: string): SensitiveSpan {
  return { kind: "SECRET", rule, start, end: start + found.length };
}

/** Many different characters of several classes: not a word, a number or a placeholder. */
function looksDrawnByChance(value: string): boolean {
  const classes = [/\p{Ll}/u, /\p{Lu}/u, /\d/, /[^\p{L}\d]/u].filter((each) => each.test(value)).length;
  if (value.length < 8 || classes < 2 || /^[<{$[(*]|^(.)\1+$/.test(value)) return false;
  return entropy(value) >= (classes >= 3 ? 2.5 : 3);
}

/** Bits a character (Shannon). */
function entropy(value: string): number {
  const counts = new Map<string, number>();
  for (const letter of value) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / value.length) * Math.log2(count / value.length);
  return bits;
}
