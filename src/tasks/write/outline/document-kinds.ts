/** A section that documents of a kind usually have. `share` is its part of the length. */
export type UsualSection = { readonly heading: string; readonly purpose: string; readonly share: number };

export type DocumentKind = {
  readonly id: "brief" | "report" | "proposal" | "minutes" | "memo" | "plan";
  /** How prompts name it, in several languages; the longest match is the name of the document. */
  readonly pattern: RegExp;
  readonly sections: Readonly<Record<"en" | "de" | "fr" | "es", readonly UsualSection[]>>;
};

const sections = (text: string): readonly UsualSection[] =>
  text
    .trim()
    .split("\n")
    .map((line) => {
      const [heading = "", purpose = "", share = "1"] = line.split("|").map((part) => part.trim());
      return { heading, purpose, share: Number(share) };
    });

/** Kinds of documents, the more particular ones first. */
export const DOCUMENT_KINDS: readonly DocumentKind[] = [
  {
    id: "minutes",
    pattern:
      /\b(?:meeting |call )?(?:minutes|notes|summary|recap) of (?:the |this |our )?(?:meeting|call|session|hearing|workshop)\b|\b(?:meeting|call|session) (?:minutes|notes|summary|recap)\b|\b(?:summari[sz]e|sum up|recap) (?:the|this|our) (?:meeting|call|session|hearing|workshop)\b|\bminutes\b|\bprotokoll\b|\bcompte[- ]rendu\b|\bacta\b/iu,
    sections: {
      en: sections(`Summary | Say in short what was talked about and what came out of it. | 1.5
        Decisions | Say what was decided or agreed. | 1
        Next steps | Say who does what and by when. | 1
        Open questions | Say what was left open. | 0.7`),
      de: sections(`Zusammenfassung | Kurz sagen, worum es ging und was herauskam. | 1.5
        Entscheidungen | Sagen, was beschlossen oder vereinbart wurde. | 1
        Nächste Schritte | Sagen, wer was bis wann tut. | 1
        Offene Fragen | Sagen, was offen blieb. | 0.7`),
      fr: sections(`Résumé | Dire en bref de quoi il a été question et ce qui en est sorti. | 1.5
        Décisions | Dire ce qui a été décidé ou convenu. | 1
        Prochaines étapes | Dire qui fait quoi et pour quand. | 1
        Questions ouvertes | Dire ce qui reste ouvert. | 0.7`),
      es: sections(`Resumen | Decir en breve de qué se habló y qué resultó. | 1.5
        Decisiones | Decir qué se decidió o acordó. | 1
        Próximos pasos | Decir quién hace qué y para cuándo. | 1
        Preguntas abiertas | Decir qué quedó abierto. | 0.7`),
    },
  },
  {
    id: "proposal",
    pattern:
      /(?<![\p{L}\p{N}-])(?:\p{L}[\p{L}-]* )?(?:proposal|offer|bid|tender)\b|\bangebot\b|\bproposition\b|\bpropuesta\b/iu,
    sections: {
      en: sections(`Background | Say what the situation is and why something has to change. | 1
        Objectives | Say what is to be reached. | 0.8
        Solution | Say what is proposed and how it works. | 1.6
        Timeline | Say when things happen. | 0.8
        Costs | Say what it costs and who pays. | 0.8
        Next steps | Say what happens next. | 0.6`),
      de: sections(`Ausgangslage | Sagen, wie die Lage ist und warum sich etwas ändern muss. | 1
        Ziele | Sagen, was erreicht werden soll. | 0.8
        Lösung | Sagen, was vorgeschlagen wird und wie es funktioniert. | 1.6
        Zeitplan | Sagen, wann was geschieht. | 0.8
        Kosten | Sagen, was es kostet und wer bezahlt. | 0.8
        Nächste Schritte | Sagen, was als Nächstes geschieht. | 0.6`),
      fr: sections(`Contexte | Dire quelle est la situation et pourquoi elle doit changer. | 1
        Objectifs | Dire ce qu'il faut atteindre. | 0.8
        Solution | Dire ce qui est proposé et comment cela fonctionne. | 1.6
        Calendrier | Dire quand les choses se passent. | 0.8
        Coûts | Dire ce que cela coûte et qui paie. | 0.8
        Prochaines étapes | Dire ce qui vient ensuite. | 0.6`),
      es: sections(`Contexto | Decir cuál es la situación y por qué debe cambiar. | 1
        Objetivos | Decir qué se quiere lograr. | 0.8
        Solución | Decir qué se propone y cómo funciona. | 1.6
        Calendario | Decir cuándo ocurre cada cosa. | 0.8
        Costes | Decir cuánto cuesta y quién paga. | 0.8
        Próximos pasos | Decir qué viene después. | 0.6`),
    },
  },
  {
    id: "brief",
    pattern:
      /\b(?:project |management |executive |decision |creative |policy )?(?:brief|briefing|one-pager|fact ?sheet)\b(?! (?:summary|overview|introduction|description))|\bprojekt(?:steckbrief|übersicht)\b|\bkurzbericht\b|\bfiche projet\b|\bficha de proyecto\b/iu,
    sections: {
      en: sections(`Background | Say what the situation is and why there is a project. | 1
        Goals | Say what is to be reached. | 0.8
        Scope | Say what is part of it and what is not. | 1.2
        Timeline | Say when things happen. | 0.8
        Costs | Say what it costs and who pays. | 0.8
        Risks | Say what may go wrong and what is not settled. | 1
        Next steps | Say who does what next. | 0.8`),
      de: sections(`Ausgangslage | Sagen, wie die Lage ist und warum es ein Projekt gibt. | 1
        Ziele | Sagen, was erreicht werden soll. | 0.8
        Umfang | Sagen, was dazugehört und was nicht. | 1.2
        Zeitplan | Sagen, wann was geschieht. | 0.8
        Kosten | Sagen, was es kostet und wer bezahlt. | 0.8
        Risiken | Sagen, was schiefgehen kann und was nicht geklärt ist. | 1
        Nächste Schritte | Sagen, wer als Nächstes was tut. | 0.8`),
      fr: sections(`Contexte | Dire quelle est la situation et pourquoi il y a un projet. | 1
        Objectifs | Dire ce qu'il faut atteindre. | 0.8
        Périmètre | Dire ce qui en fait partie et ce qui n'en fait pas partie. | 1.2
        Calendrier | Dire quand les choses se passent. | 0.8
        Coûts | Dire ce que cela coûte et qui paie. | 0.8
        Risques | Dire ce qui peut mal tourner. | 1
        Prochaines étapes | Dire qui fait quoi ensuite. | 0.8`),
      es: sections(`Contexto | Decir cuál es la situación y por qué hay un proyecto. | 1
        Objetivos | Decir qué se quiere lograr. | 0.8
        Alcance | Decir qué forma parte y qué no. | 1.2
        Calendario | Decir cuándo ocurre cada cosa. | 0.8
        Costes | Decir cuánto cuesta y quién paga. | 0.8
        Riesgos | Decir qué puede salir mal. | 1
        Próximos pasos | Decir quién hace qué después. | 0.8`),
    },
  },
  {
    id: "plan",
    pattern: /\b(?:project |work |action |business )?plan\b|\b(?:projekt|arbeits)plan\b/iu,
    sections: {
      en: sections(`Objectives | Say what is to be reached. | 0.8
        Scope | Say what is part of it and what is not. | 1
        Approach | Say how it is done. | 1.4
        Timeline | Say when things happen. | 1
        Responsibilities | Say who does what. | 0.8
        Risks | Say what may go wrong. | 0.8`),
      de: sections(`Ziele | Sagen, was erreicht werden soll. | 0.8
        Umfang | Sagen, was dazugehört und was nicht. | 1
        Vorgehen | Sagen, wie es gemacht wird. | 1.4
        Zeitplan | Sagen, wann was geschieht. | 1
        Verantwortlichkeiten | Sagen, wer was tut. | 0.8
        Risiken | Sagen, was schiefgehen kann. | 0.8`),
      fr: sections(`Objectifs | Dire ce qu'il faut atteindre. | 0.8
        Périmètre | Dire ce qui en fait partie. | 1
        Approche | Dire comment on procède. | 1.4
        Calendrier | Dire quand les choses se passent. | 1
        Risques | Dire ce qui peut mal tourner. | 0.8`),
      es: sections(`Objetivos | Decir qué se quiere lograr. | 0.8
        Alcance | Decir qué forma parte. | 1
        Enfoque | Decir cómo se hace. | 1.4
        Calendario | Decir cuándo ocurre cada cosa. | 1
        Riesgos | Decir qué puede salir mal. | 0.8`),
    },
  },
  {
    id: "memo",
    pattern: /\b(?:memo|memorandum|note)\b|\bvermerk\b/iu,
    sections: {
      en: sections(`Summary | Say the matter in short. | 1
        Background | Say how things stand. | 1
        Recommendations | Say what is recommended. | 1`),
      de: sections(`Zusammenfassung | Die Sache kurz sagen. | 1
        Hintergrund | Sagen, wie die Dinge stehen. | 1
        Empfehlungen | Sagen, was empfohlen wird. | 1`),
      fr: sections(`Résumé | Dire l'affaire en bref. | 1
        Contexte | Dire où en sont les choses. | 1
        Recommandations | Dire ce qui est recommandé. | 1`),
      es: sections(`Resumen | Decir el asunto en breve. | 1
        Contexto | Decir cómo están las cosas. | 1
        Recomendaciones | Decir qué se recomienda. | 1`),
    },
  },
  {
    id: "report",
    pattern:
      /(?<![\p{L}\p{N}-])(?:\p{L}[\p{L}-]* )?(?:report|analysis|study|paper|overview|review)\b|\bbericht\b|\brapport\b|\binforme\b/iu,
    sections: {
      en: sections(`Summary | Say the essentials in short. | 1
        Background | Say how things stand and why this is written. | 1
        Findings | Say what was found. | 2
        Risks | Say what may go wrong and what is not settled. | 0.8
        Recommendations | Say what follows. | 0.8`),
      de: sections(`Zusammenfassung | Das Wesentliche kurz sagen. | 1
        Hintergrund | Sagen, wie die Dinge stehen und warum dies geschrieben wird. | 1
        Ergebnisse | Sagen, was gefunden wurde. | 2
        Risiken | Sagen, was schiefgehen kann und was nicht geklärt ist. | 0.8
        Empfehlungen | Sagen, was daraus folgt. | 0.8`),
      fr: sections(`Résumé | Dire l'essentiel en bref. | 1
        Contexte | Dire où en sont les choses. | 1
        Résultats | Dire ce qui a été trouvé. | 2
        Risques | Dire ce qui peut mal tourner. | 0.8
        Recommandations | Dire ce qui en découle. | 0.8`),
      es: sections(`Resumen | Decir lo esencial en breve. | 1
        Contexto | Decir cómo están las cosas. | 1
        Resultados | Decir qué se encontró. | 2
        Riesgos | Decir qué puede salir mal. | 0.8
        Recomendaciones | Decir qué se desprende. | 0.8`),
    },
  },
];

/** The usual sections of a kind in a language; English where there are none in it. */
export function usualSections(kind: DocumentKind, language: string): readonly UsualSection[] {
  const tag = language.toLowerCase().split("-")[0];
  return tag === "de" || tag === "fr" || tag === "es" ? kind.sections[tag] : kind.sections.en;
}

const usualPurposes: ReadonlySet<string> = new Set(
  DOCUMENT_KINDS.flatMap(({ sections: all }) => Object.values(all).flat()).map(({ purpose }) => purpose),
);

/** Whether a purpose is the usual one, whose words say nothing about this document. */
export function isUsualPurpose(purpose: string): boolean {
  return usualPurposes.has(purpose);
}
