import type { Concept } from "./concept.ts";

/** Words and phrases of five languages that have a duty of their own; lists part by `|` and line ends. */
export const phrases: readonly (readonly [Concept, string])[] = [
  [
    "up",
    `rose|risen|rise|rises|rising|increased|increase|increases|increasing|grew|grown|grow|growth|growing|climbed|climb|up|higher|gained|gain|improved|jumped|jump|surged|advanced|expanded|went up|added|uptick
    stieg|stiegen|gestiegen|anstieg|steigen|steigerung|wuchs|wuchsen|gewachsen|wachstum|wachstums|zuwachs|zunahme|zunahmen|nahm zu|nahmen zu|erhohte|erhohten|erhoht|legte zu|legten zu|zulegte|zugelegt|kletterte|kletterten|hoher|plus|zugenommen|verbesserte|verbesserten
    augmente|augmentee|augmentes|augmentees|augmentation|augmentait|progresse|progressee|progression|hausse|croissance|grimpe|accru|accrue|en hausse|bondi|plus eleve|plus elevee|plus eleves|plus elevees
    aumento|aumentaron|aumentado|aumento de|crecio|crecieron|crecido|crecimiento|subio|subieron|subido|subida|incremento|incrementaron|incrementado|mas alto|mas alta|mejoro
    aumentou|aumentaram|aumentado|cresceu|cresceram|crescido|crescimento|subiu|subiram|subida|alta de|incremento|melhorou|mais alto|mais alta`,
  ],
  [
    "down",
    `fell|fallen|fall|falls|falling|decreased|decrease|decreases|decreasing|declined|decline|declining|dropped|drop|shrank|sank|slipped|down|lower|lost|went down|reduced|reduction|contracted|slid|plunged
    sank|sanken|gesunken|fiel|fielen|gefallen|ruckgang|ruckgange|ruckgangs|ging zuruck|gingen zuruck|zuruckging|zuruckgegangen|nahm ab|nahmen ab|verringerte|verringerten|verringert|schrumpfte|schrumpften|abnahme|minus|niedriger|reduzierte|reduzierten|verlor|verloren
    baisse|baissee|baisses|diminue|diminuee|diminution|recule|reculee|recul|chute|chutee|en baisse|repli|plus bas|plus basse|reduit|reduite
    bajo|bajaron|bajado|bajada|disminuyo|disminuyeron|disminuido|disminucion|cayo|cayeron|caido|caida|descendio|descendieron|descenso|redujo|redujeron|retrocedio|retrocedieron|mas bajo|mas baja
    caiu|cairam|caido|queda|diminuiu|diminuiram|diminuicao|desceu|desceram|descida|recuou|recuaram|reduziu|reduziram|reducao|baixou|baixaram|mais baixo|mais baixa`,
  ],
  [
    "move",
    "changed|moved|passe|passee|passes|passees|paso|pasaron|passou|passaram|veranderte|veranderten|went|ging|gingen",
  ],
  [
    "versus",
    `compared with|compared to|in comparison with|in comparison to|versus|vs|against|relative to|on
    gegenuber|im vergleich zu|im vergleich zum|im vergleich zur|verglichen mit|gegen
    par rapport a|par rapport au|par rapport aux|compare a|comparee a|contre|face a
    respecto a|respecto al|con respecto a|con respecto al|en comparacion con|frente a|frente al|comparado con|comparada con
    em relacao a|em relacao ao|em comparacao com|face a|face ao|comparado com|comparada com|frente a|ante`,
  ],
  ["than", "than|als in|als im|als|than in|que en|que|do que|del que|de lo que"],
  ["more", "more|mehr|plus|de plus|mas|mais"],
  ["less", "less|fewer|weniger|moins|de moins|menos"],
  [
    "as-much",
    "as much|as much as|as many|as many as|as high|as high as|as large as|so viel|so viel wie|so viele|so viele wie|so hoch wie|so hoch|autant|autant que|tanto como|tanto|tantos como|tantas como|tantos|tantas|tanto quanto|tantos quanto|tantas quanto|tantos quantos|tantas quantas",
  ],
  [
    "be",
    "rang up|ran up|racked up|rack up|chalked up|ended up|wound up|added up|adds up|took in|brought in|turned in|came in|brought home|put into|pulled in|brought up",
  ],
  [
    "share",
    `share|proportion|accounted for|responsible for|accounting for|accounts for|account for|made up|makes up|make up|represented|represents|representing|contributed|contributes|contribution|came from|come from|comes from|constituted|percentage
    anteil|anteils|anteile|machte|machten|machen|macht|entfielen|entfiel|entfallen|entfallt|trug bei|stammten|stammte|stammen|kamen aus|kam aus|steuerte bei|steuerten bei|steuerte|steuerten|bei
    part|proportion|represente|representait|representaient|representent|provenait|provenaient|proviennent|provient|constitue
    cuota|proporcion|participacion|represento|representaron|representa|representan|procedio|procedieron|provino|provinieron|aporto|aportaron|supuso|supusieron
    quota|proporcao|participacao|representou|representaram|representa|representam|vieram|veio|contribuiu|contribuiram|respondeu por|responderam por`,
  ],
  [
    "total",
    `total|totals|overall|combined|altogether|in all|in total|all together|company wide|group wide|aggregate
    gesamt|gesamte|gesamten|gesamter|insgesamt|in summe|alles in allem|zusammen|zusammengenommen
    totale|totaux|au total|globalement|global|globale|ensemble
    en total|totales|en conjunto|globales
    no total|ao todo|no conjunto|totais`,
  ],
  [
    "average",
    `average|averaged|averages|mean|on average|averaging
    durchschnitt|durchschnitts|durchschnittlich|durchschnittliche|durchschnittlichen|durchschnittlicher|durchschnittliches|im durchschnitt|im schnitt|im mittel|mittlere|mittlerer|mittleren
    moyen|moyenne|moyens|moyennes|en moyenne
    promedio|media|medio|en promedio|de media|por termino medio
    medio|media|em media`,
  ],
  ["median", "median|mediane|mediana|im median"],
  [
    "highest",
    `highest|largest|biggest|most|best|strongest|greatest|top|leading|maximum|peak|busiest|best selling|most expensive
    hochste|hochsten|hochster|hochstes|grosste|grossten|grosster|grosstes|starkste|starksten|starkster|starkstes|beste|besten|bester|bestes|meisten|am meisten|am hochsten|umsatzstarkste|umsatzstarksten|umsatzstarkster|teuerste|teuersten
    la plus elevee|le plus eleve|les plus eleves|les plus elevees|les plus fortes|les plus forts|les plus importantes|les plus importants|les plus grandes|les plus grands|la plus grande|le plus grand|le plus gros|la plus grosse|le plus|la plus forte|le plus fort|la plus importante|le plus important|le plus haut|la plus haute|le meilleur|la meilleure|meilleur|meilleure|maximal|maximale
    el mas alto|la mas alta|el mas grande|la mas grande|mas alto de|el mayor|la mayor|los mayores|las mayores|mayor|el mejor|la mejor|mejor|el mas fuerte|la mas fuerte|mas fuerte|maximo|maxima
    o maior|a maior|os maiores|as maiores|maior|o melhor|a melhor|melhor|o mais alto|a mais alta|o mais forte|a mais forte|mais forte|maximo|maxima`,
  ],
  [
    "lowest",
    `lowest|smallest|least|weakest|worst|minimum|fewest|bottom|cheapest
    niedrigste|niedrigsten|niedrigster|niedrigstes|kleinste|kleinsten|kleinster|kleinstes|schwachste|schwachsten|schwachster|schwachstes|geringste|geringsten|geringster|wenigsten|am wenigsten|schlechteste|schlechtesten
    la plus faible|le plus faible|les plus faibles|les plus basses|les plus bas|la plus basse|le plus bas|la plus petite|le plus petit|le moins|minimal|minimale
    el mas bajo|la mas baja|el menor|la menor|menor|el mas debil|la mas debil|mas debil|el peor|la peor|minimo|minima
    o menor|a menor|menor|o mais baixo|a mais baixa|o mais fraco|a mais fraca|mais fraco|mais fraca|o pior|a pior|minimo|minima`,
  ],
  [
    "count",
    `number of|number|count of|headcount
    anzahl|zahl|zahlen
    nombre de|nombre d|nombre
    numero de|numero|cantidad de
    numero de|numero`,
  ],
  [
    "about",
    `about|around|roughly|approximately|some|circa|approx|close to|in the region of|an estimated
    rund|etwa|ungefahr|ca|zirka|knapp gerechnet|circa|gut gerundet|annahernd gerundet
    environ|a peu pres|quelque|approximativement|autour de|pres d environ
    aproximadamente|alrededor de|cerca de|unos|unas|en torno a|casi unos
    cerca de|aproximadamente|por volta de|a volta de|uns|umas`,
  ],
  [
    "above",
    `more than|over|above|exceeding|exceeded|upwards of|in excess of|a little over|just over|just above|slightly more than
    mehr als|uber|ubertraf|gut|etwas mehr als
    plus de|plus d|superieur a|superieure a|un peu plus de
    mas de|superior a|superiores a|algo mas de
    mais de|superior a|superiores a|acima de|acima do|acima da|por encima de|por encima del|au dessus de|au dessus du|pouco mais de`,
  ],
  [
    "below",
    `less than|under|below|fewer than|just under|just below|a little under|slightly less than
    weniger als|unter|etwas weniger als
    moins de|moins d|inferieur a|inferieure a|un peu moins de
    menos de|inferior a|inferiores a|por debajo de|por debajo del|au dessous de|en dessous de|en dessous du|algo menos de
    menos de|inferior a|abaixo de|abaixo do|abaixo da|pouco menos de`,
  ],
  [
    "nearly",
    `nearly|almost|just short of|not quite|fast|beinahe|knapp|nahezu|annahernd|presque|pres de|casi|quase|perto de`,
  ],
  [
    "at-least",
    `at least|no less than|no fewer than|mindestens|wenigstens|au moins|al menos|por lo menos|como minimo|pelo menos|no minimo`,
  ],
  [
    "at-most",
    `at most|no more than|up to|hochstens|maximal|bis zu|au plus|au maximum|como maximo|como mucho|no maximo`,
  ],
  [
    "year-before",
    `year on year|year over year|yoy|the previous year|previous year|the year before|year before|the prior year|prior year|a year earlier|year earlier|last year|the preceding year|previous year s|prior year s
    vorjahr|vorjahres|vorjahr es|im vorjahr|zum vorjahr|vorjahresmonat|vorjahresquartal|vorjahreszeitraum|jahr zuvor|im jahr davor
    l annee precedente|annee precedente|un an plus tot|l an dernier|l annee derniere|sur un an|d une annee sur l autre
    ano anterior|el ano anterior|interanual|un ano antes|el ano pasado|del ano anterior|al ano anterior
    ano anterior|o ano anterior|um ano antes|ano passado|homologo`,
  ],
  [
    "month-before",
    `month on month|month over month|the previous month|previous month|the month before|month before|a month earlier|the prior month|prior month|the preceding month
    vormonat|vormonats|zum vormonat|monat zuvor
    le mois precedent|mois precedent|un mois plus tot
    mes anterior|el mes anterior|al mes anterior|del mes anterior
    mes anterior`,
  ],
  [
    "quarter-before",
    `quarter on quarter|quarter over quarter|the previous quarter|previous quarter|the quarter before|quarter before|the prior quarter|prior quarter|the preceding quarter
    vorquartal|vorquartals|zum vorquartal|quartal zuvor
    le trimestre precedent|trimestre precedent
    trimestre anterior`,
  ],
  ["period-before", "the previous period|previous period|vorperiode|periode precedente|periodo anterior"],
  [
    "same-before",
    `the same month of the previous year|same month of the previous year|the same quarter of the previous year|same quarter of the previous year|the same month last year|same month last year|the same quarter last year|same quarter last year|the same period last year|same period last year|the same month a year earlier|the same quarter a year earlier
    vorjahresmonat|vorjahresquartal|vorjahreszeitraum
    le meme mois de l annee precedente|meme mois de l annee precedente|le meme trimestre de l annee precedente|meme trimestre de l annee precedente
    mismo mes del ano anterior|el mismo mes del ano anterior|mismo trimestre del ano anterior|el mismo trimestre del ano anterior
    mesmo mes do ano anterior|mesmo trimestre do ano anterior`,
  ],
  [
    "year",
    "year|years|jahr|jahre|jahres|jahren|annee|annees|an|ans|ano|anos|fiscal year|annual|yearly|financial year|geschaftsjahr|exercice|ejercicio|exercicio|calendar year",
  ],
  ["month", "month|months|monat|monate|monats|monaten|mois|mes|meses"],
  ["quarter", "quarter|quarters|quartal|quartale|quartals|quartalen|trimestre|trimestres"],
  [
    "monthly",
    "monthly|per month|a month|each month|every month|pro monat|im monat|je monat|monatlich|monatliche|monatlichen|monatlicher|par mois|mensuel|mensuelle|mensuels|mensuelles|al mes|por mes|mensual|mensuales|por mes|ao mes|mensal|mensais",
  ],
  ["each", "per|each|every|pro|je|par|por|cada|chaque|jeder|jede|jedes|por cada"],
  [
    "whereof",
    `of which|davon|darunter|dont|de los cuales|de las cuales|de ellos|de ellas|dos quais|das quais|deles|delas`,
  ],
  [
    "without",
    `include|includes|included|including|comprised|comprises|offset|partially offset|ranging|range|ranged|allocated|attributable|understated|overstated|restated|impacted|respectively|resulted in|resulting|enthalt|enthalten|jeweils|respectivement|respectivamente|inclut|incluye|incluidos|inclui|excluding|excl|without|except|except for|excepting|net of|before|after|apart from|only|other than|outside|adjusted|adjusted for|ohne|ausser|exklusive|abzuglich|bereinigt|nur|nach abzug|vor|ausserhalb|hors|sans|sauf|excepte|uniquement|seulement|avant|apres|sin|excepto|excluyendo|salvo|solo|sem|exceto|excluindo|apenas|antes de|depois de|target|forecast|budgeted|planned|expected|predicted|projected|would|should|could|may|might|will|if|plan|prognose|soll|geplant|geplante|erwartet|erwartete|sollte|sollen|wird|werden|konnte|prevu|prevue|objectif|previsto|prevista|objetivo|meta|sera|seront`,
  ],
  ["not", "not|no|never|nicht|kein|keine|keinen|ne|pas|aucun|aucune|nunca|ningun|ninguna|nao|nenhum|nenhuma"],
  ["and", "and|und|et|y|e|sowie|as well as|ainsi que|asi como|bem como|or|oder|ou|o bien"],
  [
    "clause",
    "while|whereas|but|although|though|however|wahrend|aber|doch|jedoch|hingegen|tandis que|alors que|mais que|toutefois|cependant|mientras que|mientras|pero|aunque|enquanto|ao passo que|porem|embora|mas enquanto|in contrast|dagegen|en revanche|en cambio|em contrapartida",
  ],
  [
    "mild",
    "in line with our plans|in line with expectations|in line with the plan|as planned|as expected|wie geplant|comme prevu|segun lo previsto|como previsto",
  ],
  [
    "mild",
    "quick update|brief update|short update|update|news|recap|overview|summary|reminder|nachrichten|neuigkeiten|uberblick|ruckblick|nouvelles|rappel|bilan|noticias|resumen|balance|noticias|resumo|balanco",
  ],
  ["gap", "difference|gap|unterschied|differenz|abstand|ecart|diferencia|brecha|diferenca"],
  ["be", "turn out to be|turns out to be|turned out to be"],
  ["mild", "in terms of|a elle seule|a lui seul|por si sola|por si solo|por si so|allein"],
  ["between", "between|zwischen|entre"],
  [
    "where",
    "where|wo|ou il|donde|onde|which|who|that|welche|welcher|welches|qui|dont|lequel|laquelle|cual|quien|qual",
  ],
];
