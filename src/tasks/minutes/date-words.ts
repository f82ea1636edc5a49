/** How one language names days; each field is the inside of a pattern. */
export type DateWords = {
  /** Sunday first, each a pattern. */
  readonly weekdays: readonly string[];
  readonly today: string;
  readonly tomorrow: string;
  readonly dayAfter: string;
  /** Before or after a weekday: of next week. */
  readonly next: string;
  readonly this: string;
  readonly inDays: string;
  readonly units: { readonly day: string; readonly week: string; readonly month: string };
  readonly numbers: Readonly<Record<string, number>>;
  readonly endOfMonth: string;
  readonly endOfWeek: string;
  readonly endOfNextWeek: string;
  readonly endOfYear: string;
  readonly vague: string;
};

const ENGLISH_NUMBERS: Readonly<Record<string, number>> = { a: 1, an: 1 };

/** The words for days by language tag. */
export const DATE_WORDS: Readonly<Record<string, DateWords>> = {
  en: {
    weekdays: ["sundays?", "mondays?", "tuesdays?", "wednesdays?", "thursdays?", "fridays?", "saturdays?"],
    today:
      "today|tonight|this (?:morning|afternoon|evening)|(?:the )?end of (?:the )?(?:business )?day|eod|cob|close of business",
    tomorrow: "tomorrow",
    dayAfter: "(?:the )?day after tomorrow",
    next: "next|the following",
    this: "this|this coming|the coming|coming",
    inDays: "(?:in|within|within the next|in the next)",
    units: { day: "days?", week: "weeks?", month: "months?" },
    numbers: ENGLISH_NUMBERS,
    endOfMonth: "(?:the )?end of (?:the|this) month|(?:the )?end of month|month[- ]end|eom",
    endOfWeek: "(?:the )?end of (?:the|this) week|(?:the )?end of week|eow",
    endOfNextWeek: "(?:the )?end of next week",
    endOfYear: "(?:the )?end of (?:the|this) year|year[- ]end",
    vague:
      "(?:(?:early|late|mid|middle of|the middle of|later|some ?time|beginning of|the beginning of|start of|the end of|end of)[ -])*(?:next|this) (?:week|month|quarter|year|spring|summer|autumn|fall|winter)|(?:the )?end of (?:the |this |next )?quarter|(?:early|late|mid|the end of|end of|the beginning of|the middle of|start of|in|by|before|during|until)[ -](?:january|february|march|april|may|june|july|august|september|october|november|december)(?! \\d)|asap|as soon as possible|in (?:a few|a couple of|some) (?:days|weeks|months)|christmas|easter|q[1-4]|the next (?:call|meeting)|our next (?:call|meeting)",
  },
  de: {
    weekdays: ["sonntag", "montag", "dienstag", "mittwoch", "donnerstag", "freitag", "(?:samstag|sonnabend)"],
    today: "heute|heute abend|(?:bis )?ende des tages",
    tomorrow: "morgen(?! früh um)",
    dayAfter: "übermorgen",
    next: "nächste[nrsm]?|kommende[nrsm]? woche",
    this: "diese[nrsm]?|kommende[nrsm]?",
    inDays: "(?:in|innerhalb von)",
    units: { day: "tag(?:en?)?", week: "wochen?", month: "monat(?:en?)?" },
    numbers: {
      einem: 1,
      einer: 1,
      eine: 1,
      zwei: 2,
      drei: 3,
      vier: 4,
      fünf: 5,
      sechs: 6,
      acht: 8,
      zehn: 10,
      vierzehn: 14,
    },
    endOfMonth: "(?:zum |bis )?(?:ende des monats|monatsende|ende (?:dieses|diesen) monats)",
    endOfWeek: "(?:ende der woche|ende dieser woche|wochenende|ende diese woche)",
    endOfNextWeek: "ende (?:der )?nächster? woche",
    endOfYear: "(?:jahresende|ende des jahres)",
    vague:
      "(?:anfang|mitte|ende) (?:nächster|nächste|dieser|diese) woche|nächste woche|nächsten monat|(?:anfang|mitte|ende) (?:januar|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember)",
  },
  fr: {
    weekdays: ["dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"],
    today: "aujourd'hui|ce soir|cet après-midi|la fin de (?:la )?journée",
    tomorrow: "demain",
    dayAfter: "après-demain",
    next: "prochaine?",
    this: "ce|cette",
    inDays: "(?:dans|d'ici|sous)",
    units: { day: "jours?", week: "semaines?", month: "mois" },
    numbers: { un: 1, une: 1, deux: 2, trois: 3, quatre: 4, cinq: 5, six: 6, huit: 8, dix: 10, quinze: 15 },
    endOfMonth: "(?:la )?fin (?:du|de ce|de) mois",
    endOfWeek: "(?:la )?fin (?:de la|de cette) semaine",
    endOfNextWeek: "(?:la )?fin de la semaine prochaine",
    endOfYear: "(?:la )?fin (?:de l'|d')année",
    vague:
      "(?:début |milieu |en début de |courant )?(?:la )?semaine prochaine|le mois prochain|dès que possible",
  },
  es: {
    weekdays: ["domingo", "lunes", "martes", "miércoles", "jueves", "viernes", "sábado"],
    today: "hoy|esta tarde|esta noche|(?:el )?final del día",
    tomorrow: "mañana",
    dayAfter: "pasado mañana",
    next: "próximo|que viene|siguiente",
    this: "este",
    inDays: "(?:en|dentro de)",
    units: { day: "días?", week: "semanas?", month: "mes(?:es)?" },
    numbers: { un: 1, una: 1, dos: 2, tres: 3, cuatro: 4, cinco: 5, seis: 6, ocho: 8, diez: 10, quince: 15 },
    endOfMonth: "(?:a )?(?:fin|final|finales) (?:de(?:l| este)? )?mes",
    endOfWeek: "(?:el )?fin(?:al)? de (?:la|esta) semana",
    endOfNextWeek: "(?:el )?final de la (?:próxima semana|semana que viene)",
    endOfYear: "fin(?:al)? de(?:l)? año",
    vague: "la (?:próxima semana|semana que viene)|el (?:próximo mes|mes que viene)|lo antes posible",
  },
  pt: {
    weekdays: [
      "domingo",
      "segunda(?:-feira)?",
      "terça(?:-feira)?",
      "quarta(?:-feira)?",
      "quinta(?:-feira)?",
      "sexta(?:-feira)?",
      "sábado",
    ],
    today: "hoje|esta tarde|esta noite|(?:o )?fim do dia",
    tomorrow: "amanhã",
    dayAfter: "depois de amanhã",
    next: "próxim[ao]|que vem",
    this: "est[ae]|nest[ae]",
    inDays: "(?:em|dentro de|daqui a)",
    units: { day: "dias?", week: "semanas?", month: "m(?:ês|eses)" },
    numbers: {
      um: 1,
      uma: 1,
      dois: 2,
      duas: 2,
      três: 3,
      quatro: 4,
      cinco: 5,
      seis: 6,
      oito: 8,
      dez: 10,
      quinze: 15,
    },
    endOfMonth: "(?:o )?(?:fim|final) d(?:o|este) mês",
    endOfWeek: "(?:o )?(?:fim|final) d(?:a|esta) semana",
    endOfNextWeek: "(?:o )?(?:fim|final) da próxima semana",
    endOfYear: "(?:o )?(?:fim|final) d(?:o|este) ano",
    vague:
      "(?:na |a )?(?:próxima semana|semana que vem)|(?:no |o )?(?:próximo mês|mês que vem)|logo que possível",
  },
};
