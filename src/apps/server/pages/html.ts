/** Text that is HTML already. */
export type Html = { readonly html: string };

type Content = Html | string | number | undefined | false | readonly Content[];

/** HTML in which every value is escaped unless it is `Html` itself; lists are joined, `undefined` and `false` left out. */
export function html(strings: TemplateStringsArray, ...values: readonly Content[]): Html {
  return { html: String.raw({ raw: strings }, ...values.map(written)) };
}

function written(value: Content): string {
  if (value === undefined || value === false) return "";
  if (typeof value === "string") return escaped(value);
  if (typeof value === "number") return String(value);
  if ("html" in value) return value.html;
  return value.map(written).join("");
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => ENTITIES[sign]!);
}
