import { formatDate } from "./format-date.ts";
import { type FormatSection, type FormatToken, parseFormat } from "./number-format.ts";

/** A number as its format shows it in an English (US) Excel, without the blanks that only align columns. */
export function formatNumber(value: number, code: string, date1904 = false): string {
  const sections = parseFormat(code);
  const section = sectionFor(sections, value);
  if (section === undefined) return "########";
  if (section.kind === "date" || section.kind === "time" || section.kind === "timestamp") {
    return formatDate(value, section, date1904).trim();
  }
  const isSigned = value < 0 && showsSign(sections, section);
  const text = sectionText(section, Math.abs(value)).trim();
  return isSigned && /[1-9]/.test(text) ? `-${text}` : text;
}

/** A text as its format shows it: the section for texts, or the text itself. */
export function formatText(text: string, code: string): string {
  const sections = parseFormat(code);
  const section = sections.length >= 4 ? sections[3]! : sections.find(({ kind }) => kind === "text");
  if (section === undefined || !section.tokens.some(({ kind }) => kind === "text")) {
    return sections.length >= 4 && section !== undefined ? sectionText(section, 0).trim() : text;
  }
  return section.tokens.map((token) => (token.kind === "text" ? text : token.text)).join("");
}

function sectionFor(sections: readonly FormatSection[], value: number): FormatSection | undefined {
  const numeric = sections.slice(0, 3);
  if (numeric.some(({ condition }) => condition !== undefined)) {
    return (
      numeric.find(({ condition }) => condition !== undefined && holds(condition, value)) ??
      numeric.find(({ condition }, index) => condition === undefined && (index > 0 || value > 0)) ??
      numeric.find(({ condition }) => condition === undefined)
    );
  }
  if (value < 0 && numeric.length > 1) return numeric[1];
  return value === 0 && numeric.length > 2 ? numeric[2] : numeric[0];
}

function holds({ operator, value: limit }: NonNullable<FormatSection["condition"]>, value: number): boolean {
  switch (operator) {
    case "<":
      return value < limit;
    case "<=":
      return value <= limit;
    case ">":
      return value > limit;
    case ">=":
      return value >= limit;
    case "=":
      return value === limit;
    default:
      return value !== limit;
  }
}

/** A section that is only for negative numbers says itself how it shows that. */
function showsSign(sections: readonly FormatSection[], section: FormatSection): boolean {
  const { condition } = section;
  if (condition !== undefined) return !(/^<=?$/.test(condition.operator) && condition.value <= 0);
  return sections.indexOf(section) !== 1;
}

function sectionText({ tokens }: FormatSection, value: number): string {
  const has = (kind: FormatToken["kind"]): boolean => tokens.some((token) => token.kind === kind);
  const percents = tokens.filter(({ kind }) => kind === "percent").length;
  if (has("general") || (has("text") && !has("digit"))) {
    return tokens
      .map(({ kind, text }) => (kind === "general" || kind === "text" ? generalText(value) : text))
      .join("");
  }
  if (has("exponent")) return exponentText(tokens, value);
  const slash = tokens.findIndex(({ kind }) => kind === "slash");
  if (slash > 0 && tokens[slash - 1]!.kind === "digit") return fractionText(tokens, slash, value);
  return decimalText(tokens, shifted(value, 2 * percents));
}

/** The number times 10 to that power, exact in decimal. */
function shifted(value: number, power: number): number {
  if (power === 0 || value === 0) return value;
  const [digits, exponent] = value.toExponential(14).split("e") as [string, string];
  return Number(`${digits}e${Number(exponent) + power}`);
}

/** Integer and fraction digits, rounded half up on the 15 digits that Excel keeps. */
export function roundedDigits(value: number, decimals: number): { whole: string; fraction: string } {
  const [mantissa, power] = value.toExponential(14).split("e") as [string, string];
  const exponent = Number(power);
  const digits = mantissa.replace(".", "");
  const keep = exponent + 1 + decimals;
  let kept = keep <= 0 ? 0n : BigInt(digits.slice(0, keep).padEnd(keep, "0"));
  if (keep >= 0 && (digits[keep] ?? "0") >= "5") kept += 1n;
  const text = kept.toString().padStart(decimals + 1, "0");
  return {
    whole: text.slice(0, text.length - decimals),
    fraction: decimals === 0 ? "" : text.slice(-decimals),
  };
}

/** As a cell of standard width shows it: 11 characters at most. */
export function generalText(value: number): string {
  const magnitude = Math.abs(value);
  if (value < 0) return `-${generalText(magnitude)}`;
  if (magnitude === 0) return "0";
  if (magnitude < 1e11 && magnitude >= 1e-4) {
    const wholeDigits = Math.max(1, Math.floor(Math.log10(magnitude)) + 1);
    const { whole, fraction } = roundedDigits(magnitude, Math.max(0, 10 - wholeDigits));
    if (whole.length < 12) return trimmedFraction(whole, fraction);
  }
  const plain = magnitude < 1 && magnitude >= 1e-9 ? roundedDigits(magnitude, 9) : undefined;
  if (plain !== undefined && Number(`0.${plain.fraction}`) === magnitude) {
    return trimmedFraction(plain.whole, plain.fraction);
  }
  const [digits, exponent] = value.toExponential(5).split("e") as [string, string];
  const sign = exponent.startsWith("-") ? "-" : "+";
  return `${digits.replace(/\.?0+$/, "")}E${sign}${exponent.slice(1).padStart(2, "0")}`;
}

function trimmedFraction(whole: string, fraction: string): string {
  const rest = fraction.replace(/0+$/, "");
  return rest === "" ? whole : `${whole}.${rest}`;
}

function decimalText(tokens: readonly FormatToken[], value: number): string {
  const point = tokens.findIndex(({ kind }) => kind === "point");
  const end = point < 0 ? tokens.length : point;
  const isDigit = ({ kind }: FormatToken): boolean => kind === "digit";
  const lastDigit = tokens.findLastIndex(isDigit);
  const lastWhole = tokens.slice(0, end).findLastIndex(isDigit);
  const firstDigit = tokens.findIndex(isDigit);
  // A comma between digits groups thousands; each one behind the last digit divides by a thousand.
  const isGrouped = tokens.some(
    ({ kind }, index) => kind === "comma" && index > firstDigit && index < lastWhole,
  );
  const scaling = tokens.filter(
    ({ kind }, index) =>
      kind === "comma" && (index > lastDigit || (point >= 0 && index > lastWhole && index < point)),
  ).length;
  if (firstDigit < 0) return tokens.map(({ kind, text }) => (kind === "comma" ? "" : text)).join("");
  const decimals = tokens.slice(end).filter(isDigit).length;
  const { whole, fraction } = roundedDigits(shifted(value, -3 * scaling), decimals);
  return wholeText(tokens.slice(0, end), whole, isGrouped) + fractionDigits(tokens.slice(end), fraction);
}

/** Digits laid from the right on the placeholders; what is left over goes before the first. */
function wholeText(tokens: readonly FormatToken[], digits: string, isGrouped: boolean): string {
  let rest = digits === "0" ? "" : digits;
  let place = 0;
  let text = "";
  const first = tokens.findIndex(({ kind }) => kind === "digit");
  const put = (digit: string): void => {
    if (isGrouped && place > 0 && place % 3 === 0 && digit !== " ") text = `,${text}`;
    text = digit + text;
    place++;
  };
  for (let index = tokens.length - 1; index >= 0; index--) {
    const token = tokens[index]!;
    if (token.kind === "comma") continue;
    if (token.kind !== "digit") {
      text = token.text + text;
      continue;
    }
    const digit = rest.at(-1);
    rest = rest.slice(0, -1);
    if (digit !== undefined) put(digit);
    else if (token.text === "0") put("0");
    else if (token.text === "?") put(" ");
    while (index === first && rest !== "") {
      put(rest.at(-1)!);
      rest = rest.slice(0, -1);
    }
  }
  return text;
}

function fractionDigits(tokens: readonly FormatToken[], digits: string): string {
  const needed = digits.replace(/0+$/, "").length;
  let place = 0;
  let text = "";
  for (const token of tokens) {
    if (token.kind === "comma") continue;
    if (token.kind !== "digit") text += token.text;
    else {
      const digit = digits[place++]!;
      if (token.text === "0" || place <= needed) text += digit;
      else if (token.text === "?") text += " ";
    }
  }
  return text;
}

/** `0.00E+00`; with several whole digits the exponent is a multiple of their number. */
function exponentText(tokens: readonly FormatToken[], value: number): string {
  const at = tokens.findIndex(({ kind }) => kind === "exponent");
  const mantissa = tokens.slice(0, at);
  const isDigit = ({ kind }: FormatToken): boolean => kind === "digit";
  const point = mantissa.findIndex(({ kind }) => kind === "point");
  const step = Math.max(1, mantissa.slice(0, point < 0 ? at : point).filter(isDigit).length);
  const decimals = point < 0 ? 0 : mantissa.slice(point).filter(isDigit).length;
  let exponent = value === 0 ? 0 : Math.floor(Math.log10(value) / step) * step;
  // Rounding may carry into the next power: 9.996E+00 becomes 1.00E+01.
  if (roundedDigits(shifted(value, -exponent), decimals).whole.length > step) exponent += step;
  const power = String(Math.abs(exponent)).padStart(tokens.slice(at).filter(isDigit).length, "0");
  const sign = exponent < 0 ? "-" : tokens[at]!.text.endsWith("+") ? "+" : "";
  const tail = tokens.slice(at + 1).filter((token) => !isDigit(token));
  return `${decimalText(mantissa, shifted(value, -exponent))}E${sign}${power}${tail.map(({ text }) => text).join("")}`;
}

/** `# ?/?` and `?/8`: the nearest fraction whose denominator fits, or has the value given. */
function fractionText(tokens: readonly FormatToken[], slash: number, value: number): string {
  const isDigit = (token: FormatToken | undefined): boolean => token?.kind === "digit";
  let numerator = slash;
  while (isDigit(tokens[numerator - 1])) numerator--;
  const isMixed = tokens.slice(0, numerator).some(isDigit);
  const behind = tokens.slice(slash + 1);
  const fixed = Number(/^[0-9]+/.exec(behind.map(({ text }) => text).join(""))?.[0] ?? 0);
  let width = 0;
  while (isDigit(behind[width])) width++;
  const part = isMixed ? value - Math.floor(value) : value;
  const [over, under] =
    fixed > 0 ? [Math.round(part * fixed), fixed] : nearestFraction(part, 10 ** Math.max(1, width) - 1);
  const isWhole = over === under;
  const whole = Math.floor(value) + (isWhole ? 1 : 0);
  if (!isMixed) return `${over}/${under}`;
  if (over === 0 || isWhole) return String(whole);
  return whole === 0 ? `${over}/${under}` : `${whole} ${over}/${under}`;
}

/** The best approximation with a denominator up to `limit`, by continued fractions. */
function nearestFraction(value: number, limit: number): [over: number, under: number] {
  let [overBefore, over, underBefore, under] = [0, 1, 1, 0];
  let rest = value;
  for (let step = 0; step < 32; step++) {
    const whole = Math.floor(rest);
    const nextUnder = whole * under + underBefore;
    if (nextUnder > limit) break;
    [overBefore, over] = [over, whole * over + overBefore];
    [underBefore, under] = [under, nextUnder];
    if (Math.abs(rest - whole) < 1e-12) break;
    rest = 1 / (rest - whole);
  }
  return [over, under];
}
