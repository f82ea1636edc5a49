import type { SpeechForm } from "./speech-patterns.ts";
import { rx } from "./words.ts";

/** Little words that may stand before the verb. */
const ADVERB =
  "(?:(?:also|just|then|definitely|certainly|personally|quickly|gladly|happily|of course|please|kindly|still|simply|immediately|directly|therefore|surely|both|all|again|now|obviously|go ahead and|be able to|have to|need to|make sure (?:to|you)|go and)\\s+)*";
/** Where the deed stands in a form. */
export const DEED: string = `${ADVERB}(?<deed>.+)`;

/** The ways in which English takes on, asks for and hands out work; the first that fits a clause wins. */
export const ENGLISH_FORMS: readonly SpeechForm[] = [
  // Subject and debtor differ here, so these come before the plain forms.
  {
    pattern: rx(
      `\\b(?:i|we)(?:'ll| will|'m| am|'re| are|'d| would| can)? (?:just |then |still )?(?:be )?(?:wait(?:ing)?|hold(?:ing)? (?:off|on)|stand(?:ing)? by) (?:for|until|till) you (?:guys )?(?:to |have |'ve )?${DEED}`,
    ),
    obliged: "addressee",
    force: "request",
  },
  {
    pattern: rx(
      `\\b(?:i|we)(?:'ll|'d| will| would| do| really|'re|'m| are| am)* (?:need|want|like|expect|ask|require|prefer|rely on|relying on|count on|counting on|expecting|asking|love) you (?:guys |all |both )?to ${DEED}`,
    ),
    obliged: "addressee",
    force: "request",
  },
  {
    pattern: rx(
      `\\b(?:can|could|may|might) (?:i|we) (?:please )?(?:ask|trouble|get|have) you (?:guys |all )?to ${DEED}`,
    ),
    obliged: "addressee",
    force: "request",
  },
  {
    pattern: rx(
      `\\b(?:i'll|i will|we'll|we will|i'd|i would) (?:let|leave|have) (?:it (?:up )?to )?you (?:to )?(?!know)${DEED}`,
    ),
    obliged: "addressee",
    force: "request",
  },
  {
    pattern: rx(
      `\\b(?:i'd|we'd|i would|we would|it would|it'd|that would) (?:be )?(?:appreciate it|grateful|great|good|helpful|nice|lovely|useful|perfect|ideal) if you (?:guys )?(?:could |can |would )?${DEED}`,
    ),
    obliged: "addressee",
    force: "request",
  },
  {
    pattern: rx(`\\bwould you (?:mind|be (?:able|willing|happy|ok|okay) to) ${DEED}`),
    obliged: "addressee",
    force: "request",
  },
  {
    pattern: rx(
      `\\b(?:i|we)(?:'ll| will|'d| would)? (?:then )?(?<deed>(?:get|receive|have|expect|need|want) .+ from (?:you|your (?:side|team|end|people|lawyers|colleagues)))\\b`,
    ),
    obliged: "addressee",
    force: "request",
    reversed: true,
  },
  {
    pattern: rx(
      `\\b(?:can|could|may) (?:i|we) (?:please )?(?<deed>(?:get|have|receive) .+ from (?:you|your (?:side|team|end)))\\b`,
    ),
    obliged: "addressee",
    force: "request",
    reversed: true,
  },
  {
    pattern: rx(
      `\\byou(?:'ll| will| should| can)? (?:then )?(?<deed>(?:get|receive|have|hear|expect|see) .*\\bfrom me)\\b`,
    ),
    obliged: "speaker",
    force: "firm",
    reversed: true,
  },
  {
    pattern: rx(
      `\\byou(?:'ll| will| should| can)? (?:then )?(?<deed>(?:get|receive|have|hear|expect|see) .*\\bfrom (?:us|our (?:side|team|end)))\\b`,
    ),
    obliged: "group",
    force: "firm",
    reversed: true,
  },
  {
    pattern: rx(
      "\\byou(?:'ll| will) (?:then )?(?<deed>(?:get|receive|have(?! (?:to|got|been|seen|heard|noticed))) .*\\b(?:by|before|tomorrow|today|tonight|within|on (?:mon|tues|wednes|thurs|fri)day|next week|this week)\\b.*)",
    ),
    obliged: "speaker",
    force: "offer",
    reversed: true,
  },
  {
    pattern: rx(
      `\\byou (?:said|mentioned|promised|offered|agreed|were going|wanted|committed|told (?:me|us)|still owe|were supposed|were meant)(?: (?:that|to me|us))? ?(?:you(?:'d| would|'ll| will| could| were going to)|to)? ?${DEED}`,
    ),
    obliged: "addressee",
    force: "request",
  },
  {
    pattern: rx(`\\b(?:can|could|shall|should|may) i (?:please |just )?(?!ask|add|give)${DEED}`),
    obliged: "speaker",
    force: "offer",
  },
  {
    pattern: rx(`\\b(?:do|would) you (?:want|like) (?:me|us) to ${DEED}`),
    obliged: "speaker",
    force: "offer",
  },
  {
    pattern: rx(`\\b(?:would|is) it (?:be )?(?:ok|okay|possible|helpful|useful|better) if i ${DEED}`),
    obliged: "speaker",
    force: "offer",
  },
  // Requests.
  {
    pattern: rx(
      `\\b(?:can|could|would|will) you (?:guys |all |two |maybe |perhaps |possibly |please |kindly )*,? ?(?:[\\p{Lu}][\\p{L}]+, )?${DEED}`,
    ),
    obliged: "addressee",
    force: "request",
  },
  { pattern: rx(`\\bdo you think you (?:can|could) ${DEED}`), obliged: "addressee", force: "request" },
  {
    pattern: rx(`\\b(?:are you|would you be|will you be) able to ${DEED}`),
    obliged: "addressee",
    force: "request",
  },
  {
    pattern: rx(`\\b(?:would it be|is it) possible (?:for you )?to ${DEED}`),
    obliged: "addressee",
    force: "request",
  },
  {
    pattern: rx(`\\bif you (?:could|would) (?:please |just |maybe )*${DEED}`),
    obliged: "addressee",
    force: "request",
  },
  {
    pattern: rx(`\\b(?:please|don't forget to|remember to)(?:,)? ${DEED}`),
    obliged: "addressee",
    force: "request",
  },
  {
    pattern: rx(
      "^(?:(?:and|so|ok|okay|well|then|yes|yeah|great|good|just)[, ]+)*(?:[\\p{Lu}][\\p{L}]+, )?(?<deed>(?:send|give|get|bring|forward|email|drop|write|show) (?:me|us) .+|let (?:me|us) know .+)",
    ),
    obliged: "addressee",
    force: "request",
  },
  {
    pattern: rx(
      `^(?:(?:and|so|ok|okay|well|then|yes|yeah|great|good)[, ]+)*(?:if )?you(?:'ll| will|'re going to| are going to) ${DEED}`,
    ),
    obliged: "addressee",
    force: "request",
  },
  {
    pattern: rx(
      `^(?:(?:and|so|ok|okay|well|then|yes|yeah|great|good)[, ]+)*you (?:should|need to|have to|must|ought to|'ve got to|can|could) ${DEED}`,
    ),
    obliged: "addressee",
    force: "request",
  },
  {
    pattern: rx(
      `^(?:(?:and|so|ok|okay|well|then|yes|yeah|great|good)[, ]+)*you (?<deed>(?:send|draft|prepare|share|write|provide|review|check|test|confirm|book|organi[sz]e|set up|give us|give me|update|circulate|do (?:it|that|this))\\b.*)`,
    ),
    obliged: "addressee",
    force: "request",
  },
  // The speaker's own.
  {
    pattern: rx(
      `\\b(?:i'll|i will) (?:try|do my best|aim|attempt|see if i can|see whether i can|hope|consider|think about|probably|maybe|perhaps|possibly|likely)\\b(?: to| and)? ?${DEED}`,
    ),
    obliged: "speaker",
    force: "hedged",
  },
  {
    pattern: rx(
      `\\b(?:i might|i may|i could|i'd|i would|i should|i hope to|i want to|i'm hoping to|i plan to|i'm planning to|i'm trying to|i'm thinking of|i'd like to|i can try to|i can probably|i can maybe|maybe i can|perhaps i can) (?:be able to |probably |also |maybe |possibly |perhaps |try to |try and )*${DEED}`,
    ),
    obliged: "speaker",
    force: "hedged",
  },
  {
    pattern: rx(
      `\\b(?:i'll|i will|i shall|i'm going to|i am going to|i promise (?:to|i'll|that i'll)|i commit to|i'm happy to|i am happy to|i'd be happy to|i undertake to) (?:be )?${DEED}`,
    ),
    obliged: "speaker",
    force: "firm",
  },
  {
    pattern: rx(`\\b(?:leave (?:it|that) (?:with|to) me)(?:,? (?:and )?i'll ${DEED})?`),
    obliged: "speaker",
    force: "offer",
  },
  {
    pattern: rx(
      "^(?:.{0,40}\\b)?i'm (?<deed>(?:sending|sharing|forwarding|emailing) .+\\b(?:today|tonight|tomorrow|by|after|this|next|on)\\b.*)",
    ),
    obliged: "speaker",
    force: "firm",
  },
  { pattern: rx(`\\b(?:i can|let me|i'm able to) ${DEED}`), obliged: "speaker", force: "offer" },
  {
    pattern: rx(
      `\\b(?:i have to|i need to|i must|i've got to|i have got to|i ought to|i still have to|i still need to) ${DEED}`,
    ),
    obliged: "speaker",
    force: "duty",
  },
  // The speaker's side.
  {
    pattern: rx(
      `\\b(?:we'll|we will) (?:try|do our best|aim|attempt|see if we can|hope|consider|think about|probably|maybe|perhaps|possibly|likely)\\b(?: to| and)? ?${DEED}`,
    ),
    obliged: "group",
    force: "hedged",
  },
  {
    pattern: rx(
      `\\b(?:we might|we may|we could|we'd|we would|we hope to|we want to|we plan to|we're planning to|we can try to|we can probably) (?:be able to |probably |also |maybe )*${DEED}`,
    ),
    obliged: "group",
    force: "hedged",
  },
  {
    pattern: rx(
      `\\b(?:we'll|we will|we shall|we're going to|we are going to|our (?:team|side|people|engineers|lawyers) will|my team will) (?:be )?${DEED}`,
    ),
    obliged: "group",
    force: "firm",
  },
  { pattern: rx(`\\bwe can ${DEED}`), obliged: "group", force: "offer" },
  {
    pattern: rx(
      `\\b(?:we need to|we have to|we must|we should|we've got to|we still need to|we still have to|we ought to|we had better) ${DEED}`,
    ),
    obliged: "nobody",
    force: "duty",
  },
  // Nobody's.
  {
    pattern: rx(
      `\\b(?:someone|somebody|anyone|anybody|one of us|one of you) (?:should|needs to|has to|must|could|can|will|ought to|'ll) ${DEED}`,
    ),
    obliged: "nobody",
    force: "duty",
  },
  {
    pattern: rx(
      `^(?:(?:and|so|ok|okay|well|then|but)[, ]+)*who(?:'s going to| will|'ll| can| could| wants to| would like to| is going to) ${DEED}`,
    ),
    obliged: "nobody",
    force: "request",
  },
  {
    pattern: rx(
      "\\b(?<deed>[\\p{L}'-]+(?: [\\p{L}'-]+){0,6} (?:needs? to be|has to be|have to be|must be|should be|will be) (?:sent|shared|written|drafted|prepared|updated|reviewed|tested|fixed|signed|approved|scheduled|booked|delivered|checked|confirmed|migrated|documented|circulated|submitted|finali[sz]ed|completed)\\b.*)",
    ),
    obliged: "nobody",
    force: "duty",
  },
];
