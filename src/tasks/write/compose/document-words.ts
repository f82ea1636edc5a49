/** The few words that a composed document says itself, beside its sections. */
export type DocumentWords = {
  readonly contents: string;
  readonly sources: string;
  /** `{0}` stands for the reference. */
  readonly see: string;
  /** `{0}` of `{1}`. */
  readonly used: string;
  /** `{0}` is the beginning of the file's SHA-256. */
  readonly fingerprint: string;
};

const words = (
  contents: string,
  sources: string,
  see: string,
  used: string,
  fingerprint: string,
): DocumentWords => ({ contents, sources, see, used, fingerprint });

const ENGLISH = words(
  "Contents",
  "Sources",
  "See {0}.",
  "{0} of {1} passages cited",
  "SHA-256 begins with {0}",
);
const WORDS: Readonly<Record<string, DocumentWords>> = {
  de: words("Inhalt", "Quellen", "Siehe {0}.", "{0} von {1} Stellen zitiert", "SHA-256 beginnt mit {0}"),
  fr: words("Sommaire", "Sources", "Voir {0}.", "{0} passages cités sur {1}", "SHA-256 commence par {0}"),
  es: words("Índice", "Fuentes", "Véase {0}.", "{0} de {1} pasajes citados", "SHA-256 empieza por {0}"),
  pt: words("Índice", "Fontes", "Ver {0}.", "{0} de {1} passagens citadas", "SHA-256 começa por {0}"),
};

/** The words in a language (BCP 47); English where there are none in it. */
export function documentWords(language: string): DocumentWords {
  return WORDS[language.toLowerCase().split("-")[0] ?? ""] ?? ENGLISH;
}

/** The text with `{0}`, `{1}` filled in. */
export function filled(text: string, ...values: readonly (string | number)[]): string {
  return text.replace(/\{(\d)\}/gu, (_, index: string) => String(values[Number(index)] ?? ""));
}
