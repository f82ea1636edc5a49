/** Kinds of personal data and secrets; they name the tokens that stand for them. */
export type SensitiveKind = "EMAIL" | "PHONE" | "IBAN" | "CARD" | "ID" | "IP" | "SECRET";

/** A place in a text: [start, end) in UTF-16 units. */
export type SensitiveSpan = {
  readonly kind: SensitiveKind;
  readonly start: number;
  readonly end: number;
  /** Which rule found it, for people: `ES DNI`, `GitHub token`. */
  readonly rule: string;
};

/** Spans in order without overlaps: of two that overlap the one found first in the list wins, a secret always. */
export function withoutOverlaps(spans: readonly SensitiveSpan[]): readonly SensitiveSpan[] {
  const kept: SensitiveSpan[] = [];
  const strength = ({ kind }: SensitiveSpan): number => (kind === "SECRET" ? 0 : 1);
  const ordered = spans
    .map((span, index) => ({ span, index }))
    .sort((one, other) => one.span.start - other.span.start || one.index - other.index)
    .map(({ span }) => span);
  for (const span of ordered) {
    const last = kept.at(-1);
    if (last === undefined || last.end <= span.start) kept.push(span);
    else if (strength(span) < strength(last)) kept[kept.length - 1] = joined(last, span);
    else if (span.end > last.end) kept[kept.length - 1] = joined(last, span, last);
  }
  return kept;
}

/** Both places together: a half of either must not stay behind. */
function joined(one: SensitiveSpan, other: SensitiveSpan, named: SensitiveSpan = other): SensitiveSpan {
  return { ...named, start: Math.min(one.start, other.start), end: Math.max(one.end, other.end) };
}
