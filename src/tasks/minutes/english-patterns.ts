import type { SpeechForm, SpeechPatterns } from "./speech-patterns.ts";
import { rx } from "./words.ts";

const ADVERB =
  "(?:(?:also|just|then|definitely|certainly|personally|quickly|gladly|happily|of course|please|kindly|still|simply|immediately|directly|therefore|surely|both|all|again|now|obviously|go ahead and|be able to|have to|need to|make sure (?:to|you)|go and)\\s+)*";
const DEED = `${ADVERB}(?<deed>.+)`;

/** Base forms of work that outlives the call; with what must follow where the verb alone says too little. */
const VERBS =
  "send|resend|share|forward|write(?! (?:it|this|that|them) (?:on|down))|draft|redraft|prepare|circulate|distribute|upload|submit|file|publish|deliver|provide|supply|" +
  "confirm|clarify|verify|validate|double-check|double check|check|review|proofread|test|measure|benchmark|evaluate|assess|investigate|research|analy[sz]e|" +
  "ask(?! you)|contact|email|e-mail|mail|phone|ring|call(?! (?:it|this|that|on|out|for|in|you|a|an)\\b)|speak (?:to|with)|talk (?:to|with)(?! you)|reach out|write to|notify|inform|brief|invite|introduce|remind|chase|nudge|" +
  "schedule|arrange|organi[sz]e|book|reserve|plan|coordinate|set (?:up|a|the|it|that)|order|buy|purchase|pay|invoice|bill|reimburse|hire|recruit|nominate|appoint|name|" +
  "update|revise|amend|correct|edit|translate|rewrite|fix|repair|resolve|implement|build|develop|code|program|design|create|produce|compile|collect|gather|install|configure|deploy|migrate|host|integrate|connect|enable|register|open (?:a|an|the|up) (?:ticket|account|issue|repository|tenant|port|firewall|case)|grant|release|map|document|record(?! this call)|archive|export|import|extract|annotate|label|train|run(?! (?:you|us|through|out|over|into))|" +
  "approve|sign|countersign|finali[sz]e|finish|complete|sort (?:it|that|this|out)|handle|take care of|take (?:that|this|it|the action|an action|ownership|the lead|the minutes|notes)(?! (?:back|further|apart|as|from|off|out|into|to))|own|follow up|chase up|" +
  "look into|find out|figure out|work out|work on|get back to|get in touch|get (?:you|them|him|her|us|me|it|that|this|everyone|everybody|the|a|your|our|my)\\b(?! (?:feeling|sense|idea|point))|get \\p{L}+ to (?!the)|come back to (?:you|them|him|her|us|me)|report back|circle back (?:to|with) (?:you|them)|" +
  "let (?:you|them|him|her|us|me|everyone|everybody|the team|\\p{L}+) know|keep (?:you|them|us|me|everyone) (?:posted|updated|informed|in the loop)|" +
  "put (?:together|(?:it|that|this|them) on (?:the|their|our|your|my)|it in|that in|this in|in place|you in|them in|in a|up|the|a|our)|make sure|make (?:a|an|the|those|these|sure)|give (?:you|them|us|me|him|her|it|the|your|our|my|access)|bring|draw up|add|attach|post|print|ship|return|transfer|copy|cc|raise|escalate|launch|do|have (?:it|that|this|the|our|your|my) [^.]*(?:ready|done|sent|finished|prepared|checked|by )|have (?:it|that|this)(?= (?:by|for you|to you|tomorrow|on))|have \\p{L}+ (?:send|share|check|review|prepare|write|call|contact|look|confirm|set|do)|read through|go over the|quote";

const FORMS: readonly SpeechForm[] = [
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

/** How English is spoken in meetings: the thorough table. */
export const ENGLISH: SpeechPatterns = {
  language: "en",
  forms: FORMS,
  namedForm: rx(
    `^(?:'ll| will| is going to|'s going to| has to| needs to| should| must| can| is| has agreed to| agreed to| promised to| offered to| said (?:s?he|they)(?:'ll| will|'d| would)) ${DEED}`,
  ),
  deed: rx(
    `^(?:(?:${VERBS})\\b|(?:sending|sharing|writing|preparing|checking|reviewing|forwarding|drafting|updating|testing|working on|looking into|getting|providing|organi[sz]ing)\\b|(?:receive|hear|expect|see|want|need)\\b.* from )`,
  ),
  inCall: rx(
    "\\b(?:share (?:my|your|the|a) screen|my screen|your screen|right now|for a (?:second|moment|minute|sec)|a (?:second|moment|sec)|in a (?:second|moment|minute)|bear with|(?:a|one|another|few|couple of|this|that|some|the|my|your) (?:quick )?questions?|an example|examples?|illustration|explanation|this opportunity|give (?:me|us|you) (?:any|some|your (?:opinions?|views?|thoughts?))|overview|(?:some|the|a) (?:background|context|idea|sense|hint)|a break|the floor|the word|a hand|a round|in (?:the|this) chat|louder|slower|mute|unmute|repeat|the mic|microphone|sorry|honest|the next slide|(?:the|this|that|my|your) slides?|now is|the previous|what you (?:said|mean)|screen|credit|the benefit of|the recording|record this|give (?:it|that|this) (?:a|an|the)|do (?:you|we|i|they)|make (?:a|the) (?:point|comment|remark|case|argument|difference|note|joke)|make sense|make it|bring (?:up|us|me) |bring in|put (?:it|that) (?:this|that|another) way|get (?:it|that|this)(?: right)?[.?!,]*$|get the (?:idea|point|feeling|impression)|get (?:a|the) (?:sense|feel|picture|better)|get (?:to|started|going|rid|away)|give (?:you|it|us|me) (?:a|the|some|an) (?:feeling|sense|flavour|flavor|minute|moment|second|credit|number|summary|quick|brief|bit|little|thought|few)|ask (?:everyone|everybody|people) to|hear (?:me|us|you)|see (?:my|the|it)|read (?:it|that) out|do (?:it|that|this) (?:like|in|as|now|again|first)|have (?:a|the) (?:look|chat|question|problem|feeling|idea|point|choice|button|thing|lot|bunch|couple|few|different|separate)|do the same|do (?:so )?well|do (?:is|was)|check (?:the )?(?:time|that box)|call (?:it|this|that)|name (?:a|one|some)|mention)\\b",
  ),
  negation: rx(
    "\\b(?:not|n't|don't|doesn't|didn't|won't|can't|cannot|couldn't|wouldn't|shouldn't|haven't|hasn't|isn't|aren't|never|no need|nobody|no one|neither|nor|no longer|unable|refuse[sd]?|without)\\b|n't\\b",
  ),
  hedge: rx(
    "\\b(?:might|may(?! (?:\\d|the \\d))|maybe|perhaps|probably|possibly|presumably|hopefully|ideally|potentially|i hope|i guess|if possible|if i can|if we can|if at all|try(?:ing)? to|(?:i|we)'ll try|do my best|do our best|let's see|should be able|would be able|not sure|tentatively|in theory)\\b",
  ),
  condition: rx(
    "(?<!\\b(?:check|see|know|ask|wonder|confirm|test|verify|find out|figure out|tell me|tell us|clarify|as|even|remember|sure|decide|me|us|you|them) )\\bif\\b(?! you (?:could|would|can|don't mind|like|want|need)\\b)|\\b(?:unless|provided|providing|assuming|depend(?:s|ing)? on|subject to|as long as|in case|only when|conditional on|on condition|pending|(?:once|as soon as|when|after|until) (?:the |our |your |their |my )?(?!i\\b|i'|we\\b|we'|this call|the call|lunch|that\\b|noon|\\d)[\\p{L}' ]{0,40}\\b(?:is|are|has|have|had|was|gets?|comes?|says?|signs?|approves?|agrees?|confirms?|sends?|sent|signed|approved|gives?|lets?|finish(?:es|ed)?|delivers?|done|ready)\\b)",
  ),
  reported: rx(
    "\\b(?:said|says|saying|say|told|thought|imagine|imagining|if|when|whether|which|whom|what|how|where|why|because|suppose|supposing|like|remember|remembered|wish|wonder|because of|as though|claims?|means?)\\b[^,;:]*$",
  ),
  accept: rx(
    "^(?:(?:oh|ah|um|well|and|so|right|okay|ok|yeah|yes|yep)[,. ]+)*(?:yes|yeah|yep|yup|exactly|correct|that's right|sure|ok|okay|of course|absolutely|certainly|definitely|no problem|will do|happy to|gladly|with pleasure|fine|good|great|perfect|deal|agreed|done|alright|all right|right|noted|understood|got it|sounds good|works|that works|consider it done|on it|you'll have it|you will have it|that's fine|that should be fine|fair enough|thanks|thank you|please do|please|that would be)\\b",
  ),
  takesOn: rx(
    "\\b(?:i'll|i will|i can(?! (?:see|hear|tell|imagine))|i'm on it|on it|will do|happy to|i'd be happy to|glad to|gladly|leave it (?:with|to) me|let me do|let me take|consider it done|you'll have it|you will have it|i'm going to|we'll|we will|with pleasure|i volunteer|mine)\\b|^(?:me|i do|i will|i can|i'll)[.!]*$",
  ),
  decline: rx(
    "^(?:(?:oh|ah|um|well|okay|ok|sorry|honestly|hm+)[,. ]+)*(?:no|nope|not |i can't|i cannot|we can't|we cannot|i won't|we won't|i'd rather not|i'd rather|we'd rather|unfortunately|i'm afraid|i don't|we don't|that's not|that won't|that doesn't|sorry|why|impossible|never|don't|can't|rather not|actually)\\b|\\b(?:can't|cannot|won't|not able to|unable to|don't think|rather not|doesn't work|won't work|not possible|impossible|can't promise)\\b",
  ),
  dodge: rx(
    "\\b(?:(?:i|we) (?:really |honestly |actually )?(?:don't|do not) know|not (?:really |quite |entirely |completely )?sure|unsure|(?:that's|that is|it's) an? (?:very )?good question|no idea|(?:have|need|needs|got|will|'ll|want) to (?:check|find out|ask|look into|figure|clarify|think about|confirm|come back)|i'll (?:check|ask|find out|look into|have to|need to|get back|come back)|let me (?:check|ask|find out|look into|get back|come back)|we'll (?:check|have to|need to|see|find out|come back)|to be (?:decided|determined|confirmed|clarified|defined|discussed)|tbd|tbc|can't (?:say|answer|tell|judge)|cannot (?:say|answer|tell)|(?:hard|difficult|too early) to (?:say|tell)|come back to (?:that|this|it|you)|get back to you|park (?:that|this|it)|take (?:that|this|it) offline|(?:that's|it's|still|remains?) (?:an )?open|not (?:yet )?(?:decided|clear|defined|settled)|hasn't been (?:decided|settled|defined)|haven't (?:decided|settled|defined|discussed|thought about)|depends on|who knows)\\b",
  ),
  handsBack: rx(
    "\\b(?:can|could|would|will) you\\b|\\bor (?:should|shall|can|could|will) (?:i|you|we)\\b|\\bwhy don't you\\b",
  ),
  retract: rx(
    "\\b(?:scrap (?:that|it|this)|forget (?:that|it|about (?:that|it))(?! is| was|'s)|never mind|nevermind|cancel (?:that|it)|strike (?:that|it)|i take (?:that|it) back|on second thoughts?|drop (?:that|it)(?= |[.,!]|$)(?! (?:in|into|on|off|down|to))|no need (?:for that|to do that|anymore|any more)|ignore (?:what i (?:just )?said)|scratch (?:that|it)|let's not (?:do|bother)|don't bother|leave (?:that|it) out after all|we don't need (?:that|it) (?:any ?more|after all)|scrap the|forget (?:about )?the|cancel the|drop the)\\b",
  ),
  decided: rx(
    "\\b(?:we(?:'ve| have|'re| are)?(?: all| both| now| just| then| hereby)? (?:decided|agreed|settled)(?: (?:to|that|on|for|against|not|upon|we|the|it|those|these|this))|(?:it's|that's|it is|that is|so that's|so it's)(?: then| now| all| hereby)? (?:decided|settled|agreed|a deal|the decision|our decision|fixed then)|the decision is|decision is|our decision|we (?:have )?a decision|(?:we|i) (?:can )?(?:conclude|confirm) that we|so we(?:'re| are) agreed|then we(?:'re| are) agreed|as (?:we )?(?:all )?(?:agreed|decided)(?=,| (?:we|the|it))|we(?:'ve| have) (?:chosen|settled|opted))\\b|^(?:(?:yes|yeah|ok|okay|so|then|good|right|well|fine|great)[,. ]+)*(?:agreed|decided|settled)(?: then)?\\s*[:,]|,\\s*(?:agreed|decided|settled|deal)\\s*[.!]",
  ),
  settles: rx(
    "\\b(?:let's (?:go (?:with|for)|use|take(?! (?:a|the|it|this|that|another|one|some|five|ten|ten|note) ?(?:look|break|step|example|question|moment|minute|five|ten|vote|offline|turn|case)?\\b)|keep|make it(?! (?:a bit|more|less|quick))|stick (?:with|to)|agree (?:on|that|to)|settle (?:on|for)|choose|pick|host|drop(?! (?:off|in))|postpone|move (?:it|the (?:meeting|launch|date|deadline|pilot))|aim for|sign|start on)|we(?:'ll| will|'re going to| are going to|'re| are)(?: then)? (?:go(?:ing)? (?:with|for)|stick(?:ing)? (?:with|to)|settl(?:e|ing) (?:on|for)|us(?:e|ing)|keep(?:ing)?|drop(?:ping)?|host(?:ing)?|postpon(?:e|ing)|choos(?:e|ing))|(?:then|so)(?:,)? (?:it's|we go|we use|we take|we keep|we host|we start|we stay|it will be|we'll use|we'll go|we'll do|we'll have)|(?:so|then) (?:it's|that's) .+ then\\b|[\\p{L}\\p{N} ]{3,40} it is(?= then|[.!]|$))",
  ),
  proposes: rx(
    "\\b(?:i(?:'d| would)? (?:propose|suggest|recommend|move that)|my (?:proposal|suggestion|recommendation) (?:is|would be)|(?:how|what) about (?!you\\b|your\\b|the\\b)|shall we|should we (?:not )?(?:use|go|keep|do|take|host|start|make|move|set|split|share|limit|drop|agree|have)|why don't we|what if we|can we agree|could we agree|(?:i think |i'd say |maybe |then |so )?we should|we propose|we suggest|we'd propose|we'd suggest|let's|i'd (?:call|say|rather|prefer|keep|put|want to keep|go (?:for|with)))\\b",
  ),
  agrees: rx(
    "^(?:(?:oh|ah|um|well|okay|ok|yeah|yes|yep|right|good|great|alright|fine)[,. ]+)*(?:agreed|deal|i agree|we agree|works for (?:me|us)|that works|that (?:would )?works? for|sounds (?:good|great|fine|reasonable|right|perfect|like a plan)|let's do (?:that|it|so)|fine (?:with|by|for) (?:me|us)|that's fine|i'm fine with|we're fine with|i'm (?:ok|okay|happy|good) with|we're (?:ok|okay|happy|good) with|good idea|makes sense|(?:we|i) can (?:live with|accept|agree)|we accept|i accept|accepted|approved|no objections?|perfect|absolutely|exactly|let's go (?:with|for)|that's (?:good|agreed|settled|decided|right)|then we|so be it|done|settled|go for it|yes,? let's|yes,? (?:please|we do|that's))\\b",
  ),
  notDecided: rx(
    "\\b(?:(?:not|n't|never|yet to|before we|until we|haven't|have to|need to|should|must|could|can|if we|whether we|when we|once we|who|whatever we|nothing|what we|had|to be|going to) (?:\\w+ ){0,2}(?:decide|decided|agree|agreed|settle|settled|decision|go with|chosen)|no decision|undecided)\\b",
  ),
  earlierTime: rx(
    "\\b(?:last (?:week|time|month|year|meeting|call|monday|tuesday|wednesday|thursday|friday)|previously|back then|originally|yesterday|earlier this|in the past|years? ago|weeks? ago|months? ago|the other day|used to)\\b",
  ),
  openIssue: rx(
    "\\b(?:(?:an|the|one|another|remaining|still an?) open (?:question|issue|point|item) (?:is|remains|was)|(?:it's|that's|it is|remains?|is|are) (?:still|yet) (?:open|unclear|undecided|to be (?:decided|defined|clarified|determined|agreed))|(?:we|i) (?:still|also still) (?:need|have) to (?:decide|figure out|clarify|find out|define|agree|settle)|(?:we|i) still (?:don't|do not) know|we (?:don't|do not) (?:yet )?know (?:yet )?(?:whether|who|when|which)|(?:don't|do not) know yet|(?:what's|what is) (?:still )?(?:missing|open) is|unclear (?:whether|who|what|when|how|which|if)|remains to be (?:seen|decided|clarified|agreed)|(?:to be|not been|n't been|not yet been) (?:decided|determined|clarified) (?:yet|later|whether|who|how))\\b",
  ),
  meeting: rx(
    "\\b(?:(?:follow-?up|next|another|second|kick-?off|weekly|same) (?:meeting|call|session|workshop|review|catch-?up|appointment|sync)|meet(?:ing)? (?:again|on|at|next|up|then|in)|(?:let's|we|shall we|can we|could we|we'll|we will|should we|to|we can) (?:meet|reconvene|talk again|speak again|speak|talk|catch up|touch base|sync|regroup|have (?:a|another) (?:call|meeting|session|workshop))|(?:see|speak to|talk to) you (?:all |both |then |again |next |on |at )+|schedule (?:a|the|another) (?:call|meeting|session|follow-?up)|the (?:meeting|call|follow-?up|workshop|kick-?off) (?:is|will be|on|at)|meet|invite for|calendar invite|an invite|reconvene)\\b",
  ),
  question: rx(
    "^(?:(?:and|but|so|ok|okay|well|then|now|right|or)[, ]+)*(?:who|what|when|where|which|whose|why|how|is|are|was|were|do|does|did|has|have|can|could|will|would|should|shall|may)\\b",
  ),
};
