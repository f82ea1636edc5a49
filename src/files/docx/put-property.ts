/** A child of `w:rPr` or `w:pPr`: its canonical name, and how it is written; "" takes it out. */
export type Property = { readonly name: string; readonly xml: string };

type PutProperty = (properties: readonly Property[], wanted: Property) => readonly Property[];

/** Puts a property into the children of a `w:rPr` in the schema's order (17.3.2.28). */
export const putRunProperty: PutProperty = inOrder([
  "ins del moveFrom moveTo rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint",
  "noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText",
  "vertAlign rtl cs em lang eastAsianLayout specVanish oMath",
]);

/** Puts a property into the children of a `w:pPr` in the schema's order (17.3.1.26), without the mark's, the section's and the change. */
export const putParagraphProperty: PutProperty = inOrder([
  "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs",
  "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd",
  "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment",
  "textboxTightWrap outlineLvl divId cnfStyle",
]);

/** What is there stays where it is, rightly or not; those of newer namespaces follow what the schema names. */
function inOrder(lines: readonly string[]): PutProperty {
  const order = lines.flatMap((line) => line.split(" ").map((name) => `w:${name}`));
  return (properties, wanted) => {
    const at = properties.findIndex(({ name }) => name === wanted.name);
    const others = properties.filter(({ name }) => name !== wanted.name);
    if (wanted.xml === "") return others;
    if (at >= 0) return others.toSpliced(at, 0, wanted);
    const place = order.indexOf(wanted.name);
    const next = others.findIndex(({ name }) => !order.includes(name) || order.indexOf(name) > place);
    return next < 0 ? [...others, wanted] : others.toSpliced(next, 0, wanted);
  };
}
