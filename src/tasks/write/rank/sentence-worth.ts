import type { Passage } from "../../../files/passages/passage.ts";
import { isOrder } from "../is-order.ts";
import { stemsOf, wordCount } from "./stems.ts";

/** How a sentence leans on what stands around it: `no`, on the sentence `before` it, or on things not in the text. */
export type Leaning = "no" | "before" | "elsewhere";

const LEANS_BEFORE =
  /^(?:["“(]?)(?:(?:and|but|so|or|yet|then|also|thus|hence|still|even so|well|now|okay|ok|right|yes|no|yeah)[,\s]+)*(?:it(?!(?:['’]s| is| was) (?:important|necessary|essential|clear|estimated|expected|planned|proposed|agreed|recommended|raining))|its|they|their|them|he|she|his|her|him|this(?! (?:document|report|project|proposal|paper|plan|brief|agreement|contract|policy|chapter|section|programme|program|study|guide|manual|year|week|month|meeting|morning|afternoon))|that(?! (?:said)?,? the)|these|those|such|both|neither|either|each(?= (?:of (?:them|these)|ends?|is|has|can|will|comes?|one)\b)|here|there(?! (?:is|are|was|were|will|has|have|may|must|should|can|['’]s)\b)|the (?:former|latter|same|above|other)|(?:should )?(?:one|none|any|neither) of (?:them|these|those)|most of (?:them|these)|some of (?:them|these)|all of (?:them|these)|another|others|which|whose|where|who)\b/iu;
const LINKS_BEFORE =
  /^["“(]?(?:however|therefore|moreover|furthermore|thus|hence|consequently|accordingly|nevertheless|nonetheless|otherwise|instead|similarly|likewise|meanwhile|in addition|as a result|for this reason|for that reason|in this (?:case|way|context|respect)|in that case|in contrast|by contrast|on the other hand|on the contrary|for example|for instance|that is|in other words|as such|because of (?:this|that)|and|but|so|or|yet|also|then|too|again|plus|because|second(?:ly)?|third(?:ly)?|finally|lastly|daher|deshalb|jedoch|außerdem|dennoch|dies(?:e[rsmn]?)?|er|sie|es|das|dort|dazu|dabei|damit|cependant|donc|ainsi|il|elle|ils|elles|cela|ceci|cette|ces|sin embargo|por lo tanto|esto|eso|estos|estas|ese|esa|además|no entanto|portanto|isso|isto|ele|ela)\b/iu;
/** The pronoun behind an opening clause: `At this volume, it would cost …`, `If it fails, …`. */
const LEANS_INSIDE =
  /^(?:if|when|once|unless|because|since|although|while) (?:it|this|that|they|these|those|he|she)\b(?!['’]s (?:important|possible|necessary))|^(?:at|in|on|for|with|under|to|as|by|from|after|before|given) [^,.;]{0,90}, (?:this|that|it|these|those|they|he|she)\b(?! (?:is|was) (?:important|necessary|possible|clear))/iu;
const SPOKEN_START =
  /^(?:(?:and|but|so|or|then|well|now|okay|ok|right|yes|no|yeah|exactly|sure|fine|good|great|also|alright|all right)\b[,.\s]*)+/iu;
const POINTS_ELSEWHERE =
  /^(?:sections?|chapters?|annex|appendix|tables?|figures?) (?:\d|[A-Z]\b)|\b(?:(?:as|is|are) (?:shown|described|mentioned|noted|discussed|explained|listed|stated|given|set out|outlined) (?:above|below|earlier|before|previously|in (?:the )?(?:figure|table|section|chapter|annex|appendix))|see (?:above|below|figure|table|section|chapter|annex|appendix|page)|the (?:following|above|below)|(?:above|below)[- ]mentioned|(?:figure|table|fig\.) \d+|(?:siehe|s\.) (?:oben|unten)|ci-dessus|ci-dessous|\b(?:figure|diagram|picture|screenshot|image|illustration|table|chart|graph|example|abbildung|grafik) (?:above|below|oben|unten)|click here|(?:on|at) the (?:left|right|screen|slide|board)|over here|right here|look at (?:this|that))\b/iu;
const SMALL_TALK =
  /\b(?:can you (?:hear|see) me|introduce (?:ourselves|yourselves|myself)|just wait|wait (?:for )?a (?:moment|second)|we(?:['’]re| are) here (?:at|for|to)|you(?:['’]re| are) (?:on mute|muted)|unmute|good (?:morning|afternoon|evening)|thank(?:s| you)|how are you|nice to (?:meet|see)|see you|bye|have a (?:good|nice)|sorry|excuse me|welcome|hear you|loud and clear|raining|weather|weekend|coffee|lunch|breakfast|one (?:second|moment|minute)|hang on|hold on|no worries|congratulations?|happy birthday|apologies|let me share|my screen|next slide|mr\.? chair|madam chair|mr\.? speaker|(?:next|last|first|another|final|further|following) questions?|questions? (?:from|for|that i had|i had)|mov(?:e|ing) on|(?:go|come) (?:back|over|on|straight) (?:to|into|on)|agenda|item \d+|this (?:session|item)|in (?:this|the|our) meeting|(?:the|this) meeting|slide-?shows?|shared folder|for (?:this|the) meeting|as secretary|take (?:the )?minutes|turn to|hand over|presentations?|we['’]ve got \w+ minutes|run out of time|bring in|wanted to come in|the floor is|shar(?:e|ing) my time|split(?:ting)? my time|second the motion|honou?rable member)\b/giu;
const REMARKS =
  /\b(?:i (?:think|guess|mean|suppose|wonder|feel|thought|was|am|just|don['’]t know|know|hope|remember)|i['’]m|i['’]ve|you know|you guys|you see|honestly|sort of|kind of|whatever|stuff|things?|a lot|yeah|okay|actually|basically|something|somehow|anyway|like,|obviously|really|i (?:do )?(?:like|love|hate)|my favou?rite|or something)\b/giu;
const BROKEN =
  /\{(?:disfmarker|gap|vocalsound|nonvocalsound|pause|comment)[^}]*\}|\[inaudible[^\]]*\]|\.\.\.|…|--|—\.|(?<![\p{L}])(?:u+m+|u+h+|e+r+m*|hm+|mm+|äh+m?|euh)(?![\p{L}-])|\b((?:[\p{L}']+ ){0,2}[\p{L}']+),? \1\b/giu;
/** What a transcript writes for laughter; what is said with it is seldom meant. */
const LAUGHTER =
  /[[({<*]\s*(?:\p{L}+ )?(?:laugh|chuckl|giggl|lacht|lachen|rires?|risas?|risos?)\p{L}*[^\])}>*]*[\])}>*]|\b(?:ha){2,}h?\b|\blol\b/iu;
/** Markup, and lines of a program. */
const CODE =
  /<[/!?]?[a-z][\w:.-]*(?:\s[^<>]*)?\/?>|[{};]\s*$|=>|\b\w+\([^)]*\);|^\s*(?:\/\/|#include|import |public |private |const |var |function |select .+ from )|\bxmlns[:=]/iu;
const ADDRESS = /\byou(?:r|['’](?:re|ll|ve|d))?\b/giu;
/** Words about the document itself, or about what stands elsewhere in it. */
const ABOUT_ITSELF =
  /\b(?:(?:in|of) (?:the )?(?:other|next|previous|following) (?:sections?|chapters?)|(?:sections?|chapters?|annex|appendix) (?:\d|[A-Z]\b)|this (?:section|chapter|paragraph|document) (?:sets?|describes?|lists?|explains?|gives?|covers?|contains?)|set out the position|a word should be said|it should be noted|we should like to)\b/giu;
const LOOSE_PRONOUN =
  /\b(?:them|him|those|(?:read|do|did|done|doing|see|know|say|said|check|discuss|try|tried|about|like|of|with|for) (?:it|that|this)(?=[ .,;]|$)(?! (?:the|we|they|you|i|there|is|are|a|an|\p{L}+s)\b)|that (?:rule|case|point|day|amount|number|reason))(?!\p{L})/giu;
/** Numbers, capitals inside and money tell more than talk about talk. */
const TELLS_FACT = /\d|(?<=[\p{L},] )\p{Lu}\p{L}+/u;

/**
 * Whether a reader can understand the sentence with nothing around it. In speech `And` and `Yes` begin sentences that
 * stand by themselves.
 */
export function leaningOf(text: string, isSpeech: boolean): Leaning {
  if (POINTS_ELSEWHERE.test(text)) return "elsewhere";
  const bare = isSpeech ? text.replace(SPOKEN_START, "") : text;
  return LEANS_BEFORE.test(bare) || LINKS_BEFORE.test(bare) || LEANS_INSIDE.test(bare) ? "before" : "no";
}

/** Whether a row of a table sums others up. */
export function isTotalRow(text: string): boolean {
  return /^(?:grand |sub)?(?:total|sum\b|gesamt|summe|somme|suma\b)/iu.test(text);
}

/** Words cut off before they are said again (`comp complex`), and single letters. */
function stammers(text: string): boolean {
  const words = text.toLowerCase().match(/[\p{L}\p{N}_'’]+/gu) ?? [];
  return words.some((word, at) => {
    if (/^[b-hj-np-z]$/u.test(word)) return true;
    const next = words[at + 1] ?? "";
    return (
      /^\p{L}{1,4}$/u.test(word) && next.length > word.length + 1 && next.startsWith(word) && !WHOLE.has(word)
    );
  });
}

export function isQuestion(text: string): boolean {
  return /\?["”»’')\]]*$/u.test(text.trim());
}

/** Talk that comes before what is said: `Um, so, yeah,`. */
const FILLED_START =
  /^(?:(?:u+m+|u+h+|e+r+m*|h+m+|m+h*m+|a+h+|o+h+|äh+m?|euh|yeah|yep|okay|ok|so|well|right|alright|all right|anyway|anyways|like|and|now|you know|i mean|i guess)(?![\p{L}'’-])[\s,.…–-]*)+/iu;

/** What is left of a spoken sentence behind the words that only begin it; the sentence itself where that is nothing. */
export function cleanStart(text: string): string {
  const rest = text.replace(FILLED_START, "");
  return wordCount(rest) >= fewestSpoken && /^[\p{L}\p{N}"“'‘(]/u.test(rest) ? rest : text;
}

/** A note below a table, which says nothing without it: `(1) Represents the write-off …`, `* restated`. */
export function isTableNote({ kind, text }: Pick<Passage, "kind" | "text">): boolean {
  if (kind !== "paragraph" && kind !== "list-item" && kind !== "note") return false;
  return /^(?:\(\d{1,2}\)|\*{1,3}|[†‡¹²³])\s*\p{L}/u.test(text) && !/\b(?:shall|must|may not)\b/iu.test(text);
}

/** All in capitals: a heading, not a sentence. */
function isShouted(text: string): boolean {
  return /\p{Lu}{3}/u.test(text) && !/\p{Ll}/u.test(text);
}

/** Below this, speech is better left in the transcript. */
const leastSpeech = 0.18;
/** What is shorter answers something, or points at something. */
const fewestSpoken = 7;
const WHOLE: ReadonlySet<string> = new Set(
  "a i o an as at be by he if in is it me my no of on or so the to up us we are can for her his its not one our out per she was who why all any but has had how may now see too two use way you and been both does done each even from have here into just made make many more most much must only over part some such than that them then they this time very want well were what when will with your der die das ein des den dem es la le el de en un una les los las du au".split(
    " ",
  ),
);
const STATES_MATTER =
  /\b(?:the (?:\p{L}+ )?(?:goal|aim|idea|plan|purpose|target|deadline|budget|price|cost|problem|result|proposal|conclusion|requirement|priority|rule|challenge|difference)s?\b|we (?:want|need|have|plan|decided|agreed|found|propose|recommend) (?:to|that)|(?:i|we) (?:propose|suggest|recommend|conclude)|in short|to sum up|in summary|in conclusion|(?:must|has to|have to|needs to) be|agreed|decided)\b/iu;

/** Whether a sentence says what is wanted, planned, found or decided, in the words that people use for that. */
export function statesMatter(text: string): boolean {
  return STATES_MATTER.test(text);
}

/**
 * How much a sentence is worth to a reader who has nothing else, 0 to 1: 0 for what is no statement (a question, words
 * cut off, a line meant for software), less for small talk, remarks on oneself, stumbling speech and very short ones.
 */
export function sentenceWorth(text: string, isSpeech: boolean): number {
  const words = wordCount(text);
  const meaningful = new Set(stemsOf(text)).size;
  if (words < 3 || meaningful < 2 || isOrder(text)) return 0;
  if (isQuestion(text) || /^\[\d+\]/u.test(text) || CODE.test(text) || isShouted(text)) return 0;
  if (isSpeech && LAUGHTER.test(text)) return 0;
  const count = (pattern: RegExp): number => text.match(pattern)?.length ?? 0;
  const breaks = count(BROKEN) + (isSpeech && stammers(text) ? 1 : 0);
  if (isSpeech && (breaks >= 2 || words < fewestSpoken || meaningful < 3)) return 0;
  const length = words < 8 ? 0.4 + words / 16 : words > 45 ? Math.max(0.35, 1 - (words - 45) / 50) : 1;
  const fact = TELLS_FACT.test(text) ? 1 : 0.85;
  const density = Math.min(1, 0.5 + meaningful / words);
  const loose = 0.65 ** Math.min(2, count(LOOSE_PRONOUN)) * 0.65 ** Math.min(2, count(ABOUT_ITSELF));
  if (!isSpeech) return length * fact * density * loose * 0.85 ** Math.min(3, count(REMARKS));
  const worth =
    length *
    fact *
    density *
    loose *
    0.25 ** Math.min(2, count(SMALL_TALK)) *
    0.7 ** Math.min(4, count(REMARKS)) *
    0.8 ** Math.min(3, count(ADDRESS)) *
    0.3 ** breaks;
  return worth < leastSpeech ? 0 : worth;
}
