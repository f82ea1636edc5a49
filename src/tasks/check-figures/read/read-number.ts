import type { WrittenFigure } from "../types.ts";
import type { Language } from "./language.ts";
import { type ParsedNumber, parseNumber } from "./parse-number.ts";
import type { Token } from "./tokens.ts";

/** A figure and the tokens it takes up, last one included. */
export type FigureAt = { readonly figure: WrittenFigure; readonly first: number; readonly last: number };

const scales: Readonly<Record<string, number>> = {
  k: 1e3,
  tsd: 1e3,
  thousand: 1e3,
  tausend: 1e3,
  mille: 1e3,
  mil: 1e3,
  milliers: 1e3,
  miles: 1e3,
  milhares: 1e3,
  m: 1e6,
  mn: 1e6,
  mm: 1e6,
  mio: 1e6,
  mill: 1e6,
  million: 1e6,
  millions: 1e6,
  millionen: 1e6,
  millon: 1e6,
  millones: 1e6,
  milhao: 1e6,
  milhoes: 1e6,
  milliones: 1e6,
  bn: 1e9,
  mrd: 1e9,
  md: 1e9,
  mds: 1e9,
  billion: 1e9,
  billions: 1e9,
  milliarde: 1e9,
  milliarden: 1e9,
  milliard: 1e9,
  milliards: 1e9,
  bilhao: 1e9,
  bilhoes: 1e9,
};
const currency =
  /^(€|\$|£|¥|eur|euros?|usd|us\$|dollars?|gbp|pounds?|chf|franken|francs?|dolares|dolar|dollar|libras|yen|jpy|brl|reais)$/;
const percentWords = /^(percent|prozent|percents)$/;

/** The figure that the number at `at` is part of: its currency before or behind, scale word, and per cent. */
export function numberAt(tokens: readonly Token[], at: number, language: Language): FigureAt | undefined {
  const token = tokens[at]!;
  const parsed = parseNumber(token.text, language);
  const times = timesAt(tokens, at);
  if (parsed === undefined || (times === undefined && isNoFigure(tokens, at))) return undefined;
  const bracketed = bracketedPercent(tokens, at);
  if (bracketed) return { first: at - 1, last: at + 2, figure: bracketedFigure(tokens, at, parsed) };
  const sign = signBefore(tokens, at);
  let first = sign ?? at;
  const before = tokens[first - 1];
  let money =
    before !== undefined && isMoney(before) && isNear(before, tokens[first]!) ? before.text : undefined;
  if (money !== undefined) first--;
  let last = at;
  let scale = 1;
  const next = (): Token | undefined => tokens[last + 1];
  const scaled = scaleAt(tokens, last + 1, token);
  if (scaled !== undefined) {
    scale = scaled.scale;
    last = scaled.last;
    // `2 mil millones`
    const again = scaleAt(tokens, last + 1, token);
    if (again !== undefined) [scale, last] = [scale * again.scale, again.last];
  }
  const joined = /^(of|de|d)$/.test(next()?.plain ?? "") && scale > 1 ? 1 : 0;
  const behind = tokens[last + 1 + joined];
  if (money === undefined && behind !== undefined && isMoney(behind)) {
    money = behind.text;
    last += 1 + joined;
  }
  const unit = money === undefined && scale === 1 ? percentAt(tokens, last + 1) : undefined;
  if (unit !== undefined) last = unit.last;
  if (times !== undefined) last = times;
  const negative = sign !== undefined && /[-−–]/.test(tokens[sign]!.text) ? -1 : 1;
  const value = negative * parsed.value * scale;
  const step = scale * 10 ** -parsed.decimals;
  return {
    first,
    last,
    figure: {
      start: tokens[first]!.start,
      end: tokens[last]!.end,
      text: "",
      form: times === undefined ? (unit?.form ?? "number") : "multiple",
      value,
      step,
      roundedStep: roundedStep(parsed.value, parsed.decimals) * scale,
      bound: "exact",
      ...(money !== undefined && { currency: money }),
      digits: { start: token.start, end: token.end },
      scale,
      decimalMark: parsed.decimalMark,
      groupMark: parsed.groupMark,
      ...(parsed.otherValue !== undefined && { otherValue: negative * parsed.otherValue * scale }),
    },
  };
}

const comparing =
  /^(?:that|those|as|the|higher|larger|so|celle|celles|celui|ceux|superieur|superieure|superieures|la|las|el|los|superior|superiores|a|as|o|os)$/;

/** The last token of `2.8 times that of`, `1,4-mal so hoch`; of `3 times a week` there is none. */
function timesAt(tokens: readonly Token[], at: number): number | undefined {
  const isJoined = /^[-‑]$/.test(tokens[at + 1]?.text ?? "");
  const last = isJoined ? at + 2 : at + 1;
  if (!/^(times|mal|fois|veces|vezes)$/.test(tokens[last]?.plain ?? "")) return undefined;
  const next = tokens[last + 1]?.plain ?? "";
  // `3 times a week`
  if (tokens[last]!.plain === "times" && next === "a") return undefined;
  return comparing.test(next) ? last : undefined;
}

/** `(48.3)%`: accountants' way of a minus. */
function bracketedPercent(tokens: readonly Token[], at: number): boolean {
  return tokens[at - 1]?.text === "(" && tokens[at + 1]?.text === ")" && tokens[at + 2]?.text === "%";
}

function bracketedFigure(tokens: readonly Token[], at: number, parsed: ParsedNumber): WrittenFigure {
  const { value, decimals, decimalMark, groupMark } = parsed;
  const step = 10 ** -decimals;
  return {
    start: tokens[at - 1]!.start,
    end: tokens[at + 2]!.end,
    text: "",
    form: "percent",
    value: -value,
    step,
    roundedStep: step,
    bound: "exact",
    digits: { start: tokens[at]!.start, end: tokens[at]!.end },
    scale: 1,
    decimalMark,
    groupMark,
  };
}

function roundedStep(value: number, decimals: number): number {
  if (decimals > 0 || value === 0) return 10 ** -decimals;
  let step = 1;
  while (value % (step * 10) === 0) step *= 10;
  return step;
}

function isNear(one: Token, two: Token): boolean {
  return two.start - one.end <= 1;
}

function isMoney({ plain, kind }: Token): boolean {
  return (kind === "word" || kind === "sign") && currency.test(plain);
}

function signBefore(tokens: readonly Token[], at: number): number | undefined {
  const [before, token, earlier] = [tokens[at - 1], tokens[at]!, tokens[at - 2]];
  if (before === undefined || !/^[-−–+]$/.test(before.text) || before.end !== token.start) return undefined;
  // `3-5` is a stretch.
  return earlier !== undefined && earlier.end === before.start ? undefined : at - 1;
}

function scaleAt(
  tokens: readonly Token[],
  at: number,
  number: Token,
): { readonly scale: number; readonly last: number } | undefined {
  const token = tokens[at];
  const scale = token?.kind === "word" ? scales[token.plain] : undefined;
  if (token === undefined || scale === undefined) return undefined;
  // `5 m` may be metres, `5m` is not.
  if (
    token.plain.length === 1 &&
    token.start !== number.end &&
    !(token.plain === "m" && /[.,]/.test(number.text))
  )
    return undefined;
  const dot = tokens[at + 1];
  const isAbbreviated =
    /^(mio|mrd|tsd|mill|md)$/.test(token.plain) && dot?.text === "." && dot.start === token.end;
  return { scale, last: isAbbreviated ? at + 1 : at };
}

function percentAt(
  tokens: readonly Token[],
  at: number,
): { readonly form: "percent" | "points"; readonly last: number } | undefined {
  const words = tokens.slice(at, at + 4).map(({ plain }) => plain);
  const said = words.join(" ");
  const points =
    /^(percentage points?|percent points?|prozentpunkten?|prozentpunkts|points? de pourcentage|puntos? porcentuales|puntos? porcentual|pontos? percentuais|ponto percentual|pp)(?= |$)/.exec(
      said,
    );
  if (points !== null) return { form: "points", last: at + points[0].split(" ").length - 1 };
  if (words[0] === "%" && /^(points?|punkten?|puntos|pontos)$/.test(words[1] ?? ""))
    return { form: "points", last: at + 1 };
  if (words[0] === "%" || percentWords.test(words[0] ?? "")) return { form: "percent", last: at };
  return /^(per cent|pour cent|por ciento|por cento)/.test(said)
    ? { form: "percent", last: at + 1 }
    : undefined;
}

const labels =
  /^(section|sections|sec|chapter|table|tables|figure|fig|page|pages|p|pp|annex|appendix|article|art|paragraph|clause|item|step|version|v|release|room|phone|tel|fax|no|nr|abschnitt|kapitel|tabelle|abbildung|abb|seite|seiten|anhang|artikel|absatz|abs|ziffer|punkt|paragraf|chapitre|tableau|figures|annexe|alinea|seccion|capitulo|tabla|cuadro|pagina|paginas|anexo|articulo|apartado|secao|tabela|quadro|artigo|alinea|n|iso|din|en|ifrs|ias|gaap|note|notes|exhibit|level|phase|schritt|stufe|zip|plz|ifrs)$/;

const pageWord = /^(page|p|slide|sheet|seite|folie|blatt|pagina|pag|diapositive|diapositiva|slide)$/;

/** Numbers that name something: sections, ids, versions, phone numbers, footnote marks. */
function isNoFigure(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at]!;
  const [before, next] = [tokens[at - 1], tokens[at + 1]];
  if (
    next !== undefined &&
    next.kind === "word" &&
    next.start === token.end &&
    scales[next.plain] === undefined &&
    !/^(x|eur|usd|gbp|chf)$/.test(next.plain)
  )
    return true;
  if (
    next !== undefined &&
    /^[/:]$/.test(next.text) &&
    next.start === token.end &&
    tokens[at + 2]?.kind === "number"
  )
    return true;
  if (
    next !== undefined &&
    /^[-–]$/.test(next.text) &&
    next.start === token.end &&
    tokens[at + 2]?.start === next.end
  )
    return true;
  if (before === undefined)
    return /^[.)]$/.test(next?.text ?? "") && next?.start === token.end && tokens.length > 2;
  if (/^[[§#]$/.test(before.text) || (before.text === "(" && next?.text === ")" && token.text.length < 3))
    return true;
  if (/^[/_:+]$/.test(before.text) && before.end === token.start) return true;
  if (/^[-–]$/.test(before.text) && before.end === token.start && tokens[at - 2]?.end === before.start)
    return true;
  if (before.end === token.start && before.kind === "word") return true;
  // `Page 1 of 5`
  if (/^(of|von|sur|de|\/)$/.test(before.plain) && tokens[at - 2]?.kind === "number")
    if (pageWord.test(tokens[at - 3]?.plain ?? "")) return true;
  const named = before.text === "." ? tokens[at - 2] : before;
  if (before.text === "." && !/^(no|nr|art|abs|fig|abb|sec|tel|p|pp|n)$/.test(named?.plain ?? ""))
    return false;
  if (named?.plain === "no" || named?.plain === "n" || named?.plain === "en") return before.text === ".";
  return named !== undefined && labels.test(named.plain);
}
