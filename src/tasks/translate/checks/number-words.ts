/** Words for numbers of one language, lower case. */
export type NumberWords = {
  /** The words for 0, 1, 2 …; alternatives are separated by `|`. */
  readonly small: readonly string[];
  /** Scale words and what they multiply by, the longest first. */
  readonly scales: readonly (readonly [string, number])[];
};

const list = (text: string): string[] => text.split(" ");
const scales = (text: string): [string, number][] =>
  text
    .split(";")
    .map((each): [string, number] => {
      const [word = "", power = ""] = each.split("=");
      return [word.trim(), 10 ** Number(power)];
    })
    .sort((a, b) => b[0].length - a[0].length);

const languages: Readonly<Record<string, NumberWords>> = {
  en: {
    small: list(
      "zero|no one|a|an two three four five six seven eight nine ten eleven twelve|dozen thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty",
    ),
    scales: scales("thousand=3;k=3;million=6;m=6;mn=6;billion=9;bn=9;b=9;trillion=12;tn=12;crore=7;lakh=5"),
  },
  de: {
    small: list(
      "null|kein|keine ein|eine|einen|einem|einer|eines|eins zwei|beide|beiden drei vier fünf sechs sieben acht neun zehn elf zwölf|dutzend dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn zwanzig",
    ),
    scales: scales(
      "tausend=3;tsd=3;million=6;millionen=6;mio=6;milliarde=9;milliarden=9;mrd=9;billion=12;billionen=12",
    ),
  },
  fr: {
    small: list(
      "zéro|aucun|aucune un|une deux trois quatre cinq six sept huit neuf dix onze douze|douzaine treize quatorze quinze seize dix-sept dix-huit dix-neuf vingt",
    ),
    scales: scales(
      "mille=3;k=3;million=6;millions=6;m=6;milliard=9;milliards=9;md=9;mds=9;billion=12;billions=12",
    ),
  },
  es: {
    small: list(
      "cero|ningún|ninguna un|uno|una dos|ambos|ambas tres cuatro cinco seis siete ocho nueve diez once doce|docena trece catorce quince dieciséis diecisiete dieciocho diecinueve veinte",
    ),
    scales: scales("mil=3;mil millones=9;millón=6;millones=6;m=6;billón=12;billones=12;mm=9"),
  },
  pt: {
    small: list(
      "zero|nenhum|nenhuma um|uma dois|duas|ambos|ambas três quatro cinco seis sete oito nove dez onze doze|dúzia treze catorze|quatorze quinze dezasseis|dezesseis dezassete|dezessete dezoito dezanove|dezenove vinte",
    ),
    scales: scales(
      "mil=3;mil milhões=9;milhão=6;milhões=6;m=6;bilhão=9;bilhões=9;bilião=12;biliões=12;trilhão=12;trilhões=12",
    ),
  },
  it: {
    small: list(
      "zero|nessun|nessuna un|uno|una due tre quattro cinque sei sette otto nove dieci undici dodici|dozzina tredici quattordici quindici sedici diciassette diciotto diciannove venti",
    ),
    scales: scales("mila=3;mille=3;milione=6;milioni=6;mln=6;miliardo=9;miliardi=9;mld=9"),
  },
  nl: {
    small: list(
      "nul|geen een|één|eén twee|beide drie vier vijf zes zeven acht negen tien elf twaalf|dozijn dertien veertien vijftien zestien zeventien achttien negentien twintig",
    ),
    scales: scales("duizend=3;miljoen=6;mln=6;miljard=9;mld=9;mrd=9;biljoen=12"),
  },
  fi: {
    small: list("nolla yksi kaksi kolme neljä viisi kuusi seitsemän kahdeksan yhdeksän kymmenen"),
    scales: scales("tuhat=3;tuhatta=3;miljoona=6;miljoonaa=6;milj=6;miljardi=9;miljardia=9;mrd=9"),
  },
  sv: {
    small: list("noll en|ett två tre fyra fem sex sju åtta nio tio elva tolv"),
    scales: scales("tusen=3;miljon=6;miljoner=6;mn=6;miljard=9;miljarder=9;md=9"),
  },
  ru: {
    small: list(
      "ноль один|одна|одно|одного два|две|двух|оба три|трёх|трех четыре|четырех|четырёх пять|пяти шесть|шести семь|семи восемь|восьми девять|девяти десять|десяти",
    ),
    scales: scales(
      "тысяча=3;тысячи=3;тысяч=3;тыс=3;миллион=6;миллиона=6;миллионов=6;млн=6;миллиард=9;миллиарда=9;миллиардов=9;млрд=9;триллион=12;трлн=12",
    ),
  },
  ja: {
    small: list("零 一 二 三 四 五 六 七 八 九 十"),
    scales: scales("万=4;億=8;兆=12;千=3;百万=6;千万=7"),
  },
  zh: {
    small: list("零 一 二|两|兩 三 四 五 六 七 八 九 十"),
    scales: scales("万=4;亿=8;萬=4;億=8;千=3;百万=6;千万=7;兆=12"),
  },
  ar: {
    small: list(
      "صفر واحد|واحدة اثنان|اثنين|اثنتين ثلاثة|ثلاث أربعة|أربع خمسة|خمس ستة|ست سبعة|سبع ثمانية|ثماني تسعة|تسع عشرة|عشر",
    ),
    scales: scales("ألف=3;آلاف=3;مليون=6;ملايين=6;مليار=9;مليارات=9"),
  },
  hi: {
    small: list("शून्य एक दो तीन चार पांच|पाँच छह|छः सात आठ नौ दस"),
    scales: scales("हज़ार=3;हजार=3;लाख=5;करोड़=7;करोड़=7;मिलियन=6;बिलियन=9;अरब=9"),
  },
};

const none: NumberWords = { small: [], scales: [] };

/** The number words of a BCP 47 tag; none for a language that isn't listed. */
export function numberWords(tag: string): NumberWords {
  return languages[tag.toLowerCase().split("-")[0]!] ?? none;
}

/** What the scale word at the start of `text` multiplies by; 1 where there is none. */
export function scaleAfter(text: string, words: NumberWords): number {
  const lower = text.replace(/^[\s\u00a0\u202f-]?/, "").toLowerCase();
  for (const [word, factor] of words.scales) {
    if (!lower.startsWith(word)) continue;
    const next = lower.slice(word.length);
    if (/^\p{Script=Han}/u.test(word) || !/^[\p{L}\p{M}]/u.test(next))
      return factor * scaleAfter(next, words);
  }
  return 1;
}

/** True when the text says the whole number `value` (0 to 20) as a word. */
export function saysInWords(text: string, value: number, words: NumberWords): boolean {
  const forms = words.small[value]?.split("|") ?? [];
  const lower = text.toLowerCase();
  return forms.some((form) =>
    /^\p{Script=Han}/u.test(form)
      ? lower.includes(form)
      : new RegExp(`(?<![\\p{L}\\p{M}])${form}(?![\\p{L}\\p{M}])`, "u").test(lower),
  );
}
