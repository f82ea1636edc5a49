/** A glossary for news lines, with the forms in which each term really occurs there and those in which its target may. */
export type NewsTerm = {
  readonly source: string;
  readonly target: string;
  /** Words of the source language; longest first where terms overlap. */
  readonly forms: RegExp;
  readonly targets: RegExp;
};

const term = (source: string, target: string, forms: string, targets: string): NewsTerm => ({
  source,
  target,
  forms: new RegExp(`(?<![\\p{L}\\p{N}])(?:${forms})(?![\\p{L}\\p{N}])`, "giu"),
  targets: new RegExp(`(?<![\\p{L}\\p{N}])(?:${targets})(?![\\p{L}\\p{N}])`, "giu"),
});

export const newsTerms: readonly NewsTerm[] = [
  term("prime minister", "chefe do governo", "prime ministers?", "chefes? do governo"),
  term("minister", "governante", "ministers?", "governantes?"),
  term("officer", "agente", "officers?", "agentes?"),
  term("hurricane", "ciclone", "hurricanes?", "ciclones?"),
  term("earthquake", "sismo", "earthquakes?", "sismos?"),
  term("quake", "abalo", "quakes?", "abalos?"),
  term("tropical storm", "tempestade dos trópicos", "tropical storms?", "tempestades? dos trópicos"),
  term("storm", "temporal", "storms?", "temporal|temporais"),
  term("rainfall", "pluviosidade", "rainfalls?", "pluviosidades?"),
  term("flash flooding", "enxurrada", "flash flooding", "enxurradas?"),
  term("store", "ponto de venda", "stores?", "pontos? de venda"),
  term("building", "edificação", "buildings?", "edificação|edificações"),
  term("committee", "comité", "committees?", "comités?"),
  term("referendum", "consulta popular", "referendums?|referenda", "consultas? popular(?:es)?"),
  term("government", "executivo", "governments?", "executivos?"),
  term("parliament", "assembleia", "parliaments?", "assembleias?"),
  term("artificial intelligence", "IA", "artificial intelligence", "IA"),
  term("investigation", "averiguação", "investigations?", "averiguação|averiguações"),
  term("prison", "cadeia", "prisons?", "cadeias?"),
  term("farmer", "lavrador", "farmers?", "lavrador|lavradores"),
  term("shark", "esqualo", "sharks?", "esqualos?"),
  term("volcano", "cone vulcânico", "volcano(?:e?s)?", "cones? vulcânicos?"),
  term("staff", "equipa", "staff", "equipas?"),
  term("country", "nação", "country|countries", "nação|nações"),
  term("city", "urbe", "city|cities", "urbes?"),
  term("agency", "organismo", "agency|agencies", "organismos?"),
  term("church", "templo", "church|churches", "templos?"),
  term("woman", "senhora", "woman|women", "senhoras?"),
  term("beauty", "cosmética", "beauty|beauties", "cosméticas?"),
  term(
    "beauty aisle",
    "corredor de cosmética",
    "beauty aisles?",
    "corredor de cosmética|corredores de cosmética",
  ),
  term("injury", "lesão", "injury|injuries", "lesão|lesões"),
  term("supporter", "adepto", "supporters?", "adeptos?"),
  term("hospital", "centro hospitalar", "hospitals?", "centros? hospitalar(?:es)?"),
  term("business", "negócio", "business|businesses", "negócios?"),
  term("street", "arruamento", "streets?", "arruamentos?"),
  term("party", "formação política", "party|parties", "formação política|formações políticas"),
  term("European Union", "UE", "european union", "UE"),
  term("market", "mercado", "markets?", "mercados?"),
  term("brand", "marca", "brands?", "marcas?"),
  term("majority", "maioria", "majority|majorities", "maiorias?"),
  term("season", "época", "seasons?", "épocas?"),
  term("title", "troféu", "titles?", "troféus?"),
  term("attack", "ofensiva", "attacks?", "ofensivas?"),
  term("state", "estado", "states?", "estados?"),
];
