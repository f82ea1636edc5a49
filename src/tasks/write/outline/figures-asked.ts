/** A number the prompt wants from a workbook; `workbook` is the end of the name that the prompt gives it. */
export type AskedFigure = { readonly name: string; readonly asked: string; readonly workbook?: string };

const MEASURE =
  "(?:total|sum|average|mean|median|number|count|highest|lowest|largest|smallest|maximum|minimum|share|revenue|gesamt\\p{L}*|summe|durchschnitt\\p{L}*|anzahl|total|somme|moyenne|nombre|suma|promedio|número)";
/** `include the total amount in March (orders.xlsx)`, `state the number of orders`. */
const ASKED = new RegExp(
  `\\b(?:includ(?:e|ing)|stat(?:e|ing)|giv(?:e|ing)|mention(?:ing)?|show(?:ing)?|quot(?:e|ing)|with|nenne|mit|indique[rz]?|avec|con)\\s+(?:the\\s+|die\\s+|den\\s+|le\\s+|la\\s+|el\\s+)?(${MEASURE}\\b[^.;\\n]*(?:\\.\\p{L}{3,4}\\b[^.;\\n]*)*)`,
  "giu",
);
/** A line or clause `figures: total amount in March, number of orders`. */
const LISTED =
  /\b(?:figures?|numbers?|kpis?|kennzahlen|zahlen|chiffres|cifras)\s*:\s*([^\n.;]+(?:\.\p{L}{3,4}[^\n.;]*)*)/giu;
/** The last word of a workbook's name; the whole of it is known only beside the sources. */
const WORKBOOK = /([\p{L}\p{N}_-][\p{L}\p{N}_.-]*\.(?:xlsx|xlsm|csv|tsv))/iu;

/** The figures a prompt asks for, by clauses that begin with a measure or by a list after `figures:`. */
export function figuresAsked(prompt: string): AskedFigure[] {
  const clauses = [
    ...[...prompt.matchAll(LISTED)].map(([, list = ""]) => list),
    ...[...prompt.matchAll(ASKED)].map(([, clause = ""]) => clause),
  ];
  const found = clauses.flatMap((clause) => splitMeasures(clause).flatMap((part) => readFigure(part) ?? []));
  return found.filter((one, index) => found.findIndex(({ asked }) => asked === one.asked) === index);
}

/** Parts at commas and `and` where a new measure begins. */
function splitMeasures(clause: string): string[] {
  return clause.split(
    new RegExp(
      `\\s*(?:,|\\band\\b|\\bund\\b|\\bet\\b|\\by\\b)\\s+(?=(?:the |die |le |la |el )?${MEASURE}\\b)`,
      "iu",
    ),
  );
}

function readFigure(part: string): AskedFigure | undefined {
  const [name = "", given] = part.split(/\s*=\s*/u);
  const text = given ?? name;
  const workbook = WORKBOOK.exec(text)?.[1];
  const asked = text
    .replace(WORKBOOK, "")
    .replace(/\(\s*\)/gu, "")
    .replace(/\s+(?:from|in|of|out of|aus|de)\s*$/iu, "")
    .replace(/^(?:the|die|den|le|la|el)\s+/iu, "")
    .replace(/\s+/gu, " ")
    .trim();
  const label = given === undefined ? asked : name.replace(/^(?:the|die|le|la|el)\s+/iu, "").trim();
  if (asked.split(" ").length < 2 && !/!|\d/u.test(asked)) return undefined;
  return {
    name: label.charAt(0).toUpperCase() + label.slice(1),
    asked,
    ...(workbook !== undefined && { workbook }),
  };
}
