import { digitsOf, weightedSum } from "./check-digits.ts";

/** Numbers in [0, 1) that are the same each time. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

type Random = () => number;
/** Writes a valid number; the words around it as people write them. */
export type Sampler = {
  readonly rule: string;
  readonly before: string;
  readonly write: (random: Random) => string;
};

const pick = (random: Random, letters: string): string =>
  letters[Math.floor(random() * letters.length)] ?? "";
const digits = (random: Random, count: number): string =>
  Array.from({ length: count }, () => pick(random, "0123456789")).join("");
const two = (number: number): string => String(number).padStart(2, "0");
const between = (random: Random, low: number, high: number): number =>
  low + Math.floor(random() * (high - low + 1));

function withLuhn(body: string): string {
  for (let check = 0; check < 10; check += 1) {
    let sum = 0;
    for (const [index, digit] of [...digitsOf(body + check)].reverse().entries()) {
      const doubled = index % 2 === 0 ? digit : digit * 2;
      sum += doubled > 9 ? doubled - 9 : doubled;
    }
    if (sum % 10 === 0) return body + check;
  }
  return body;
}

function mod97(text: string): number {
  return [...text].reduce((rest, digit) => (rest * 10 + Number(digit)) % 97, 0);
}

function iban(random: Random): string {
  const country = ["DE", "GB", "AT"][Math.floor(random() * 3)] ?? "DE";
  const bank = country === "GB" ? "WEST" : "";
  const body = bank + digits(random, country === "DE" ? 18 : country === "GB" ? 14 : 16);
  const numeric = [...`${body}${country}00`].map((each) => Number.parseInt(each, 36)).join("");
  const whole = `${country}${two(98 - mod97(numeric))}${body}`;
  return random() < 0.5 ? whole : whole.replace(/(.{4})(?=.)/g, "$1 ");
}

function withElevenProof(random: Random): string {
  for (;;) {
    const body = digits(random, 9);
    if (weightedSum(digitsOf(body), (index) => (index === 8 ? -1 : 9 - index)) % 11 === 0) return body;
  }
}

function german(random: Random): string {
  for (;;) {
    const order = [..."0123456789"].sort(() => random() - 0.5);
    if (order[0] === "0") continue;
    order[9] = order[between(random, 0, 8)] ?? "1";
    const body = order.join("");
    const product = digitsOf(body).reduce((carry, digit) => (((digit + carry) % 10 || 10) * 2) % 11, 10);
    return `${body}${(11 - product) % 10}`;
  }
}

function portuguese(random: Random): string {
  const body = pick(random, "125") + digits(random, 7);
  const rest = weightedSum(digitsOf(body), (index) => 9 - index) % 11;
  return `${body}${rest < 2 ? 0 : 11 - rest}`;
}

function french(random: Random): string {
  const place = random() < 0.1 ? "2A" : two(between(random, 1, 95));
  const body = `${pick(random, "12")}${digits(random, 2)}${two(between(random, 1, 12))}${place}${two(between(random, 1, 99))}${pick(random, "123456789")}${digits(random, 3)}`;
  const key = 97 - mod97(body.replace("2A", "19"));
  const spaced = body.replace(/^(.)(..)(..)(..)(...)(...)$/, "$1 $2 $3 $4 $5 $6");
  return random() < 0.5 ? `${body}${two(key)}` : `${spaced} ${two(key)}`;
}

function italian(random: Random): string {
  const letters = "BCDFGLMNPRSTVZ";
  const six = Array.from({ length: 6 }, () => pick(random, letters)).join("");
  const body = `${six}${digits(random, 2)}${pick(random, "ABCDEHLMPRST")}${two(between(random, 1, 31))}${pick(random, "ABCDEFGHIL")}${digits(random, 3)}`;
  const odd = "1,0,5,7,9,13,15,17,19,21,2,4,18,20,11,3,6,8,12,14,16,10,22,25,24,23".split(",").map(Number);
  let sum = 0;
  for (const [index, letter] of [...body].entries()) {
    const value = Number.isNaN(Number(letter)) ? letter.charCodeAt(0) - 65 : Number(letter);
    sum += index % 2 === 0 ? (odd[value] ?? 0) : value;
  }
  return body + String.fromCharCode(65 + (sum % 26));
}

function polish(random: Random): string {
  const body = `${digits(random, 2)}${two(between(random, 1, 12) + (random() < 0.3 ? 20 : 0))}${two(between(random, 1, 28))}${digits(random, 4)}`;
  const sum = weightedSum(digitsOf(body), (index) => [1, 3, 7, 9][index % 4] ?? 0);
  return `${body}${(10 - (sum % 10)) % 10}`;
}

function brazilian(random: Random): string {
  let body = digits(random, 9);
  if (new Set(body).size === 1) body = "529982247";
  for (const length of [9, 10]) {
    const rest = weightedSum(digitsOf(body), (index) => length + 1 - index) % 11;
    body += rest < 2 ? 0 : 11 - rest;
  }
  return random() < 0.5 ? body : body.replace(/^(...)(...)(...)(..)$/, "$1.$2.$3-$4");
}

function spanish(random: Random): string {
  const number = digits(random, 8);
  const letter = "TRWAGMYFPDXBNJZSQVHLCKE"[Number(number) % 23] ?? "";
  return pick(random, "01") === "0"
    ? `${number}${letter}`
    : `${number.replace(/^(..)(...)(...)$/, "$1.$2.$3")}-${letter}`;
}

function foreigner(random: Random): string {
  const first = between(random, 0, 2);
  const number = digits(random, 7);
  return `${"XYZ"[first]}${number}${"TRWAGMYFPDXBNJZSQVHLCKE"[Number(`${first}${number}`) % 23]}`;
}

/** Valid numbers of each kind, made by the published rules and not by the detectors. */
export const SAMPLERS: readonly Sampler[] = [
  { rule: "ES DNI", before: "con DNI ", write: spanish },
  { rule: "ES NIE", before: "NIE ", write: foreigner },
  { rule: "PT NIF", before: "NIF: ", write: portuguese },
  { rule: "FR NIR", before: "n° de sécurité sociale ", write: french },
  { rule: "DE Steuer-ID", before: "Steuer-ID ", write: german },
  {
    rule: "US SSN",
    before: "SSN ",
    write: (random) =>
      `${between(random, 100, 665)}-${two(between(random, 1, 99))}-${between(random, 1000, 9999)}`,
  },
  {
    rule: "UK NINO",
    before: "National Insurance number ",
    write: (random) =>
      `${pick(random, "ABCEHJ")}${pick(random, "ABCEHJLM")} ${digits(random, 2)} ${digits(random, 2)} ${digits(random, 2)} ${pick(random, "ABCD")}`,
  },
  { rule: "IT codice fiscale", before: "codice fiscale ", write: italian },
  { rule: "NL BSN", before: "BSN ", write: withElevenProof },
  { rule: "PL PESEL", before: "PESEL ", write: polish },
  { rule: "BR CPF", before: "CPF ", write: brazilian },
  { rule: "IBAN", before: "account ", write: iban },
  {
    rule: "payment card",
    before: "card ",
    write: (random) =>
      withLuhn(`${pick(random, "45")}${digits(random, 14)}`).replace(
        /(....)(?=.)/g,
        random() < 0.5 ? "$1 " : "$1",
      ),
  },
  {
    rule: "e-mail",
    before: "write to ",
    write: (random) =>
      `${pick(random, "abc")}.${pick(random, "xyz")}${digits(random, 2)}@mail${digits(random, 1)}.example.org`,
  },
];
