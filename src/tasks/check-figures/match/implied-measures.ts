import type { ColumnProfile, Profile } from "../../ask/profile.ts";
import type { Sentence } from "../read/sentence-types.ts";
import type { Token } from "../read/tokens.ts";
import type { Name } from "./find-names.ts";

/** Verbs that say what is measured, by the English name of the thing. */
const verbs: ReadonlyMap<string, string> = new Map(
  [
    "revenue sold sells sell selling earned earns earn verkaufte verkauften verkauft setzte setzten umgesetzt umsetzte umsetzten vendu vendue vendus vendues vend vendent vendait vendaient facture vendio vendieron vendimos vende venden facturo facturaron facturamos vendeu venderam vendemos vendem faturou faturaram faturamos",
    "production produced produces produce manufactured manufactures produzierte produzierten produziert fertigte fertigten gefertigt herstellte herstellten hergestellt produit produits produisent fabrique fabriquent produjo produjeron fabrico fabricaron produziu produziram fabricou fabricaram",
    "employee employed employs employ beschaftigte beschaftigten beschaftigt emploie emploient employait emplea emplean empleo empleaba emprega empregam empregou empregava",
  ].flatMap((line) => {
    const [thing = "", ...forms] = line.split(" ");
    return forms.map((form): [string, string] => [form, thing]);
  }),
);

const units: readonly RegExp[] = [
  /^(t|to|tons?|tonnes?|tonnen?|toneladas?)$/i,
  /^(kg|kilos?|kilograms?|kilogramm|kilogrammes?|quilos?)$/i,
  /^(h|hrs?|hours?|stunden?|std|heures?|horas?)$/i,
  /^(km|kilomet(?:er|re)s?|kilometern?|kilometros|quilometros)$/i,
  /^(kwh|kilowattstunden|kilowatt-?hours?)$/i,
  /^(mwh|megawattstunden|megawatt-?hours?)$/i,
  /^(l|lit(?:er|re)s?|litern?|litros?)$/i,
  /^(m2|m²|sqm|quadratmetern?)$/i,
  /^(days?|tagen?|tage|jours?|dias?)$/i,
  /^(min|minutes?|minuten|minutos?)$/i,
];

/** The column whose unit stands behind a number: `52,302 tonnes` for `Production (t)`. */
export function unitNames({ tokens }: Sentence, { columns }: Profile): Name[] {
  return tokens.flatMap((token, index): Name[] => {
    if (token.kind !== "word" || tokens[index - 1]?.kind !== "number") return [];
    const unit = units.find((pattern) => pattern.test(token.plain));
    const own = unit === undefined ? [] : columns.filter(({ column }) => unit.test(column.unit ?? ""));
    return own.length === 1
      ? [{ kind: "column", columns: own, isLoose: false, from: index, to: index + 1 }]
      : [];
  });
}

/** What the verbs of a sentence measure, where nothing else in it says so and a number is money or a part. */
export function impliedNames(
  { tokens, pieces }: Sentence,
  names: readonly Name[],
  columnsOf: (token: Token) => readonly ColumnProfile[],
): Name[] {
  const isMeasured = names.some((name) => name.kind === "column" && name.columns.some(isMeasure));
  if (isMeasured) return [];
  const isMoney = pieces.some(
    (piece) =>
      piece.kind === "figure" && (piece.figure.currency !== undefined || piece.figure.form !== "number"),
  );
  const at = tokens.findIndex(({ plain }, index) => {
    const thing = verbs.get(plain);
    const isFree = !names.some(({ from, to }) => index >= from && index < to);
    return thing !== undefined && isFree && (isMoney || thing !== "revenue");
  });
  const token = tokens[at];
  if (token === undefined) return [];
  const thing = verbs.get(token.plain)!;
  const columns = columnsOf({ ...token, text: thing, plain: thing, stem: thing }).filter(isMeasure);
  return columns.length === 1 ? [{ kind: "column", columns, isLoose: false, from: at, to: at + 1 }] : [];
}

function isMeasure({ kind, isLabel }: ColumnProfile): boolean {
  return kind === "number" && !isLabel;
}
