// Each pair says the same in every context it can match. What might carry meaning for a lawyer stays out.
const PHRASES: readonly (readonly [RegExp, string])[] = (
  [
    [
      "it (?:should|must|has to) be (?:noted|pointed out|mentioned|emphasi[sz]ed|stressed|borne in mind) that ",
      "",
    ],
    [
      "it is (?:important|worth|interesting|useful|necessary) (?:to (?:note|point out|mention|emphasi[sz]e|stress|remember)|noting|mentioning) that ",
      "",
    ],
    ["please (?:note|be aware) that ", ""],
    ["it should be (?:noted|pointed out|mentioned), however, that ", "however, "],
    ["it is for (?:this|that) reason that ", "therefore "],
    ["that is to say,? ", "that is "],
    [",? for (?:its|their|our|his|her|my|your) part(?=,)", ""],
    [" for (?:its|their|our) part(?= (?:be|is|are|will|would|shall|has|have)\\b)", ""],
    [", as things (?:now )?stand(?: at present)?, ", " currently "],
    ["as things (?:now )?stand(?: at present)?", "currently"],
    ["because of the fact that ", "because "],
    ["in the order of (?=(?:[A-Z]{3}[ \\u00a0]|[€£$])?\\d)", "about "],
    ["in excess of (?=(?:[A-Z]{3}[ \\u00a0]|[€£$])?\\d)", "more than "],
    ["on the subject of ", "on "],
    ["in the vicinity of ", "near "],
    ["in close proximity to ", "near "],
    ["in the absence of ", "without "],
    ["with the result that ", "so that "],
    ["for the duration of ", "during "],
    ["in conjunction with ", "with "],
    ["as a consequence of ", "because of "],
    ["is of the opinion that ", "believes that "],
    ["are of the opinion that ", "believe that "],
    ["is in possession of ", "has "],
    ["come to the conclusion that ", "conclude that "],
    ["came to the conclusion that ", "concluded that "],
    ["period of time", "period"],
    ["has the possibility to ", "can "],
    ["(?<=\\b(?:we|you|they|\\p{Ll}{3,}s) )have the (?:possibility|ability) to ", "can "],
    ["at the earliest possible date", "as soon as possible"],
    [
      ", (?:as is (?:generally|well) known|needless to say|of course|in fact|as it were|so to speak|as a matter of fact),",
      "",
    ],
    [
      "(?:needless to say|as a matter of fact|in actual fact|it goes without saying that|as everybody knows|as is (?:generally|well) known),? ",
      "",
    ],
    ["at the end of the day, ", ""],
    ["when it comes to (?:the (?:question|matter|issue|subject) of )?", "regarding "],
    ["with (?:regard|respect|reference) to the (?:question|matter|issue|subject) of ", "regarding "],
    ["in the event that ", "if "],
    ["under (?:the )?circumstances in which ", "when "],
    ["(?<=any reason) what(?:so)?ever", ""],
    ["in order (?:to be able )?to ", "to "],
    ["with the (?:aim|intention|objective|purpose) of being able to ", "to "],
    ["so as to ", "to "],
    ["due to the fact that ", "because "],
    ["(?:owing to|in view of|in light of|on account of) the fact that ", "because "],
    ["for the (?:simple )?reason that ", "because "],
    ["(?:despite|in spite of|notwithstanding) the fact that ", "although "],
    ["in spite of ", "despite "],
    ["prior to ", "before "],
    ["subsequent to ", "after "],
    ["until such time as ", "until "],
    ["(?:during|in|over) the course of ", "during "],
    ["at (?:this|the present) (?:point in time|moment in time|time) ", "now "],
    ["at that point in time", "then"],
    ["in the (?:very )?near future", "soon"],
    ["at a later (?:date|point in time)", "later"],
    ["for a (?:period|time|duration) of ", "for "],
    ["within a (?:period|time|space) of ", "within "],
    ["over a period of ", "over "],
    ["a total of (?=\\d)", ""],
    ["on a (daily|weekly|monthly|quarterly|yearly|nightly|regular) basis", "$1"],
    ["by means of ", "through "],
    ["through the use of ", "using "],
    ["(?<!\\bmust |\\bshall )make use of ", "use "],
    ["makes use of ", "uses "],
    ["makes it possible for ", "allows "],
    ["make it possible for ", "allow "],
    ["has the (?:ability|capability|capacity) to ", "can "],
    ["(?:is|are) (?:able|in a position) to ", "can "],
    ["has the effect of (?=\\p{L}+ing)", "results in "],
    ["with the exception of ", "except "],
    ["with (?:regard|respect|reference) to ", "regarding "],
    ["as far as (the )?([\\p{L}-]+) (?:is|are) concerned, (?=[^.,]{0,40}\\b\\2\\b)", ""],
    [
      "a (?:large|great|considerable) number of (?!the |these |those |our |their |its |them|us|which|whom)",
      "many ",
    ],
    ["all of the ", "all the "],
    ["both of the ", "both "],
    ["each and every ", "every "],
    ["in such a (?:way|manner) that ", "so that "],
    ["the (?:way|manner) in which ", "how "],
    ["of such a nature that ", "such that "],
    ["take into (?:consideration|account) ", "consider "],
    ["first and foremost,? ", "first "],
    ["again and again ", ""],
    ["end result", "result"],
    ["various different ", "various "],
    ["absolute (minimum|maximum)", "$1"],
    ["advance planning", "planning"],
    ["future plans", "plans"],
    ["collaborate together", "collaborate"],
    ["completely (eliminate|finish|full|empty)", "$1"],
    [
      "(?<=\\p{L})(?<!,|\\b(?:and|or|but)) (?:that|which) (?:is|are) (?![^.;]* (?:and|or|but) (?:that|which) )(?=(?:\\p{L}{2,}ed|given|held|made|taken|kept|shown|set|used|needed|required|run|written|sent) (?:by|in|at|on|during|for|from|to|with|between|under|through|within|and))",
      " ",
    ],
  ] as const
).map(
  ([pattern, rest]) =>
    [
      new RegExp(
        /^[(\p{L}]/u.test(pattern) && !pattern.startsWith("(?<") ? `(?<![\\p{L}\\p{N}])${pattern}` : pattern,
        "giu",
      ),
      rest,
    ] as const,
);

/** The text with English filler phrases taken out or put plainly; what it says stays the same. */
export function tightenPhrases(text: string): string {
  let tight = text;
  for (const [pattern, rest] of PHRASES) {
    tight = tight.replace(pattern, (match: string, ...parts: readonly unknown[]) => {
      const groups = parts
        .filter((part): part is string | undefined => typeof part === "string" || part === undefined)
        .slice(0, -1);
      const plain = rest.replace(/\$(\d)/gu, (_, number: string) => groups[Number(number) - 1] ?? "");
      return /^\p{Lu}/u.test(match) ? capitalised(plain) : plain;
    });
  }
  if (tight === text) return text;
  return tight
    .replace(/(?<=^|[.!?] )\p{Ll}/gu, (letter, offset: number) =>
      wasLower(text, tight, offset) ? letter : letter.toUpperCase(),
    )
    .replace(/ {2,}/gu, (spaces) => (text.includes(spaces) ? spaces : " "))
    .replace(/ (?=[,.;:])/gu, "");
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A text that begins in lower case keeps doing so. */
function wasLower(before: string, after: string, offset: number): boolean {
  return offset === 0 ? /^\p{Ll}/u.test(before) : before.includes(after.slice(offset - 2, offset + 12));
}
