import type { SpeechForm, SpeechPatterns } from "./speech-patterns.ts";
import { rx } from "./words.ts";

/** The few word lists a basic table is built from; each is the inside of a pattern. */
type BasicWords = {
  readonly language: string;
  /** `I send`, `I will send` with the verb inside the group `deed`. */
  readonly mine: string;
  readonly offers: string;
  readonly requests: string;
  readonly waits: string;
  readonly reminders: string;
  readonly ours: string;
  readonly anyone: string;
  readonly hedgedMine: string;
  readonly named: string;
  readonly deed: string;
  readonly inCall: string;
  readonly negation: string;
  readonly hedge: string;
  readonly condition: string;
  readonly reported: string;
  readonly accept: string;
  readonly takesOn: string;
  readonly decline: string;
  readonly dodge: string;
  readonly retract: string;
  readonly decided: string;
  readonly settles: string;
  readonly proposes: string;
  readonly agrees: string;
  readonly notDecided: string;
  readonly earlierTime: string;
  readonly openIssue: string;
  readonly meeting: string;
  readonly question: string;
};

/** Forms whose subject is not the debtor come first, as in the English table. */
function formsOf(words: BasicWords): SpeechForm[] {
  const form = (source: string, obliged: SpeechForm["obliged"], force: SpeechForm["force"]): SpeechForm => ({
    pattern: rx(source),
    obliged,
    force,
  });
  return [
    form(words.waits, "addressee", "request"),
    form(words.reminders, "addressee", "request"),
    form(words.offers, "speaker", "offer"),
    form(words.requests, "addressee", "request"),
    form(words.hedgedMine, "speaker", "hedged"),
    form(words.mine, "speaker", "firm"),
    form(words.anyone, "nobody", "duty"),
    form(words.ours, "group", "firm"),
  ];
}

function table(words: BasicWords): SpeechPatterns {
  const word = (source: string): RegExp => rx(`\\b(?:${source})\\b`);
  const start = (source: string): RegExp => rx(`^(?:${source})\\b`);
  return {
    language: words.language,
    forms: formsOf(words),
    namedForm: rx(`^ (?<deed>(?:${words.named})\\b.*)`),
    deed: word(words.deed),
    inCall: word(words.inCall),
    negation: word(words.negation),
    hedge: word(words.hedge),
    condition: word(words.condition),
    reported: rx(`\\b(?:${words.reported})\\b[^,;:]*$`),
    accept: start(words.accept),
    takesOn: word(words.takesOn),
    decline: start(words.decline),
    dodge: word(words.dodge),
    handsBack: rx(words.requests),
    retract: word(words.retract),
    decided: word(words.decided),
    settles: word(words.settles),
    proposes: word(words.proposes),
    agrees: start(words.agrees),
    notDecided: word(words.notDecided),
    earlierTime: word(words.earlierTime),
    openIssue: word(words.openIssue),
    meeting: word(words.meeting),
    question: start(words.question),
  };
}

const DE_INFINITIVE =
  "(?:zu|nach|ab|vor|ein|über|weiter|bereit|fertig|mit|auf|durch)?(?:schicken|senden|prüfen|klären|erstellen|bereitstellen|stellen|liefern|teilen|leiten|melden|machen|erledigen|kümmern|organisieren|vereinbaren|aktualisieren|schreiben|vorbereiten|bereiten|testen|buchen|fragen|anrufen|überprüfen|bestätigen|übernehmen|geben|hochladen|einrichten|unterschreiben|informieren|abstimmen|anpassen)";
const DE_FINITE =
  "schicke|sende|prüfe|kläre|erstelle|liefere|leite|melde mich|erledige|kümmere mich|organisiere|vereinbare|aktualisiere|schreibe|bereite|teste|buche|frage|rufe|überprüfe|bestätige|übernehme|gebe|lade|richte|informiere|stelle|mache das|teile";

const GERMAN = table({
  language: "de",
  mine: `\\b(?:ich (?<deed>(?:werde\\b.*\\b${DE_INFINITIVE}|${DE_FINITE})\\b.*)|(?<deed2>(?:werde ich\\b.*\\b${DE_INFINITIVE}|(?:${DE_FINITE.replaceAll(" mich", "").replaceAll(" das", "")}) ich)\\b.*))`,
  offers: `\\b(?:soll ich|kann ich|darf ich|ich kann) (?<deed>.*\\b${DE_INFINITIVE}\\b.*)`,
  requests: `\\b(?:könnten sie|können sie|könntest du|kannst du|würden sie|würdest du|könntet ihr|könnt ihr) (?<deed>.*\\b${DE_INFINITIVE}\\b.*)|\\b(?<deed2>(?:schicken|senden|geben|prüfen|bestätigen|teilen|melden) sie (?:mir|uns|bitte|sich)\\b.*)|\\b(?<deed3>(?:schick|sende?|gib|prüf|bestätige) (?:mir|uns|bitte)\\b.*)`,
  waits: `\\bich (?:warte|brauche|bräuchte|benötige)\\b (?<deed>.*\\b(?:bis (?:sie|du)|dass (?:sie|du)|von (?:ihnen|dir|euch))\\b.*)`,
  reminders:
    "\\b(?:sie|du) (?:hatten|haben|hattest|hast|wollten|wolltest) (?<deed>.*\\b(?:gesagt|versprochen|zugesagt|schicken|senden|liefern|prüfen|klären)\\b.*)",
  ours: `\\b(?:wir (?<deed>(?:werden\\b.*\\b${DE_INFINITIVE}|schicken|senden|liefern|erstellen|prüfen|stellen|organisieren)\\b.*)|(?<deed2>(?:schicken|senden|liefern|erstellen|prüfen|stellen) wir (?:ihnen|euch|dir)\\b.*))`,
  anyone: `\\b(?:jemand|man|wer|wir) (?:sollte|muss|müsste|müssen|sollten|kann) (?<deed>.*\\b${DE_INFINITIVE}\\b.*)`,
  hedgedMine: `\\bich (?:könnte|würde|möchte|versuche|hoffe|sollte|müsste) (?<deed>.*\\b${DE_INFINITIVE}\\b.*)`,
  named: `wird\\b.*\\b${DE_INFINITIVE}|schickt|sendet|prüft|klärt|erstellt|liefert|kümmert sich|übernimmt`,
  deed: ".+",
  inCall: "bildschirm|kurz was fragen|eine frage|beispiel|im chat|gleich jetzt",
  negation: "nicht|kein|keine|keinen|nie|niemals|niemand|weder",
  hedge:
    "vielleicht|möglicherweise|eventuell|wahrscheinlich|hoffentlich|versuche|versuchen|könnte|vermutlich",
  condition: "wenn|falls|sofern|sobald|vorausgesetzt|es sei denn",
  reported: "sagte|gesagt|meinte|dachte|ob|dass|weil|wenn|falls",
  accept:
    "ja|klar|gerne?|natürlich|sicher|ok|okay|in ordnung|passt|mache ich|mach ich|einverstanden|selbstverständlich|kein problem|genau|gut|perfekt|das geht",
  takesOn:
    "mache ich|mach ich|ich mache|ich kümmere|ich schicke|ich sende|ich übernehme|übernehme ich|ich werde|schicke ich|wird gemacht|gerne",
  decline:
    "nein|nicht|leider|das geht nicht|ich kann nicht|ich kann das nicht|geht nicht|unmöglich|eher nicht",
  dodge:
    "weiß (?:ich )?(?:noch )?nicht|ich weiß (?:es )?(?:noch )?nicht|nicht sicher|muss ich (?:erst )?(?:prüfen|klären|fragen|nachfragen|nachsehen)|das kläre ich|noch offen|keine ahnung|gute frage|noch nicht (?:entschieden|geklärt)",
  retract:
    "vergiss das|vergessen sie das|streich das|streichen sie das|doch nicht|hat sich erledigt|lassen wir das",
  decided:
    "(?:wir haben|haben wir|wir sind) .*(?:entschieden|beschlossen|vereinbart|übereingekommen)|abgemacht\\s*[:,]|vereinbart\\s*[:,]|wir einigen uns auf|damit ist entschieden|(?:es|das) ist entschieden",
  settles:
    "dann (?:nehmen|machen|bleiben|nutzen|gehen) wir|wir (?:nehmen|nutzen|bleiben bei|entscheiden uns für)|also (?:nehmen|machen|bleiben|nutzen) wir",
  proposes:
    "ich schlage vor|mein vorschlag|wie wäre es mit|sollen wir|wollen wir|lassen sie uns|lass uns|wir sollten|wir könnten",
  agrees:
    "einverstanden|abgemacht|passt|das passt|in ordnung|gute idee|so machen wir (?:es|das)|machen wir so|ja, (?:gerne|machen wir|einverstanden|passt)|klingt gut|ich stimme zu|genau so|perfekt",
  notDecided:
    "nicht .*(?:entschieden|beschlossen|vereinbart)|noch (?:zu )?(?:entscheiden|klären)|müssen .*(?:entscheiden|beschließen)",
  earlierTime: "letzte woche|letztes mal|letzten monat|damals|früher|ursprünglich|gestern",
  openIssue:
    "noch offen|offene frage|noch nicht (?:geklärt|entschieden|klar)|müssen (?:wir )?noch (?:klären|entscheiden)|unklar ist",
  meeting: "treffen|termin|meeting|besprechung|telefonat|telefonieren|sprechen wir|sehen uns|hören uns",
  question:
    "wer|was|wann|wo|wie|warum|welche[rsnm]?|ist|sind|haben|hat|können|kann|gibt|wird|werden|soll|sollen",
});

const FR_INFINITIVE =
  "(?:envoyer|transmettre|partager|préparer|vérifier|confirmer|rédiger|écrire|créer|fournir|livrer|organiser|planifier|réserver|appeler|contacter|mettre|faire (?:le|la|les|une?|suivre|parvenir)|donner|tester|corriger|valider|signer|demander|revenir vers|tenir|occuper|installer|finaliser)";
const FR_FINITE =
  "(?:envoie|enverrai|transmets|transmettrai|partage|partagerai|prépare|préparerai|vérifie|vérifierai|confirme|confirmerai|rédige|rédigerai|crée|créerai|fournis|fournirai|organise|organiserai|planifie|réserve|réserverai|appelle|appellerai|contacte|contacterai|occupe|occuperai|charge|chargerai|reviens vers|reviendrai vers|mettrai|ferai|donnerai|testerai|validerai|signerai|demanderai)";
const FR_CLITICS = "(?:(?:vous|te|le|la|les|lui|leur|en|y) |(?:t'|l'|m'en |m'|me ))*";

const FRENCH = table({
  language: "fr",
  mine: `\\b(?:je |j')(?<deed>${FR_CLITICS}(?:vais\\b.*\\b${FR_INFINITIVE}|${FR_FINITE})\\b.*)`,
  offers: `\\b(?:je peux|puis-je|voulez-vous que je|veux-tu que je|je dois) (?<deed>.*\\b(?:${FR_INFINITIVE}|${FR_FINITE})\\b.*)`,
  requests: `\\b(?:pouvez-vous|pourriez-vous|peux-tu|pourrais-tu|vous pouvez|tu peux|vous pourriez|tu pourrais|est-ce que (?:vous pouvez|tu peux|vous pourriez|tu pourrais)) (?<deed>.*\\b${FR_INFINITIVE}\\b.*)|\\b(?<deed2>(?:envoyez|transmettez|donnez|confirmez|vérifiez|partagez)[- ](?:moi|nous|le|la|les)\\b.*)|\\b(?<deed3>envoie-moi\\b.*)`,
  waits: `\\b(?:j'attends|j'attendrai|j'ai besoin|il me faudrait|il nous faudrait) (?<deed>.*\\b(?:que (?:vous|tu)|de (?:votre|ta) part)\\b.*)`,
  reminders:
    "\\b(?:vous aviez|vous avez|tu avais|tu as|vous deviez|tu devais) (?<deed>.*\\b(?:dit|promis|envoyer|transmettre|préparer|vérifier)\\b.*)",
  ours: `\\b(?:nous (?<deed>${FR_CLITICS}(?:allons\\b.*\\b${FR_INFINITIVE}|enverrons|préparerons|fournirons|livrerons)\\b.*)|on va (?<deed2>(?:vous|te) .*\\b${FR_INFINITIVE}\\b.*))`,
  anyone: `\\b(?:quelqu'un (?:doit|devrait|pourrait)|il faut|il faudrait|on devrait|on doit|nous devons|nous devrions) (?<deed>.*\\b${FR_INFINITIVE}\\b.*)`,
  hedgedMine: `\\b(?:je pourrais|je devrais|j'aimerais|je voudrais|j'essaie|j'essaierai|je vais essayer|j'espère) (?<deed>.*\\b${FR_INFINITIVE}\\b.*)`,
  named: `va\\b.*\\b${FR_INFINITIVE}|${FR_CLITICS}(?:enverra|préparera|vérifiera|fournira|organisera|s'occupe|s'occupera)`,
  deed: ".+",
  inCall: "écran|une question|exemple|dans le chat|tout de suite",
  negation: "ne|n'|pas|jamais|aucun|aucune|personne",
  hedge: "peut-être|probablement|éventuellement|sans doute|essayer|essaie|essaierai|si possible|j'espère",
  condition: "si|à condition|sauf si|dès que|sous réserve",
  reported: "dit|disait|pensais|pense que|si|quand|parce que",
  accept:
    "oui|bien sûr|d'accord|ok|okay|sans problème|pas de problème|volontiers|entendu|parfait|avec plaisir|certainement|c'est noté|je m'en occupe|ça marche|très bien",
  takesOn:
    "je m'en occupe|je m'en charge|je le fais|je vais|j'enverrai|je vous l'envoie|je vous envoie|je t'envoie|avec plaisir|volontiers",
  decline: "non|malheureusement|je ne|pas possible|impossible|désolée?|plutôt pas|hélas",
  dodge:
    "je ne sais pas|on ne sait pas|pas sûre?|bonne question|aucune idée|je dois (?:vérifier|demander)|il faut (?:que je )?(?:vérifie|vérifier|demander)|à (?:décider|confirmer|clarifier)|pas encore (?:décidé|défini|clair)",
  retract:
    "oubliez ça|oublie ça|laissez tomber|laisse tomber|annulez ça|annule ça|finalement non|oubliez cela",
  decided:
    "(?:nous avons|on a|c'est) (?:décidé|convenu)|on est d'accord (?:pour|sur)|nous sommes d'accord (?:pour|sur)|c'est (?:décidé|convenu|acté)|la décision est",
  settles: "on part sur|partons sur|on garde|gardons|on prend|prenons|nous retenons|on retient|alors c'est",
  proposes: "je propose|je suggère|ma proposition|si on|et si nous|on pourrait|nous devrions|on devrait",
  agrees:
    "d'accord|entendu|ça marche|ça me va|cela me va|parfait|c'est d'accord|bonne idée|oui,? (?:d'accord|faisons|très bien)|marché conclu|accordé|ça nous va|cela nous convient|ça me convient",
  notDecided:
    "pas (?:encore )?(?:décidé|convenu)|rien décidé|doit (?:encore )?décider|devons (?:encore )?décider|à décider",
  earlierTime: "la semaine dernière|la dernière fois|le mois dernier|à l'époque|hier|à l'origine",
  openIssue:
    "reste (?:ouverte?|à (?:décider|clarifier|définir))|question ouverte|pas encore (?:clair|décidé|défini)|on ne sait pas encore|nous ne savons pas encore",
  meeting:
    "réunion|rendez-vous|prochain appel|prochaine séance|on se (?:voit|revoit|parle|reparle|retrouve)|nous nous (?:voyons|retrouvons)|reparlons|se revoir",
  question:
    "qui|que|quoi|quand|où|comment|pourquoi|quelle?s?|combien|est-ce|qu'est-ce|avez-vous|as-tu|êtes-vous|peut-on|y a-t-il|faut-il",
});

const ES_INFINITIVE =
  "(?:enviar|mandar|compartir|preparar|revisar|comprobar|verificar|confirmar|redactar|escribir|crear|entregar|facilitar|organizar|programar|reservar|llamar|contactar|hablar con|poner|hacer|dar|probar|corregir|validar|firmar|preguntar|actualizar|encargar|ocupar|pasar|subir|avisar)(?:me|te|le|nos|les|os|se|lo|la|los|las|melo|noslo|telo|selo)?";
const ES_FINITE =
  "(?:envío|enviaré|mando|mandaré|comparto|compartiré|preparo|prepararé|reviso|revisaré|compruebo|comprobaré|confirmo|confirmaré|redacto|redactaré|entregaré|facilitaré|organizo|organizaré|reservo|reservaré|llamo|llamaré|contactaré|encargo|encargaré|ocupo|ocuparé|paso|pasaré|subo|subiré|pregunto|preguntaré|actualizo|actualizaré|aviso|avisaré)";

const SPANISH = table({
  language: "es",
  mine: `\\b(?<deed>(?:(?:me|te|le|se|os|les|lo|la|los|las) )*(?:voy a\\b.*\\b${ES_INFINITIVE}|${ES_FINITE})\\b.*)`,
  offers: `\\b(?:puedo|quieres que|quiere que|debo|tengo que) (?<deed>.*\\b(?:${ES_INFINITIVE}|envíe|mande|prepare)\\b.*)`,
  requests: `\\b(?:puedes|podrías|puede usted|puede|podría usted|podría|pueden|podrían|podéis) (?<deed>(?:usted )?.*\\b${ES_INFINITIVE}\\b.*)|\\b(?<deed2>(?:envíame|envíenos|envíeme|mándame|mándeme|pásame|confírmame|confírmeme|avísame)\\b.*)|\\bpor favor,? (?<deed3>(?:envíe|envía|mande|manda|confirme|confirma|prepare|prepara|revise|revisa)\\b.*)`,
  waits:
    "\\b(?:espero|esperaré|necesito|necesitamos|necesitaría) (?<deed>.*\\b(?:que (?:me|nos|usted|tú|ustedes)|a que)\\b.*)",
  reminders:
    "\\b(?:dijiste|dijo usted|usted dijo|prometiste|ibas a|usted iba a|quedaste en|quedó en) (?<deed>.+)",
  ours: `\\b(?<deed>(?:(?:nosotros|te|le|os|les|lo|la) )*(?:vamos a (?:enviar|mandar|preparar|entregar)(?:te|le|les|os|lo|la)?|enviaremos|mandaremos|prepararemos|entregaremos|facilitaremos)\\b.*)`,
  anyone: `\\b(?:alguien (?:debería|tiene que|podría)|hay que|habría que|deberíamos|tenemos que|debemos) (?<deed>.*\\b${ES_INFINITIVE}\\b.*)`,
  hedgedMine: `\\b(?:podría yo|yo podría|debería yo|me gustaría|intentaré|voy a intentar|espero poder|trataré de) (?<deed>.*\\b${ES_INFINITIVE}\\b.*)`,
  named: `va a\\b.*\\b${ES_INFINITIVE}|(?:(?:me|te|le|nos|les|lo|la) )*(?:enviará|mandará|preparará|revisará|entregará|organizará|se encarga|se encargará)`,
  deed: ".+",
  inCall: "pantalla|una pregunta|ejemplo|en el chat|ahora mismo",
  negation: "no|nunca|nadie|ningún|ninguna|tampoco",
  hedge: "quizás?|tal vez|a lo mejor|probablemente|posiblemente|intentaré|intentar|si puedo|ojalá|trataré",
  condition: "si|siempre que|a menos que|en cuanto|con tal de que|salvo que",
  reported: "dijo|dije|dijeron|pensé|pensaba|si|cuando|porque",
  accept:
    "sí|si,|claro|por supuesto|vale|de acuerdo|ok|okay|sin problema|perfecto|con gusto|desde luego|cuenta con ello|cuente con ello|entendido|muy bien|lo hago",
  takesOn:
    "lo hago|me encargo|yo me encargo|me ocupo|lo envío|te lo envío|se lo envío|te lo mando|se lo mando|con gusto|voy a|yo lo hago",
  decline: "no|lamentablemente|desgraciadamente|imposible|lo siento|mejor no",
  dodge:
    "no (?:lo )?sé|no sabemos|no estoy segur[oa]|buena pregunta|ni idea|tengo que (?:comprobar|preguntar|revisar|consultar)|hay que (?:ver|consultar)|por (?:decidir|confirmar|definir)|aún no (?:está|se ha|hemos)|todavía no (?:está|se ha|hemos)",
  retract: "olvida eso|olvídalo|olvídelo|olvide eso|cancela eso|déjalo|déjelo|mejor no lo",
  decided: "(?:hemos|queda|está) (?:decidido|acordado)|decidimos|acordamos que|quedamos en|la decisión es",
  settles: "entonces (?:usamos|vamos con|nos quedamos con|elegimos)|vamos con|nos quedamos con|optamos por",
  proposes: "propongo|sugiero|mi propuesta|qué tal si|y si|deberíamos|podríamos",
  agrees:
    "de acuerdo|vale|hecho|trato hecho|me parece bien|perfecto|conforme|buena idea|estoy de acuerdo|sí,? (?:de acuerdo|perfecto|me parece)|nos parece bien",
  notDecided:
    "no (?:hemos |se ha )?(?:decidido|acordado|decidimos)|por decidir|tenemos que decidir|hay que decidir",
  earlierTime: "la semana pasada|la última vez|el mes pasado|ayer|antes|originalmente",
  openIssue:
    "queda (?:abierto|pendiente|por (?:decidir|definir|aclarar))|pregunta abierta|aún no (?:sabemos|está claro)|todavía no (?:sabemos|está claro)|sigue (?:abierto|pendiente)",
  meeting:
    "reunión|reunirnos|nos vemos|nos reunimos|próxima llamada|próxima sesión|cita|hablamos|volvemos a hablar",
  question: "¿|quién|qué|cuándo|dónde|cómo|por qué|cuál|cuáles|cuánto|hay|podemos|tenemos|es|son|está",
});

const PT_INFINITIVE =
  "(?:enviar|mandar|partilhar|compartilhar|preparar|rever|revisar|verificar|confirmar|redigir|escrever|criar|entregar|fornecer|organizar|agendar|marcar|reservar|ligar|contactar|contatar|falar com|pôr|fazer|dar|testar|corrigir|validar|assinar|perguntar|atualizar|tratar|passar|avisar)(?:-(?:me|te|lhe|nos|lhes|lo|la|los|las|o|a))?";
const PT_FINITE =
  "(?:envio|enviarei|mando|mandarei|partilho|partilharei|compartilho|preparo|prepararei|revejo|reviso|verifico|verificarei|confirmo|confirmarei|redijo|entrego|entregarei|forneço|organizo|organizarei|agendo|marco|marcarei|reservo|ligo|ligarei|contacto|trato|tratarei|passo|pergunto|perguntarei|atualizo|aviso|avisarei)(?:-(?:te|lhe|vos|lhes|o|a|os|as))?";

const PORTUGUESE = table({
  language: "pt",
  mine: `\\b(?<deed>(?:(?:te|lhe|vos|o|a|me) )*(?:(?:vou|irei)\\b.*\\b${PT_INFINITIVE}|${PT_FINITE}|fico de ${PT_INFINITIVE})\\b.*)`,
  offers: `\\b(?:posso|quer que eu|queres que eu|tenho de|tenho que|preciso de) (?<deed>.*\\b(?:${PT_INFINITIVE}|envie|mande|prepare)\\b.*)`,
  requests: `\\b(?:podes|pode|poderia|podia|podias|poderias|podem|poderiam|consegue|consegues|conseguem) (?<deed>.*\\b${PT_INFINITIVE}\\b.*)|\\b(?<deed2>(?:envia|envie|manda|mande|confirma|confirme)-(?:me|nos)\\b.*)|\\bpor favor,? (?<deed3>(?:envie|envia|mande|manda|confirme|confirma|prepare|prepara)\\b.*)`,
  waits:
    "\\b(?:espero|aguardo|preciso|precisamos|precisava) (?<deed>.*\\b(?:que (?:me|nos|você|o senhor|a senhora|vocês|envies?|mandes?)|da (?:sua|vossa|tua) parte)\\b.*)",
  reminders:
    "\\b(?:disseste|você disse|prometeste|você prometeu|ias|ficaste de|ficou de|ficaram de) (?<deed>.+)",
  ours: "\\b(?<deed>(?:(?:nós|te|lhe|vos|lhes|o|a) )*(?:vamos (?:enviar|mandar|preparar|entregar)(?:-(?:te|lhe|vos|lhes))?|enviaremos|mandaremos|prepararemos|entregaremos)\\b.*)",
  anyone: `\\b(?:alguém (?:devia|deveria|tem de|tem que|podia)|é preciso|devíamos|deveríamos|temos de|temos que|precisamos de) (?<deed>.*\\b${PT_INFINITIVE}\\b.*)`,
  hedgedMine: `\\b(?:eu podia|eu poderia|gostava de|gostaria de|vou tentar|tentarei|espero poder|devia) (?<deed>.*\\b${PT_INFINITIVE}\\b.*)`,
  named: `vai\\b.*\\b${PT_INFINITIVE}|(?:enviará|mandará|preparará|entregará|organizará|trata de|fica de)`,
  deed: ".+",
  inCall: "ecrã|uma pergunta|exemplo|no chat|agora mesmo",
  negation: "não|nunca|ninguém|nenhum|nenhuma|nem",
  hedge: "talvez|se calhar|provavelmente|possivelmente|tentar|tentarei|se puder|se conseguir|oxalá",
  condition: "se|desde que|a menos que|assim que|caso|salvo se",
  reported: "disse|dizia|pensei|pensava|se|quando|porque",
  accept:
    "sim|claro|com certeza|está bem|ok|okay|combinado|de acordo|sem problema|perfeito|com prazer|certo|pode ser|faço isso|entendido",
  takesOn: "faço isso|eu faço|eu trato|trato disso|fico com isso|eu envio|envio-te|envio-lhe|com prazer|vou",
  decline: "não|infelizmente|impossível|lamento|desculpe|prefiro não",
  dodge:
    "não sei|não sabemos|não tenho a certeza|não tenho certeza|boa pergunta|não faço ideia|tenho (?:de|que) (?:verificar|perguntar|confirmar|ver)|por (?:decidir|confirmar|definir)|ainda não (?:está|foi|decidimos|sei)",
  retract: "esquece isso|esqueça isso|cancela isso|cancele isso|deixa estar|deixe estar|afinal não",
  decided:
    "(?:decidimos|ficou decidido|está decidido|ficou combinado|ficou acordado|acordámos|concordámos|concordamos) |a decisão é",
  settles:
    "então (?:usamos|vamos com|ficamos com|avançamos com)|vamos com|ficamos com|avançamos com|optamos por",
  proposes: "proponho|sugiro|a minha proposta|minha proposta|que tal|e se|devíamos|podíamos|deveríamos",
  agrees:
    "combinado|de acordo|concordo|está bem|parece-me bem|perfeito|boa ideia|fechado|sim,? (?:combinado|de acordo|perfeito|concordo)|por mim tudo bem|tudo bem",
  notDecided:
    "não (?:decidimos|ficou decidido|acordámos|acordamos)|por decidir|temos (?:de|que) decidir|ainda não",
  earlierTime: "na semana passada|da última vez|no mês passado|ontem|originalmente",
  openIssue:
    "fica em aberto|em aberto|por (?:decidir|definir|esclarecer)|ainda não (?:sabemos|está claro|está decidido)|questão aberta",
  meeting:
    "reunião|reunimos|vemo-nos|nos vemos|próxima chamada|próxima sessão|encontro|falamos|voltamos a falar|encontramo-nos",
  question: "quem|que|quê|quando|onde|como|porquê|por que|qual|quais|quanto|há|podemos|temos|é|são|está",
});

/** Basic tables: commitments, requests, agreement and refusal, without the finer forms of English. */
export const OTHER_LANGUAGES: readonly SpeechPatterns[] = [GERMAN, FRENCH, SPANISH, PORTUGUESE];
