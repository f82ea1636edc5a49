import { stemsOf } from "./stems.ts";

/** What people write about under a usual heading, in other words than the heading's own. */
export type SectionTopic = {
  readonly id: string;
  /** Stems of the headings it goes under, in several languages. */
  readonly names: ReadonlySet<string>;
  /** Stems that such sections are made of. */
  readonly related: ReadonlySet<string>;
  /** A form of words or figures that such sentences have. */
  readonly form?: RegExp;
  /** What is said in a call belongs here only in that form: the heading's own words say nothing (`open`, `next`). */
  readonly isFormOnly: boolean;
};

const MONTH =
  "jan(?:uary|uar|vier)?|feb(?:ruary|ruar)?|mar(?:ch|s|zo)?|märz|apr(?:il)?|may|mai|june?|juni|july?|juli|aug(?:ust)?|sept?(?:ember)?|o[ck]t(?:ober)?|nov(?:ember)?|de[cz](?:ember)?";

const DATE = new RegExp(
  `\\b\\d{1,2}\\.? (?:${MONTH})\\b|\\b(?:${MONTH})\\.? \\d{1,2}\\b|\\b\\d{4}-\\d\\d-\\d\\d\\b|\\b\\d{1,2}[./]\\d{1,2}[./]\\d{2,4}\\b|\\b(?:by|on|until|from|bis|am|ab) (?:mon|tues|wednes|thurs|fri)day\\b|\\b(?:\\d+|two|three|four|six|eight|ten|twelve) (?:weeks?|months?|days?|years?)\\b`,
  "iu",
);
const MONEY =
  /(?:[€$£]|\b(?:eur|usd|gbp|chf)\b) ?\d|\d[\d.,]* ?(?:[€$£]|(?:eur(?:os?)?|usd|dollars?|pounds?|gbp|chf|k€|million|thousand)\b)/iu;

const topic = (id: string, names: string, related: string, form?: RegExp): SectionTopic => ({
  id,
  names: new Set(stemsOf(names)),
  related: new Set(stemsOf(related)),
  ...(form !== undefined && { form }),
  isFormOnly: ["next-steps", "decisions", "open-questions"].includes(id),
});

/** The usual sections of briefs, reports, proposals and minutes. */
export const SECTION_TOPICS: readonly SectionTopic[] = [
  topic(
    "scope",
    "scope deliverable deliverables coverage umfang leistungsumfang leistungen gegenstand périmètre étendue alcance escopo âmbito",
    "scope include including cover deliver deliverable exclude beyond feature component phase integrate integration provide limited consist comprise contains pilot part umfasst enthält liefern beinhaltet",
  ),
  topic(
    "goals",
    "goal goals objective objectives aim aims target vision ziel ziele zielsetzung objectif objectifs but objetivo objetivos meta",
    "goal aim objective achieve improve reduce increase intend propose mission vision success enable ziel erreichen verbessern",
    /\b(?:the (?:goal|aim|objective|purpose|idea)|in order to|so that|(?:we|i) (?:want|aim|propose|plan|need) to|wants? to|(?:would|['’]d) like to|what (?:i|we) need)\b/iu,
  ),
  topic(
    "background",
    "background context introduction situation history motivation hintergrund ausgangslage einleitung kontext contexte introducción antecedentes contexto",
    "currently situation problem history reason background context existing origin until because",
    /\b(?:currently|right now|today|at present|so far|until now|since \d{4})\b/iu,
  ),
  topic(
    "risks",
    "risk risks concern concerns challenge challenges threat threats limitation limitations risiko risiken risque risques riesgo riesgos risco riscos",
    "risk delay fail failure depend dependency threat concern problem uncertain uncertainty late loss breach penalty lack unavailable danger difficult worry mitigate mitigation vulnerable outage exposure liability challenge trouble afraid unlikely shortage bottleneck objection risiko verzögerung ausfall",
    /\b(?:risks?|unless|might not|may not|could (?:delay|fail|lose|slip)|if (?:it|that|this|we|they|the \w+) (?:fails?|slips?|do(?:es)?n['’]t|is not|isn['’]t)|(?<!(?:not|never|no|n['’]t) )worr(?:y|ied)|concern(?:ed|s)?|not (?:yet )?(?:settled|clear|sure|certain|covered))\b/iu,
  ),
  topic(
    "costs",
    "cost costs budget price prices pricing finance finances financial funding expense expenses fees investment kosten preis preise finanzen coût coûts budget prix coste costes precio presupuesto custo custos orçamento",
    "cost price pay payment budget fee euro eur usd gbp charge invoice expense fund funding spend cheap expensive bill cover afford money kosten bezahlen preis",
    MONEY,
  ),
  topic(
    "timeline",
    "timeline schedule timetable milestone milestones date dates deadline deadlines roadmap timing zeitplan termine meilensteine calendrier planning cronograma plazos calendario prazos",
    "week month deadline start begin end milestone phase launch date schedule january february march april june july august september october november december monday tuesday wednesday thursday friday pilot ready",
    DATE,
  ),
  topic(
    "next-steps",
    "next step steps action actions task tasks todo follow-up outlook nächste schritte maßnahmen aufgaben ausblick prochaines étapes próximos pasos passos tareas",
    "send prepare provide arrange draft deliver follow organise schedule confirm assign share",
    /\b(?:i['’]ll|i will|we['’]ll|we will|will (?:send|prepare|provide|check|draft|arrange|write|deliver|share|set up|organi[sz]e)|needs? to (?:be (?:done|sent|checked|written|decided)|send|check|write|prepare|decide)|by (?:mon|tues|wednes|thurs|fri)day|tomorrow|next week)\b/iu,
  ),
  topic(
    "decisions",
    "decision decisions resolution resolutions agreed agreement entscheidung entscheidungen beschluss beschlüsse décisions décision decisión decisiones decisão decisões",
    "agree agreement decide settle approve confirm propose accept choose resolve",
    /\b(?:agreed|decided|we['’]ll go with|let['’]s (?:go|do|say|take|use|put|make)|approved|settled|it was (?:agreed|decided)|we(?:'re| are) going (?:with|to)|beschlossen|vereinbart)\b/iu,
  ),
  topic(
    "people",
    "people team teams role roles responsibility responsibilities stakeholder stakeholders contact contacts organisation staffing personnel governance participants beteiligte team rollen verantwortlichkeiten ansprechpartner équipe rôles équipo equipo funciones equipe",
    "team lead leader responsible manager role contact owner colleague member staff head department engineer",
    /\b(?:is|are) (?:the |our |in charge|responsible|head|lead)|\blooks? after\b|\bdoes the\b|\bin charge of\b/iu,
  ),
  topic(
    "open-questions",
    "open questions question unresolved pending issues offene fragen questions ouvertes preguntas abiertas questões abertas",
    "open unclear unknown undecided clarify pending unresolved whether outstanding",
    /\b(?:don['’]t know|not (?:yet )?(?:settled|decided|clear|known|agreed)|to be (?:decided|clarified|confirmed)|still (?:open|unclear|has to)|(?:have|need) to (?:ask|check|find out|clarify))\b/iu,
  ),
  topic(
    "requirements",
    "requirement requirements need needs specification criteria anforderungen bedarf exigences besoins requisitos",
    "require requirement must need shall necessary mandatory specification criterion support comply",
    /\b(?:must|shall|needs? to|have to|has to|required|requires?)\b/iu,
  ),
  topic(
    "security",
    "security privacy protection compliance legal hosting sicherheit datenschutz hosting sécurité confidentialité seguridad privacidad segurança",
    "security secure privacy personal encrypt encryption access gdpr pseudonymised anonymised password key hosting compliance protect confidential audit consent retention lawful",
  ),
  topic(
    "recommendations",
    "recommendation recommendations conclusion conclusions proposal suggestion suggestions empfehlung empfehlungen fazit schluss recommandations conclusion recomendaciones conclusiones recomendações",
    "recommend recommendation propose suggest therefore conclude prefer advise should option",
    /\b(?:recommends?|proposes?|suggests?|should|prefers?|ought to|advises?)\b/iu,
  ),
  topic(
    "results",
    "result results finding findings outcome outcomes evaluation performance analysis ergebnis ergebnisse auswertung résultats resultados",
    "result find finding show increase decrease rise fall grow improve percent measure measured average compare",
    /\b(?:\d[\d.,]* ?(?:%|percent|per cent)|rose|fell|increased|decreased|grew|found|shows?|showed)\b/iu,
  ),
  topic(
    "approach",
    "approach solution method methods methodology technical architecture design implementation concept lösung vorgehen ansatz umsetzung konzept approche solution méthode enfoque solución método abordagem solução",
    "approach solution method use system architecture implement integrate interface api component design process build technical run",
  ),
  topic(
    "benefits",
    "benefit benefits advantage advantages value nutzen vorteile avantages bénéfices beneficios ventajas benefícios",
    "benefit advantage save saving reduce improve faster fewer value gain easier better efficient",
  ),
];

const SUMMARY = new Set(
  stemsOf(
    "summary overview abstract synopsis highlights essentials zusammenfassung überblick kurzfassung résumé synthèse aperçu resumen resumo",
  ),
);

/** The topics a heading names; none for a heading of its own kind. */
export function topicsOf(heading: string): readonly SectionTopic[] {
  const stems = stemsOf(heading);
  if (
    /\b(?:open|unresolved|offene|ouvertes|abiertas|abertas)\b.*\b(?:questions?|fragen|issues?|preguntas|points?|quest)/iu.test(
      heading,
    )
  )
    return SECTION_TOPICS.filter(({ id }) => id === "open-questions");
  if (/\bnext steps?\b|\bfollow[- ]?ups?\b|\bto[- ]?dos?\b/iu.test(heading))
    return SECTION_TOPICS.filter(({ id }) => id === "next-steps");
  return SECTION_TOPICS.filter(({ names }) => stems.some((stem) => names.has(stem)));
}

/** Whether a heading asks for the whole matter in short. */
export function isSummaryHeading(heading: string): boolean {
  return (
    stemsOf(heading).some((stem) => SUMMARY.has(stem)) ||
    /\b(?:main|key) (?:points?|messages?|takeaways?)\b|\bin (?:short|brief)\b|^(?:im überblick|en bref)/iu.test(
      heading,
    )
  );
}
