import { defaultCodec } from "../opc/codec.ts";
import { openPackage, readPart } from "../opc/opc-package.ts";
import { decodePart } from "../opc/part-text.ts";
import { createZip } from "../opc/write-zip.ts";

const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** Declarations of every prefix that the fixtures use. */
export const root: string =
  `xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="${office}" ` +
  'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" ' +
  'xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main" ' +
  'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" ' +
  'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" ' +
  'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" ' +
  'xmlns:dsp="http://schemas.microsoft.com/office/drawing/2008/diagram"';

export type PresentationSource = {
  /** Content of each slide's `p:spTree`. */
  readonly slides?: readonly string[];
  /** Attributes of each slide's root. */
  readonly slideAttributes?: readonly string[];
  readonly layout?: string;
  readonly master?: string;
  /** `p:txStyles` of the master. */
  readonly textStyles?: string;
  /** More content of the presentation. */
  readonly presentation?: string;
  /** Relationships of a slide, by number from 1: `[id, last word or whole type, target]`. */
  readonly relationships?: Readonly<Record<number, readonly (readonly [string, string, string])[]>>;
  /** Relationships of other parts, by part name without a leading slash. */
  readonly partRelationships?: Readonly<Record<string, readonly (readonly [string, string, string])[]>>;
  /** More parts by name without a leading slash. */
  readonly parts?: Readonly<Record<string, string | Uint8Array>>;
};

function rels(list: readonly (readonly [string, string, string])[]): string {
  const items = list.map(
    ([id, type, target]) =>
      `<Relationship Id="${id}" Type="${type.includes("/") ? type : `${office}/${type}`}" Target="${target}"/>`,
  );
  return `${declaration}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${items.join("")}</Relationships>`;
}

/** The bytes of a presentation with one layout and one master. */
export function presentationFile(source: PresentationSource): Uint8Array {
  const slides = source.slides ?? [""];
  const tree = (content: string): string =>
    `<p:cSld><p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>${content}</p:spTree></p:cSld>`;
  const parts: Record<string, string | Uint8Array> = {
    "[Content_Types].xml": `${declaration}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/ppt/presentation.xml" ContentType="application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"/></Types>`,
    "_rels/.rels": rels([
      ["rId1", "officeDocument", "ppt/presentation.xml"],
      [
        "rId2",
        "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
        "docProps/core.xml",
      ],
    ]),
    "ppt/presentation.xml": `${declaration}<p:presentation ${root}><p:sldMasterIdLst><p:sldMasterId r:id="rIdM"/></p:sldMasterIdLst><p:sldIdLst>${slides.map((_, index) => `<p:sldId id="${256 + index}" r:id="rIdS${index + 1}"/>`).join("")}</p:sldIdLst><p:sldSz cx="9144000" cy="6858000"/>${source.presentation ?? ""}</p:presentation>`,
    "ppt/_rels/presentation.xml.rels": rels([
      ["rIdM", "slideMaster", "slideMasters/slideMaster1.xml"],
      ...slides.map((_, index) => [`rIdS${index + 1}`, "slide", `slides/slide${index + 1}.xml`] as const),
    ]),
    "ppt/slideMasters/slideMaster1.xml": `${declaration}<p:sldMaster ${root}>${tree(source.master ?? "")}${source.textStyles ?? ""}</p:sldMaster>`,
    "ppt/slideMasters/_rels/slideMaster1.xml.rels": rels([
      ["rId1", "slideLayout", "../slideLayouts/slideLayout1.xml"],
    ]),
    "ppt/slideLayouts/slideLayout1.xml": `${declaration}<p:sldLayout ${root}>${tree(source.layout ?? "")}</p:sldLayout>`,
    "ppt/slideLayouts/_rels/slideLayout1.xml.rels": rels([
      ["rId1", "slideMaster", "../slideMasters/slideMaster1.xml"],
    ]),
  };
  slides.forEach((content, index) => {
    const number = index + 1;
    parts[`ppt/slides/slide${number}.xml`] =
      `${declaration}<p:sld ${root}${source.slideAttributes?.[index] ?? ""}>${tree(content)}</p:sld>`;
    parts[`ppt/slides/_rels/slide${number}.xml.rels`] = rels([
      ["rIdLayout", "slideLayout", "../slideLayouts/slideLayout1.xml"],
      ...(source.relationships?.[number] ?? []),
    ]);
  });
  for (const [part, list] of Object.entries(source.partRelationships ?? {})) {
    const slash = part.lastIndexOf("/");
    parts[`${part.slice(0, slash)}/_rels/${part.slice(slash + 1)}.rels`] = rels(list);
  }
  const all = Object.entries({ ...parts, ...source.parts });
  const encode = (content: string | Uint8Array): Uint8Array =>
    typeof content === "string" ? new TextEncoder().encode(content) : content;
  return createZip(new Map(all.map(([name, content]) => [name, encode(content)])), defaultCodec);
}

export type ShapeSource = {
  readonly text?: string;
  /** Paragraphs, instead of one of plain text. */
  readonly paragraphs?: string;
  /** `x y cx cy` in EMU. */
  readonly frame?: readonly [number, number, number, number];
  /** Attributes of `p:ph`. */
  readonly placeholder?: string;
  readonly body?: string;
  readonly list?: string;
  /** More attributes of `p:cNvPr`. */
  readonly about?: string;
  readonly geometry?: string;
};

/** A `p:sp`. */
export function shape(source: ShapeSource): string {
  const { text, frame, placeholder, geometry } = source;
  const place =
    frame === undefined
      ? ""
      : `<a:xfrm><a:off x="${frame[0]}" y="${frame[1]}"/><a:ext cx="${frame[2]}" cy="${frame[3]}"/></a:xfrm>`;
  const paragraphs = source.paragraphs ?? (text === undefined ? "<a:p/>" : paragraph(text));
  return `<p:sp><p:nvSpPr><p:cNvPr id="2" name="Shape"${source.about ?? ""}/><p:cNvSpPr/><p:nvPr>${placeholder === undefined ? "" : `<p:ph ${placeholder}/>`}</p:nvPr></p:nvSpPr><p:spPr>${place}${geometry === undefined ? "" : `<a:prstGeom prst="${geometry}"><a:avLst/></a:prstGeom>`}</p:spPr><p:txBody>${source.body ?? "<a:bodyPr/>"}${source.list ?? "<a:lstStyle/>"}${paragraphs}</p:txBody></p:sp>`;
}

export function paragraph(text: string): string {
  return `<a:p><a:r><a:rPr lang="en-US"/><a:t>${text}</a:t></a:r></a:p>`;
}

/** The text of a part of the package. */
export function partOf(bytes: Uint8Array, name: string): string {
  return decodePart(readPart(openPackage(bytes), `/${name}`), name).text;
}
