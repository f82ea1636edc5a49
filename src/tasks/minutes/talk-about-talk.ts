import type { Clause, Sentence } from "./sentences.ts";
import { rx } from "./words.ts";

/** People who are in the room by their office, as assemblies and hearings speak of each other. */
const OFFICE =
  "(?:house|chamber|committee|assembly|parliament|senate|council|court|congress|members?|colleagues|minister|secretary|chair(?:man|woman|person)?|president|speaker|premier|witness(?:es)?|panel(?:lists?)?|audience|public|jury|deputy|clerk|senators?|ambassador|commissioner)";
const TITLED = `(?:(?:the|our|all|his|her|my|any|each|every|this|honou?rable|right|prime|hon\\.?|other|next|first) )*${OFFICE}`;
const PERSON = "(?:you|him|her|them|us|everyone|everybody|all|people|folks)";
const CONTENT_CLAUSE =
  "(?:that|of|about|what|how|why|where|who|which|when|again|one more time|once (?:more|again))";

/** Saying something to those who sit there: done when it is said. */
const SPEAKS = rx(
  `^(?:remind|assure|tell) (?:${PERSON}|${TITLED}) (?:all )?${CONTENT_CLAUSE}\\b` +
    `|^(?:remind|assure|tell|inform|update|brief|ask|thank|give|offer|provide|address|invite|call on|recogni[sz]e|hear|bring) ${TITLED}\\b` +
    "|^ask (?:you|him|her|them|everyone|everybody|all)(?! (?:for|to send|to provide|to share))\\b|^ask (?:a|one|another|this|that|the|my|some|two|three|again|once|why|what|whether|how)\\b" +
    "|^(?:write|put|phrase|say|quote|repeat|read|explain|clarify|correct|rephrase)(?: \\p{L}+){0,3} (?:again|another way|differently|out loud|for the record)\\b" +
    `|^(?:quote|correct|clarify|name)\\b(?=.{0,30}\\b(?:myself|member|he said|she said|you said|saying)\\b)` +
    "|^(?:make|add|raise) (?:(?:a|an|one|two|another|my|this|that|the|just|some|few|couple|of|more|brief|quick|short|last|final|other) )+(?:statements?|observations?|remarks?|comments?|points?|pleas?|appeals?|apolog(?:y|ies)|distinction|suggestion|proposal)\\b",
);

/** Acts that are nothing but words: an assurance, a chance, an answer, thanks. */
const PERFORMS = rx(
  "^(?:give|provide|offer|get|have)\\b[^,;]*\\b(?:assurances?|guarantees?|promise|answers?|repl(?:y|ies)|response|chance|opportunity|credit|applause|welcome|thanks|apolog(?:y|ies)|congratulations|indication|flavou?r|sense of|thoughts?|impression|reaction|views?|opinions?|demo|demonstration|presentations?|introduction|go|shot|try|music to|turn)\\b",
);

/** Running the meeting: whose turn it is, what comes next, how long, who takes the minutes. */
const RUNS = rx(
  "^(?:take|do|keep|have) (?:(?:the|some|a few|your|my|all|any|more|just|of|few) )*(?:minutes|notes|questions?|floor|chair|turns?|roll|vote|show of hands|break|breather|time|introductions?|presentations?|recap|round)\\b(?!.*\\b(?:send|circulate|share|after the (?:meeting|call))\\b)" +
    "|^(?:share|split|use|yield|cede|give up|save) (?:(?:the|rest|remainder|of|my|our|his|her|your|some|that|this) )+time\\b|^sharing my time\\b" +
    "|^(?:want to |like to )?hear (?:\\p{L}+ ){0,3}from\\b|^(?:finish|complete|close|end|conclude|open|begin|start|wrap|round)(?: (?:up|off|out|it|this|that|things|us))* ?(?:with|by|on|here|there|now|from)?\\b(?=.{0,30}\\b(?:discussion|presentation|question|remarks?|point|sentence|thought|statement|agenda|summary|part|meeting|session|intervention|speech|talk|slide|note|words?)\\b|[.!,]*$)" +
    "|^(?:(?:start|begin)(?= (?:with|by|off|now|first|here|today|again)\\b|[.,!]*$)|go (?:first|next|last|ahead|on|over|through|back)|move (?:on|along)|turn (?:to|it|over)|hand (?:over|it)|pass (?:it|you|over|on|the)|come back to (?:that|this|it|you on)|get (?:back|on|to|started|into)|finish (?:up|off)|wrap|jump|skip|stop|pause|wait|call on|second|move that|adjourn|allow|recogni[sz]e|introduce (?:myself|ourselves|yourself|the (?:next|first))|raise (?:my|your|a) hand|act as)\\b(?!.*\\b(?:send|by (?:mon|tues|wednes|thurs|fri)day)\\b)" +
    "|^make sure (?:that )?(?:(?:the|your|our|my|all|everyone|everybody|you|we|i|it|each|it's|is|are|have|has|'s) )*(?:statements?|questions?|answers?|mikes?|mics?|microphones?|phones?|cameras?|time|turns?|remarks?|understand|understood|clear|hear|heard|on the same page|on track|muted?|finish|stay|recorded|speak)\\b" +
    "|\\b(?:short|brief|quick|concise|direct|final|last) (?:response|answer|reply|comment|question|remark|word|statement)\\b|\\b(?:confined|limited) to (?:\\d+|one|two|three|five|ten) (?:minutes?|seconds?)\\b",
);

/** Things of the room and of the moment: the board, the slide, `here`, `as we go`. */
const HERE_AND_NOW = rx(
  "\\b(?:on|at|to|onto|off) (?:the|this|our|that) (?:board|whiteboard|blackboard|flip ?chart|slides?|screen|projector|table|wall)\\b|\\b(?:down|up|over|right|in|around|out) here\\b|\\bhere[.,!?]*$|\\bfrom (?:this|my|our) end\\b" +
    "|\\b(?:compared to|like) (?:this|that)(?: one| thing)?\\b|\\bas we go\\b|\\b(?:before|when|once|while|until) we (?:go (?:into|on|over|to)|get (?:to|into|started)|come to|reach|move (?:to|on)|finish|close|end|start|begin|break|wrap|are (?:done|finished))\\b" +
    "|\\b(?:later|now|here|today|at the end|earlier) (?:on )?(?:in|during|of) (?:this|the|today's|our) (?:meeting|call|session|presentation|talk)\\b|\\bafter (?:this|the|your|my|his|her|that) (?:presentation|talk|slide|break|vote|item|round)\\b|\\b(?:straight away|in a bit|for a bit|a little bit|real quick|very (?:briefly|quickly)|briefly)\\b",
);

/** Private life and figures of speech that sound like work. */
const ASIDE = rx(
  "\\b(?:for|to|in|at|with|from) my (?:own )?(?:bedroom|bathroom|kitchen|living room|house|home|garden|wife|husband|mother|mom|mum|father|dad|kids?|children|son|daughter|girlfriend|boyfriend|birthday|dog|cat)\\b|\\bmy (?:lunch|coffee|tea|breakfast|dinner|sandwich|glasses|jacket|coat)\\b" +
    "|^get (?:(?:a|i'll get|the|your|this|that|my) )*(?:message|idea|point|gist|drift|picture|joke|hang of it)\\b|\\bmusic to (?:my|our) ears\\b|\\b(?:one|a|another) (?:last |more |final |second )*(?:chance|shot)\\b",
);

/** `Can the minister update the House`: a question put to an office through the chair, not work handed out. */
const ASKS_AN_OFFICE = rx(
  `^(?:(?:so|and|but|again|mr\\.? ?${OFFICE}|madam ${OFFICE}|now|then|well|therefore)[, ]+)*(?:can|could|will|would|may|does|when will) ${TITLED}\\b`,
);

const TO_THE_CHAIR = rx(
  `^(?:(?:so|and|now|but|again|yes|no|well|thank you)[, ]+)*(?:mr\\.?|mrs\\.?|ms\\.?|madam|honou?rable) ?${OFFICE}\\b`,
);

/** A speech to an assembly (`Mr. Chair, we still don't know …`): its questions are figures of speech. */
export function addressesTheChair(plain: string): boolean {
  return TO_THE_CHAIR.test(plain);
}

/**
 * Whether what is taken on or asked for is talk about the talk itself: an act inside the call (say, show, remind, take
 * turns, keep the minutes) that is over when the call is, and so is no action however much it sounds like a promise.
 */
export function isTalkAboutTalk(deed: string, clause: Clause, sentence: Sentence): boolean {
  const bare = deed.replace(/^(?:please|just|also|then|now|first|quickly|briefly|again|simply|be) /giu, "");
  if (SPEAKS.test(bare) || PERFORMS.test(bare) || RUNS.test(bare) || ASIDE.test(bare)) return true;
  if (HERE_AND_NOW.test(bare) || /\bwhen we (?:go|get|come)\b/iu.test(clause.plain)) return true;
  return sentence.isQuestion && ASKS_AN_OFFICE.test(sentence.plain);
}
