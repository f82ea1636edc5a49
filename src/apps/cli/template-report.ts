import type {
  PageSetup,
  TemplateControl,
  TemplateDescription,
  TemplateField,
} from "../../files/docx/create/describe-template.ts";
import type { ErrorReport } from "./exit-code.ts";
import { printableLine } from "./printable.ts";
import type { Terminal } from "./terminal.ts";
import { counted, shorten, textTable } from "./text-table.ts";

type Role = TemplateDescription["roles"][number];

/** What a template offers and what each thing is used for, in the order in which a person asks; what to mind is last. */
export function printTemplate(
  terminal: Terminal,
  template: TemplateDescription,
  { name, refusal }: { readonly name: string; readonly refusal: ErrorReport | undefined },
): void {
  const section = (title: string, lines: readonly string[]): void => {
    if (lines.length === 0) return;
    terminal.print(terminal.paint("bold", title));
    for (const line of lines) terminal.print(`  ${line}`);
  };
  section("Text gets", roleLines(template.roles));
  section("The text goes", [placeLine(template)]);
  section("Content controls", controlLines(template.controls));
  section("Placeholders", placeholderLines(template.placeholders));
  section("Fields", fieldLines(template.fields));
  section("Pages", pageLines(template));
  const warnings = template.warnings.map(printableLine);
  if (refusal !== undefined)
    warnings.push(`No document can be made from it: ${printableLine(refusal.message)}.`);
  section("To mind", warnings);
  if (refusal !== undefined) {
    if (refusal.hint !== undefined) terminal.complain(`hint: ${printableLine(refusal.hint)}`);
    return;
  }
  terminal.say(`${printableLine(name)} can be used: a trial document was made from it in memory`);
}

function roleLines(roles: readonly Role[]): string[] {
  return textTable(roles.map((role) => [role.role, roleText(role)]));
}

function roleText({ role, style, source }: Role): string {
  const name = style === undefined ? "" : shownStyle(printableLine(style));
  switch (source) {
    case "style":
      return name;
    case "substitute":
      return `${name}, in place of a style for it`;
    case "numbering":
      return name === "" ? "a list of the template, without a style" : `${name}, with a list of the template`;
    case "direct":
      return role === "body text"
        ? "the document's defaults"
        : "direct formatting: the template has no style for it";
    default:
      return source satisfies never;
  }
}

/** Built-in styles are stored in lower case and shown by Word with capitals. */
function shownStyle(name: string): string {
  if (!/^(heading|caption|toc|footnote|endnote)\b/.test(name)) return name;
  return name.replace(/^toc\b/, "TOC").replace(/\b[a-z]/g, (letter) => letter.toUpperCase());
}

function placeLine({ contentPlace }: TemplateDescription): string {
  switch (contentPlace) {
    case "control":
      return "into the content control tagged tandem-content";
    case "bookmark":
      return "to the bookmark tandem_content";
    case "placeholder":
      return "in place of the paragraph {{content}}";
    case "end":
      return "behind all that the template holds";
    case "body":
      return "in place of all that the body holds (write {{content}} on a line of its own to keep the rest)";
    default:
      return contentPlace satisfies never;
  }
}

/** Controls of the same name and use are one line. */
function controlLines(controls: readonly TemplateControl[]): string[] {
  const rows = controls.map((control) => [
    printableLine(control.title ?? control.tag ?? "(no name)"),
    [control.kind.replace("-", " "), ...(control.story === "body" ? [] : [`in a ${control.story}`])].join(
      " ",
    ),
    controlUse(control),
  ]);
  const groups = new Map<string, { readonly row: readonly string[]; count: number }>();
  for (const row of rows) {
    const key = row.join("\n").toLowerCase();
    const found = groups.get(key);
    if (found === undefined) groups.set(key, { row, count: 1 });
    else found.count++;
  }
  return textTable(
    [...groups.values()].map(({ row: [name = "", kind = "", use = ""], count }) => [
      name,
      count > 1 ? `${kind}, ${count} times` : kind,
      use,
    ]),
  );
}

/** What a slot can't be filled with text for. */
const wordless = /^(picture|gallery|repeating-section|group|citation|bibliography|equation)$/;

function controlUse({ tag, title, kind, shows, isRemoved, choices, isBound }: TemplateControl): string {
  if (tag?.toLowerCase() === "tandem-content") return "the text goes here";
  if (shows !== undefined)
    return `shows the document's ${shows}${isRemoved ? ", but goes with the body" : ""}`;
  const name = title ?? tag;
  if (wordless.test(kind) || name === undefined)
    return isRemoved
      ? "goes with the body"
      : name === undefined && !wordless.test(kind)
        ? "stays as it is: it has no name to fill it by"
        : "stays as it is";
  const setting = `--set ${quoted(printableLine(name))}=${exampleOf(kind, choices)}`;
  return `${setting}${isBound ? " (kept in the file's data too)" : ""}${isRemoved ? ", or it goes with the body" : ""}`;
}

function quoted(name: string): string {
  return /^[\w.-]+$/u.test(name) ? name : JSON.stringify(name);
}

function exampleOf(kind: TemplateControl["kind"], choices: readonly string[]): string {
  if (kind === "checkbox") return "yes|no";
  if (kind === "date") return "2026-11-23";
  if (kind !== "dropdown") return "…";
  const shown = choices.slice(0, 4).map((each) => shorten(printableLine(each), 24));
  return `${shown.join("|")}${choices.length > 4 ? "|…" : ""}`;
}

function placeholderLines(placeholders: readonly string[]): string[] {
  const uses = placeholders.map((each) => {
    const name = each.replace(/[{}\s]/g, "").toLowerCase();
    const use =
      name === "content"
        ? "the text goes here"
        : name === "title" || name === "date"
          ? `the document's ${name}`
          : "nothing fills it: it stays as it stands";
    return [printableLine(each), use];
  });
  return textTable(uses);
}

const treatments: Readonly<Record<TemplateField["treatment"], string>> = {
  refreshed: "written anew",
  dirty: "Word computes it on opening",
  kept: "kept, for Word to update",
  removed: "goes with the text that is replaced",
};

/** The same field in several headers is one line. */
function fieldLines(fields: readonly TemplateField[]): string[] {
  const groups = new Map<string, { readonly field: TemplateField; count: number }>();
  for (const field of fields) {
    const key = `${field.code} ${field.story} ${field.treatment}`;
    const found = groups.get(key);
    if (found === undefined) groups.set(key, { field, count: 1 });
    else found.count++;
  }
  return textTable(
    [...groups.values()].map(({ field: { code, story, treatment }, count }) => [
      shorten(printableLine(code), 44),
      `${story}${count > 1 ? `, ${count} times` : ""}`,
      treatments[treatment],
    ]),
  );
}

function pageLines(template: TemplateDescription): string[] {
  const { pages, headers, footers, fonts, theme, languages, numberingDefinitions } = template;
  const sizes = [...new Set(pages.map(pageText))];
  const line = (name: string, values: readonly string[]): string[][] =>
    values.length === 0 ? [] : [[name, values.join(", ")]];
  return textTable([
    ...line("size", sizes),
    ["edges", `${counted(headers, "header")}, ${counted(footers, "footer")}`],
    ["lists", counted(numberingDefinitions, "list definition")],
    ...line("fonts", shownOf(fonts.map(printableLine))),
    ...line("theme", theme === undefined ? [] : [printableLine(theme)]),
    ...line("language", languages.map(printableLine)),
  ]);
}

function shownOf(names: readonly string[]): string[] {
  return names.length > 8 ? [...names.slice(0, 8), `and ${names.length - 8} more`] : [...names];
}

const papers: readonly (readonly [name: string, short: number, long: number])[] = [
  ["A4", 11_906, 16_838],
  ["A3", 16_838, 23_811],
  ["A5", 8391, 11_906],
  ["Letter", 12_240, 15_840],
  ["Legal", 12_240, 20_160],
];

function pageText({ width, height, isLandscape, columns, hasTitlePage }: PageSetup): string {
  const [short, long] = [Math.min(width, height), Math.max(width, height)];
  const paper = papers.find(([, a, b]) => Math.abs(a - short) <= 20 && Math.abs(b - long) <= 20)?.[0];
  const millimetres = (twips: number): number => Math.round((twips * 25.4) / 1440);
  return [
    paper ?? `${millimetres(width)} × ${millimetres(height)} mm`,
    isLandscape ? "landscape" : "portrait",
    ...(columns > 1 ? [`${columns} columns`] : []),
    ...(hasTitlePage ? ["a first page of its own"] : []),
  ].join(" ");
}
