import { alternatingSum, digitsOf, isRealDate, weightedSum } from "./check-digits.ts";

/** A number that a state gives to a person, as people write it. */
export type NationalId = {
  readonly name: string;
  /** Global; may match more than is valid. */
  readonly pattern: RegExp;
  /** Gets the match without spaces, dots, hyphens and slashes, in capitals. */
  readonly isValid: (compact: string) => boolean;
  /** For numbers that other numbers look like: a word that has to stand shortly before. */
  readonly label?: RegExp;
};

const SPANISH_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE";

function spanishLetterFits(number: number, letter: string | undefined): boolean {
  return SPANISH_LETTERS[number % 23] === letter;
}

/** ISO 7064, MOD 11,10, as the German tax number has it. */
function german(compact: string): boolean {
  if (compact.startsWith("0")) return false;
  const digits = digitsOf(compact);
  const counts = new Map<number, number>();
  for (const digit of digits.slice(0, 10)) counts.set(digit, (counts.get(digit) ?? 0) + 1);
  const most = Math.max(...counts.values());
  // One digit comes twice or three times, all others at most once.
  const repeated = [...counts.values()].filter((count) => count > 1).length;
  if (repeated !== 1 || most > 3) return false;
  const product = digits.slice(0, 10).reduce((carry, digit) => {
    const sum = (digit + carry) % 10 || 10;
    return (sum * 2) % 11;
  }, 10);
  return (11 - product) % 10 === digits[10];
}

function french(compact: string): boolean {
  const match = /^[1-478](\d{2})(\d{2})(2[AB]|\d{2})\d{6}(\d{2})$/.exec(compact);
  if (match === null) return false;
  const month = Number(match[2]);
  const isMonth = (month >= 1 && month <= 12) || (month >= 20 && month <= 42) || month >= 50;
  const place = match[3] ?? "";
  // Corsica: 2A counts as 19, 2B as 18.
  const number = compact.slice(0, 13).replace("2A", "19").replace("2B", "18");
  return isMonth && place !== "00" && 97n - (BigInt(number) % 97n) === BigInt(match[4] ?? "0");
}

const ITALIAN_ODD: Readonly<Record<string, number>> = Object.fromEntries(
  [..."0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"].map((letter, index) => {
    const odd = [
      1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23,
    ];
    return [letter, odd[index < 10 ? index : index - 10] ?? 0];
  }),
);

function italian(compact: string): boolean {
  const sum = [...compact.slice(0, 15)].reduce((total, letter, index) => {
    if (index % 2 === 0) return total + (ITALIAN_ODD[letter] ?? 0);
    return total + (/\d/.test(letter) ? Number(letter) : letter.charCodeAt(0) - 65);
  }, 0);
  return String.fromCharCode(65 + (sum % 26)) === compact[15];
}

function brazilian(compact: string): boolean {
  const digits = digitsOf(compact);
  if (new Set(digits).size === 1) return false;
  const check = (length: number): number => {
    const rest = weightedSum(digits.slice(0, length), (index) => length + 1 - index) % 11;
    return rest < 2 ? 0 : 11 - rest;
  };
  return check(9) === digits[9] && check(10) === digits[10];
}

function polish(compact: string): boolean {
  const digits = digitsOf(compact);
  const sum = alternatingSum(digits.slice(0, 10), [1, 3, 7, 9]);
  const month = Number(compact.slice(2, 4));
  // The century is added to the month: 80 for 18xx, 0 for 19xx, 20 for 20xx.
  const year = [1900, 2000, 2100, 2200, 1800][Math.floor(month / 20)] ?? 0;
  const isDate = isRealDate(year + Number(compact.slice(0, 2)), month % 20, Number(compact.slice(4, 6)));
  return isDate && (10 - (sum % 10)) % 10 === digits[10];
}

function portuguese(compact: string): boolean {
  const digits = digitsOf(compact);
  const rest = weightedSum(digits.slice(0, 8), (index) => 9 - index) % 11;
  return (rest < 2 ? 0 : 11 - rest) === digits[8];
}

function dutch(compact: string): boolean {
  const digits = digitsOf(compact);
  const sum = weightedSum(digits.slice(0, 8), (index) => 9 - index) - (digits[8] ?? 0);
  return sum % 11 === 0 && Number(compact) > 0;
}

function american(compact: string): boolean {
  const [area, group, serial] = [compact.slice(0, 3), compact.slice(3, 5), compact.slice(5)];
  return area !== "000" && area !== "666" && area < "900" && group !== "00" && serial !== "0000";
}

/** Those with a checksum by it, the others by their form. */
export const NATIONAL_IDS: readonly NationalId[] = [
  {
    name: "ES DNI",
    pattern: /(?<![\w.])\d{1,2}(?:\.?\d{3}){2}[ -]?[A-HJ-NP-TV-Za-hj-np-tv-z](?!\w)/g,
    isValid: (compact) =>
      compact.length >= 8 && spanishLetterFits(Number(compact.slice(0, -1)), compact.at(-1)),
  },
  {
    name: "ES NIE",
    pattern: /(?<!\w)[XYZxyz][ -]?\d{7}[ -]?[A-Za-z](?!\w)/g,
    isValid: (compact) =>
      spanishLetterFits(Number(`${"XYZ".indexOf(compact[0] ?? "")}${compact.slice(1, 8)}`), compact[8]),
  },
  {
    name: "PT NIF",
    pattern: /(?<![\w.,])(?:PT ?)?[1235689]\d{2} ?\d{3} ?\d{3}(?![\w.,]\d|\w)/g,
    isValid: (compact) => portuguese(compact.replace("PT", "")),
    label: /\b(nif|contribuinte|fiscal|nipc|tax)\b|PT ?$/i,
  },
  {
    name: "FR NIR",
    pattern: /(?<!\w)[1-478] ?\d{2} ?\d{2} ?(?:\d{2}|2[ABab]) ?\d{3} ?\d{3} ?\d{2}(?!\w)/g,
    isValid: french,
  },
  { name: "DE Steuer-ID", pattern: /(?<![\w.,])\d{2} ?\d{3} ?\d{3} ?\d{3}(?![\w]|[.,]\d)/g, isValid: german },
  { name: "US SSN", pattern: /(?<![\w-])\d{3}-\d{2}-\d{4}(?![\w-])/g, isValid: american },
  {
    name: "UK NINO",
    pattern:
      /(?<!\w)[A-CEGHJ-PR-TW-Za-ceghj-pr-tw-z][A-CEGHJ-NPR-TW-Za-ceghj-npr-tw-z] ?\d{2} ?\d{2} ?\d{2} ?[A-Da-d](?!\w)/g,
    isValid: (compact) => !/^(BG|GB|NK|KN|TN|NT|ZZ)/.test(compact),
  },
  {
    name: "IT codice fiscale",
    pattern:
      /(?<!\w)[A-Za-z]{6}[\dL-NP-Vl-np-v]{2}[A-EHLMPR-Ta-ehlmpr-t][\dL-NP-Vl-np-v]{2}[A-Za-z][\dL-NP-Vl-np-v]{3}[A-Za-z](?!\w)/g,
    isValid: italian,
  },
  {
    name: "NL BSN",
    pattern: /(?<![\w.,])\d{4}[. ]?\d{2}[. ]?\d{3}(?!\w|[.,]\d)/g,
    isValid: dutch,
    label: /\b(bsn|burgerservicenummer|sofi(nummer)?|citizen service)\b/i,
  },
  { name: "PL PESEL", pattern: /(?<![\w.,])\d{11}(?!\w|[.,]\d)/g, isValid: polish },
  {
    name: "BR CPF",
    pattern: /(?<![\w.,])\d{3}(?:\.\d{3}\.\d{3}-|\d{6}-?)\d{2}(?!\w|[.,]\d)/g,
    isValid: brazilian,
  },
];
