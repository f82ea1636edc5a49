import { DEED, ENGLISH_FORMS } from "./english-forms.ts";
import type { SpeechPatterns } from "./speech-patterns.ts";
import { rx } from "./words.ts";

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
  "put (?:together|(?:it|that|this|them) on (?:the|their|our|your|my)|it in|that in|this in|in place|you in|them in|in a|up|the|a|our)|make sure|make (?:a|an|the|those|these|sure)|give (?:you|them|us|me|him|her|it|the|your|our|my|access)|bring|draw up|add|attach|post|print|ship|return|transfer|copy|cc|raise|escalate|launch|(?:start|begin) (?:the|a|an|our|my|your|on the)|do|have (?:it|that|this|the|our|your|my) [^.]*(?:ready|done|sent|finished|prepared|checked|by )|have (?:it|that|this)(?= (?:by|for you|to you|tomorrow|on))|have \\p{L}+ (?:send|share|check|review|prepare|write|call|contact|look|confirm|set|do)|read through|go over the|quote";

/** How English is spoken in meetings: the thorough table. */
export const ENGLISH: SpeechPatterns = {
  language: "en",
  forms: ENGLISH_FORMS,
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
