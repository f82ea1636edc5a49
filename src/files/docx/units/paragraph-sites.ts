import type { TextUnit } from "../../units/types.ts";
import { hasLetters } from "../../units/unit-site.ts";
import { attribute, descend, descendantsNamed, nameOf } from "../../xml/xml-tree.ts";
import { storyContainer } from "../read/read-paragraphs.ts";
import { arrangeInline } from "./arrange-inline.ts";
import { isPropertyShown, type PropertyTexts } from "./bound-properties.ts";
import { type CodedParagraph, codeParagraph } from "./coded-paragraph.ts";
import { keptAround } from "./content-controls.ts";
import type { OpenField } from "./group-fields.ts";
import { contentStart } from "./paragraph-xml.ts";
import { readTokens } from "./read-tokens.ts";
import { createRunLooks } from "./run-looks.ts";
import { createPlaces, paragraphKind } from "./word-places.ts";
import type { TextStory } from "./word-stories.ts";

/** A paragraph that can be translated, with what writing it needs. */
export type ParagraphSite = {
  readonly unit: TextUnit;
  readonly element: number;
  readonly styleId: string | undefined;
  readonly paragraph: CodedParagraph;
  /** Why it must stay in the source language. */
  readonly refused?: string;
};

/** The paragraphs of one part that have something to translate, in the order of the file. */
export function paragraphSites(
  story: TextStory,
  { withHidden, properties }: { readonly withHidden: boolean; readonly properties: PropertyTexts },
): ParagraphSite[] {
  const { tree, sheet } = story;
  const looks = createRunLooks(tree, sheet);
  const places = createPlaces(story);
  const fields = new Map<number, readonly OpenField[]>();
  const sites: ParagraphSite[] = [];
  for (const element of descendantsNamed(tree, 0, "w:p")) {
    const named = descend(tree, element, "w:pPr", "w:pStyle");
    const styleId = named < 0 ? undefined : attribute(tree, named, "w:val");
    const style = sheet.paragraph(styleId);
    const context = { tree, looks, withHidden, isHidden: style.isHidden ?? false };
    // Also paragraphs that are left alone begin and end fields.
    const container = storyContainer(tree, element);
    const arranged = arrangeInline(readTokens(context, element), fields.get(container) ?? []);
    fields.set(container, arranged.open);
    const place = places(element);
    if (style.isKept || contentStart(tree, element) === undefined) continue;
    if (!arranged.items.some((item) => item.kind === "text")) continue;
    const paragraph = codeParagraph(tree, arranged, looks);
    if (!hasLetters(paragraph.coded.text)) continue;
    const refused = keptAround(tree, element);
    if (refused !== undefined && isPropertyShown(tree, element, properties)) continue;
    sites.push({
      unit: {
        id: `${story.name}#${element}`,
        kind: paragraphKind(story, element, styleId),
        place,
        ...paragraph.coded,
      },
      element,
      styleId,
      paragraph,
      ...(refused !== undefined && { refused }),
    });
  }
  return withTwins(story, sites);
}

/** Word stores a text box twice: what the fallback says too must get the same target. */
function withTwins({ tree }: TextStory, sites: readonly ParagraphSite[]): ParagraphSite[] {
  const twins = new Map<number, string>();
  const byElement = new Map(sites.map((site) => [site.element, site]));
  const inBranch = (branch: number): ParagraphSite[] =>
    descendantsNamed(tree, branch, "w:p").flatMap((element) => byElement.get(element) ?? []);
  for (const fallback of descendantsNamed(tree, 0, "mc:Fallback")) {
    const alternate = tree.parent[fallback]!;
    if (alternate < 0 || nameOf(tree, alternate) !== "mc:AlternateContent") continue;
    const choice = alternate + 1;
    if (nameOf(tree, choice) !== "mc:Choice") continue;
    const firsts = inBranch(choice);
    for (const site of inBranch(fallback)) {
      const at = firsts.findIndex(({ unit }) => unit.text === site.unit.text);
      if (at < 0) continue;
      const [first] = firsts.splice(at, 1);
      twins.set(site.element, twins.get(first!.element) ?? first!.unit.id);
    }
  }
  return sites.map((site) => {
    const sameAs = twins.get(site.element);
    return sameAs === undefined ? site : { ...site, unit: { ...site.unit, sameAs } };
  });
}
