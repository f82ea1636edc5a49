import { type BreakRule, breakRules, opening } from "./break-rules.ts";

/**
 * The segmentation of a language as SRX 2.0, for translation tools. Their break rule stands in for `Intl.Segmenter`: a stop
 * with what closes behind it, white space, and no small letter; the stops of Chinese and Japanese need no white space.
 */
export function srxOf(language: string): string {
  const rules = [
    ...breakRules(language).map((rule) => ruleXml(rule, "\\s+")),
    ruleXml(
      { before: "[.!?…][\\p{Pe}\\p{Pf}\\p{Pi}\"']*", after: `${opening}[^\\p{Ll}]`, breaks: true },
      "\\s+",
    ),
    ruleXml({ before: "[。！？｡][\\p{Pe}\\p{Pf}\"']*", after: "", breaks: true }, "\\s*"),
    ruleXml({ before: "\\n", after: "", breaks: true }, "\\s*"),
  ];
  const name = escapeXml(language);
  return `<?xml version="1.0" encoding="UTF-8"?>
<srx version="2.0" xmlns="http://www.lisa.org/srx20">
  <header segmentsubflows="yes" cascade="no"/>
  <body>
    <languagerules>
      <languagerule languagerulename="${name}">
${rules.join("\n")}
      </languagerule>
    </languagerules>
    <maprules>
      <languagemap languagepattern="${escapeXml(language.split(/[-_]/)[0] ?? language)}.*" languagerulename="${name}"/>
    </maprules>
  </body>
</srx>
`;
}

function ruleXml({ before, after, breaks }: BreakRule, blank: string): string {
  const answer = breaks ? "yes" : "no";
  return `        <rule break="${answer}"><beforebreak>${escapeXml(before)}</beforebreak><afterbreak>${escapeXml(blank + after)}</afterbreak></rule>`;
}

function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
